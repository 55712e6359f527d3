#include "core/worker/confinement.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/sanitizer.h"
#include "core/worker/system_calls.h"

namespace fairlead::worker {

namespace {

constexpr std::array<std::string_view, kRestrictions> kWords = {
    "memory",
    "processor time",
    "no writing",
    "open files",
    "no dumps",
    "no privileges",
    "one file (Landlock)",
    "system calls (seccomp)",
    "ends with the program",
};

template <typename Resource>
bool limitTo(Resource resource, rlim_t value) {
    const rlimit wanted{value, value};
    return ::setrlimit(resource, &wanted) == 0;
}

bool limitProcessor(std::chrono::seconds time) {
    // The soft limit ends it with a signal of its own; the hard one is for whoever ignores that.
    const auto seconds = static_cast<rlim_t>(time.count());
    const rlimit wanted{seconds, seconds + 2};
    return ::setrlimit(RLIMIT_CPU, &wanted) == 0;
}

long landlockVersion() { return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION); }

/// Every right on files that the first version of Landlock knows, and moving between folders where it is known.
bool restrictFiles(const std::filesystem::path& onlyFile) {
    const long version = landlockVersion();
    if (version < 1) return false;
    landlock_ruleset_attr handled{};
    handled.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1U;
    if (version >= 2) handled.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
    const int rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0) return false;
    const int file = ::open(onlyFile.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW);
    landlock_path_beneath_attr allowed{};
    allowed.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    allowed.parent_fd = file;
    const bool done = file >= 0 &&
                      ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &allowed, 0) == 0 &&
                      ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (file >= 0) ::close(file);
    ::close(rules);
    return done;
}

}  // namespace

Confinement Confinement::fromBits(std::uint32_t bits) {
    Confinement confinement;
    confinement.m_bits = bits & ((1U << kRestrictions) - 1U);
    return confinement;
}

std::vector<std::string_view> Confinement::words() const {
    std::vector<std::string_view> words;
    for (unsigned i = 0; i < kRestrictions; ++i) {
        if (has(static_cast<Restriction>(i))) words.push_back(kWords.at(i));
    }
    return words;
}

Confinement confine(const Bounds& bounds, const std::filesystem::path& onlyFile) {
    Confinement done;
    const auto note = [&](Restriction restriction, bool holds) {
        if (holds) done.add(restriction);
    };
    note(Restriction::DiesWithOwner, ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    // A sanitizer's shadow memory alone is terabytes of addresses.
    note(Restriction::Memory, FAIRLEAD_SANITIZED == 0 && limitTo(RLIMIT_AS, bounds.addressSpaceBytes));
    note(Restriction::Processor, limitProcessor(bounds.processorTime));
    note(Restriction::Writing, limitTo(RLIMIT_FSIZE, 0));
    note(Restriction::OpenFiles, limitTo(RLIMIT_NOFILE, bounds.openFiles));
    const bool noCore = limitTo(RLIMIT_CORE, 0);
    note(Restriction::Dumps, ::prctl(PR_SET_DUMPABLE, 0) == 0 && noCore);
    note(Restriction::Privileges, ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    note(Restriction::OneFile, restrictFiles(onlyFile));
    note(Restriction::SystemCalls, restrictSystemCalls());
    return done;
}

Confinement confinementOfThisKernel() {
    Confinement known;
    if (landlockVersion() >= 1) known.add(Restriction::OneFile);
    if (hasSystemCallFilter()) known.add(Restriction::SystemCalls);
    return known;
}

}  // namespace fairlead::worker
