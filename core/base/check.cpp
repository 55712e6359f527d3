#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace fairlead {

void checkFailed(const char* condition, const char* file, int line) {
    static_cast<void>(std::fprintf(stderr, "%s:%d: broken precondition: %s\n", file, line, condition));
    std::abort();
}

}  // namespace fairlead
