#include "core/base/csv.h"

#include <cstdlib>
#include <random>

#include <catch2/catch_all.hpp>

#include "core/base/text.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using test::codeOf;
using test::valueOf;

TEST_CASE("Quoted commas, quotes and line breaks come back as they were", "[base]") {
    const std::vector<std::string> cells{"Sought, no reply", "say \"hi\"", "two\nlines", "", "plain"};
    const auto table = valueOf(parseCsv("a,b,c,d,e\n" + csvLine(cells), "x.csv"));

    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].cells == cells);
    CHECK(table.rows[0].line == 2);
}

TEST_CASE("A byte-order mark, CRLF and blank lines do not become data", "[base]") {
    const auto table =
        valueOf(parseCsv("\xEF\xBB\xBF"
                         "CHILD,DOB\r\n1,2\r\n\r\n3,4",
                         "x.csv"));

    CHECK(table.header == std::vector<std::string>{"CHILD", "DOB"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[1].line == 4);
    CHECK(table.column("DOB") == 1);
    CHECK(table.column("dob") == CsvTable::npos);
}

TEST_CASE("A ragged row is kept for the caller to judge", "[base]") {
    const auto table = valueOf(parseCsv("a,b\n1\n1,2,3\n", "x.csv"));
    CHECK(table.rows[0].cells.size() == 1);
    CHECK(table.rows[1].cells.size() == 3);
}

TEST_CASE("What is not CSV is refused with its line", "[base]") {
    const auto unclosed = parseCsv("a,b\n1,\"2\n3,4\n", "x.csv");
    CHECK(codeOf(unclosed) == ErrorCode::ParseError);
    CHECK(unclosed.error().detail == "line 2: a quote never closes");
    const auto latin1 = parseCsv("a\nok\nZo\xEB\n", "x.csv");
    CHECK(codeOf(latin1) == ErrorCode::Encoding);
    CHECK(latin1.error().detail == "line 3: not UTF-8 text");
    CHECK(codeOf(parseCsv("", "x.csv")) == ErrorCode::MissingColumn);
}

TEST_CASE("A cell that a spreadsheet would run is defused, in every spelling", "[base][T-I3]") {
    const std::vector<std::string> cells{"=1+1",
                                         "  +1",
                                         "\"-1",
                                         "@x",
                                         "\xEF\xBC\x9D"
                                         "1",
                                         "safe=",
                                         "-"};
    CHECK(csvLineForPeople(cells) ==
          "'=1+1,'  +1,\"'\"\"-1\",'@x,'\xEF\xBC\x9D"
          "1,safe=,'-\n");
}

TEST_CASE("no cell of a hundred thousand is a formula to a reader that shares no code with the writer",
          "[base][T-I3]") {
    constexpr std::size_t kColumns = 10, kRows = 10'000, kMostPieces = 6;
    // What starts a formula, what hides its start, what ends a cell, and what is in ordinary ones.
    const std::vector<std::string> pieces = {"=",
                                             "+",
                                             "-",
                                             "@",
                                             "\t",
                                             "\r",
                                             "\n",
                                             "\xEF\xBC\x9D",
                                             "\xEF\xBC\x8B",
                                             "\xEF\xBC\x8D",
                                             "\xEF\xBC\xA0",
                                             " ",
                                             " ",
                                             "'",
                                             "\"",
                                             "\"\"",
                                             ",",
                                             ";",
                                             "|",
                                             "!",
                                             "1",
                                             "2026",
                                             "A1",
                                             "cmd|' /C calc'!A0",
                                             "HYPERLINK(\"x\")",
                                             "Amelia",
                                             "Zo\xC3\xAB",
                                             "()"};
    std::mt19937_64 random(20'261'122);
    std::string file, originals;
    for (std::size_t row = 0; row < kRows; ++row) {
        std::vector<std::string> cells(kColumns);
        for (auto& cell : cells) {
            for (std::size_t left = random() % (kMostPieces + 1); left > 0; --left)
                cell += pieces[random() % pieces.size()];
            originals += hex(cell) + "\n";
        }
        file += csvLineForPeople(cells);
    }
    const test::TempFolder folder;
    test::writeBytes(folder / "cells.csv", file);
    test::writeBytes(folder / "originals", originals);
    // Python's standard library reads it: tests/core/base/read_cells.py says what it counts as a formula.
    const auto script = test::projectPath("tests/core/base/read_cells.py").string();
    const auto read = [&](const char* name) {
        const auto command =
            "python3 -B '" + script + "' '" + (folder / name).string() + "' '" + (folder / "originals").string() + "'";
        return std::system(command.c_str());
    };
    CHECK(read("cells.csv") == 0);
    // As it would be without: the reader sees formulas.
    std::string careless;
    const auto table = valueOf(parseCsv("titles\n" + file, "cells.csv"));
    for (const auto& row : table.rows) {
        auto cells = row.cells;
        for (auto& cell : cells)
            if (cell.starts_with('\'')) cell.erase(0, 1);
        careless += csvLine(cells);
    }
    test::writeBytes(folder / "careless.csv", careless);
    CHECK(read("careless.csv") != 0);
}
