// A task on the command line: progress on the terminal, and Ctrl-C asks it to stop.

#pragma once

#include <stop_token>
#include <string>
#include <thread>

#include "core/base/task_context.h"

namespace fairlead::cli {

/// While it lives, SIGINT and SIGTERM request the stop of context(), and a line on stderr (when that is a terminal)
/// says what the work is at. Make it before the work starts threads of its own.
class RunningTask {
public:
    explicit RunningTask(std::string title);
    ~RunningTask();
    RunningTask(const RunningTask&) = delete;
    RunningTask& operator=(const RunningTask&) = delete;

    [[nodiscard]] TaskContext& context() { return m_context; }
    /// Seconds since it was made.
    [[nodiscard]] double seconds() const;

private:
    void watch(const std::stop_token& ended);
    std::string m_title;
    std::stop_source m_stop;
    TaskContext m_context{m_stop.get_token()};
    std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
    std::jthread m_watcher;
};

}  // namespace fairlead::cli
