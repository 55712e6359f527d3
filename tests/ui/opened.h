// The window of the journeys: a made-up session, unlocked by keyboard.

#pragma once

#include <QAction>
#include <QTest>
#include <memory>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/made_up.h"
#include "ui/shell/main_window.h"
#include "ui/style/page.h"

namespace fairlead::ui::made_up {

/// A window at the school list, unlocked by keyboard.
struct Opened {
    std::shared_ptr<MadeUpSession> session = std::make_shared<MadeUpSession>();
    MainWindow window{makers(session)};

    Opened() {
        window.resize(1366, 768);
        window.show();
        window.activateWindow();
        window.askToUnlock("made-up.fairlead");
        QTest::keyClicks(focused(), "right");
        QTest::keyClick(focused(), Qt::Key_Return);
        settle();
    }
    /// What has the focus. On a busy machine a page may take a moment to give it.
    QWidget* focused() {
        REQUIRE(QTest::qWaitFor([this] { return window.focusWidget() != nullptr; }));
        return window.focusWidget();
    }
    void settle() {
        REQUIRE(QTest::qWaitFor([this] { return !window.isBusy(); }));
        QTest::qWait(10);
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(focused(), static_cast<Qt::Key>(key), with);
        settle();
    }
    template <typename T>
    bool shows() const {
        return qobject_cast<T*>(window.page()) != nullptr;
    }
    QAction* action(const QString& words) const {
        for (QAction* action : window.findChildren<QAction*>()) {
            if (action->text().remove('&') == words) {
                return action;
            }
        }
        return nullptr;
    }
};

}  // namespace fairlead::ui::made_up
