#include "ui/task/task_runner.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <utility>

#include "core/base/stack.h"

namespace fairlead::ui {

namespace {

constexpr int kPollMs = 100;
constexpr qint64 kShowAfterMs = 400;

}  // namespace

struct TaskRunner::Job {
    std::stop_source stop;
    TaskContext context{stop.get_token()};
    std::function<void()> done;
    QString title;
    TaskEnd end = TaskEnd::Done;  ///< Written by the thread before `ended`.
    std::thread thread;
    std::atomic<bool> ended{false};
};

TaskRunner::TaskRunner(QObject* parent) : QObject(parent) {
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &TaskRunner::poll);
}

TaskRunner::~TaskRunner() {
    if (m_current) {
        m_retired.push_back(std::move(m_current));
    }
    for (const auto& job : m_retired) {
        job->stop.request_stop();
    }
    for (const auto& job : m_retired) {
        if (job->thread.joinable()) {
            job->thread.join();
        }
    }
}

void TaskRunner::launch(std::function<TaskEnd(TaskContext&)> work, std::function<void()> done) {
    if (m_current) {
        emit ended(m_current->title, TaskEnd::Replaced, m_elapsed.elapsed());
        m_current->stop.request_stop();
        m_retired.push_back(std::move(m_current));
    }
    auto job = std::make_shared<Job>();
    job->done = std::move(done);
    job->title = m_title;
    m_current = job;
    m_slow = false;
    m_elapsed.start();
    m_poll.start();
    try {
        job->thread = std::thread([this, job, work = std::move(work)]() mutable {
            job->end = std::exchange(work, {})(job->context);
            wipeUnusedStack();
            job->ended.store(true);
            // The runner outlives the thread (its destructor joins), and a posted call to a dead object is dropped by
            // Qt.
            QMetaObject::invokeMethod(this, [this, job] { finish(job); }, Qt::QueuedConnection);
        });
    } catch (const std::system_error&) {
        job->end = TaskEnd::Failed;
        QMetaObject::invokeMethod(this, [this, job] { finish(job); }, Qt::QueuedConnection);
    }
}

void TaskRunner::finish(const std::shared_ptr<Job>& job) {
    if (job->thread.joinable()) {
        job->thread.join();
    }
    if (job != m_current) {
        std::erase(m_retired, job);
        return;
    }
    m_current.reset();
    m_poll.stop();
    const QPointer<TaskRunner> alive(this);
    emit ended(job->title, job->end, m_elapsed.elapsed());
    job->done();
    // `done` may start the next piece of work, or even close the page that owns this runner.
    if (alive && !m_current) {
        emit idle();
    }
}

void TaskRunner::cancel() {
    if (m_current) {
        m_current->stop.request_stop();
    }
}

void TaskRunner::poll() {
    if (!m_current || m_elapsed.elapsed() < kShowAfterMs) {
        return;
    }
    if (!m_slow) {
        m_slow = true;
        emit slow();
    }
    const TaskContext& context = m_current->context;
    emit progressed({context.phase(), context.done(), context.total()});
}

}  // namespace fairlead::ui
