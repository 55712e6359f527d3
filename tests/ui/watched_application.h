// WatchedApplication: how long the GUI thread was busy with one event, in time of its own: what other programs on the
// computer take is not counted, so that a busy machine fails nothing.

#pragma once

#include <QApplication>
#include <ctime>

namespace fairlead::test {

/// Measures every event that is not inside another.
class WatchedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (m_inside) {
            return QApplication::notify(receiver, event);
        }
        m_inside = true;
        const QByteArray what = receiver->metaObject()->className();
        const int type = event->type();
        const double start = threadMilliseconds();
        const bool handled = QApplication::notify(receiver, event);
        const double took = threadMilliseconds() - start;
        if (took > m_longest) {
            m_longest = took;
            m_what = what + " event " + QByteArray::number(type);
        }
        m_inside = false;
        return handled;
    }
    /// Forgets what was measured.
    void restart() { m_longest = 0; }
    /// The longest event since restart(), in milliseconds of this thread's time.
    [[nodiscard]] double longest() const { return m_longest; }
    /// Which it was.
    [[nodiscard]] const QByteArray& what() const { return m_what; }

private:
    static double threadMilliseconds() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }

    bool m_inside = false;
    double m_longest = 0;
    QByteArray m_what;
};

}  // namespace fairlead::test
