#include "core/splink/table.h"

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::splink;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

Result<Table> tableOfText(std::string_view text, std::string_view idColumn = "id") {
    const CsvTable csv = valueOf(parseCsv(text, "a.csv"));
    const std::vector<NamedCsv> files = {{"a.csv", &csv}};
    return tableOf(files, idColumn);
}

}  // namespace

TEST_CASE("cells are trimmed, and empty ones are NULL", "[splink]") {
    const Table table = valueOf(tableOfText("id,name\n1,  ann \n2,\n3,ann\n"));
    REQUIRE(table.rows() == 3);
    const TextColumn& names = table.columns[table.column("NAME")];
    CHECK(names.texts == std::vector<std::string>{"ann"});
    CHECK(names.cells == std::vector<std::uint32_t>{0, kNull, 0});
    CHECK(table.column("surname") == Table::npos);
}

TEST_CASE("a file that lacks a column of another has NULL there", "[splink]") {
    const CsvTable a = valueOf(parseCsv("id,name\n1,ann\n", "a"));
    const CsvTable b = valueOf(parseCsv("town,id\nyork,1\n", "b"));
    const std::vector<NamedCsv> files = {{"a", &a}, {"b", &b}};
    const Table table = valueOf(tableOf(files, "id"));
    CHECK(table.datasets == std::vector<std::uint16_t>{0, 1});
    CHECK(table.columns[table.column("name")].cells == std::vector<std::uint32_t>{0, kNull});
    CHECK(table.columns[table.column("town")].cells == std::vector<std::uint32_t>{kNull, 0});
}

TEST_CASE("a table with a ragged row, an id twice, an empty id or no id column is refused", "[splink]") {
    CHECK(codeOf(tableOfText("id,name\n1\n")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(tableOfText("id,name\n1,a\n1,b\n")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(tableOfText("id,name\n,a\n")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(tableOfText("id,name,Name\n1,a,b\n")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(tableOfText("key,name\n1,a\n")) == ErrorCode::UnknownColumn);
    CHECK(valueOf(tableOfText("key,name\n1,a\n", "")).ids == std::vector<std::string>{"2"});
}
