#include "core/worker/own_process.h"

#include <cerrno>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/worker/system_calls.h"

namespace fairlead::worker {

namespace {

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
