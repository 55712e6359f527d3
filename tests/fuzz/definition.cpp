#include "core/indicator/definition.h"

#include "tests/fuzz/target.h"

namespace {

// Definitions are written by hand, by people who are not programmers.
const fairlead::fuzz::Target kDefinition("definition", [](std::string_view bytes) {
    (void)fairlead::indicator::parseDefinition(bytes, "definition.toml");
});

}  // namespace
