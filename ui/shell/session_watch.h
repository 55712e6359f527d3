// SessionWatch: hears from the desktop's session that its screen is being locked, that somebody else is at it, or that
// the computer goes to sleep. Over D-Bus: logind on the system's bus, the screen saver on the session's. Where there is
// neither, the idle lock is what remains.

#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QVariantMap>

namespace fairlead::ui {

/// Why the workspace must not stay open.
enum class SessionLeft {
    ScreenLocked,  ///< The screen saver is active, or logind was asked to lock the session.
    SwitchedAway,  ///< Another session has the screen.
    Suspending     ///< The computer goes to sleep, and waits until we are done (a delay lock of logind).
};

/// Listens for as long as it lives. GUI thread only.
class SessionWatch final : public QObject {
    Q_OBJECT

public:
    explicit SessionWatch(QObject* parent = nullptr);

    /// What is listened to; each false where there is nobody to hear.
    struct Reach {
        bool logind = false;           ///< Our session of logind is known: lock, switch and sleep are heard.
        bool sessionBus = false;       ///< Screen savers can be heard.
        bool sleepWaitsForUs = false;  ///< logind holds sleep back until the workspace is closed.
    };
    [[nodiscard]] const Reach& reach() const { return m_reach; }

signals:
    /// Close what is open, before this returns.
    void left(fairlead::ui::SessionLeft why);
    /// reach() is known, or has changed.
    void reachChanged();

private slots:
    void sleepChanged(bool sleeping);
    void lockAsked();
    void saverChanged(bool active);
    void propertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList& invalidated);

private:
    void listenToSavers();
    void askForSession();
    /// Desktops that systemd starts run their programs outside the session: then it is the one of the user's display.
    void askForUser();
    void listenToSession(const QString& path);
    void holdSleepBack();

    QDBusConnection m_system;
    QDBusConnection m_session;
    QDBusUnixFileDescriptor m_delay;  ///< While it is open, sleep waits for us (logind: five seconds at most).
    Reach m_reach;
};

}  // namespace fairlead::ui
