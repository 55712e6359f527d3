#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "ui/table/data_table.h"

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

TEST_CASE("markup in a cell is shown as it is written", "[ui][table]") {
    auto content = std::make_shared<TableContent>();
    content->columns = {{.title = "Name"}};
    content->rows = {{{{"<b>bold</b> &amp;"}}, 0}};
    DataTable table("Names");
    table.setContent(content);
    CHECK(table.currentRowAsText(false) == "<b>bold</b> &amp;");
    CHECK(table.model()->index(0, 0).data(Qt::ToolTipRole).isNull());
}
