// What a page looks like when there is nothing to show, while it waits, when it fails and when it is not allowed.

#include <QComboBox>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>
#include <functional>

#include "tests/ui/in_page.h"
#include "tests/ui/opened.h"
#include "tests/ui/pictures.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/posture_page.h"
#include "ui/governance/release_dialogs.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/retention_work.h"
#include "ui/shell/unlock_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"
#include "ui/task/jobs_dialog.h"
#include "ui/task/task_strip.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;
using Mood = made_up::MadeUpSession::Mood;

namespace {

void openRetention(Desk& desk) {
    auto* governance = desk.findChild<Governance*>();
    governance->open(governance->retention().page());
}

/// A page of a school and how it is reached from the overview.
struct Way {
    const char* name;
    std::function<void(Desk&)> go;
};

Governance& governance(Desk& desk) { return *desk.findChild<Governance*>(); }

const std::vector<Way>& ways() {
    static const std::vector<Way> all = {
        {"new", [](Desk& desk) { desk.showNew(); }},
        {"families", [](Desk& desk) { desk.showFamilies(); }},
        {"people", [](Desk& desk) { desk.showPeople(); }},
        {"drill", [](Desk& desk) { desk.openFigure(QStringLiteral("risk_of_neet")); }},
        {"pupil", [](Desk& desk) { desk.openPupil({2}); }},
        {"indicators", [](Desk& desk) { desk.showRegister(); }},
        {"quality", [](Desk& desk) { desk.showQuality(); }},
        {"releases", [](Desk& desk) { governance(desk).open(governance(desk).releases()); }},
        {"school-counts", [](Desk& desk) { governance(desk).open(governance(desk).pack()); }},
        {"pairs", [](Desk& desk) { governance(desk).open(governance(desk).pairs()); }},
        {"audit", [](Desk& desk) { desk.showAudit(); }},
        {"users", [](Desk& desk) { desk.showUsers(); }},
        {"retention", &openRetention},
        {"protection", [](Desk& desk) { governance(desk).open(governance(desk).posture()); }},
    };
    return all;
}

}  // namespace

TEST_CASE("where there is nothing to show, every table says so in a sentence", "[ui][states]") {
    for (const Way& way : ways()) {
        Opened opened;
        opened.session->mood = Mood::IsEmpty;
        opened.window.desk()->openSchool({137000});
        opened.settle();
        way.go(*opened.window.desk());
        opened.settle();
        INFO(way.name);
        int empty = 0;
        for (const DataTable* table : opened.window.page()->findChildren<DataTable*>()) {
            if (!table->isVisible() || table->allRows() > 0) {
                continue;
            }
            ++empty;
            INFO(table->accessibleName().toStdString());
            CHECK(table->emptyText().endsWith(QLatin1Char('.')));
        }
        CHECK(empty > 0);
        keepPictures(opened.window, QStringLiteral("empty-") + QLatin1String(way.name));
    }
}

TEST_CASE("a form of an act fits the window, also with the largest text", "[ui][states]") {
    for (const char* words : {"Record an involvement…", "Release names…", "Withdraw…"}) {
        Opened opened;
        setTextPercent(kLargestTextPercent);
        Governance& pages = governance(*opened.window.desk());
        pages.open(pages.releases());
        opened.settle();
        made_up::click(*pages.releases(), words);
        auto* form = pages.releases()->findChild<ReleaseForm*>();
        REQUIRE(form != nullptr);
        CHECK(opened.window.size().height() >= form->height());
        CHECK(opened.window.size().width() >= form->width());
        keepPictures(*form, QStringLiteral("form-") + QString::fromUtf8(words).left(6));
        setTextPercent(kSmallestTextPercent);
    }
}

TEST_CASE("a form that is open follows the size of the text, and so do its lists", "[ui][states]") {
    Opened opened;
    Governance& pages = governance(*opened.window.desk());
    pages.open(pages.releases());
    opened.settle();
    setTextPercent(kLargestTextPercent);
    made_up::click(*pages.releases(), "Release names…");
    const auto* form = pages.releases()->findChild<ReleaseForm*>();
    const auto lists = form->findChildren<QComboBox*>();
    REQUIRE(lists.size() == 2);
    const auto isAs = [&](int percent) {
        return QTest::qWaitFor([&] {
            const int height = QComboBox().sizeHint().height();
            return form->width() == 560 * percent / 100 && lists[0]->height() == height && lists[1]->height() == height;
        });
    };
    CHECK(isAs(kLargestTextPercent));
    setTextPercent(kSmallestTextPercent);
    CHECK(isAs(kSmallestTextPercent));
    setTextPercent(kLargestTextPercent);
    CHECK(isAs(kLargestTextPercent));
    setTextPercent(kSmallestTextPercent);
}

TEST_CASE("a workspace in which nothing is loaded opens at its sources and says what to do", "[ui][states]") {
    auto session = std::make_shared<made_up::MadeUpSession>();
    session->mood = Mood::IsEmpty;
    MainWindow window(made_up::makers(session));
    window.resize(1366, 768);
    window.show();
    window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr && !window.isBusy(); }));
    auto* page = qobject_cast<SourcesPage*>(window.page());
    REQUIRE(page != nullptr);
    CHECK(page->findChild<DataTable*>()->emptyText().startsWith("Nothing has been loaded."));
    keepPictures(window, QStringLiteral("empty-sources"));
}

TEST_CASE("what the roles do not include is said, and the page stays where it was", "[ui][states]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    Page* before = opened.window.page();
    opened.session->mood = Mood::Denies;
    opened.window.desk()->openFigure(QStringLiteral("risk_of_neet"));
    opened.settle();
    CHECK(opened.window.page() == before);
    const auto* notice = opened.window.findChild<NoticeBar*>();
    CHECK(notice->words().startsWith("Your roles in this workspace do not include: read figures."));
    keepPictures(opened.window, QStringLiteral("denied-drill"));
    opened.session->mood = Mood::Answers;
    opened.window.desk()->openPupil({2});
    opened.settle();
    opened.session->mood = Mood::Denies;
    opened.press(Qt::Key_J, Qt::ControlModifier);
    CHECK(notice->words().startsWith("Your roles in this workspace do not include: review links."));
    keepPictures(opened.window, QStringLiteral("denied-how-joined"));
    opened.window.desk()->preview({"police_6.fxt"});
    opened.settle();
    keepPictures(opened.window, QStringLiteral("denied-load"));
    CHECK(opened.shows<SourcesPage>());
}

TEST_CASE("work that takes its time shows how far it is and can be stopped", "[ui][states]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.session->mood = Mood::Waits;
    opened.window.desk()->openFigure(QStringLiteral("risk_of_neet"));
    TaskStrip* shown = nullptr;
    REQUIRE(QTest::qWaitFor([&] {
        for (TaskStrip* strip : opened.window.findChildren<TaskStrip*>()) {
            shown = strip->isVisible() ? strip : shown;
        }
        return shown != nullptr;
    }));
    keepPictures(opened.window, QStringLiteral("waiting"));
    const auto* button = opened.window.statusBar()->findChild<QToolButton*>();
    CHECK(button->text() == "Jobs: 1 running");
    opened.window.activateWindow();
    QTest::keyClick(opened.focused(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    JobsDialog& jobs = opened.window.desk()->jobs();
    CHECK(jobs.isVisible());
    CHECK(jobs.focusWidget() == jobs.table());
    keepPictures(jobs, QStringLiteral("jobs"));
    shown->findChild<QPushButton*>()->click();
    REQUIRE(QTest::qWaitFor([&] { return !opened.window.isBusy(); }));
    CHECK_FALSE(shown->isVisible());
    CHECK(jobs.table()->currentRowAsText(false).contains(
        "Reading what stands behind a figure\tstopped; nothing is left"));
    opened.window.desk()->link();
    REQUIRE(QTest::qWaitFor([&] { return opened.window.isBusy(); }));
    opened.session->mood = Mood::Answers;
    opened.settle();
    opened.settle();
    CHECK(jobs.table()->currentRowAsText(false).contains("Linking records\tdone"));
    CHECK(button->text() == "Jobs: 2 ended");
    keepPictures(jobs, QStringLiteral("jobs-ended"));
    QTest::keyClick(jobs.table(), Qt::Key_Escape);
    CHECK_FALSE(jobs.isVisible());
    opened.session->mood = Mood::Answers;
}

TEST_CASE("a refused load and a wrong passphrase are explained where they happened", "[ui][states]") {
    Opened opened;
    opened.session->failsToLoad = true;
    opened.window.desk()->preview({"police.fxt"});
    opened.settle();
    keepPictures(opened.window, QStringLiteral("failed-load"));
    CHECK(opened.shows<SourcesPage>());
    opened.window.unlock("made-up.fairlead", crypto::Secret::copyOf("wrong"));
    REQUIRE(QTest::qWaitFor([&] { return !opened.window.isBusy(); }));
    QTest::qWait(20);
    keepPictures(opened.window, QStringLiteral("failed-unlock"));
    CHECK(opened.window.findChild<UnlockPage*>()->isVisible());
}
