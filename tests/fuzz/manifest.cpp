#include "core/extract/manifest.h"

#include "tests/fuzz/target.h"

namespace {

// An extract's manifest comes from another agency.
const fairlead::fuzz::Target kManifest("manifest", [](std::string_view bytes) {
    (void)fairlead::extract::parseManifest(bytes, "manifest.toml");
});

}  // namespace
