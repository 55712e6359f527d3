#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/made_up.h"
#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/drill/drill_tables.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("a chart has a title, a sentence and a table that say the same", "[ui][chart]") {
    ChartView chart("By month");
    chart.setContent(trendChart(made_up::drill()));
    CHECK(chart.summary().startsWith("Rose from 55 in July 2025 to 74 in June 2026"));
    CHECK(chart.summary().contains("runs to 22/06/2026"));
    chart.setTableShown(true);
    const auto* table = chart.findChild<DataTable*>();
    REQUIRE(table != nullptr);
    CHECK(table->visibleRows() == 12);
    CHECK(table->content().rows.back().cells[0].text == "June 2026, to 22/06/2026 (not complete)");
    CHECK(table->content().rows.back().cells[1].text == "74");
}

TEST_CASE("arrow keys step through the points of a chart and stop at its ends", "[ui][chart]") {
    PlotView plot("By month");
    plot.setContent(trendChart(made_up::drill()));
    plot.show();
    CHECK(plot.currentPoint() == 11);
    QTest::keyClick(&plot, Qt::Key_Right);
    CHECK(plot.currentPoint() == 11);
    QTest::keyClick(&plot, Qt::Key_Home);
    QTest::keyClick(&plot, Qt::Key_Left);
    CHECK(plot.currentPoint() == 0);
    CHECK(plot.spoken(0) == "July 2025: 55 pupils");
    CHECK(plot.spoken(11) == "June 2026, to 22/06/2026: 74 pupils, month not complete");
}

TEST_CASE("Enter on a bar says which year group it is", "[ui][chart]") {
    PlotView plot("By year group");
    plot.setContent(yearChart(made_up::drill()));
    QSignalSpy opened(&plot, &PlotView::opened);
    QTest::keyClick(&plot, Qt::Key_Down);
    QTest::keyClick(&plot, Qt::Key_Return);
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().front().toString() == "Year 8");
}

TEST_CASE("a screen reader finds a chart whose children are its points", "[ui][chart]") {
    PlotView plot("By month");
    plot.setContent(trendChart(made_up::drill()));
    plot.show();
    QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(&plot);
    REQUIRE(chart != nullptr);
    CHECK(chart->role() == QAccessible::Chart);
    REQUIRE(chart->childCount() == 12);
    QAccessibleInterface* point = chart->child(0);
    REQUIRE(point != nullptr);
    CHECK(point->text(QAccessible::Name) == "July 2025: 55 pupils");
    CHECK(chart->child(0) == point);
    CHECK(chart->indexOfChild(point) == 0);
    CHECK(chart->child(12) == nullptr);
    CHECK(chart->child(-1) == nullptr);
    plot.setContent(yearChart(made_up::drill()));
    CHECK(chart->childCount() == 5);
}

TEST_CASE("a chart without points can be shown, read and walked", "[ui][chart]") {
    PlotView plot("Empty");
    plot.setContent(std::make_shared<ChartContent>());
    plot.show();
    QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Return);
    CHECK(plot.currentPoint() == -1);
    CHECK_FALSE(plot.grab().isNull());
}

TEST_CASE("a month without a figure leaves a gap and keeps its sign in the table", "[ui][chart]") {
    auto drill = made_up::drill();
    drill.trend.points[5].pupils = indicator::Count::suppressed();
    const auto chart = trendChart(drill);
    CHECK_FALSE(chart->points[5].value.has_value());
    CHECK(chart->points[5].valueText == "[c]");
    PlotView plot("By month");
    plot.setContent(chart);
    CHECK(plot.spoken(5) == "December 2025: [c] pupils");
}
