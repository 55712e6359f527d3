#include "core/worker/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/descriptor.h"
#include "core/worker/wire.h"

namespace fairlead::worker {

namespace {

constexpr std::size_t kReadBytes = 128U * 1024U;
constexpr int kAnswerPipeBytes = 1 << 20;
constexpr int kLookMilliseconds = 50;
constexpr int kFirstOtherDescriptor = 3;

/// Both ends of a pipe, closed when they go.
struct Pipe {
    std::array<int, 2> ends{-1, -1};

    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        for (const int end : ends)
            if (end >= 0) ::close(end);
    }
    [[nodiscard]] bool make() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
    [[nodiscard]] int out() const { return ends[0]; }
    [[nodiscard]] int in() const { return ends[1]; }
};

bool readAll(int descriptor, char* into, std::size_t size) {
    while (size > 0) {
        const auto got = readSome(descriptor, into, size);
        if (got <= 0) return false;
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// What the new process has at its start: two pipes, no words to a terminal, signals as they come.
class Surroundings {
public:
    Surroundings() {
        ::posix_spawn_file_actions_init(&m_files);
        ::posix_spawnattr_init(&m_attributes);
    }
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    ~Surroundings() {
        ::posix_spawn_file_actions_destroy(&m_files);
        ::posix_spawnattr_destroy(&m_attributes);
    }

    /// False when the system has no memory for it.
    [[nodiscard]] bool prepare(const Pipe& order, const Pipe& answers) {
        bool sound = ::posix_spawn_file_actions_adddup2(&m_files, order.out(), STDIN_FILENO) == 0 &&
                     ::posix_spawn_file_actions_adddup2(&m_files, answers.in(), STDOUT_FILENO) == 0 &&
                     ::posix_spawn_file_actions_addopen(&m_files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
                     ::posix_spawn_file_actions_addclosefrom_np(&m_files, kFirstOtherDescriptor) == 0;
        sigset_t none;
        ::sigemptyset(&none);
        sigset_t all;
        ::sigfillset(&all);
        // A group of its own: the terminal's Ctrl-C is for the program, which then ends this process itself.
        constexpr short kFlags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
        sound = sound && ::posix_spawnattr_setsigmask(&m_attributes, &none) == 0 &&
                ::posix_spawnattr_setsigdefault(&m_attributes, &all) == 0 &&
                ::posix_spawnattr_setpgroup(&m_attributes, 0) == 0 &&
                ::posix_spawnattr_setflags(&m_attributes, kFlags) == 0;
        return sound;
    }

    /// The new process, or -1.
    [[nodiscard]] pid_t start(const WorkerProgram& program) const {
        std::string name = program.path.string();
        std::string argument = program.argument;
        const std::array<char*, 3> arguments = {name.data(), argument.data(), nullptr};
        const std::array<char*, 1> environment = {nullptr};
        pid_t process = -1;
        const bool started =
            ::posix_spawn(&process, name.c_str(), &m_files, &m_attributes, arguments.data(), environment.data()) == 0;
        return started ? process : -1;
    }

private:
    posix_spawn_file_actions_t m_files{};
    posix_spawnattr_t m_attributes{};
};

std::string wordsOf(int status) {
    if (WIFEXITED(status)) return fmt::format("ended with code {}", WEXITSTATUS(status));
    if (WTERMSIG(status) == SIGXCPU) return "used up its processor time";
    return fmt::format("ended by signal {}", WTERMSIG(status));
}

std::string lengthOf(std::size_t size) {
    WireWriter head;
    head.count(static_cast<std::uint32_t>(size));
    return head.bytes();
}

/// How many bytes come next; nothing when it is more than an order may have.
Result<std::size_t> readLength() {
    std::array<char, 4> head{};
    if (!readAll(STDIN_FILENO, head.data(), head.size())) return fail(ErrorCode::Io, "order");
    const std::size_t size = WireReader({head.data(), head.size()}).count();
    if (size == 0 || size > ChildProcess::kMostOrderBytes) return fail(ErrorCode::InvalidArgument, "order");
    return size;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const WorkerProgram& program, const Order& order) {
    if (order.bytes.size() + order.secret.size() + 2 * sizeof(std::uint32_t) > kMostOrderBytes) {
        return fail(ErrorCode::InvalidArgument, "worker", "the order is too long");
    }
    Pipe orders;
    Pipe answers;
    // Written before anybody reads: it fits, and a process that ends early cannot stop us with a broken pipe.
    if (!orders.make() || !answers.make() || !writeAll(orders.in(), lengthOf(order.bytes.size()) + order.bytes) ||
        !writeAll(orders.in(), lengthOf(order.secret.size())) || !writeAll(orders.in(), order.secret.view())) {
        return fail(ErrorCode::Internal, "worker", "no pipe to a process of its own");
    }
    ::fcntl(answers.out(), F_SETPIPE_SZ, kAnswerPipeBytes);  // fewer turns; a small pipe does as well
    Surroundings surroundings;
    const pid_t process = surroundings.prepare(orders, answers) ? surroundings.start(program) : -1;
    if (process < 0) return fail(ErrorCode::Internal, "worker", "a process of its own cannot be started");
    return ChildProcess(process, std::exchange(answers.ends[0], -1));
}

ChildProcess::~ChildProcess() {
    end();
    if (m_answer >= 0) ::close(m_answer);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1)),
      m_answer(std::exchange(other.m_answer, -1)),
      m_bytes(std::move(other.m_bytes)) {}

Result<std::string_view> ChildProcess::read(const TaskContext& task, std::chrono::steady_clock::time_point until) {
    m_bytes.resize(kReadBytes);
    while (true) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        if (std::chrono::steady_clock::now() > until) return fail(ErrorCode::Busy, "worker", "late");
        pollfd waiting{m_answer, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kLookMilliseconds);
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        const auto got = readSome(m_answer, m_bytes.data(), m_bytes.size());
        if (ready < 0 || got < 0) return fail(ErrorCode::Io, "worker", std::strerror(errno));
        return std::string_view(m_bytes).substr(0, static_cast<std::size_t>(got));
    }
}

std::string ChildProcess::end() {
    if (m_process < 0) return "ended";
    int status = 0;
    // One that closed its pipe is about to end by itself: how it does is worth a moment.
    for (int i = 0; i < 20; ++i) {
        if (::waitpid(m_process, &status, WNOHANG) == m_process) {
            m_process = -1;
            return wordsOf(status);
        }
        pollfd closed{m_answer, POLLIN, 0};
        if (::poll(&closed, 1, 0) != 1 || (closed.revents & POLLHUP) == 0) break;
        ::poll(nullptr, 0, 5);
    }
    ::kill(m_process, SIGKILL);
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
    }
    m_process = -1;
    return "was stopped";
}

Result<std::string> readOrder() {
    FAIRLEAD_TRY(const std::size_t size, readLength());
    std::string bytes(size, '\0');
    if (!readAll(STDIN_FILENO, bytes.data(), size)) return fail(ErrorCode::Io, "order");
    return bytes;
}

Result<crypto::Secret> readOrderSecret() {
    FAIRLEAD_TRY(const std::size_t size, readLength());
    crypto::Secret secret(size);
    if (!readAll(STDIN_FILENO, reinterpret_cast<char*>(secret.data()), size)) return fail(ErrorCode::Io, "order");
    return secret;
}

bool answer(std::string_view bytes) { return writeAll(STDOUT_FILENO, bytes); }

}  // namespace fairlead::worker
