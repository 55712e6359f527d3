#include "core/extract/contract.h"

#include <set>

#include <catch2/catch_all.hpp>

#include "core/extract/row_binding.h"
#include "core/extract/row_check.h"
#include "tests/support/results.h"

namespace fairlead::extract {

namespace {

/// One row in every table, nothing filled in.
record::ExtractRows emptyRows() {
    record::ExtractRows rows;
    rows.persons.resize(1);
    rows.addresses.resize(1);
    rows.identifiers.resize(1);
    rows.relationships.resize(1);
    rows.families.resize(1);
    rows.roll.resize(1);
    rows.schools.resize(1);
    rows.facts.resize(1);
    return rows;
}

Cell textCell(std::string_view text) { return {Cell::Storage::Text, 0, text}; }

}  // namespace

TEST_CASE("every table has as many columns as its rows have members", "[extract]") {
    const auto rows = emptyRows();
    CellRow cells;
    for (const auto& table : contractTables()) {
        CAPTURE(table.name);
        REQUIRE(table.columns.size() <= kMostColumns);
        cellsOf(rows, table, 0, cells);
        CHECK(cells.cells().size() == table.columns.size());
    }
}

TEST_CASE("a row that says nothing lacks exactly the required columns", "[extract]") {
    const auto rows = emptyRows();
    CellRow cells;
    for (const auto& table : contractTables()) {
        cellsOf(rows, table, 0, cells);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& column = table.columns[i];
            CAPTURE(table.name, column.name);
            // A flag and the codes of kind and role always have a value.
            const bool hasValue = column.type == ColumnType::Flag ||
                                  (table.name == "fact" && (column.name == "kind" || column.name == "role"));
            CHECK(problemOf(column, cells.cells()[i]).empty() == (!column.required || hasValue));
        }
    }
}

TEST_CASE("every kind of fact and every role is a code of the contract", "[extract]") {
    const auto& fact = *findTable("fact");
    const auto& kinds = fact.columns[fact.column("kind")].codes;
    REQUIRE(kinds.size() == record::factKinds().size());
    for (const auto& kind : record::factKinds())
        CHECK(problemOf(fact.columns[fact.column("kind")], textCell(kind.id)).empty());
    CHECK(problemOf(fact.columns[fact.column("kind")], textCell("risk_score")) == "unknown code");
    CHECK(fact.columns[fact.column("role")].codes.size() == 5);
}

TEST_CASE("the statements of a table name the same columns in the same order", "[extract]") {
    const auto& table = *findTable("identifier");
    CHECK(createStatement(table) ==
          "CREATE TABLE identifier (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, kind TEXT NOT NULL, value "
          "TEXT NOT NULL) STRICT");
    CHECK(selectStatement(table) == "SELECT row_id, person_ref, kind, value FROM identifier ORDER BY row_id");
    CHECK(insertStatement(table) == "INSERT INTO identifier VALUES (?, ?, ?, ?)");
    CHECK(findTable("sqlite_schema") == nullptr);
}

TEST_CASE("only education supplies rolls and schools, only social care and early help families", "[extract]") {
    for (const char* agency : {"police", "social_care", "early_help", "education", "health"}) {
        CAPTURE(agency);
        const std::string_view id = agency;
        CHECK(mayHaveTable(id, "person"));
        CHECK(mayHaveTable(id, "fact"));
        CHECK(mayHaveTable(id, "roll") == (id == "education"));
        CHECK(mayHaveTable(id, "school") == (id == "education"));
        CHECK(mayHaveTable(id, "family_member") == (id == "social_care" || id == "early_help"));
        CHECK_FALSE(mayHaveTable(id, "benefit"));
    }
    CHECK_FALSE(mayHaveTable("immigration", "person"));
}

TEST_CASE("a value of another storage class is a problem in every column", "[extract]") {
    const ColumnDefinition text{"a", ColumnType::Text, false, 1, 5, {}};
    const ColumnDefinition number{"b", ColumnType::Integer, false, 1, 5, {}};
    const Cell integer{Cell::Storage::Integer, 3, {}};
    CHECK(problemOf(text, integer) == "stored as INTEGER");
    CHECK(problemOf(number, textCell("3")) == "stored as TEXT");
    CHECK(problemOf(number, Cell{Cell::Storage::Other, 0, {}}) == "stored as REAL or BLOB");
    CHECK(problemOf(number, integer).empty());
    CHECK(problemOf(number, Cell{Cell::Storage::Integer, 6, {}}) == "number out of range");
    CHECK(problemOf(text, textCell("12345")).empty());
    CHECK(problemOf(text, textCell("123456")) == "longer than the contract allows");
}

TEST_CASE("a date that has no text of ten characters is refused, not written", "[extract]") {
    CellRow cells;
    const ColumnDefinition date{"a", ColumnType::Date, false, 10, 10, {}};
    for (const Date bad : {Date::never(), Date::beginning(), Date{-62'092}, Date{376'200}}) {
        cells.clear();
        cells.addDate(bad);
        CHECK(problemOf(date, cells.cells()[0]) == "not a date YYYY-MM-DD");
    }
    cells.clear();
    cells.addDate(*Date::fromIso("2026-06-02"));
    CHECK(cells.cells()[0].text == "2026-06-02");
}

TEST_CASE("a hundred problems are listed and all are counted", "[extract]") {
    RowProblems problems;
    for (int i = 1; i <= 250; ++i) problems.add({"person", i, "sex", "unknown code"});
    CHECK(problems.count() == 250);
    CHECK(problems.listed().size() == 100);
    CHECK(problems.summary().starts_with("250 values are not allowed: table person, row 1, column sex: unknown code;"));
    CHECK(problems.summary().ends_with("; and 245 more"));
}

}  // namespace fairlead::extract
