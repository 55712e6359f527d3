#include "core/worker/own_process.h"

#include <array>
#include <cerrno>
#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/worker/system_calls.h"

namespace fairlead::worker {

namespace {

// What ld.so(8) loads before main() begins.
constexpr std::array<const char*, 3> kLoaded = {"LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT"};
// What libraries of ours, or those that they bring, load later.
constexpr std::array<const char*, 13> kLoadedLater = {"GCONV_PATH",
                                                      "GIO_EXTRA_MODULES",
                                                      "GIO_MODULE_DIR",
                                                      "OPENSSL_CONF",
                                                      "OPENSSL_MODULES",
                                                      "OPENSSL_ENGINES",
                                                      "LIBGL_DRIVERS_PATH",
                                                      "GBM_BACKENDS_PATH",
                                                      "__EGL_VENDOR_LIBRARY_FILENAMES",
                                                      "GTK_PATH",
                                                      "GTK_MODULES",
                                                      "GTK3_MODULES",
                                                      "__EGL_VENDOR_LIBRARY_DIRS"};

/// Whether a socket that could lead out of this computer is refused as the filter does it.
bool networkIsRefused() {
    const int inet = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (inet >= 0) {
        ::close(inet);
        return false;
    }
    return errno == EAFNOSUPPORT;
}

}  // namespace

bool shedForeignCode(char* const* arguments) {
    bool isLoaded = false;
    for (const char* name : kLoaded) {
        isLoaded = isLoaded || std::getenv(name) != nullptr;
        ::unsetenv(name);
    }
    for (const char* name : kLoadedLater) ::unsetenv(name);
    return !isLoaded || ::execv("/proc/self/exe", arguments) == 0;
}

OwnLimits limitOwnProcess(const OwnExceptions& exceptions) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (!exceptions.traceable) ::prctl(PR_SET_DUMPABLE, 0);
    if (!exceptions.network) refuseNetwork();
    return ownLimits();
}

OwnLimits ownLimits() {
    rlimit core{};
    OwnLimits limits;
    limits.noCoreFile = ::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
    limits.memoryClosed = ::prctl(PR_GET_DUMPABLE) == 0;
    limits.noPrivileges = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
    limits.noNetwork = networkIsRefused();
    return limits;
}

}  // namespace fairlead::worker
