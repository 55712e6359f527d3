// Every allocation on the way to an open workspace failing, once and for good. malloc and its kin are defined here, so
// that SQLite's, OpenSSL's and our own allocations count alike.
//
//   FAIRLEAD_MEMORY_FIRST=1234     from that one on
//   FAIRLEAD_MEMORY_STRIDE=1       every allocation; the default takes every 7th

#include <csignal>
#include <cstdlib>
#include <map>
#include <new>

#include <catch2/catch_all.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

}  // namespace

// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return fails() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* old, std::size_t size) { return fails() ? nullptr : __libc_realloc(old, size); }

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

using namespace fairlead;
using namespace fairlead::crash;

namespace {

enum class End : std::uint8_t { Opened, Refused, Ended, Crashed };

/// What the child does.
[[noreturn]] void openAndLeave(Stage& stage, const std::string& passphrase) {
    for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGTERM}) std::signal(number, SIG_DFL);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDERR_FILENO);
    allocations.isCounting = true;
    bool isOpen = false;
    try {
        isOpen = stage.open(passphrase).has_value();
    } catch (const std::bad_alloc&) {
        ::_exit(2);
    }
    ::_exit(isOpen ? 0 : 1);
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
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGABRT) return End::Crashed;
    if (WIFSIGNALED(status) || WEXITSTATUS(status) == 2) return End::Ended;
    return WEXITSTATUS(status) == 0 ? End::Opened : End::Refused;
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
    const std::uint64_t stride = text == nullptr ? 7 : std::strtoull(text, nullptr, 10);
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
    for (const bool isForGood : {false, true}) {
        for (std::uint64_t failing = first; failing <= count; failing += stride) {
            lay(start, stage.folder());
            INFO(fmt::format("allocation {} of {}{}", failing, count, isForGood ? " and all after it" : ""));
            ++ends[openedWithout(stage, moments.front().passphrase, failing, isForGood)];
            REQUIRE(faultIn(stage, {.before = &moments.front(), .after = nullptr}).empty());
        }
    }
    fmt::print("opening: {} allocations; {} opened all the same, {} refused, {} ended, {} crashed\n", count,
               ends[End::Opened], ends[End::Refused], ends[End::Ended], ends[End::Crashed]);
    CHECK(ends[End::Refused] + ends[End::Ended] > 0);
    // SQLCipher's sqlcipher_openssl_setup() does not look whether it got its memory. More would be ours.
    CHECK(ends[End::Crashed] * 200 < ends[End::Refused] + ends[End::Ended]);
}
