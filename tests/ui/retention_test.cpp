// The retention page: what is due, what a purge would take, the purge, its certificate.

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStatusBar>

#include "tests/ui/opened.h"
#include "tests/ui/pictures.h"
#include "ui/governance/purge_dialog.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/retention_tables.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/navigation.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/retention_work.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"
#include "ui/task/task_strip.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;
using Mood = made_up::MadeUpSession::Mood;

namespace {

QPushButton* button(QWidget& parent, const QString& words) {
    for (QPushButton* found : parent.findChildren<QPushButton*>()) {
        if (found->text() == words) {
            return found;
        }
    }
    return nullptr;
}

void click(QWidget& parent, const QString& words) {
    auto* found = button(parent, words);
    REQUIRE(found != nullptr);
    REQUIRE(found->isEnabled());
    QTest::mouseClick(found, Qt::LeftButton);
}

QStringList column(const DataTable& table, int at) {
    QStringList cells;
    for (const TableRow& row : table.content().rows) {
        cells << row.cells[static_cast<std::size_t>(at)].text;
    }
    return cells;
}

/// The window at the retention page, as a data steward beside a key officer.
struct AtRetention : Opened {
    RetentionPage* page = nullptr;
    DataTable* table = nullptr;

    AtRetention() {
        press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        page = qobject_cast<RetentionPage*>(window.page());
        REQUIRE(page != nullptr);
        table = page->findChild<DataTable*>();
    }
    /// The dialog over the counts of what is overdue.
    PurgeDialog* askToPurge() {
        click(*page, "Choose all overdue");
        click(*page, "Count what would go");
        settle();
        click(*page, "Purge…");
        auto* dialog = page->findChild<PurgeDialog*>();
        REQUIRE(dialog != nullptr);
        return dialog;
    }
};

QString messageOf(PurgeDialog& dialog) { return dialog.findChildren<TextLabel*>()[1]->text(); }

}  // namespace

TEST_CASE("the retention page lists every delivery with its end, the overdue ones said first", "[ui][governance]") {
    AtRetention at;
    CHECK(at.page->content()->deliveries.size() == 5);
    CHECK(standingInWords(*at.page->content()) ==
          "2 deliveries are past the day until which they may be kept, the longest by 41 days.");
    CHECK(column(*at.table, 8) == QStringList{"41 days overdue, replaced by a later one", "24 days left",
                                              "1 day overdue", "today is the last day", "purged on 23/04/2026"});
    keepPictures(at.window, "retention");
    RetentionContent calm = made_up::retention();
    calm.deliveries.erase(calm.deliveries.begin());
    calm.deliveries.erase(calm.deliveries.begin() + 1);
    CHECK(standingInWords(calm) == "Nothing is past its end. Today is the last day of the next.");
    calm.deliveries = {calm.deliveries.back()};
    CHECK(standingInWords(calm) == "No delivery is held.");
}

TEST_CASE("deliveries are chosen by key and by button, counted, and purged by two people", "[ui][governance]") {
    AtRetention at;
    CHECK_FALSE(button(*at.page, "Count what would go")->isEnabled());
    at.press(Qt::Key_Return);
    CHECK(column(*at.table, 0) == QStringList{"chosen", "", "", "", ""});
    click(*at.page, "Choose or leave out");
    CHECK(column(*at.table, 0) == QStringList{"", "", "", "", ""});
    at.table->showRow(4);
    at.press(Qt::Key_Return);
    CHECK_FALSE(button(*at.page, "Count what would go")->isEnabled());  // It was purged.
    CHECK_FALSE(button(*at.page, "Purge…")->isEnabled());
    PurgeDialog* dialog = at.askToPurge();
    CHECK(at.session->calls.back() == "preview purge of 2");
    CHECK(at.page->part() == 1);
    CHECK(column(*at.table, 1) ==
          QStringList{"facts about people", "times on a roll", "records of persons", "addresses", "names"});
    keepPictures(*dialog, "purge-dialog");
    click(*dialog, "Purge");
    CHECK(messageOf(*dialog) == "Give the reason in 10 characters or more.");
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), "the agreement ended in June");
    click(*dialog, "Purge");
    CHECK(messageOf(*dialog) == "The second person enters a passphrase too.");
    QTest::keyClicks(dialog->findChild<PassphraseEdit*>(), "wrong");
    click(*dialog, "Purge");
    at.settle();
    CHECK(messageOf(*dialog).contains("passphrase"));
    CHECK(at.session->ends.purges.size() == 1);
    QTest::keyClicks(dialog->findChild<PassphraseEdit*>(), "right");
    const QPointer<PurgeDialog> gone = dialog;
    click(*dialog, "Purge");
    at.settle();
    at.settle();
    REQUIRE(QTest::qWaitFor([&] { return gone == nullptr; }));
    const auto& calls = at.session->calls;
    CHECK(std::ranges::find(calls, "purge of 2 with Olive: the agreement ended in June") != calls.end());
    CHECK(at.page->part() == 3);
    CHECK(column(*at.table, 0) == QStringList{"2", "1"});
    CHECK(column(*at.table, 5).front() == "entries 811 and 812");
    CHECK(at.window.findChild<NoticeBar*>()->words().startsWith("Purge 2 is done: "));
    // What rests on the rows is read again.
    CHECK(std::ranges::count(calls, "sources") == 2);
    CHECK_FALSE(button(*at.page, "Purge…")->isEnabled());
    at.window.desk()->findChild<Governance*>()->retention().writeCertificate(2, "certificate.txt");
    at.settle();
    CHECK(at.session->calls.back() == "certificate 2");
    CHECK(button(*at.page, "Certificate…")->isEnabled());
    keepPictures(at.window, "retention-purged");
}

TEST_CASE("the counts and the figures of a purge are shown before it", "[ui][governance]") {
    AtRetention at;
    at.page->showPart(1);
    CHECK(at.table->emptyText() == "Choose deliveries, then count what would go.");
    keepPictures(at.window, "retention-uncounted");
    click(*at.page, "Choose all overdue");
    click(*at.page, "Count what would go");
    at.settle();
    keepPictures(at.window, "retention-counts");
    at.page->showPart(2);
    CHECK(column(*at.table, 0) == QStringList{"Missing episodes", "Risk of NEET"});
    CHECK(column(*at.table, 1).back() == "26/08/2025 to 03/12/2025; from 23/05/2026 on");
    CHECK(column(*at.table, 2) == QStringList{"as before", "[x] purged"});
    keepPictures(at.window, "retention-figures");
    // Another choice: what was counted no longer counts.
    at.page->showPart(0);
    at.table->showRow(1);
    click(*at.page, "Choose or leave out");
    CHECK_FALSE(button(*at.page, "Purge…")->isEnabled());
}

TEST_CASE("a purge shows how far it is, and Cancel leaves everything as it was", "[ui][governance]") {
    AtRetention at;
    PurgeDialog* dialog = at.askToPurge();
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), "the agreement ended in June");
    QTest::keyClicks(dialog->findChild<PassphraseEdit*>(), "right");
    at.session->mood = Mood::Waits;
    click(*dialog, "Purge");
    auto* strip = dialog->findChild<TaskStrip*>();
    REQUIRE(QTest::qWaitFor([&] { return strip->isVisible(); }));
    CHECK_FALSE(button(*dialog, "Purge")->isEnabled());
    keepPictures(*dialog, "purging");
    QTest::keyClick(dialog, Qt::Key_Escape);
    REQUIRE(QTest::qWaitFor([&] { return !at.window.isBusy(); }));
    CHECK(messageOf(*dialog) == "Stopped. Nothing was purged.");
    CHECK(dialog->isVisible());
    CHECK(button(*dialog, "Purge")->isEnabled());
    at.session->mood = Mood::Answers;
    QTest::keyClick(dialog, Qt::Key_Escape);
    CHECK(at.session->ends.purges.size() == 1);
}

TEST_CASE("who may not purge reads the page, and who may not read it is told", "[ui][governance]") {
    {
        AtRetention at;
        at.session->ends.mayPurge = false;
        at.press(Qt::Key_5, Qt::ControlModifier);
        at.press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        for (const char* words : {"Choose or leave out", "Choose all overdue", "Count what would go", "Purge…"}) {
            CHECK_FALSE(button(*at.page, words)->isEnabled());
        }
        at.page->showPart(3);
        CHECK(button(*at.page, "Certificate…")->isEnabled());
        keepPictures(at.window, "retention-read-only");
    }
    Opened opened;
    opened.session->mood = Mood::Denies;
    opened.press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(opened.window.findChild<NoticeBar*>()->words().startsWith(
        "Your roles in this workspace do not include: read when deliveries end."));
    CHECK(opened.window.page()->findChild<DataTable*>()->emptyText() == "Nothing has been read yet.");
    keepPictures(opened.window, "retention-denied");
    opened.session->mood = Mood::Answers;
}

TEST_CASE("the line at the foot of the window says when a delivery is overdue", "[ui][governance]") {
    const auto footOf = [](std::int64_t overdue) {
        auto session = std::make_shared<made_up::MadeUpSession>();
        session->overdue = overdue;
        MainWindow window(made_up::makers(session));
        window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
        REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
        return window.statusBar()->findChild<QLabel*>()->text();
    };
    CHECK(footOf(0).startsWith("Figures support professional judgement"));
    CHECK(footOf(1).startsWith("1 delivery is past the day until which it may be kept (Retention)"));
    CHECK(footOf(3).startsWith("3 deliveries are past the day until which they may be kept (Retention)"));
}

TEST_CASE("only roles that may read when deliveries end find the retention page among the pages", "[ui][governance]") {
    for (const auto& [role, isListed] :
         {std::pair(access::Role::DataSteward, true), std::pair(access::Role::Analyst, true),
          std::pair(access::Role::GovernanceAuditor, false)}) {
        auto session = std::make_shared<made_up::MadeUpSession>();
        session->roles = {role};
        MainWindow window(made_up::makers(session));
        window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
        REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
        const QStringList pages = window.findChild<Navigation*>()->names();
        CHECK(pages.contains("Retention") == isListed);
    }
}
