#include "core/worker/own_process.h"

#include <cerrno>
#include <csignal>

#include <catch2/catch_all.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fairlead::worker {

namespace {

/// Ends a child of this process with what `body` gives, and gives how it ended.
template <typename Body>
int statusOfChild(Body body) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(body());
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

/// 0 when a socket was made, otherwise errno.
int socketOf(int family) {
    const int made = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) return errno;
    ::close(made);
    return 0;
}

}  // namespace

TEST_CASE("T-S2: a program of ours opens no socket but those of this computer", "[worker]") {
    const int status = statusOfChild([] {
        if (!limitOwnProcess().noNetwork) return 1;
        for (const int family : {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK, AF_BLUETOOTH})
            if (socketOf(family) != EAFNOSUPPORT) return 2;
        if (socketOf(AF_UNIX) != 0) return 3;
        int pair[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 4;
        if (::syscall(SYS_io_uring_setup, 1, nullptr) != -1 || errno != EPERM) return 5;
        // A program that it starts is under the same filter.
        return WEXITSTATUS(statusOfChild([] { return socketOf(AF_INET) == EAFNOSUPPORT ? 0 : 6; }));
    });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("T-M1: a program of ours leaves no core file and keeps its memory from other programs", "[worker]") {
    const int limits = statusOfChild([] {
        const OwnLimits before = ownLimits();
        const OwnLimits after = limitOwnProcess();
        return after.noCoreFile && after.memoryClosed && after.noPrivileges && !before.memoryClosed ? 0 : 1;
    });
    REQUIRE(WIFEXITED(limits));
    CHECK(WEXITSTATUS(limits) == 0);
    const int crashed = statusOfChild([] {
        const rlimit asMuchAsIsAllowed{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_CORE, &asMuchAsIsAllowed);
        limitOwnProcess();
        // Not the sanitizer's handler, nor that of the tests.
        ::signal(SIGSEGV, SIG_DFL);
        ::raise(SIGSEGV);
        return 1;
    });
    REQUIRE(WIFSIGNALED(crashed));
    CHECK(WTERMSIG(crashed) == SIGSEGV);
    CHECK_FALSE(WCOREDUMP(crashed));
}

TEST_CASE("what somebody asked for is left as it is, and said so", "[worker]") {
    const int status = statusOfChild([] {
        const OwnLimits limits = limitOwnProcess({.traceable = true, .network = true});
        return limits.noCoreFile && !limits.memoryClosed && !limits.noNetwork ? 0 : 1;
    });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace fairlead::worker
