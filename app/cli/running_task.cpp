#include "app/cli/running_task.h"

#include <chrono>
#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include "ui/text/explain.h"

namespace fairlead::cli {

namespace {

sigset_t stopSignals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGINT);
    ::sigaddset(&signals, SIGTERM);
    return signals;
}

void showProgress(const std::string& title, const TaskContext& context) {
    const std::uint64_t total = context.total();
    const std::string phrase = text::phrase(context.phase());
    if (total > 0)
        fmt::print(stderr, "\r\033[K{}: {} {} %", title, phrase,
                   std::min<std::uint64_t>(100, context.done() * 100 / total));
    else
        fmt::print(stderr, "\r\033[K{}: {}", title, phrase);
    std::fflush(stderr);
}

}  // namespace

RunningTask::RunningTask(std::string title) : m_title(std::move(title)) {
    // Blocked here and in every thread made from now on: only the watcher takes them.
    const sigset_t signals = stopSignals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::jthread([this](const std::stop_token& ended) { watch(ended); });
}

RunningTask::~RunningTask() {
    m_watcher.request_stop();
    m_watcher.join();
    const sigset_t signals = stopSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

double RunningTask::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_started).count();
}

void RunningTask::watch(const std::stop_token& ended) {
    const sigset_t signals = stopSignals();
    const bool isTerminal = ::isatty(STDERR_FILENO) == 1;
    constexpr timespec kTenth{0, 100'000'000};
    constexpr double kQuietSeconds = 0.4;
    bool shown = false;
    while (!ended.stop_requested()) {
        if (::sigtimedwait(&signals, nullptr, &kTenth) > 0) m_stop.request_stop();
        if (!isTerminal || seconds() < kQuietSeconds) continue;
        showProgress(m_title, m_context);
        shown = true;
    }
    if (shown) fmt::print(stderr, "\r\033[K");
}

}  // namespace fairlead::cli
