#include "core/worker/system_calls.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace fairlead::worker {

#if defined(__x86_64__) || defined(__aarch64__)

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#endif

// Reading, memory, time, a pipe, ending. Nothing here makes, changes or names a file, process, socket or privilege.
constexpr std::array kAllowed = {
    SYS_read,         SYS_readv,          SYS_pread64,      SYS_lseek,           SYS_write,
    SYS_writev,       SYS_close,          SYS_fstat,        SYS_newfstatat,      SYS_statx,
    SYS_faccessat,    SYS_readlinkat,     SYS_getcwd,       SYS_fcntl,           SYS_fadvise64,
    SYS_brk,          SYS_munmap,         SYS_mremap,       SYS_madvise,         SYS_mlock,
    SYS_munlock,      SYS_mlock2,         SYS_futex,        SYS_sched_yield,     SYS_clock_gettime,
    SYS_gettimeofday, SYS_clock_getres,   SYS_nanosleep,    SYS_clock_nanosleep, SYS_getrandom,
    SYS_getpid,       SYS_gettid,         SYS_getuid,       SYS_geteuid,         SYS_sysinfo,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,     SYS_restart_syscall,
    SYS_exit,         SYS_exit_group,
#if defined(__x86_64__)
    SYS_stat,         SYS_lstat,          SYS_access,       SYS_readlink,        SYS_time,
#endif
};

/// A call that is allowed unless one of its flags is set.
struct Guarded {
    long call;
    unsigned argument;  ///< Counted from 0.
    std::uint32_t refused;
};
constexpr std::uint32_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
constexpr std::array kGuarded = {
    Guarded{SYS_openat, 2, kWriting},
#if defined(__x86_64__)
    Guarded{SYS_open, 1, kWriting},
#endif
    Guarded{SYS_mmap, 2, PROT_EXEC},
    Guarded{SYS_mprotect, 2, PROT_EXEC},
};

sock_filter statement(unsigned code, std::uint32_t value) {
    return sock_filter{static_cast<std::uint16_t>(code), 0, 0, value};
}
/// Goes on with the next when the word is not `value`, or over `over` instructions when it is not.
sock_filter unlessEqual(std::uint32_t value, std::uint8_t over) {
    return sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 0, over, value};
}
sock_filter load(std::size_t offset) { return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;

/// Every filter begins so: afterwards the number of the call is loaded.
std::vector<sock_filter> beginning() {
    return {
        load(offsetof(seccomp_data, arch)),
        unlessEqual(kMachine, 1),
        statement(BPF_JMP | BPF_JA, 1),
        statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),  // the numbers below are another machine's
        load(offsetof(seccomp_data, nr)),
    };
}

std::vector<sock_filter> filter() {
    auto program = beginning();
    for (const auto call : kAllowed) {
        program.push_back(unlessEqual(static_cast<std::uint32_t>(call), 1));
        program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    }
    for (const auto& guarded : kGuarded) {
        program.push_back(unlessEqual(static_cast<std::uint32_t>(guarded.call), 4));
        program.push_back(load(offsetof(seccomp_data, args) + sizeof(std::uint64_t) * guarded.argument));
        program.push_back(sock_filter{BPF_JMP | BPF_JSET | BPF_K, 1, 0, guarded.refused});
        program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
        program.push_back(statement(BPF_RET | BPF_K, kRefuse));
    }
    program.push_back(statement(BPF_RET | BPF_K, kRefuse));
    return program;
}

std::vector<sock_filter> networkFilter() {
    auto program = beginning();
    // The same calls under the numbers of x32, which the machine's own number does not tell apart.
    constexpr std::uint32_t kOtherNumbers = 0x40000000;
    program.push_back(sock_filter{BPF_JMP | BPF_JGE | BPF_K, 0, 1, kOtherNumbers});
    program.push_back(statement(BPF_RET | BPF_K, kRefuse));
    program.push_back(unlessEqual(SYS_io_uring_setup, 1));
    program.push_back(statement(BPF_RET | BPF_K, kRefuse));
    program.push_back(unlessEqual(SYS_socket, 3));
    program.push_back(load(offsetof(seccomp_data, args)));
    program.push_back(sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_UNIX});
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT));
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    return program;
}

bool install(std::vector<sock_filter> instructions) {
    const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

bool restrictSystemCalls() { return install(filter()); }

bool refuseNetwork() { return install(networkFilter()); }

bool hasSystemCallFilter() {
    constexpr std::uint32_t kAction = SECCOMP_RET_ERRNO;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kAction) == 0;
}

#else

bool restrictSystemCalls() { return false; }

bool refuseNetwork() { return false; }

bool hasSystemCallFilter() { return false; }

#endif

}  // namespace fairlead::worker
