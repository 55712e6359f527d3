#include "core/access/header.h"
#include "tests/fuzz/target.h"

namespace {

// The header of a workspace is read before anybody has proved anything.
const fairlead::fuzz::Target kAccessHeader("access_header",
                                           [](std::string_view bytes) { (void)fairlead::access::inspect(bytes); });

}  // namespace
