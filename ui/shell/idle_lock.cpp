#include "ui/shell/idle_lock.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>
#include <ctime>

namespace fairlead::ui {

namespace {

constexpr std::chrono::seconds kLookEvery{5};

/// Goes on while the computer sleeps, and nobody can set it.
std::chrono::milliseconds sinceBoot() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(now.tv_sec) +
                                                                 std::chrono::nanoseconds(now.tv_nsec));
}

bool isUse(QEvent::Type type) {
    switch (type) {
        case QEvent::ShortcutOverride:  // Comes before the action that a key belongs to.
        case QEvent::KeyPress:
        case QEvent::MouseButtonPress:
        case QEvent::MouseMove:
        case QEvent::Wheel:
        case QEvent::TouchBegin: return true;
        default: return false;
    }
}

}  // namespace

IdleLock::IdleLock(Clock clock, QObject* parent)
    : QObject(parent), m_clock(clock ? std::move(clock) : Clock(&sinceBoot)), m_lastUse(m_clock()) {
    connect(&m_timer, &QTimer::timeout, this, &IdleLock::look);
    QCoreApplication::instance()->installEventFilter(this);
    m_timer.start(kLookEvery);
}

void IdleLock::setGuarding(bool guards) {
    m_guards = guards;
    m_lastUse = m_clock();
}

void IdleLock::setLimit(std::chrono::minutes limit) { m_limit = std::clamp(limit, std::chrono::minutes(1), kLongest); }

void IdleLock::look() {
    if (!m_isExpiring && isOver()) {
        m_lastUse = m_clock();
        emit expired();
    }
}

bool IdleLock::eventFilter(QObject* watched, QEvent* event) {
    if (isUse(event->type())) {
        if (m_guards && (m_isExpiring || isOver())) {
            event->accept();
            expireSoon();
            return true;
        }
        m_lastUse = m_clock();
    }
    return QObject::eventFilter(watched, event);
}

/// Not at once: whoever the event is for would be gone when Qt comes back to it.
void IdleLock::expireSoon() {
    if (m_isExpiring) {
        return;
    }
    m_isExpiring = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isExpiring = false;
            look();
        },
        Qt::QueuedConnection);
}

}  // namespace fairlead::ui
