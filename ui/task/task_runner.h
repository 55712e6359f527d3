// TaskRunner: the only way in which a screen starts work of core. The work runs on a thread of its own; its result
// comes back on the GUI thread. GUI thread only.

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"

namespace fairlead::ui {

/// How far the running work has come.
struct TaskProgress {
    Phase phase = Phase::Preparing;
    std::uint64_t done = 0;
    std::uint64_t total = 0;  ///< 0 when not known.
};

/// How a piece of work ended.
enum class TaskEnd {
    Done,
    Failed,    ///< Its caller was told why.
    Stopped,   ///< Somebody cancelled it.
    Replaced,  ///< A newer request of the same kind came before it ended.
};

/// Runs one piece of work at a time; a newer start replaces an older one.
class TaskRunner final : public QObject {
    Q_OBJECT

public:
    explicit TaskRunner(QObject* parent = nullptr);
    /// Asks whatever runs to stop and waits for it; its result is dropped.
    ~TaskRunner() override;

    /// Starts `work` on a thread; `done` is called on the GUI thread with its result. Work already running is asked to
    /// stop and its `done` is never called: the newest request wins. `work` must own or share all that it touches and
    /// must not touch a QObject. Where there is no memory for it, or no thread, the result is Internal, "no memory".
    template <typename T>
    void start(std::function<Result<T>(TaskContext&)> work, std::function<void(Result<T>)> done) {
        auto slot = std::make_shared<std::optional<Result<T>>>();
        launch(
            [work = std::move(work), slot](TaskContext& context) {
                try {
                    slot->emplace(work(context));
                } catch (const std::bad_alloc&) {
                    slot->emplace(noMemory());
                }
                return **slot                                          ? TaskEnd::Done
                       : (*slot)->error().code == ErrorCode::Cancelled ? TaskEnd::Stopped
                                                                       : TaskEnd::Failed;
            },
            [done = std::move(done), slot] { done(slot->has_value() ? std::move(**slot) : Result<T>(noMemory())); });
    }

    /// What the work is called in the list of jobs: "Reading a school". Taken at the next start. Never a name of a
    /// person, a school or a file: the list stays on the screen beside any page.
    void setTitle(const QString& title) { m_title = title; }
    /// What the running work is called, or the next.
    [[nodiscard]] const QString& title() const { return m_title; }

    /// Asks the running work to stop; its `done` is then called, with ErrorCode::Cancelled unless it had finished.
    void cancel();
    /// True while work runs.
    [[nodiscard]] bool isRunning() const { return m_current != nullptr; }

signals:
    /// The work has run for 400 ms: now is the time to show progress.
    void slow();
    /// At most ten times a second, after slow().
    void progressed(const fairlead::ui::TaskProgress& progress);
    /// A piece of work ended, so long after its start; its result has not been handed over yet.
    void ended(const QString& title, fairlead::ui::TaskEnd how, qint64 milliseconds);
    /// No work runs any more.
    void idle();

private:
    struct Job;
    /// Short enough to need none.
    static std::unexpected<Error> noMemory() { return fail(ErrorCode::Internal, {}, "no memory"); }
    void launch(std::function<TaskEnd(TaskContext&)> work, std::function<void()> done);
    void finish(const std::shared_ptr<Job>& job);
    void poll();

    std::shared_ptr<Job> m_current;
    std::vector<std::shared_ptr<Job>> m_retired;  ///< Asked to stop, not yet ended.
    QTimer m_poll;
    QElapsedTimer m_elapsed;
    QString m_title;
    bool m_slow = false;
};

}  // namespace fairlead::ui
