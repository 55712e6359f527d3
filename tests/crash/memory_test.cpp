// Every allocation on the way to an open workspace failing, once and for good. malloc and its kin are defined here, so
// that SQLite's, OpenSSL's, libsodium's and our own allocations count alike.
//
//   FAIRLEAD_MEMORY_FIRST=1234     from that one on
//   FAIRLEAD_MEMORY_STRIDE=7       every 7th alone

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <new>

#include <catch2/catch_all.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/crash/chance.h"
#include "tests/crash/story.h"
#include "tests/support/results.h"

namespace {

/// Of this thread: others go on undisturbed.
struct Allocations {
    std::uint64_t seen = 0;
    std::uint64_t failing = 0;  ///< The first that fails, counted from 1; 0 = none.
    bool isForGood = false;
    bool isCounting = false;
};

thread_local constinit Allocations allocations;

bool fails() {
    if (!allocations.isCounting) return false;
    ++allocations.seen;
    if (allocations.failing == 0) return false;
    return allocations.isForGood ? allocations.seen >= allocations.failing : allocations.seen == allocations.failing;
}

/// As the C library's own say it: others look at errno.
void* noMemory() {
    errno = ENOMEM;
    return nullptr;
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) { return fails() ? noMemory() : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return fails() ? noMemory() : __libc_calloc(count, size); }
void* realloc(void* old, std::size_t size) { return fails() ? noMemory() : __libc_realloc(old, size); }

/// Where libsodium takes the pages of secrets and of key derivation from.
void* mmap(void* at, std::size_t size, int protection, int flags, int fd, off_t offset) {
    if ((flags & MAP_ANONYMOUS) == 0 || !fails())
        return reinterpret_cast<void*>(::syscall(SYS_mmap, at, size, protection, flags, fd, offset));
    errno = ENOMEM;
    return MAP_FAILED;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

using namespace fairlead;
using namespace fairlead::crash;
using workspace::Workspace;

namespace {

enum class End : std::uint8_t { Opened, Refused, Misnamed, Ended, Crashed };

/// What the child leaves with.
constexpr int kOpened = 0, kThrew = 1, kFirstCode = 2;

/// A child says nothing and leaves no core.
void becomeQuiet() {
    drawFrom(1);
    for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGTERM}) std::signal(number, SIG_DFL);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDERR_FILENO);
}

/// What the child does.
[[noreturn]] void openAndLeave(Stage& stage, const std::string& passphrase) {
    const auto path = stage.path();
    const auto secret = crypto::Secret::copyOf(passphrase);
    const workspace::Credentials credentials{secret};
    becomeQuiet();
    allocations.isCounting = true;
    try {
        const auto opened = Workspace::open(path, credentials, stage.fixture.resources, stage.fixture.clock,
                                            access::KdfPolicy::forTests());
        ::_exit(opened ? kOpened : kFirstCode + static_cast<int>(opened.error().code));
    } catch (const std::bad_alloc&) {
        ::_exit(kThrew);
    }
}

/// Damage, a wrong passphrase, a file that is not there: nothing of it is so.
bool isMisnamed(ErrorCode code) {
    return code != ErrorCode::Internal && code != ErrorCode::Io && code != ErrorCode::DiskFull;
}

/// Opens in a process of its own: the standard library ends the program where it may not throw.
End openedWithout(Stage& stage, const std::string& passphrase, std::uint64_t failing, bool isForGood) {
    allocations = {.seen = 0, .failing = failing, .isForGood = isForGood, .isCounting = false};
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) openAndLeave(stage, passphrase);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    allocations = {};
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGABRT ? End::Ended : End::Crashed;
    const int left = WEXITSTATUS(status);
    if (left == kOpened || left == kThrew) return left == kOpened ? End::Opened : End::Ended;
    if (!isMisnamed(static_cast<ErrorCode>(left - kFirstCode))) return End::Refused;
    fmt::print("allocation {}{}: {}\n", failing, isForGood ? " and all after it" : "",
               name(static_cast<ErrorCode>(left - kFirstCode)));
    return End::Misnamed;
}

/// How many acts of a story were reported done by a process that a failing allocation met in one of them.
struct ActsEnd {
    std::size_t done = 0;
    bool hasThrown = false;  ///< To the top, where the program ends with a sentence.
};

constexpr int kActThrew = 64;

[[noreturn]] void actAndLeave(const Story& story, Stage& stage, const std::string& passphrase) {
    becomeQuiet();
    int done = 0;
    try {
        auto workspace = test::valueOf(stage.open(passphrase));
        for (const Act& act : story.acts) {
            allocations.isCounting = true;
            const auto acted = act.deed(workspace, stage);
            allocations.isCounting = false;
            if (!acted) ::_exit(done);
            ++done;
        }
    } catch (const std::bad_alloc&) {
        ::_exit(done + kActThrew);
    }
    ::_exit(done);
}

ActsEnd actedWithout(const Story& story, Stage& stage, const std::string& passphrase, Allocations without) {
    allocations = without;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) actAndLeave(story, stage, passphrase);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    allocations = {};
    REQUIRE(WIFEXITED(status));
    const int left = WEXITSTATUS(status);
    return {static_cast<std::size_t>(left % kActThrew), left >= kActThrew};
}

std::uint64_t allocationsOf(const Story& story, Stage& stage, const std::string& passphrase) {
    auto workspace = test::valueOf(stage.open(passphrase));
    allocations = {};
    for (const Act& act : story.acts) {
        allocations.isCounting = true;
        const auto acted = act.deed(workspace, stage);
        allocations.isCounting = false;
        REQUIRE(acted.has_value());
    }
    return allocations.seen;
}

std::uint64_t allocationsOf(Stage& stage, const std::string& passphrase) {
    allocations = {.seen = 0, .failing = 0, .isForGood = false, .isCounting = true};
    const auto workspace = stage.open(passphrase);
    allocations.isCounting = false;
    REQUIRE(workspace.has_value());
    return allocations.seen;
}

}  // namespace

TEST_CASE("Whatever allocation fails while a workspace is opened, its files are sound", "[memory]") {
    skipSyncs();
    const char* const text = std::getenv("FAIRLEAD_MEMORY_STRIDE");
    const std::uint64_t stride = text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
    const char* const begin = std::getenv("FAIRLEAD_MEMORY_FIRST");
    const std::uint64_t first = begin == nullptr ? 1 : std::strtoull(begin, nullptr, 10);
    test::WorkspaceFixture fixture(fewResources());
    Stage stage(fixture);
    const Story& story = stories().front();
    const Image start = prepared(story, stage);
    auto moments = play({.name = "opening"}, stage, [] { return std::size_t{0}; });
    lay(start, stage.folder());
    moments.front().audit = test::valueOf(logOf(stage));
    const std::uint64_t count = allocationsOf(stage, moments.front().passphrase);
    CHECK(count > 1'000);
    std::map<End, std::uint64_t> ends;
    // The same files have the same verdict.
    std::set<std::uint64_t> judged;
    for (const bool isForGood : {false, true}) {
        for (std::uint64_t failing = first; failing <= count; failing += stride) {
            lay(start, stage.folder());
            INFO(fmt::format("allocation {} of {}{}", failing, count, isForGood ? " and all after it" : ""));
            const End end = openedWithout(stage, moments.front().passphrase, failing, isForGood);
            ++ends[end];
            if (end == End::Ended || end == End::Crashed)
                fmt::print("allocation {}{}: {}\n", failing, isForGood ? " and all after it" : "",
                           end == End::Ended ? "ended" : "crashed");
            if (!judged.insert(hashOf(imageOf(stage.folder()))).second) continue;
            REQUIRE(faultIn(stage, {.before = &moments.front(), .after = nullptr}).empty());
        }
    }
    fmt::print(
        "opening: {} allocations; {} opened all the same, {} refused, {} refused for a wrong reason, {} ended, {} "
        "crashed\n",
        count, ends[End::Opened], ends[End::Refused], ends[End::Misnamed], ends[End::Ended], ends[End::Crashed]);
    CHECK(ends[End::Misnamed] == 0);
    CHECK(ends[End::Ended] == 0);
    CHECK(ends[End::Crashed] == 0);
}

TEST_CASE("Whatever allocation fails while something is done in a workspace, it is done or it is not", "[memory]") {
    skipSyncs();
    constexpr std::uint64_t kStride = 23;
    for (const std::string_view name : {"decision", "release", "withdrawal", "pack"}) {
        const Story& story = *std::ranges::find(stories(), name, &Story::name);
        test::WorkspaceFixture fixture(fewResources());
        Stage stage(fixture);
        stage.comparesRowsAlone();
        const Image start = prepared(story, stage);
        drawFrom(1);
        auto moments = play(story, stage, [] { return std::size_t{0}; });
        lay(start, stage.folder());
        const std::string& passphrase = moments.front().passphrase;
        const std::uint64_t count = allocationsOf(story, stage, passphrase);
        lay(start, stage.folder());
        const audit::Checkpoint head = test::valueOf(logOf(stage));
        for (Moment& moment : moments) moment.audit = head;
        std::uint64_t runs = 0, done = 0, thrown = 0;
        for (const bool isForGood : {false, true}) {
            for (std::uint64_t failing = 1 + count % kStride; failing <= count; failing += kStride) {
                lay(start, stage.folder());
                INFO(fmt::format("{}: allocation {} of {}{}", name, failing, count, isForGood ? " and on" : ""));
                const ActsEnd end =
                    actedWithout(story, stage, passphrase,
                                 {.seen = 0, .failing = failing, .isForGood = isForGood, .isCounting = false});
                ++runs;
                done += end.done == story.acts.size() ? 1 : 0;
                thrown += end.hasThrown ? 1 : 0;
                const bool isUnderWay = end.done < story.acts.size();
                const Judge judge{.before = &moments[end.done], .after = isUnderWay ? &moments[end.done + 1] : nullptr};
                const std::string fault = faultIn(stage, judge);
                INFO(fault);
                CHECK(fault.empty());
            }
        }
        fmt::print("{}: {} allocations, {} runs, {} done all the same, {} met it at the top\n", name, count, runs, done,
                   thrown);
        CHECK(thrown > 0);
    }
}
