#include "core/base/stack.h"

#include <array>
#include <cstring>

namespace fairlead {

// Not inlined: the block has to lie where calls of the caller lay.
[[gnu::noinline]] void wipeUnusedStack() {
    std::array<unsigned char, 512U * 1024U>
        below;  // NOLINT(cppcoreguidelines-pro-type-member-init): written once, here
    ::explicit_bzero(below.data(), below.size());
}

}  // namespace fairlead
