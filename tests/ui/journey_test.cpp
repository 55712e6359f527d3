// The main journeys, by keyboard alone, over a made-up session.

#include <QAction>
#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "core/base/file.h"
#include "tests/support/temp_folder.h"
#include "tests/ui/made_up.h"
#include "tests/ui/opened.h"
#include "ui/chart/chart_view.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/pupil_page.h"
#include "ui/help/help_page.h"
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
#include "ui/sources/sources_page.h"
#include "ui/style/look.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;

using made_up::Opened;

TEST_CASE("from the passphrase to the source row and back, by keyboard alone", "[ui][journey]") {
    Opened opened;
    REQUIRE(opened.shows<SchoolsPage>());
    QTest::keyClicks(opened.window.focusWidget(), "bristol");
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<OverviewPage>());
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Right);
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<DrillPage>());
    CHECK(opened.session->calls.back() == "drill risk_of_neet");
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<PupilPage>());
    CHECK(opened.session->calls.back() == "pupil 2");
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<DrillPage>());
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<OverviewPage>());
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<SchoolsPage>());
}

TEST_CASE("a wrong passphrase is said in words, and the right one opens afterwards", "[ui][journey]") {
    MainWindow window(made_up::makers());
    window.show();
    window.activateWindow();
    window.askToUnlock("made-up.fairlead");
    QTest::keyClicks(window.focusWidget(), "wrong");
    QTest::keyClick(window.focusWidget(), Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return !window.isBusy(); }));
    CHECK(window.desk() == nullptr);
    bool said = false;
    for (const TextLabel* label : window.page()->findChildren<TextLabel*>()) {
        said = said || label->text().startsWith("The passphrase or key does not open made-up.fairlead.");
    }
    CHECK(said);
    auto* field = window.page()->findChild<PassphraseEdit*>();
    CHECK(field->text().isEmpty());
    QTest::keyClicks(field, "right");
    QTest::keyClick(field, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return window.desk() != nullptr; }));
}

TEST_CASE("a passphrase leaves no undo history and can be shown and pasted", "[ui][journey]") {
    PassphraseEdit field("Passphrase");
    field.show();
    QTest::keyClicks(&field, "secret");
    field.setShown(true);
    QTest::keyClicks(&field, "s");
    CHECK_FALSE(field.isUndoAvailable());
    field.paste();
    CHECK(field.echoMode() == QLineEdit::Normal);
    CHECK(field.take().view().starts_with("secrets"));
    CHECK(field.text().isEmpty());
    CHECK_FALSE(field.isUndoAvailable());
}

TEST_CASE("names need a reason of ten characters and can be hidden again", "[ui][journey][T-C3]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = opened.window.findChild<ReasonDialog*>();
    REQUIRE(dialog != nullptr);
    auto* reason = dialog->findChild<QPlainTextEdit*>();
    auto* reveal = dialog->findChild<QPushButton*>();
    REQUIRE(reveal->text() == "Reveal names");
    QTest::keyClicks(reason, "too short");
    CHECK_FALSE(reveal->isEnabled());
    QTest::keyClicks(reason, " no more");
    CHECK(reveal->isEnabled());
    QTest::keyClick(reveal, Qt::Key_Space);
    opened.settle();
    CHECK(opened.session->calls.back() == "overview 2026-06-22  named");
    const auto* page = opened.window.findChild<OverviewPage*>();
    CHECK(page->content()->namesRevealed);
    opened.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(opened.session->calls.back() == "overview 2026-06-22 ");
    CHECK_FALSE(page->content()->namesRevealed);
}

TEST_CASE("F6 goes round the parts of the screen and comes back", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<OverviewPage>());
    const QWidget* start = opened.window.focusWidget();
    std::vector<QWidget*> visited;
    for (int i = 0; i < 5; ++i) {
        opened.press(Qt::Key_F6);
        visited.push_back(opened.window.focusWidget());
    }
    CHECK(opened.window.focusWidget() == start);
    std::sort(visited.begin(), visited.end());
    CHECK(std::unique(visited.begin(), visited.end()) == visited.end());
}

TEST_CASE("Tab reaches every control of the overview", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    std::set<QWidget*> reached;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(opened.window.focusWidget(), Qt::Key_Tab);
        reached.insert(opened.window.focusWidget());
    }
    for (QWidget* widget : opened.window.page()->findChildren<QWidget*>()) {
        const bool stop = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() && widget->isEnabled() &&
                          widget->focusProxy() == nullptr && !widget->objectName().startsWith("qt_");
        if (stop) {
            INFO(widget->metaObject()->className() << " " << widget->accessibleName().toStdString());
            CHECK(reached.contains(widget));
        }
    }
}

TEST_CASE("Ctrl+T turns the charts of a figure into tables, Ctrl+D goes to the date", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_D, Qt::ControlModifier);
    CHECK(opened.window.focusWidget()->inherits("QDateEdit"));
    opened.window.desk()->openFigure("risk_of_neet");
    opened.settle();
    opened.press(Qt::Key_T, Qt::ControlModifier);
    for (const ChartView* chart : opened.window.page()->findChildren<ChartView*>()) {
        CHECK(chart->isTableShown());
    }
}

TEST_CASE("Ctrl+L closes the workspace and everything that showed it", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_L, Qt::ControlModifier);
    CHECK(opened.window.desk() == nullptr);
    CHECK(opened.shows<UnlockPage>());
    CHECK(opened.window.findChild<OverviewPage*>() == nullptr);
    CHECK(opened.session.use_count() == 5);  // This test's and the four makers'.
}

TEST_CASE("Ctrl and plus, minus and nought change the size of text", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(textPercent() == 125);
    opened.press(Qt::Key_Minus, Qt::ControlModifier);
    CHECK(textPercent() == 100);
    opened.press(Qt::Key_Plus, Qt::ControlModifier);
    opened.press(Qt::Key_0, Qt::ControlModifier);
    CHECK(textPercent() == 100);
}

TEST_CASE("a refused load is explained on the sources page and linking stays possible", "[ui][journey]") {
    Opened opened;
    opened.session->failsToLoad = true;
    opened.window.desk()->preview({"police.fxt"});
    opened.settle();
    REQUIRE(opened.shows<SourcesPage>());
    bool said = false;
    for (const TextLabel* label : opened.window.page()->findChildren<TextLabel*>()) {
        said = said || label->text().startsWith("police.fxt is not encrypted. Nothing was loaded");
    }
    CHECK(said);
    opened.window.desk()->link();
    opened.settle();
    CHECK(std::count(opened.session->calls.begin(), opened.session->calls.end(), "link") == 1);
}

TEST_CASE("no two actions share a shortcut", "[ui][journey]") {
    Opened opened;
    std::map<QString, QString> taken;
    for (const QAction* action : opened.window.findChildren<QAction*>()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            INFO(action->text().toStdString() << " " << keys.toString().toStdString());
            CHECK(taken.emplace(keys.toString(), action->text()).second);
        }
    }
    CHECK(taken.size() > 20);
}

TEST_CASE("the counts of all schools are read when somebody asks, and sort by number", "[ui][journey]") {
    Opened opened;
    auto* page = opened.window.findChild<SchoolsPage*>();
    REQUIRE(page != nullptr);
    CHECK(page->content().groups.empty());
    for (QPushButton* button : page->findChildren<QPushButton*>()) {
        if (button->text() == "Read the counts") {
            button->click();
        }
    }
    opened.settle();
    CHECK(opened.session->calls.back() == "glance");
    REQUIRE(page->content().groups.size() == 3);
    auto* table = page->findChild<DataTable*>();
    CHECK(table->model()->index(0, 0).data().toString() == "Bristol Secondary School (synthetic)");
    table->sortBy(4, Qt::DescendingOrder);
    CHECK(table->model()->index(0, 4).data().toString() == "200");
    CHECK(table->model()->index(1, 4).data(TableModel::kSortRole).toInt() <= 200);
}

TEST_CASE("a table with names is not written to a file; with pseudonyms it is, and the reader is told",
          "[ui][journey][T-I1]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.window.desk()->revealNames("a reason of some length");
    opened.settle();
    auto* table = opened.window.page()->findChild<DataTable*>();
    CHECK(table->sheet().holdsNames);
    emit table->exportRequested(table->sheet());
    auto* notice = opened.window.findChild<NoticeBar*>();
    CHECK(notice->words().startsWith("Names are shown. Hide them first"));
    opened.window.desk()->toggleNames();
    opened.settle();
    CHECK_FALSE(table->sheet().holdsNames);
    opened.window.desk()->writeTable(table->sheet(), "new.csv");
    opened.settle();
    CHECK(opened.session->calls.back() == "table csv New indicators in the last month 41");
    CHECK(notice->words() == "41 rows written to new.csv. The disclosure is in the audit log.");
    opened.window.desk()->writeTable(table->sheet(), "new.XLSX");
    opened.settle();
    CHECK(opened.session->calls.back() == "table xlsx New indicators in the last month 41");
    CHECK(opened.session->written.starts_with("PK"));
    emit table->exportRequested(table->sheet());
    auto* dialog = opened.window.findChild<QFileDialog*>();
    REQUIRE(dialog != nullptr);
    CHECK(dialog->defaultSuffix() == "xlsx");
    emit dialog->filterSelected(dialog->nameFilters()[1]);
    CHECK(dialog->defaultSuffix() == "csv");
}

TEST_CASE("back and forward lead through the places, and the trail says where the reader is", "[ui][journey]") {
    Opened opened;
    CHECK(opened.window.desk()->trail() == "Schools");
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_2, Qt::ControlModifier);
    REQUIRE(opened.shows<ListPage>());
    CHECK(opened.window.desk()->trail() ==
          QStringLiteral("Schools › Bristol Secondary School (synthetic) › New indicators"));
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<PupilPage>());
    CHECK(opened.window.desk()->trail() ==
          QStringLiteral("Schools › Bristol Secondary School (synthetic) › New indicators › Pupil B"));
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<ListPage>());
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<OverviewPage>());
    opened.press(Qt::Key_Right, Qt::AltModifier);
    CHECK(opened.shows<ListPage>());
    opened.press(Qt::Key_Right, Qt::AltModifier);
    CHECK(opened.shows<PupilPage>());
    opened.press(Qt::Key_Up, Qt::AltModifier);
    CHECK(opened.shows<ListPage>());
    opened.press(Qt::Key_Up, Qt::AltModifier);
    CHECK(opened.shows<OverviewPage>());
}

TEST_CASE("going back to another school reads that school again", "[ui][journey]") {
    Opened opened;
    opened.window.desk()->openSchool({137001});
    opened.settle();
    opened.window.desk()->showSources();
    opened.window.desk()->openSchool({137002});
    opened.settle();
    opened.press(Qt::Key_Left, Qt::AltModifier);
    CHECK(opened.shows<SourcesPage>());
    opened.press(Qt::Key_Left, Qt::AltModifier);
    REQUIRE(opened.shows<OverviewPage>());
    CHECK(opened.window.findChild<OverviewPage*>()->content()->overview.school.value == 137001);
}

TEST_CASE("Ctrl+K finds a school by its URN and something to do by its words", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_K, Qt::ControlModifier);
    auto* palette = opened.window.findChild<CommandPalette*>();
    REQUIRE(palette != nullptr);
    auto* typed = palette->findChild<QLineEdit*>();
    CHECK(palette->shown() > 100);
    QTest::keyClicks(typed, "data sources");
    CHECK(palette->shown() == 1);
    typed->clear();
    QTest::keyClicks(typed, "urn 137042");
    CHECK(palette->shown() == 1);
    QTest::keyClick(typed, Qt::Key_Return);
    opened.settle();
    CHECK(opened.shows<OverviewPage>());
    QTest::qWait(20);
    opened.press(Qt::Key_K, Qt::ControlModifier);
    palette = opened.window.findChild<CommandPalette*>();
    REQUIRE(palette != nullptr);
    QTest::keyClicks(palette->findChild<QLineEdit*>(), "lock now");
    CHECK(palette->shown() == 1);
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Return);
    opened.settle();
    CHECK(opened.window.desk() == nullptr);
}

TEST_CASE("Ctrl+F1 opens the definition of a tile, F1 the handbook", "[ui][journey]") {
    Opened opened;
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Right);
    opened.press(Qt::Key_F1, Qt::ControlModifier);
    REQUIRE(opened.shows<RegisterPage>());
    CHECK(opened.window.findChild<RegisterPage*>()->text().startsWith("Risk of NEET"));
    opened.press(Qt::Key_F1);
    REQUIRE(opened.shows<HelpPage>());
    CHECK(opened.window.findChild<HelpPage*>()->chapter().contains("The indicators"));
}

TEST_CASE("theme, text size and hidden columns are there again at the next start, and nothing else is kept",
          "[ui][journey]") {
    const test::TempFolder folder;
    const QString file = QString::fromStdString((folder / "look.ini").string());
    {
        Opened opened;
        opened.window.keepPreferences(file);
        setTheme(Theme::HighContrast);
        setTextPercent(150);
        opened.press(Qt::Key_Return);
        opened.window.page()->findChild<DataTable*>()->setColumnShown(2, false);
        opened.window.page()->findChild<DataTable*>()->setColumnFilter(1, "pupil a");
    }
    setTheme(Theme::Light);
    setTextPercent(100);
    const std::string kept = readFile(folder / "look.ini").value();
    for (const char* personal : {"pupil", "Bristol", "137000", "made-up"}) {
        INFO(personal);
        CHECK(kept.find(personal) == std::string::npos);
    }
    Opened again;
    again.window.keepPreferences(file);
    CHECK(theme() == Theme::HighContrast);
    CHECK(textPercent() == 150);
    again.window.lock();
    again.window.unlock("made-up.fairlead", crypto::Secret::copyOf("right"));
    again.settle();
    again.press(Qt::Key_Return);
    CHECK(again.window.page()->findChild<DataTable*>()->isColumnHidden(2));
    setTheme(Theme::Light);
    setTextPercent(100);
}

TEST_CASE("a file of preferences that makes no sense is as a first start", "[ui][journey]") {
    const test::TempFolder folder;
    test::writeBytes(folder / "look.ini", "[look]\ntheme=pink\ntext=9000\n[window]\nsize=@Size(1 1)\n");
    const Preferences read = readPreferences(QString::fromStdString((folder / "look.ini").string()));
    CHECK(read.theme == Theme::Light);
    CHECK(read.textPercent == 200);
    CHECK(read.window == QSize(640, 400));
    CHECK(readPreferences(QString()).window == QSize(1366, 768));
}

TEST_CASE("from unlocking by keyboard alone to the gateway of a record, at most twelve keys after the tile",
          "[ui][journey]") {
    Opened opened;
    QTest::keyClicks(opened.window.focusWidget(), "bristol");
    opened.press(Qt::Key_Return);
    REQUIRE(opened.shows<OverviewPage>());
    opened.press(Qt::Key_Down);
    opened.press(Qt::Key_Right);
    REQUIRE(opened.focused()->accessibleName().startsWith("Risk of NEET"));
    int keys = 0;
    const auto key = [&](int which, Qt::KeyboardModifiers with = Qt::NoModifier) {
        opened.press(which, with);
        ++keys;
    };
    // What a reader has in sight without scrolling or pointing.
    const auto sees = [&](const QString& words) {
        const auto labels = opened.window.page()->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->text() == words && label->isVisible() &&
                   label->visibleRegion().boundingRect() == label->rect();
        });
    };
    key(Qt::Key_Return);
    REQUIRE(opened.shows<DrillPage>());
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    REQUIRE(opened.shows<PupilPage>());
    CHECK(opened.session->calls.back() == "pupil 2");
    CHECK(sees("Education Act 2002, section 175"));
    CHECK(sees("education_2026-06-20.fxt"));
    CHECK(keys <= 12);
}

TEST_CASE("About says what is loaded", "[ui][journey]") {
    MainWindow window(made_up::makers());
    window.show();
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action->text() == "&About Fairlead") {
            action->trigger();
        }
    }
    const auto* box = window.findChild<QMessageBox*>();
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("None of them is a network library."));
    CHECK(box->detailedText().contains("libQt6Widgets"));
}
