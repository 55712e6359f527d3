#include "core/base/no_memory.h"

#include <csignal>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include <catch2/catch_all.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/beside.h"

using namespace fairlead;

namespace {

struct End {
    int status = -1;
    std::string said;
};

/// How a program that ends plainly, doing this, ends.
template <typename Body>
End endOf(Body body) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(pipe[1], STDERR_FILENO);
        std::signal(SIGABRT, SIG_DFL);
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        endPlainlyWithoutMemory();
        [&]() noexcept { body(); }();
        ::_exit(0);
    }
    ::close(pipe[1]);
    End end;
    char buffer[512];
    for (auto got = ::read(pipe[0], buffer, sizeof buffer); got > 0; got = ::read(pipe[0], buffer, sizeof buffer))
        end.said.append(buffer, static_cast<std::size_t>(got));
    ::close(pipe[0]);
    REQUIRE(::waitpid(child, &end.status, 0) == child);
    return end;
}

}  // namespace

TEST_CASE("Want of memory ends the program with one plain sentence and a code, wherever it is met", "[base]") {
    const auto thrown = [] { throw std::bad_alloc(); };
    const auto inThread = [&] { std::thread(thrown).join(); };
    const auto noThread = [] {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    };
    for (const End& end : {endOf(thrown), endOf(inThread), endOf(noThread)}) {
        REQUIRE(WIFEXITED(end.status));
        CHECK(WEXITSTATUS(end.status) == kNoMemoryExit);
        CHECK(end.said == kNoMemorySentence);
    }
    // Any other fault is not called want of memory.
    const End other = endOf([] { throw std::logic_error("a fault"); });
    REQUIRE(WIFSIGNALED(other.status));
    CHECK(WTERMSIG(other.status) == SIGABRT);
    CHECK_FALSE(other.said.contains("memory"));
}

TEST_CASE("Want of memory in a step beside others is met by who waits for it", "[base]") {
    Beside<int> step([]() -> int { throw std::bad_alloc(); });
    CHECK_THROWS_AS(step.value(), std::bad_alloc);
    Beside<int> other([] { return 7; });
    CHECK(other.value() == 7);
}
