#include "ui/task/job_list.h"

#include <algorithm>

namespace fairlead::ui {

void JobList::follow(TaskRunner& runner, bool always) {
    const std::size_t at = m_followed.size();
    m_followed.push_back({&runner, false});
    connect(&runner, &TaskRunner::slow, this, [this, at] {
        m_followed[at].isSlow = true;
        emit changed();
    });
    connect(&runner, &TaskRunner::ended, this,
            [this, at, always](const QString& title, TaskEnd how, qint64 milliseconds) {
                const bool wasSlow = std::exchange(m_followed[at].isSlow, false);
                if (wasSlow || always) {
                    add({QTime::currentTime(), title, how, milliseconds});
                }
            });
}

int JobList::running() const { return static_cast<int>(std::ranges::count(m_followed, true, &Followed::isSlow)); }

void JobList::add(EndedJob job) {
    m_ended.insert(m_ended.begin(), std::move(job));
    if (m_ended.size() > kMostKept) {
        m_ended.pop_back();
    }
    emit changed();
}

}  // namespace fairlead::ui
