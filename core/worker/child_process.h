// A process of the program's own that is started for one task, told what to do over a pipe, and listened to over
// another. It gets no environment, no descriptor and no argument but the one that names its task.

#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"

namespace fairlead::worker {

/// What is started: a program that knows the argument. "/proc/self/exe" is the program itself.
struct WorkerProgram {
    std::filesystem::path path;
    std::string argument;
};

/// What the process is told: plain bytes, then the secret.
struct Order {
    std::string bytes;
    const crypto::Secret& secret;
};

/// A running process; killed and waited for when the object goes.
class ChildProcess {
public:
    /// Most bytes of an order: a pipe takes them at once, so that nothing waits for a process that does not read.
    static constexpr std::size_t kMostOrderBytes = 32U * 1024U;

    /// Errors: InvalidArgument (an order too long), Internal (no process can be started).
    static Result<ChildProcess> start(const WorkerProgram& program, const Order& order);
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;

    /// The next bytes that it says, waiting for them until `until`; empty when it says no more. Looks at the task every
    /// 50 ms. Valid until the next call. Errors: Cancelled, Busy (late), Io.
    Result<std::string_view> read(const TaskContext& task, std::chrono::steady_clock::time_point until);
    /// Kills it when it still runs, and says how it ended: "ended by signal 11", "used up its processor time".
    std::string end();

private:
    ChildProcess(pid_t process, int answer) : m_process(process), m_answer(answer) {}

    pid_t m_process = -1;
    int m_answer = -1;
    std::string m_bytes;
};

/// In the process itself: reads the order's bytes, which say how long they are in a frame's head, from standard input.
/// Errors: InvalidArgument, Io.
Result<std::string> readOrder();
/// Then the secret, straight into locked memory. Errors: InvalidArgument (none, or longer than an order), Io.
Result<crypto::Secret> readOrderSecret();
/// Writes to standard output; false when nobody listens any more.
bool answer(std::string_view bytes);

}  // namespace fairlead::worker
