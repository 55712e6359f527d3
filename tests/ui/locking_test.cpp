// The workspace is closed when the session is left; what was copied goes with it; names are never copied.

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <iostream>
#include <string>
#include <thread>

#include "tests/support/temp_folder.h"
#include "tests/ui/every_page.h"
#include "tests/ui/opened.h"
#include "ui/shell/desk.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/session_watch.h"
#include "ui/style/clipboard.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;

namespace {

QString noteOf(const Opened& opened) {
    for (const TextLabel* label : opened.window.page()->findChildren<TextLabel*>()) {
        if (label->text().startsWith("Locked")) {
            return label->text();
        }
    }
    return {};
}

void unlockAgain(Opened& opened) {
    QTest::keyClicks(opened.focused(), "right");
    QTest::keyClick(opened.focused(), Qt::Key_Return);
    opened.settle();
    REQUIRE(opened.window.desk() != nullptr);
}

}  // namespace

TEST_CASE("T-L2: leaving the session closes the workspace before anything else happens, and says why",
          "[ui][locking]") {
    Opened opened;
    SessionWatch watch;
    opened.window.follow(watch);
    const std::pair<SessionLeft, const char*> reasons[] = {
        {SessionLeft::ScreenLocked, "Locked with the screen. Enter the passphrase to go on."},
        {SessionLeft::SwitchedAway, "Locked because somebody else used the screen. Enter the passphrase to go on."},
        {SessionLeft::Suspending, "Locked because the computer went to sleep. Enter the passphrase to go on."}};
    for (const auto& [why, words] : reasons) {
        emit watch.left(why);
        CHECK(opened.window.desk() == nullptr);
        CHECK(noteOf(opened) == words);
        unlockAgain(opened);
    }
}

TEST_CASE(
    "T-L2: a workspace that is being opened when the session is left does not open, and a typed passphrase is gone",
    "[ui][locking]") {
    MainWindow window(made_up::makers());
    window.show();
    SessionWatch watch;
    window.follow(watch);
    window.askToUnlock("made-up.fairlead");
    auto* field = window.page()->findChild<PassphraseEdit*>();
    QTest::keyClicks(field, "ri");
    emit watch.left(SessionLeft::ScreenLocked);
    CHECK(field->text().isEmpty());
    QTest::keyClicks(field, "right");
    QTest::keyClick(field, Qt::Key_Return);
    emit watch.left(SessionLeft::Suspending);
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }));
    CHECK(window.desk() == nullptr);
}

TEST_CASE("T-L2: five minutes without use close the workspace, also while the computer slept through them",
          "[ui][locking][T-L2]") {
    auto now = std::make_shared<std::chrono::milliseconds>(std::chrono::hours(3));
    MainWindow window(made_up::makers(), [now] { return *now; });
    auto& idle = *window.findChild<IdleLock*>();
    const auto open = [&] {
        window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
        REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
    };
    window.show();
    open();
    *now += IdleLock::kUsual - std::chrono::milliseconds(1);
    idle.look();
    CHECK(window.desk() != nullptr);
    QTest::keyClick(&window, Qt::Key_Shift);
    *now += IdleLock::kUsual - std::chrono::milliseconds(1);
    idle.look();
    CHECK(window.desk() != nullptr);
    *now += std::chrono::milliseconds(1);
    idle.look();
    CHECK(window.desk() == nullptr);
    open();
    const Page* page = window.page();
    *now += std::chrono::hours(8);
    // The first key after a night in which nothing was heard of the sleep: it locks and does nothing else.
    QTest::keyClick(&window, Qt::Key_7, Qt::ControlModifier);
    CHECK((window.desk() == nullptr || window.page() == page));
    CHECK(QTest::qWaitFor([&] { return window.desk() == nullptr; }));
}

TEST_CASE("T-L2: how long without use is chosen up to fifteen minutes, and kept; a file that says more is not believed",
          "[ui][locking][T-L2]") {
    const test::TempFolder folder;
    const QString file = QString::fromStdString((folder / "look.ini").string());
    CHECK(readPreferences(file).lockMinutes == IdleLock::kUsual.count());
    for (const auto& [written, taken] :
         {std::pair("90", 15), std::pair("0", 1), std::pair("-3", 1), std::pair("7", 7)}) {
        test::writeBytes(folder / "look.ini", std::string("[lock]\nminutes=") + written + "\n");
        CHECK(readPreferences(file).lockMinutes == taken);
    }
    MainWindow window(made_up::makers());
    window.keepPreferences(file);
    auto& idle = *window.findChild<IdleLock*>();
    CHECK(idle.limit() == std::chrono::minutes(7));
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action->text() == "15 minutes") {
            action->trigger();
        }
    }
    CHECK(idle.limit() == IdleLock::kLongest);
    CHECK(readPreferences(file).lockMinutes == 15);
    idle.setLimit(std::chrono::minutes(60));
    CHECK(idle.limit() == IdleLock::kLongest);
}

TEST_CASE("T-M3: names are never copied, by any key or menu, and nothing that holds them can be selected",
          "[ui][locking]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.window.desk()->revealNames("a reason of some length");
    opened.settle();
    QClipboard* clipboard = QApplication::clipboard();
    int tablesWithNames = 0;
    opened.window.desk()->showPeople();
    opened.settle();
    for (DataTable* table : opened.window.desk()->tables()) {
        if (table->sheet().rows.empty() || !table->sheet().holdsNames) {
            continue;
        }
        ++tablesWithNames;
        for (const auto& [key, with] : {std::pair(Qt::Key_C, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                        std::pair(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier),
                                        std::pair(Qt::Key_Insert, Qt::KeyboardModifiers(Qt::ControlModifier))}) {
            clipboard->setText("before");
            table->selectRow(0);
            QTest::keyClick(table, key, with);
            CHECK(clipboard->text() == "before");
        }
    }
    CHECK(tablesWithNames >= 2);
    CHECK(opened.window.findChild<NoticeBar*>()->words().startsWith("Names are shown and cannot be copied."));
}

TEST_CASE("T-M3: what was copied is marked as secret, and goes at the lock when it is still ours", "[ui][locking]") {
    Opened opened;
    QClipboard* clipboard = QApplication::clipboard();
    auto* table = opened.window.page()->findChild<DataTable*>();
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    CHECK_FALSE(clipboard->text().isEmpty());
    CHECK(clipboard->mimeData()->data("x-kde-passwordManagerHint") == "secret");
    opened.window.lock();
    CHECK(clipboard->text().isEmpty());
    copyPicture(QImage(2, 2, QImage::Format_RGB32));
    CHECK_FALSE(clipboard->image().isNull());
    forgetCopies();
    CHECK(clipboard->image().isNull());
}

// For tests/ui/session_signals.py, which has a bus and a made-up logind: not run alone.
TEST_CASE("a window over a made-up session stands still for the session's signals", "[.session_signals]") {
    Opened opened;
    const SessionWatch watch;
    opened.window.follow(watch);
    REQUIRE(QTest::qWaitFor([&] { return watch.reach().logind && watch.reach().sleepWaitsForUs; }, 20'000));
    CHECK(watch.reach().sessionBus);
    std::cout << "listening" << std::endl;
    std::string sent;
    while (true) {
        auto asked = std::make_shared<std::atomic<int>>(0);
        auto line = std::make_shared<std::string>();
        std::thread([asked, line] { asked->store(std::getline(std::cin, *line) ? 1 : 2); }).detach();
        REQUIRE(QTest::qWaitFor([&] { return asked->load() != 0; }, 60'000));
        if (asked->load() == 2) {
            break;
        }
        if (*line == "closed?") {
            REQUIRE(QTest::qWaitFor([&] { return opened.window.desk() == nullptr; }, 20'000));
            const QString note = noteOf(opened);
            unlockAgain(opened);
            std::cout << note.toStdString() << std::endl;
        } else {
            // A round of the loop with everything on the bus taken in.
            QTest::qWait(100);
            std::cout << (opened.window.desk() != nullptr ? "open" : "closed") << std::endl;
        }
    }
}
