// The journeys of pages beside the overview: comparison, roll, views, filters, loads, data quality.

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <ctime>

#include <catch2/catch_test_macros.hpp>

#include "core/base/file.h"
#include "tests/support/temp_folder.h"
#include "tests/ui/made_up.h"
#include "tests/ui/opened.h"
#include "tests/ui/watched_application.h"
#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/pupil_page.h"
#include "ui/help/help_page.h"
#include "ui/help/learn_page.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/quality/quality_page.h"
#include "ui/register/register_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/desk.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/unlock_page.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/look.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;

TEST_CASE("why a figure changed stands behind the tile, and Ctrl+Shift+D shows the pupils of each part",
          "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Right);
    CHECK(opened.window.focusWidget()->accessibleName().endsWith("72 to 76 while links wait"));
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<DrillPage>());
    opened.press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(opened.shows<ComparePage>());
    CHECK(opened.window.desk()->trail() ==
          QStringLiteral("Schools › Bristol Secondary School (synthetic) › Compare dates"));
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<PupilPage>());
    CHECK(opened.session->calls.back() == "pupil 3");
    opened.press(Qt::Key_Left, Qt::AltModifier);
    REQUIRE(opened.shows<ComparePage>());
    opened.window.desk()->revealNames("a reason of some length");
    opened.settle();
    CHECK(std::ranges::find(opened.session->calls, "compare 2026-05-31 2026-06-22 named") !=
          opened.session->calls.end());
    CHECK(opened.window.findChild<ComparePage*>()->content()->namesRevealed);
}

TEST_CASE("the roll is read when it is shown, follows the day, and leads to a pupil and back", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    CHECK(std::ranges::count(opened.session->calls, "people 2026-06-22") == 0);
    opened.press(Qt::Key_4, Qt::ControlModifier);
    REQUIRE(opened.shows<PeoplePage>());
    CHECK(opened.session->calls.back() == "people 2026-06-22");
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<PupilPage>());
    CHECK(opened.window.desk()->trail().contains(QStringLiteral("› People › Pupil")));
    opened.press(Qt::Key_Left, Qt::AltModifier);
    REQUIRE(opened.shows<PeoplePage>());
    CHECK(std::ranges::count(opened.session->calls, "people 2026-06-22") == 1);
    opened.window.page()->findChild<QDateEdit*>()->setDate(QDate(2026, 5, 31));
    opened.settle();
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "people 2026-05-31") == 1);
    opened.window.desk()->revealNames("a reason of some length");
    opened.settle();
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "people 2026-05-31 named") == 1);
}

TEST_CASE("a view keeps page, school, year and indicator under a name, and opens them again", "[ui][journey]") {
    Opened opened;
    Desk* desk = opened.window.desk();
    desk->openSchool({137005});
    opened.settle();
    opened.window.findChild<OverviewPage*>()->findChildren<QComboBox*>()[1]->setCurrentIndex(2);
    opened.settle();
    opened.window.findChild<OverviewPage*>()->setFigureFilter("risk_of_neet");
    desk->showPeople();
    opened.settle();
    desk->saveView("Year 8, NEET");
    opened.settle();
    REQUIRE(desk->views().size() == 1);
    CHECK(desk->views().front().page == "people");
    CHECK(desk->views().front().yearGroup == "8");
    desk->openSchool({137001});
    opened.settle();
    opened.window.findChild<OverviewPage*>()->clearFilters();
    opened.press(Qt::Key_K, Qt::ControlModifier);
    auto* typed = opened.window.findChild<CommandPalette*>()->findChild<QLineEdit*>();
    QTest::keyClicks(typed, "year 8, neet");
    QTest::keyClick(typed, Qt::Key_Return);
    opened.settle();
    opened.settle();
    REQUIRE(opened.shows<PeoplePage>());
    const auto* overview = opened.window.findChild<OverviewPage*>();
    CHECK(overview->content()->overview.school.value == 137005);
    CHECK(overview->content()->overview.filters.yearGroup == "8");
    CHECK(overview->figureFilter() == "risk_of_neet");
    desk->removeView("Year 8, NEET");
    opened.settle();
    CHECK(desk->views().empty());
}

TEST_CASE("the overview is narrowed as the last session left it, and says so", "[ui][journey]") {
    const test::TempFolder folder;
    const QString file = QString::fromStdString((folder / "look.ini").string());
    {
        Opened opened;
        opened.window.keepPreferences(file);
        opened.press(Qt::Key_Return);
        opened.window.findChild<OverviewPage*>()->findChildren<QComboBox*>()[1]->setCurrentIndex(3);
        opened.settle();
        opened.window.findChild<OverviewPage*>()->setFigureFilter("asb");
        opened.window.close();
    }
    Opened again;
    again.window.keepPreferences(file);
    again.window.lock();
    again.window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
    again.settle();
    again.press(Qt::Key_Return);
    const auto* page = again.window.findChild<OverviewPage*>();
    CHECK(page->content()->overview.filters.yearGroup == "9");
    CHECK(page->figureFilter() == "asb");
    CHECK(again.window.findChild<NoticeBar*>()->words().startsWith("Narrowed as at the end of the last session."));
    again.press(Qt::Key_Escape);
    CHECK(page->content()->overview.filters.yearGroup.empty());
    CHECK(page->figureFilter().isEmpty());
}

TEST_CASE("a chart is copied and saved as a picture with marking, place and day", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.window.desk()->openFigure(QStringLiteral("risk_of_neet"));
    opened.settle();
    auto* chart = opened.window.page()->findChild<ChartView*>();
    REQUIRE(chart != nullptr);
    emit chart->pictureCopied();
    const QImage copied = QApplication::clipboard()->image();
    // Twice the pixels of the screen, and higher than the plot by marking, title, day and sentence.
    CHECK(copied.width() == 2 * (chart->plot().width() + 32));
    CHECK(copied.height() > 2 * chart->plot().height() + 120);
    if (const char* folder = std::getenv("FAIRLEAD_PICTURES"); folder != nullptr) {
        copied.save(QString::fromLocal8Bit(folder) + QStringLiteral("/picture-of-a-chart.png"));
    }
    opened.window.desk()->writePicture(*chart, "trend.png");
    opened.settle();
    CHECK(opened.session->calls.back() ==
          "table png " + chart->content().title.toStdString() + " " + std::to_string(chart->content().points.size()));
    CHECK(opened.window.findChild<NoticeBar*>()->words().startsWith("The picture was written to trend.png."));
}

TEST_CASE("data quality is read once, and again after something was loaded", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_8, Qt::ControlModifier);
    REQUIRE(opened.shows<QualityPage>());
    opened.press(Qt::Key_7, Qt::ControlModifier);
    opened.press(Qt::Key_8, Qt::ControlModifier);
    CHECK(std::ranges::count(opened.session->calls, "quality") == 1);
    opened.window.desk()->preview({"police_6.fxt", "police_7.fxt"});
    opened.settle();
    REQUIRE(opened.shows<LoadPage>());
    CHECK(std::ranges::count(opened.session->calls, "load 2") == 0);
    auto* load = opened.window.page()->findChildren<QPushButton*>().back();
    CHECK(load->text() == "Load 2 files");
    load->click();
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "load 2") == 1);
    CHECK(opened.shows<SourcesPage>());
    opened.press(Qt::Key_8, Qt::ControlModifier);
    CHECK(std::ranges::count(opened.session->calls, "quality") == 2);
}

TEST_CASE("another load beside the day is as known then, and every page of the school follows", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    auto* page = opened.window.findChild<OverviewPage*>();
    page->findChildren<QComboBox*>()[0]->setCurrentIndex(2);
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "overview 2026-06-22  known at load 2") == 1);
    REQUIRE(page->content()->knownAt.has_value());
    bool said = false;
    for (const QLabel* label : page->findChildren<QLabel*>()) {
        said = said || label->text().endsWith("as known at load 2, not now");
    }
    CHECK(said);
    opened.press(Qt::Key_2, Qt::ControlModifier);
    opened.window.page()->findChild<QDateEdit*>()->setDate(QDate(2026, 5, 31));
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "overview 2026-05-31  known at load 2") == 1);
    // Every list has the same control; the day that is chosen there is that of every page.
    auto* list = opened.window.page();
    list->findChildren<QComboBox*>()[0]->setCurrentIndex(4);
    opened.settle();
    list->findChildren<QDateEdit*>()[1]->setDate(QDate(2026, 6, 3));
    opened.settle();
    CHECK(std::ranges::count(opened.session->calls, "overview 2026-05-31  known at the end of 03/06/2026") == 1);
    CHECK(page->content()->knownAt == KnownAt(Date::fromCivil(2026, 6, 3).value()));
}

TEST_CASE("the year group of the overview is compared, and another can be chosen there", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(opened.shows<ComparePage>());
    auto* page = opened.window.findChild<ComparePage*>();
    CHECK_FALSE(page->content()->isOfYearGroup());
    opened.press(Qt::Key_1, Qt::ControlModifier);
    opened.window.findChild<OverviewPage*>()->findChildren<QComboBox*>()[1]->setCurrentIndex(3);
    opened.settle();
    opened.press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(opened.shows<ComparePage>());
    CHECK(page->content()->request.yearGroup == "9");
    page->findChildren<QComboBox*>()[2]->setCurrentIndex(1);
    opened.settle();
    CHECK(page->content()->request.yearGroup == "7");
    CHECK(std::ranges::find(opened.session->calls, "compare 2026-05-31 2026-06-22 year 7") !=
          opened.session->calls.end());
}

TEST_CASE("Help leads to the learning modules and to what is new", "[ui][journey]") {
    Opened opened;
    opened.action("Learn: six modules")->trigger();
    opened.settle();
    REQUIRE(opened.shows<LearnPage>());
    opened.action("What is new")->trigger();
    opened.settle();
    CHECK(opened.window.findChild<HelpPage*>()->chapter() == "What is new");
}

TEST_CASE("no event on the way through the pages keeps the screen from answering", "[ui][journey][watchdog]") {
    auto* watched = dynamic_cast<test::WatchedApplication*>(QApplication::instance());
    REQUIRE(watched != nullptr);
    Opened opened;
    const auto quick = [&](const char* step) {
        INFO(step << ": " << watched->what().toStdString() << ", " << watched->longest() << " ms");
        constexpr double kLongest = 50;
        CHECK(watched->longest() > 0);
        CHECK(watched->longest() < kLongest);
        watched->restart();
    };
    watched->restart();
    opened.press(Qt::Key_Return);
    quick("overview");
    opened.press(Qt::Key_Return);
    quick("behind a figure");
    opened.press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    quick("compare");
    opened.press(Qt::Key_4, Qt::ControlModifier);
    quick("people");
    opened.press(Qt::Key_Return);
    quick("pupil");
    opened.press(Qt::Key_5, Qt::ControlModifier);
    quick("schools");
    opened.press(Qt::Key_6, Qt::ControlModifier);
    quick("indicators");
    opened.press(Qt::Key_8, Qt::ControlModifier);
    quick("data quality");
    opened.press(Qt::Key_1, Qt::ControlModifier);
    opened.window.findChild<OverviewPage*>()->findChildren<QComboBox*>()[1]->setCurrentIndex(1);
    opened.settle();
    quick("year group");
}

TEST_CASE("an event that keeps the screen busy is seen", "[ui][watchdog]") {
    auto* watched = dynamic_cast<test::WatchedApplication*>(QApplication::instance());
    REQUIRE(watched != nullptr);
    watched->restart();
    bool done = false;
    QTimer::singleShot(0, watched, [&] {
        const std::clock_t start = std::clock();
        while (std::clock() - start < CLOCKS_PER_SEC / 20) {
        }
        done = true;
    });
    REQUIRE(QTest::qWaitFor([&] { return done; }));
    CHECK(watched->longest() > 30);
}
