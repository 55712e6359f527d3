#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

using namespace fairlead::ui;

namespace {

std::shared_ptr<const TableContent> fruit(int rows) {
    auto content = std::make_shared<TableContent>();
    content->columns = {{.title = "Name", .stretches = true}, {.title = "Count", .isNumber = true}};
    for (int i = 0; i < rows; ++i) {
        content->rows.push_back({{{QStringLiteral("row %1").arg(i)}, {QString::number(i * 3 % 10), i * 3 % 10}}, i});
    }
    return content;
}

}  // namespace

TEST_CASE("the table model keeps the rules of models through every swap of content", "[ui][table]") {
    TableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const int rows : {0, 1, 50, 0, 3}) {
        model.setContent(fruit(rows));
        CHECK(model.rowCount() == rows);
    }
    model.setContent(nullptr);
    CHECK(model.rowCount() == 0);
}

TEST_CASE("a table with rows always has a current index", "[ui][table]") {
    DataTable table("Fruit");
    CHECK_FALSE(table.currentIndex().isValid());
    table.setContent(fruit(5));
    CHECK(table.currentIndex().isValid());
    table.setContent(fruit(0));
    table.setContent(fruit(2));
    CHECK(table.currentIndex().isValid());
    table.sortBy(1, Qt::DescendingOrder);
    CHECK(table.currentIndex().isValid());
    table.setFilterText("row 1");
    CHECK(table.visibleRows() == 1);
    CHECK(table.currentIndex().isValid());
    table.setFilterText("nothing like it");
    CHECK(table.visibleRows() == 0);
    table.setFilterText("");
    CHECK(table.currentIndex().isValid());
}

TEST_CASE("the screen reader's focus child of a table with rows is never null", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(4));
    table.show();
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&table);
    REQUIRE(interface != nullptr);
    CHECK(interface->text(QAccessible::Name) == "Fruit");
    CHECK(interface->focusChild() != nullptr);
    table.setContent(fruit(1));
    CHECK(interface->focusChild() != nullptr);
}

TEST_CASE("numbers sort as numbers and equal rows keep their order", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(12));
    table.sortBy(1, Qt::AscendingOrder);
    int before = -1;
    for (int row = 0; row < table.visibleRows(); ++row) {
        const int now = table.model()->index(row, 1).data(TableModel::kSortRole).toInt();
        CHECK(now >= before);
        before = now;
    }
    CHECK(table.model()->index(0, 0).data().toString() == "row 0");
    CHECK(table.model()->index(1, 0).data().toString() == "row 10");
}

TEST_CASE("Enter opens the current row and Ctrl+C copies it", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(3));
    table.show();
    QSignalSpy opened(&table, &DataTable::opened);
    QTest::keyClick(&table, Qt::Key_Down);
    QTest::keyClick(&table, Qt::Key_Return);
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().front().toInt() == 1);
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->text() == "row 1\t3");
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(QApplication::clipboard()->text() == "Name\tCount\nrow 1\t3");
}

TEST_CASE("the first column reads the whole row to a screen reader, the others themselves", "[ui][table]") {
    TableModel model;
    model.setContent(fruit(2));
    CHECK(model.index(1, 0).data(Qt::AccessibleTextRole).toString() == "Name: row 1, Count: 3");
    CHECK(model.index(1, 1).data(Qt::AccessibleTextRole).toString() == "Count: 3");
}

TEST_CASE("Tab leaves a table", "[ui][table]") {
    QWidget window;
    auto* table = new DataTable("Fruit", &window);
    auto* after = new QPushButton("after", &window);
    table->setContent(fruit(3));
    window.show();
    window.activateWindow();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Tab);
    CHECK(window.focusWidget() == after);
}

TEST_CASE("markup in a cell is shown as it is written", "[ui][table][T-I4]") {
    auto content = std::make_shared<TableContent>();
    content->columns = {{.title = "Name"}};
    content->rows = {{{{"<b>bold</b> &amp;"}}, 0}};
    DataTable table("Names");
    table.setContent(content);
    CHECK(table.currentRowAsText(false) == "<b>bold</b> &amp;");
    CHECK(table.model()->index(0, 0).data(Qt::ToolTipRole).isNull());
}

TEST_CASE("typing below a title filters its column, and the reader stays at their row", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(20));
    table.resize(500, 300);
    table.show();
    table.setCurrentIndex(table.model()->index(12, 1));
    QTest::keyClick(&table, Qt::Key_F, Qt::ControlModifier);
    auto* field = qobject_cast<QLineEdit*>(table.window()->focusWidget());
    REQUIRE(field != nullptr);
    CHECK(field->accessibleName() == "Filter Count of Fruit");
    QTest::keyClicks(field, "6");
    CHECK(table.visibleRows() == 2);
    CHECK(table.currentKey().toInt() == 12);
    CHECK(table.countInWords() == "2 of 20 shown");
    CHECK(table.filtersInWords() == "Count: 6");
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(table.visibleRows() == 20);
    CHECK(table.currentKey().toInt() == 12);
    CHECK(table.countInWords() == "20 shown");
}

TEST_CASE("a filter by value takes the whole cell of the current column and can be cleared", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(20));
    table.show();
    table.setCurrentIndex(table.model()->index(1, 0));
    QTest::keyClick(&table, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(table.visibleRows() == 1);  // "row 1", not "row 10" to "row 19".
    CHECK(table.filtersInWords() == "Name is row 1");
    table.setColumnFilter(1, "nothing like it");
    CHECK(table.visibleRows() == 0);
    CHECK_FALSE(table.currentIndex().isValid());
    QTest::keyClick(&table, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(table.visibleRows() == 20);
    CHECK(table.currentIndex().isValid());
    table.setFilterText("row 3");
    QTest::keyClick(&table, Qt::Key_Escape);
    CHECK(table.visibleRows() == 20);
}

TEST_CASE("filters stay with new rows of the same titles and go with other titles", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(20));
    table.setColumnFilter(0, "row 1");
    table.setContent(fruit(5));
    CHECK(table.visibleRows() == 1);
    auto other = std::make_shared<TableContent>(*fruit(5));
    other->columns[0].title = "Other";
    table.setContent(other);
    CHECK(table.visibleRows() == 5);
    CHECK(table.filter().isEmpty());
}

TEST_CASE("hidden columns are neither copied nor exported, and one column always stays", "[ui][table]") {
    DataTable table("Fruit");
    table.setContent(fruit(3));
    table.setColumnShown(0, false);
    table.setColumnShown(1, false);
    CHECK(table.sheet().columns == QStringList{"Count"});
    CHECK(table.currentIndex().column() == 1);
    table.setContent(fruit(4));
    CHECK(table.isColumnHidden(0));
    CHECK(table.currentRowAsText(true) == "Count\n0");
    const std::unique_ptr<QMenu> menu(table.columnsMenu(nullptr));
    REQUIRE(menu->actions().size() == 2);
    menu->actions()[0]->setChecked(true);
    CHECK_FALSE(table.isColumnHidden(0));
}

TEST_CASE("an exported sheet says its marking, its filters and how many rows, and runs no formula",
          "[ui][table][T-I3]") {
    DataTable table("Fruit");
    auto content = std::make_shared<TableContent>(*fruit(3));
    content->rows[1].cells[0].text = "=HYPERLINK(1)";
    table.setContent(content);
    table.setColumnFilter(0, "hyper");
    QSignalSpy wanted(&table, &DataTable::exportRequested);
    QTest::keyClick(&table, Qt::Key_E, Qt::ControlModifier);
    REQUIRE(wanted.size() == 1);
    const std::string csv = sheetAsCsv(wanted.front().front().value<TableSheet>(), {"MARKED", "As at 22/06/2026"});
    CHECK(csv ==
          "\xEF\xBB\xBFMARKED\nAs at 22/06/2026\nFruit\n1 of 3 rows shown\nFilters: Name: hyper\n\n"
          "Name,Count\n'=HYPERLINK(1),3\n\nMARKED\n");
}

TEST_CASE("the line above a table finds, says what is shown and clears", "[ui][table]") {
    QWidget window;
    auto* table = new DataTable("Fruit", &window);
    auto* bar = new TableBar(table, "Type", &window);
    table->setContent(fruit(20));
    bar->setNote("As at today");
    window.show();
    QTest::keyClicks(bar->findField(), "row 19");
    CHECK(table->visibleRows() == 1);
    QSignalSpy opened(table, &DataTable::opened);
    QTest::keyClick(bar->findField(), Qt::Key_Return);
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().front().toInt() == 19);
    bool said = false;
    for (const QLabel* label : bar->findChildren<QLabel*>()) {
        said = said || label->text() == QStringLiteral("As at today · 1 of 20 shown");
    }
    CHECK(said);
    table->clearFilters();
    CHECK(bar->findField()->text().isEmpty());
}

TEST_CASE("filtering 50,000 rows of six columns keeps every match", "[ui][table]") {
    auto content = std::make_shared<TableContent>();
    for (int c = 0; c < 6; ++c) {
        content->columns.push_back({.title = QStringLiteral("Column %1").arg(c)});
    }
    for (int r = 0; r < 50'000; ++r) {
        TableRow row{{}, r};
        for (int c = 0; c < 6; ++c) {
            row.cells.push_back({QStringLiteral("Value %1").arg((r * 7 + c * 13) % 9973)});
        }
        content->rows.push_back(std::move(row));
    }
    DataTable table("Many");
    table.setContent(content);
    table.show();
    QElapsedTimer timer;
    timer.start();
    table.setFilterText("value 991");
    const auto took = timer.elapsed();
    WARN("filter over 50,000 rows: " << took << " ms");
    CHECK(table.visibleRows() > 0);
    for (int row = 0; row < table.visibleRows(); ++row) {
        CHECK(table.model()->index(row, 0).data(Qt::AccessibleTextRole).toString().contains("Value 991"));
    }
}
