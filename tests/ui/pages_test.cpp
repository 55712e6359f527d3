// Every page: names for a screen reader, plain text, room for large text.

#include <QAbstractButton>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QTextBrowser>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/every_page.h"
#include "tests/ui/made_up.h"
#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/drill/change_tables.h"
#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/join_panel.h"
#include "ui/help/chapters.h"
#include "ui/help/help_page.h"
#include "ui/help/learn_page.h"
#include "ui/help/loaded_libraries.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/overview_tables.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/quality/quality_page.h"
#include "ui/register/register_page.h"
#include "ui/shell/trail.h"
#include "ui/style/look.h"
#include "ui/table/data_table.h"
#include "ui/task/task_runner.h"
#include "ui/tile/tile_grid.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::everyPage;
using made_up::NamedPage;

namespace {

bool takesFocus(const QWidget& widget) {
    return widget.focusPolicy() != Qt::NoFocus && widget.isVisibleTo(widget.window());
}

QString nameOfWidget(QWidget& widget) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&widget);
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

std::string described(const QWidget& widget) {
    return std::string(widget.metaObject()->className()) + " in " +
           (widget.parentWidget() != nullptr ? widget.parentWidget()->metaObject()->className() : "-");
}

}  // namespace

TEST_CASE("every control of every page has a name, and no two on a page share one", "[ui][pages]") {
    TaskRunner runner;
    for (const NamedPage& page : everyPage(runner)) {
        page.widget->resize(1190, 700);
        page.widget->show();
        QStringList names;
        for (QWidget* widget : page.widget->findChildren<QWidget*>()) {
            // Parts that Qt makes inside a control (the field of a date, the view of a header) speak through it.
            if (!takesFocus(*widget) || widget->focusProxy() != nullptr || widget->window() != page.widget->window() ||
                widget->objectName().startsWith("qt_") || qobject_cast<QScrollBar*>(widget) != nullptr) {
                continue;
            }
            INFO(page.name << ": " << described(*widget));
            const QString name = nameOfWidget(*widget);
            CHECK_FALSE(name.isEmpty());
            if (!name.isEmpty()) {
                INFO(name.toStdString());
                CHECK_FALSE(names.contains(name));
                names << name;
            }
        }
        CHECK_FALSE(names.isEmpty());
    }
}

TEST_CASE("no label on any page reads its text as markup", "[ui][pages][T-I4]") {
    TaskRunner runner;
    for (const NamedPage& page : everyPage(runner)) {
        for (const QLabel* label : page.widget->findChildren<QLabel*>()) {
            INFO(page.name << ": " << label->text().toStdString());
            CHECK(label->textFormat() == Qt::PlainText);
        }
    }
}

TEST_CASE("at 100 to 200 per cent no label, button or box is cut off at 1366 pixels", "[ui][pages]") {
    TaskRunner runner;
    for (const int percent : {100, 150, 200}) {
        setTextPercent(percent);
        for (const NamedPage& page : everyPage(runner)) {
            const int navigation = 303;  // As wide as the navigation at 200 per cent.
            page.widget->resize(1366 - navigation, 640);
            page.widget->show();
            QTest::qWait(20);
            for (QWidget* widget : page.widget->findChildren<QWidget*>()) {
                const auto* label = qobject_cast<QLabel*>(widget);
                const bool box =
                    qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr;
                if ((label == nullptr && !box) || !widget->isVisibleTo(page.widget.get()) ||
                    widget->objectName().startsWith("qt_") ||
                    qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr) {
                    continue;
                }
                const QSize needed = label != nullptr && label->wordWrap()
                                         ? QSize(0, label->heightForWidth(label->width()))
                                         : widget->minimumSizeHint();
                INFO(page.name << " at " << percent << ": " << described(*widget) << " "
                               << (label != nullptr ? label->text().toStdString() : nameOfWidget(*widget).toStdString())
                               << " has " << widget->width() << "x" << widget->height() << ", needs " << needed.width()
                               << "x" << needed.height());
                CHECK(widget->width() >= needed.width());
                CHECK(widget->height() >= needed.height());
                CHECK(widget->mapTo(page.widget.get(), QPoint(widget->width(), 0)).x() <= page.widget->width());
            }
        }
    }
    setTextPercent(100);
}

TEST_CASE("the overview shows three groups of five tiles and both tables", "[ui][pages]") {
    OverviewPage page;
    page.setOverview(std::make_shared<const OverviewContent>(made_up::overview()));
    const auto tiles = page.findChild<TileGrid*>()->tiles();
    REQUIRE(tiles.size() == 15);
    CHECK(tiles[0]->accessibleName() == "Receiving support, 226 pupils (18.8% of roll), up 9 on 31/05/2026");
    CHECK(tiles[10]->accessibleName() ==
          QStringLiteral("Events in the last 30 days, 58 pupils · 97 events, down 6 on 31/05/2026"));
    const auto tables = page.findChildren<DataTable*>();
    REQUIRE(tables.size() == 2);
    CHECK(tables[0]->visibleRows() == 41);
    CHECK(tables[1]->visibleRows() == 7);
    CHECK(tables[0]->currentRowAsText(false) == "21/06/2026\tPupil A\t7\tReported missing\tPolice\tExact ID");
    CHECK(tables[1]->currentRowAsText(true) == "Pupil\tYear\tNew indicators\tMembers\nPupil G\t10\t14\t2");
}

TEST_CASE("the overview says until when its sources speak, and which are behind", "[ui][pages]") {
    CHECK(overviewNote(made_up::overview()).contains("sources to 20/06/2026, Children's social care 5 days older"));
}

TEST_CASE("an overview without anything new says so", "[ui][pages]") {
    auto content = made_up::overview();
    content.overview.newIndicators.clear();
    content.overview.families.clear();
    OverviewPage page;
    page.setOverview(std::make_shared<const OverviewContent>(std::move(content)));
    page.resize(1190, 700);
    page.show();
    for (const DataTable* table : page.findChildren<DataTable*>()) {
        CHECK(table->visibleRows() == 0);
        CHECK_FALSE(table->currentIndex().isValid());
    }
    CHECK_FALSE(page.grab().isNull());
}

TEST_CASE("another day or year group asks for another overview, and showing one asks for nothing", "[ui][pages]") {
    OverviewPage page;
    std::vector<OverviewRequest> asked;
    QObject::connect(&page, &OverviewPage::requested, &page,
                     [&](const OverviewRequest& request) { asked.push_back(request); });
    page.setOverview(std::make_shared<const OverviewContent>(made_up::overview()));
    CHECK(asked.empty());
    page.findChildren<QComboBox*>()[1]->setCurrentIndex(3);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].yearGroup == "9");
    CHECK(asked[0].asAt == made_up::asAt());
    CHECK(asked[0].school.value == 137000);
}

TEST_CASE("both lists of the overview obey the indicator that is chosen, and Esc shows everything", "[ui][pages]") {
    OverviewPage page;
    std::vector<OverviewRequest> asked;
    QObject::connect(&page, &OverviewPage::requested, &page,
                     [&](const OverviewRequest& request) { asked.push_back(request); });
    page.setOverview(std::make_shared<const OverviewContent>(made_up::overview()));
    page.resize(1190, 700);
    page.show();
    const auto tables = page.findChildren<DataTable*>();
    const auto tiles = page.findChild<TileGrid*>()->tiles();
    QTest::mouseClick(tiles[6], Qt::LeftButton, Qt::ControlModifier);
    CHECK(page.figureFilter() == "risk_of_neet");
    CHECK(tables[0]->visibleRows() == 16);
    CHECK(tables[0]->currentRowAsText(false).contains("Risk of NEET"));
    CHECK(tables[1]->visibleRows() == 3);
    QStringList said;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        said << label->text();
    }
    CHECK(said.filter("16 of Risk of NEET").size() == 1);
    page.setFigureFilter("current_risk");
    CHECK(tables[0]->visibleRows() == 24);
    // Another day keeps the filter.
    page.setOverview(std::make_shared<const OverviewContent>(made_up::overview()));
    CHECK(page.figureFilter() == "current_risk");
    CHECK(tables[0]->visibleRows() == 24);
    QTest::keyClick(tiles[0], Qt::Key_Escape);
    CHECK(page.figureFilter().isEmpty());
    CHECK(tables[0]->visibleRows() == 41);
    CHECK(tables[1]->visibleRows() == 7);
    CHECK(asked.empty());
}

TEST_CASE("no column of any table is a score, a rank or a level of risk", "[ui][pages]") {
    TaskRunner runner;
    for (const NamedPage& page : everyPage(runner)) {
        for (const DataTable* table : page.widget->findChildren<DataTable*>()) {
            for (const TableColumn& column : table->content().columns) {
                if (column.title == "Current risk" && table->objectName() == "Schools") {
                    continue;  // The name of a group above the number of a school's pupils in it.
                }
                for (const char* forbidden : {"score", "rank", "level", "probability", "risk"}) {
                    INFO(page.name << ": " << column.title.toStdString());
                    CHECK_FALSE(column.title.contains(QLatin1String(forbidden), Qt::CaseInsensitive));
                }
            }
        }
    }
}

TEST_CASE("typing finds schools by name and by URN", "[ui][pages]") {
    SchoolsPage page;
    page.setSchools(std::make_shared<const SchoolsContent>(made_up::schools()));
    page.show();
    auto* field = qobject_cast<QLineEdit*>(page.firstFocus());
    const auto* table = page.findChild<DataTable*>();
    QTest::keyClicks(field, "school 42");
    CHECK(table->visibleRows() == 1);
    field->clear();
    QTest::keyClicks(field, "137042");
    CHECK(table->visibleRows() == 1);
    QTest::keyClicks(field, "zzz");
    CHECK(table->visibleRows() == 0);
}

TEST_CASE("a year's name filters the pupils to that year alone", "[ui][pages]") {
    auto content = made_up::drill();
    content.years.insert(content.years.begin(), {"1", 30, indicator::Count::of(0), indicator::Count::notApplicable()});
    DrillPage page;
    page.setDrill(std::make_shared<const DrillContent>(content));
    auto* table = qobject_cast<DataTable*>(page.regions().back());
    CHECK(table->visibleRows() == 74);
    const auto charts = page.findChildren<ChartView*>();
    REQUIRE(charts.size() == 2);
    emit charts[1]->opened("Year 11");
    CHECK(table->visibleRows() == 14);
    CHECK(table->filtersInWords() == "Year is Year 11");
    emit charts[1]->opened("Year 1");
    CHECK(table->visibleRows() == 0);
    table->clearFilters();
    table->setFilterText("pupil a");
    CHECK(table->visibleRows() == 27);  // Pupil A, and AA to AZ.
}

TEST_CASE("the parts of a difference add up to it, and a part opens to its pupils", "[ui][pages]") {
    ComparePage page;
    page.setComparison(std::make_shared<const CompareContent>(made_up::comparison()));
    page.markFigure("risk_of_neet");
    const auto tables = page.findChildren<DataTable*>();
    REQUIRE(tables.size() == 3);
    DataTable* figures = tables[0];
    CHECK(figures->currentRowAsText(false) ==
          QStringLiteral("Current risk\tRisk of NEET\t68\t74\t+6\t0\t−1\t+2 −1\t+1\t+6 −1\t–\t72 to 76"));
    DataTable* steps = tables[1];
    REQUIRE(steps->visibleRows() == 6);
    int sum = 0;
    for (int row = 0; row < steps->visibleRows(); ++row) {
        sum += steps->model()->index(row, 1).data(TableModel::kSortRole).toInt();
    }
    CHECK(sum == 6);
    steps->showRow(1);
    CHECK(steps->currentRowAsText(false) == QStringLiteral("records that came late or were corrected\t+2"));
    CHECK(tables[2]->visibleRows() == 2);
    CHECK(tables[2]->currentRowAsText(false) == "Pupil C");
    record::PersonKey opened;
    QObject::connect(&page, &ComparePage::pupilOpened, &page, [&](record::PersonKey pupil) { opened = pupil; });
    emit tables[2]->opened(tables[2]->currentKey());
    CHECK(opened.value == 3);
    figures->showRow(6);
    CHECK(figures->currentRowAsText(false).startsWith("Current risk\tRisk of NEET"));
    page.markFigure("events");
    CHECK(figures->currentRowAsText(false).endsWith(QStringLiteral("\t97 (+2)\t58")));
    CHECK(steps->currentRowAsText(true).startsWith("What happened\tPupils\tEvents"));
    steps->showRow(4);
    CHECK(steps->currentRowAsText(false) == QStringLiteral("began, or new events\t+6\t+3"));
    CHECK(tables[2]->visibleRows() == 7);  // Six pupils who came, and one who was there and has another event.
    figures->showRow(7);
    CHECK(steps->visibleRows() == 0);
    CHECK(tables[2]->visibleRows() == 0);
}

TEST_CASE("people are listed by year and name, support first, and are found by what is recorded", "[ui][pages]") {
    PeoplePage page;
    page.setPeople(std::make_shared<const PeopleContent>(made_up::people()));
    auto* table = page.findChild<DataTable*>();
    CHECK(table->visibleRows() == 60);
    CHECK(table->currentRowAsText(false) ==
          "Pupil A\tYear 7\t03/09/2025\tChild in need since 03/02/2026\tRisk of NEET\tMissing person\t\t12/06/2026");
    table->setColumnFilter(3, "child in need");
    CHECK(table->visibleRows() == 15);
    table->setColumnFilter(1, "=Year 11");
    CHECK(table->visibleRows() == 3);
    // Other days keep the filters; another year group is said.
    auto next = made_up::people();
    next.request.yearGroup = "11";
    page.setPeople(std::make_shared<const PeopleContent>(std::move(next)));
    CHECK(table->visibleRows() == 3);
    table->clearFilters();
    for (std::size_t column = 0; column < table->content().columns.size(); ++column) {
        // Sorting by a list of titles is sorting by letters: three titles are not more than one.
        const QVariant key = table->content().rows.front().cells[column].sortKey;
        const bool listed = column >= 3 && column <= 6;
        CHECK(key.isValid() != listed);
    }
}

TEST_CASE("the data quality page says each of its parts in a table, with months or rows behind a line", "[ui][pages]") {
    QualityPage page;
    page.setQuality(std::make_shared<const QualityContent>(made_up::quality()));
    page.resize(1190, 700);
    page.show();
    const auto tables = page.findChildren<DataTable*>();
    DataTable* table = tables.front();
    CHECK(table->visibleRows() == 2);
    table->showRow(1);
    CHECK(table->currentRowAsText(false).startsWith(
        QStringLiteral("Health\tMental health referrals\t31/05/2026\t1\tlate\twhole\t–\tmissing\tpart")));
    auto* chart = page.findChild<ChartView*>();
    CHECK_FALSE(chart->isVisible());
    page.showPart(static_cast<int>(QualityPart::Completeness));
    CHECK(table->currentRowAsText(false).contains("Birth date\t93.0%\t1,000\tLowest 60.0% in September 2025"));
    CHECK(chart->isVisible());
    CHECK_FALSE(chart->content().points[5].value.has_value());
    page.showPart(static_cast<int>(QualityPart::Volumes));
    CHECK(chart->summary() == "Usual: 20 to 60 a month. Outside: 75 in October 2025.");
    REQUIRE(chart->content().band);
    CHECK(chart->content().band->words == "usual: 20 to 60");
    CHECK(chart->plot().spoken(4) == "October 2025: 75 records, outside the usual range");
    table->showRow(1);
    CHECK_FALSE(chart->content().band);
    CHECK(chart->summary().startsWith("No limits"));
    page.showPart(static_cast<int>(QualityPart::Rules));
    CHECK(table->currentRowAsText(false).contains("Recorded before it happened\t2\t900"));
    DataTable* rows = tables.back();
    REQUIRE(rows->isVisible());
    CHECK(rows->visibleRows() == 2);
    CHECK(rows->currentRowAsText(false) == QStringLiteral("police_3.fxt\t8,841\t–"));
    page.showPart(static_cast<int>(QualityPart::Groups));
    CHECK_FALSE(rows->isVisible());
    table->showRow(1);
    CHECK(table->currentRowAsText(false) == "Sex\tU\t[c]\t[c]\t[c]");
    auto nothing = made_up::quality();
    nothing.linked = false;
    nothing.fairness.clear();
    page.setQuality(std::make_shared<const QualityContent>(std::move(nothing)));
    CHECK(page.part() == static_cast<int>(QualityPart::Groups));
    CHECK(table->visibleRows() == 0);
}

TEST_CASE("another first day is read as known then; another load as known at that load", "[ui][pages]") {
    ComparePage page;
    std::vector<CompareRequest> asked;
    QObject::connect(&page, &ComparePage::requested, &page,
                     [&](const CompareRequest& request) { asked.push_back(request); });
    page.setComparison(std::make_shared<const CompareContent>(made_up::comparison()));
    CHECK(asked.empty());
    page.findChildren<QDateEdit*>()[0]->setDate(QDate(2026, 4, 30));
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].from == Date::fromCivil(2026, 4, 30));
    CHECK_FALSE(asked[0].fromKnownAt.has_value());
    CHECK(asked[0].toKnownAt == KnownAt(record::LoadId{3}));
    page.findChildren<QComboBox*>()[0]->setCurrentIndex(0);
    REQUIRE(asked.size() == 2);
    CHECK(asked[1].fromKnownAt == KnownAt(record::LoadId{1}));
    page.findChildren<QComboBox*>()[2]->setCurrentIndex(3);
    REQUIRE(asked.size() == 3);
    CHECK(asked[2].yearGroup == "9");
    CHECK(asked[2].toKnownAt == KnownAt(record::LoadId{3}));
}

TEST_CASE("how far waiting links could move a figure is said in words", "[ui][pages]") {
    CHECK(boundsInWords({74, 74, 74, 0}) == "No link that could move this figure waits for a reader.");
    CHECK(boundsInWords({74, 74, 74, 1}) == "1 link waits for a reader; no answer would move this figure.");
    CHECK(boundsInWords({74, 72, 76, 4}) == "Between 72 and 76 while 4 links wait for a reader.");
    CHECK(boundsInWords({74, 60, 90, 40, false}).startsWith("Between 60 and 90 at the most while 40 links wait"));
    OverviewPage page;
    page.setOverview(std::make_shared<const OverviewContent>(made_up::overview()));
    page.setFigureNotes({{"risk_of_neet", boundsNote({74, 72, 76, 4})}});
    const auto tiles = page.findChild<TileGrid*>()->tiles();
    CHECK(tiles[6]->accessibleName().endsWith("72 to 76 while links wait"));
    CHECK(boundsNote({74, 74, 74, 4}).isEmpty());
}

TEST_CASE("a definition says what counts, from where, under which law and whose it is", "[ui][pages]") {
    RegisterPage page;
    page.setRegister(std::make_shared<const RegisterContent>(made_up::definitions()));
    CHECK(page.text().startsWith("Child in need, version 2, awaiting approval"));
    page.showDefinition("current_risk");
    for (const char* part :
         {"Risk of NEET", "What counts\nA record says so on the day.", "When it is new\n",
          "Children Act 2004, section 10\nnot_in_the_register", "An entry for a brother.",
          "Education analytics, review by 31/01/2027", "Its review is due.",
          "In force\nfor readings as known at load 4 and later", "Not carried by a gateway today\nhealth/camhs_records",
          "Changes\n30/06/2026: draft. A second reading."}) {
        INFO(part);
        CHECK(page.text().contains(part));
    }
    QTest::keyClick(page.firstFocus(), Qt::Key_Down);
    CHECK(page.text().startsWith("Risk of NEET, version 1, replaced"));
    page.showDefinition("no such definition");
    CHECK(page.text().startsWith("Risk of NEET"));
}

TEST_CASE("every page's help is a chapter of the handbook", "[ui][help]") {
    TaskRunner runner;
    HelpPage help;
    for (const NamedPage& named : everyPage(runner)) {
        if (const auto* page = qobject_cast<const Page*>(named.widget.get()); page != nullptr) {
            INFO(named.name);
            help.openChapter(page->helpChapter());
            CHECK(help.chapter().contains(page->helpChapter(), Qt::CaseInsensitive));
        }
    }
}

TEST_CASE("the handbook is found by its words, and its code is not cut into chapters", "[ui][help]") {
    REQUIRE(chapters().size() > 10);
    CHECK(chapters().front().document == "handbook.md");
    CHECK(chapters().back().title == "What is new");
    CHECK(std::ranges::count_if(chapters(), [](const Chapter& chapter) {
              return chapter.title.startsWith("Module ") && chapter.markdown.contains("Questions");
          }) == 6);
    HelpPage help;
    const int all = help.found();
    CHECK(all == static_cast<int>(chapters().size()));
    auto* find = help.findChild<QLineEdit*>();
    find->setText("suppressed nickname birth");
    CHECK(help.found() < all);
    find->setText("no chapter holds these words");
    CHECK(help.found() == 0);
    CHECK(help.chapter().isEmpty());
    const auto parts = chaptersOf("a.md", "# Title\ntext\n## One\n```\n## not a heading\n```\n## Two\n");
    REQUIRE(parts.size() == 3);
    CHECK(parts[1].markdown == "## One\n```\n## not a heading\n```\n");
}

TEST_CASE("a chapter opens at its beginning, or at the first word that was looked for", "[ui][help]") {
    HelpPage help;
    help.resize(1063, 640);
    help.show();
    help.openChapter("A delivery is damaged");
    const auto* text = help.findChild<QTextBrowser*>();
    QTest::qWait(20);
    CHECK(text->verticalScrollBar()->maximum() > 0);
    CHECK(text->verticalScrollBar()->value() == 0);
    help.findChild<QLineEdit*>()->setText("Argon2id");
    CHECK(text->textCursor().selectedText() == "Argon2id");
}

TEST_CASE("the steps of six modules can be ticked, and the record of them is numbers alone", "[ui][help]") {
    REQUIRE(modules().size() == 6);
    CHECK(modules().front().tasks.size() == 5);
    CHECK(modules().front().rest.contains("Questions:"));
    LearnPage page;
    page.show();
    int told = 0;
    QObject::connect(&page, &LearnPage::doneChanged, &page, [&] { ++told; });
    page.setDone({"2.1", "9.9", "not a task", "1.2"});
    CHECK(page.done() == QStringList{"1.2", "2.1"});
    CHECK(told == 0);
    const auto boxes = page.findChildren<QCheckBox*>();
    REQUIRE(boxes.size() == modules().front().tasks.size());
    CHECK(boxes[1]->isChecked());
    boxes[0]->click();
    CHECK(told == 1);
    CHECK(page.done() == QStringList{"1.1", "1.2", "2.1"});
    page.showModule(1);
    CHECK(page.findChildren<QCheckBox*>()[0]->isChecked());
    CHECK(page.record().contains("Module 1: Reading the overview: 2 of 5 steps done"));
    const auto parts =
        modulesOf("# T\n## A\nx\n## B\n\nDo this:\n\n1. do *this*\n   and that\n\nQuestions:\n\n1. Why?\n");
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].tasks == QStringList{"do this and that"});
    CHECK(parts[0].rest.contains("1. Why?"));
}

TEST_CASE("the statement about networks is made from what is loaded", "[ui][help]") {
    const QStringList loaded = loadedLibraries();
    CHECK_FALSE(loaded.filter("libQt6Widgets").isEmpty());
    INFO(networkLibraries(loaded).join(", ").toStdString());
    CHECK(networkLibraries(loaded).isEmpty());
    CHECK(networkStatement(loaded).contains("None of them is a network library."));
    CHECK(networkStatement({"libQt6Network.so.6", "libm.so.6"})
              .contains("These can reach a network: libQt6Network.so.6."));
    CHECK(networkStatement({"libgnutls.so.30", "libm.so.6"}) ==
          "2 libraries are loaded in this program now. None of them is a network library. libgnutls.so.30 encrypts for "
          "others and opens no connection of its own.");
    CHECK(networkStatement({}).contains("is not known"));
}
