#include "ui/shell/session_watch.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <functional>

namespace fairlead::ui {

namespace {

constexpr QLatin1String kLogind("org.freedesktop.login1");
constexpr QLatin1String kLogindPath("/org/freedesktop/login1");
constexpr QLatin1String kManager("org.freedesktop.login1.Manager");
constexpr QLatin1String kSession("org.freedesktop.login1.Session");
// All say ActiveChanged(bool); which one is there depends on the desktop.
constexpr QLatin1String kSavers[] = {QLatin1String("org.freedesktop.ScreenSaver"),
                                     QLatin1String("org.gnome.ScreenSaver"), QLatin1String("org.cinnamon.ScreenSaver"),
                                     QLatin1String("org.mate.ScreenSaver"), QLatin1String("org.xfce.ScreenSaver")};

QDBusMessage managerCall(const char* method) {
    return QDBusMessage::createMethodCall(kLogind, kLogindPath, kManager, QLatin1String(method));
}

/// Asks without waiting: a bus that does not answer must not keep the window.
template <typename T>
void ask(const QDBusConnection& bus, const QDBusMessage& call, QObject* owner, std::function<void(T)> answered,
         std::function<void()> refused = {}) {
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), owner);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, owner,
                     [answered = std::move(answered), refused = std::move(refused), watcher] {
                         const QDBusPendingReply<T> reply = *watcher;
                         watcher->deleteLater();
                         if (reply.isValid()) {
                             answered(reply.value());
                         } else if (refused) {
                             refused();
                         }
                     });
}

QDBusMessage managerCallOfThisProcess(const char* method) {
    QDBusMessage call = managerCall(method);
    call << static_cast<uint>(QCoreApplication::applicationPid());
    return call;
}

}  // namespace

SessionWatch::SessionWatch(QObject* parent)
    : QObject(parent), m_system(QDBusConnection::systemBus()), m_session(QDBusConnection::sessionBus()) {
    m_reach.sessionBus = m_session.isConnected();
    listenToSavers();
    if (m_system.isConnected()) {
        m_system.connect(kLogind, kLogindPath, kManager, QStringLiteral("PrepareForSleep"), this,
                         SLOT(sleepChanged(bool)));
        askForSession();
        holdSleepBack();
    }
}

void SessionWatch::listenToSavers() {
    for (const QLatin1String saver : kSavers) {
        m_session.connect(QString(), QString(), saver, QStringLiteral("ActiveChanged"), this, SLOT(saverChanged(bool)));
    }
}

void SessionWatch::askForSession() {
    ask<QDBusObjectPath>(
        m_system, managerCallOfThisProcess("GetSessionByPID"), this,
        [this](const QDBusObjectPath& session) { listenToSession(session.path()); }, [this] { askForUser(); });
}

void SessionWatch::askForUser() {
    ask<QDBusObjectPath>(m_system, managerCallOfThisProcess("GetUserByPID"), this, [this](const QDBusObjectPath& user) {
        QDBusMessage call = QDBusMessage::createMethodCall(
            kLogind, user.path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
        call << QStringLiteral("org.freedesktop.login1.User") << QStringLiteral("Display");
        ask<QDBusVariant>(m_system, call, this, [this](const QDBusVariant& display) {
            const auto idAndPath = display.variant().value<QDBusArgument>();
            QString id;
            QDBusObjectPath path;
            idAndPath.beginStructure();
            idAndPath >> id >> path;
            idAndPath.endStructure();
            if (!id.isEmpty()) {
                listenToSession(path.path());
            }
        });
    });
}

void SessionWatch::listenToSession(const QString& path) {
    m_system.connect(kLogind, path, kSession, QStringLiteral("Lock"), this, SLOT(lockAsked()));
    m_reach.logind = m_system.connect(kLogind, path, QStringLiteral("org.freedesktop.DBus.Properties"),
                                      QStringLiteral("PropertiesChanged"), this,
                                      SLOT(propertiesChanged(QString, QVariantMap, QStringList)));
    emit reachChanged();
}

void SessionWatch::holdSleepBack() {
    QDBusMessage call = managerCall("Inhibit");
    call << QStringLiteral("sleep") << QStringLiteral("Fairlead") << tr("Closing the open workspace")
         << QStringLiteral("delay");
    ask<QDBusUnixFileDescriptor>(m_system, call, this, [this](const QDBusUnixFileDescriptor& delay) {
        m_delay = delay;
        m_reach.sleepWaitsForUs = m_delay.isValid();
        emit reachChanged();
    });
}

void SessionWatch::sleepChanged(bool sleeping) {
    if (!sleeping) {
        holdSleepBack();
        return;
    }
    emit left(SessionLeft::Suspending);
    m_delay = QDBusUnixFileDescriptor();
}

void SessionWatch::lockAsked() { emit left(SessionLeft::ScreenLocked); }

void SessionWatch::saverChanged(bool active) {
    if (active) {
        emit left(SessionLeft::ScreenLocked);
    }
}

void SessionWatch::propertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList&) {
    if (interface != kSession) {
        return;
    }
    if (changed.value(QStringLiteral("LockedHint"), false).toBool()) {
        emit left(SessionLeft::ScreenLocked);
    }
    if (!changed.value(QStringLiteral("Active"), true).toBool()) {
        emit left(SessionLeft::SwitchedAway);
    }
}

}  // namespace fairlead::ui
