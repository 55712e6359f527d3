#include "core/base/csv.h"

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"

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

TEST_CASE("A cell that a spreadsheet would run is defused, in every spelling", "[base]") {
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
