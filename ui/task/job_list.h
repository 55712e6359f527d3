// JobList: what has been worked on since the workspace was opened. It holds titles of kinds of work, never of what the
// work was about, and is gone when the workspace is locked.

#pragma once

#include <QObject>
#include <QString>
#include <QTime>
#include <vector>

#include "ui/task/task_runner.h"

namespace fairlead::ui {

/// A piece of work that ended.
struct EndedJob {
    QTime at;  ///< When it ended.
    QString title;
    TaskEnd how = TaskEnd::Done;
    qint64 milliseconds = 0;
};

/// Keeps the jobs of one sitting. GUI thread only.
class JobList final : public QObject {
    Q_OBJECT

public:
    /// The oldest of more is forgotten.
    static constexpr std::size_t kMostKept = 200;

    using QObject::QObject;

    /// Follows a runner, which must outlive the list's use. Work that ends within 400 ms is listed only where `always`
    /// is set: what changes the workspace or writes a file is worth a line however quick it was.
    void follow(TaskRunner& runner, bool always);
    /// The newest first.
    [[nodiscard]] const std::vector<EndedJob>& ended() const { return m_ended; }
    /// How many run and have taken 400 ms.
    [[nodiscard]] int running() const;

signals:
    /// A job was seen to take its time, or one ended.
    void changed();

private:
    /// A runner and whether what it runs now has been seen to take its time.
    struct Followed {
        TaskRunner* runner = nullptr;
        bool isSlow = false;
    };

    void add(EndedJob job);

    std::vector<Followed> m_followed;
    std::vector<EndedJob> m_ended;
};

}  // namespace fairlead::ui
