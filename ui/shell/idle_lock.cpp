#include "ui/shell/idle_lock.h"

#include <QCoreApplication>
#include <QEvent>

namespace fairlead::ui {

IdleLock::IdleLock(std::chrono::milliseconds limit, QObject* parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(limit);
    connect(&m_timer, &QTimer::timeout, this, &IdleLock::expired);
    QCoreApplication::instance()->installEventFilter(this);
    m_timer.start();
}

bool IdleLock::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
        case QEvent::MouseButtonPress:
        case QEvent::MouseMove:
        case QEvent::Wheel:
        case QEvent::TouchBegin: m_timer.start(); break;
        default: break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace fairlead::ui
