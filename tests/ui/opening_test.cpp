// What an opening says: an older workspace that is to be upgraded as a copy, a clock that is behind.

#include <QLabel>
#include <QPushButton>

#include "tests/ui/opened.h"
#include "tests/ui/pictures.h"
#include "ui/shell/desk.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/unlock_page.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/task/task_strip.h"

using namespace fairlead;
using namespace fairlead::ui;
using Mood = made_up::MadeUpSession::Mood;

namespace {

/// A window whose workspace is of an older format, asked to open it.
struct Older {
    std::shared_ptr<made_up::MadeUpSession> session = std::make_shared<made_up::MadeUpSession>();
    MainWindow window{made_up::makers(session)};
    UnlockPage* page = nullptr;

    Older() {
        session->isOlder = true;
        window.resize(1366, 768);
        window.show();
        window.unlock("town.fairlead", crypto::Secret::copyOf("right"));
        settle();
        page = window.findChild<UnlockPage*>();
    }
    void settle() {
        REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }));
    }
    void answer(const QString& passphrase) {
        QTest::keyClicks(page->findChild<PassphraseEdit*>(), passphrase);
        QTest::mouseClick(button(), Qt::LeftButton);
    }
    QPushButton* button() const {
        for (QPushButton* found : page->findChildren<QPushButton*>()) {
            if (found->text() == "Make an upgraded copy") {
                return found;
            }
        }
        return nullptr;
    }
    bool says(const QString& words) const {
        for (const TextLabel* label : page->findChildren<TextLabel*>()) {
            if (label->isVisible() && label->text().contains(words)) {
                return true;
            }
        }
        return false;
    }
};

}  // namespace

TEST_CASE("an older workspace is upgraded as a copy when somebody says so, and the copy is opened", "[ui][opening]") {
    Older older;
    CHECK(older.window.desk() == nullptr);
    REQUIRE(older.button() != nullptr);
    CHECK(older.says("It stays as it is."));
    CHECK(older.says("town-format-"));
    CHECK(older.session->calls.empty());  // Nothing is done unasked.
    keepPictures(older.window, "upgrade");
    older.answer("wrong");
    older.settle();
    CHECK(older.window.desk() == nullptr);
    CHECK(older.says("passphrase"));
    older.answer("right");
    REQUIRE(QTest::qWaitFor([&] { return older.window.desk() != nullptr && !older.window.isBusy(); }));
    CHECK(std::ranges::count_if(older.session->calls, [](const std::string& call) {
              return call.starts_with("upgrade to town-format-") && call.ends_with(".fairlead");
          }) == 1);
}

TEST_CASE("an upgrade shows that it runs and can be stopped or refused", "[ui][opening]") {
    Older older;
    older.session->mood = Mood::Waits;
    older.answer("right");
    auto* strip = older.page->findChild<TaskStrip*>();
    REQUIRE(QTest::qWaitFor([&] { return strip->isVisible(); }));
    keepPictures(older.window, "upgrading");
    QTest::mouseClick(strip->findChild<QPushButton*>(), Qt::LeftButton);
    older.settle();
    CHECK(older.window.desk() == nullptr);
    older.session->mood = Mood::Denies;
    older.answer("right");
    older.settle();
    CHECK(older.says("Your roles in this workspace do not include: back up the workspace."));
    keepPictures(older.window, "upgrade-denied");
    older.session->mood = Mood::Answers;
    CHECK(older.window.desk() == nullptr);
}

TEST_CASE("a clock that is behind what the workspace has seen is said when it is opened", "[ui][opening]") {
    auto session = std::make_shared<made_up::MadeUpSession>();
    MainWindow window(made_up::makers(session));
    window.resize(1366, 768);
    window.show();
    const auto open = [&] {
        window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
        REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
        return window.findChild<NoticeBar*>();
    };
    CHECK_FALSE(open()->isVisible());
    window.lock();
    session->seenMs = QDateTime(QDate(2027, 3, 1), QTime(9, 30)).toMSecsSinceEpoch();
    const NoticeBar* notice = open();
    CHECK(notice->isVisible());
    CHECK(notice->words() ==
          "The clock of this computer is behind: the audit log has seen 01/03/2027 09:30. What ends by "
          "a day goes by the later time; set the clock.");
    keepPictures(window, "clock-behind");
}
