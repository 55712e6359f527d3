#include "core/link/csv_reading.h"

#include <random>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/base/csv.h"
#include "core/link/csv_dates.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

const CsvLayout kPeople{"id",
                        "",
                        {{ColumnRole::Forename, "forename", ""},
                         {ColumnRole::Surname, "surname", ""},
                         {ColumnRole::BirthDate, "dob", "YYYY-MM-DD"},
                         {ColumnRole::Sex, "sex", ""},
                         {ColumnRole::Postcode, "postcode", ""},
                         {ColumnRole::Identifier, "nhs", "nhs"},
                         {ColumnRole::Text, "town", ""}}};

Result<CsvRecords> read(std::vector<std::string> texts, const CsvLayout& layout, unsigned threads = 1) {
    std::vector<CsvText> files;
    for (std::string& text : texts) {
        FAIRLEAD_TRY(CsvText file, openCsv(fmt::format("{}.csv", files.size() + 1), std::move(text)));
        files.push_back(std::move(file));
    }
    TaskContext task;
    return readCsv(std::move(files), layout, {}, threads, task);
}

CsvLayout only(ColumnRole role, const std::string& column, const std::string& format = {}) {
    return {"id", "", {{role, column, format}}};
}

// Everything of the columns as one text, so that two inputs can be compared.
std::string shown(const EncodedInput& input) {
    const Columns& columns = input.columns;
    std::string out;
    const auto list = [&](std::string_view name, const MultiColumn& column, std::uint32_t row, auto text) {
        out += fmt::format(" {}", name);
        for (const std::uint32_t value : column.of(row)) out += fmt::format("[{}:{}]", value, text(value));
    };
    const auto textIn = [](const Dictionary& texts) { return [&](std::uint32_t id) { return texts.text(id); }; };
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        out += fmt::format("{} dataset {}", row, columns.datasets[row]);
        list("forename", columns.forename, row, textIn(columns.forenameTexts));
        list("surname", columns.surname, row, textIn(columns.surnameTexts));
        list("date", columns.birthDate, row, [&](std::uint32_t id) { return columns.dates[id]; });
        list("sex", columns.sex, row, [](std::uint32_t id) { return id; });
        list("address", columns.address, row, [&](std::uint32_t id) {
            const std::uint32_t postcode = columns.addresses[id].postcode;
            return postcode == kNoValue ? std::string_view("-") : columns.addressParts.text(postcode);
        });
        list("identifier", columns.identifier, row, textIn(columns.identifierTexts));
        for (std::size_t i = 0; i < columns.attributes.size(); ++i)
            list("text", columns.attributes[i], row, textIn(columns.attributeTexts[i]));
        out += '\n';
    }
    for (std::uint32_t word = 0; word < columns.words.size(); ++word) {
        out += fmt::format("{} {} {};", columns.words.text(word), columns.wordSound[word],
                           columns.wordShapes[word].letters);
    }
    for (const QualityCount& count : input.quality)
        out += fmt::format("\n{}: {} {}", count.column, count.what, count.count);
    return out;
}

// Rows with everything that is allowed in a cell.
std::vector<std::string> randomRows(std::size_t count) {
    static const std::vector<std::string> names = {
        "Ann", "bob",      "Zo\xC3\xAB",     "\"Mc\"\"Coy\"", "\"Smith, Jr\"", "Unknown", "O'Neil",
        "",    "Jean-Luc", "\"two\nlines\"", "5'10\"",        "Mary Ann",      " Kim ",   "x\"y"};
    static const std::vector<std::string> dates = {"2012-03-04", "1900-01-01", "2012-02-31", "soon", "", "2013-05-06"};
    static const std::vector<std::string> codes = {"BS7 8QD", "bs78qd", "", "ZZ99 3VZ", "4223"};
    std::mt19937 random(7);
    const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < count; ++i) {
        rows.push_back(fmt::format("r{},{},{},{},{},{},{},{}", random() % 1000 * count + i, any(names), any(names),
                                   any(dates), any({"f", "M", "", "other"}), any(codes), any({"9434765919", "1", ""}),
                                   any(names)));
    }
    return rows;
}

constexpr std::string_view kHeader = "id,forename,surname,dob,sex,postcode,nhs,town\n";

std::string fileOf(const std::vector<std::string>& rows) {
    std::string text(kHeader);
    for (const std::string& row : rows) text += row + "\n";
    return text;
}

}  // namespace

TEST_CASE("neither the order of the rows nor the number of threads changes what is read", "[link]") {
    std::vector<std::string> rows = randomRows(20'000);  // more than one part for each thread
    const CsvRecords first = valueOf(read({fileOf(rows)}, kPeople, 1));
    CHECK(first.encoded.columns.rows == rows.size());
    std::ranges::shuffle(rows, std::mt19937(11));
    const CsvRecords second = valueOf(read({fileOf(rows)}, kPeople, 3));
    CHECK(shown(first.encoded) == shown(second.encoded));
    for (std::size_t row = 0; row < rows.size(); row += 97) CHECK(first.ids[row] == second.ids[row]);
}

TEST_CASE("a CSV file and the same source records give the same columns", "[link]") {
    const std::vector<std::string> rows = randomRows(500);
    const std::string text = fileOf(rows);
    LinkInput input;
    input.datasets = {{"1.csv", false}};
    input.attributeColumns = {"town"};
    CsvTable table = valueOf(parseCsv(text, "1.csv"));
    std::ranges::sort(table.rows, {}, [](const CsvTable::Row& row) { return row.cells[0]; });
    for (const CsvTable::Row& row : table.rows) {
        SourceRecord record;
        record.id = {static_cast<std::int64_t>(input.records.size())};
        record.names.push_back({row.cells[1], row.cells[2], ""});
        if (const auto digits = dateDigitsOf(row.cells[3], "YYYY-MM-DD"); digits) {
            record.birthDigits.push_back(*digits);
        } else if (!row.cells[3].empty()) {
            record.birthDigits.push_back(0);
        }
        record.sex = row.cells[4];
        record.addresses.push_back({"", "", "", "", row.cells[5]});
        record.identifiers.push_back({"nhs", row.cells[6]});
        record.attributes.push_back({0, row.cells[7]});
        input.records.push_back(std::move(record));
    }
    TaskContext task;
    CHECK(shown(valueOf(encode(input, {}, task))) == shown(valueOf(read({text}, kPeople, 2)).encoded));
}

TEST_CASE("CRLF, CR, a byte-order mark, blank lines and no last line end do not change what is read", "[link]") {
    const CsvLayout layout = only(ColumnRole::Forename, "forename");
    const std::string plain = shown(valueOf(read({"id,forename\n1,Ann\n2,Bob\n"}, layout)).encoded);
    for (const char* text :
         {"id,forename\r\n1,Ann\r\n2,Bob\r\n", "id,forename\r1,Ann\r2,Bob", "\xEF\xBB\xBFid,forename\n\n1,Ann\n\n2,Bob",
          "id,\"forename\"\n2,\"Bob\"\n1,Ann", " id , forename\n1 , Ann \n2,Bob"})
        CHECK(shown(valueOf(read({text}, layout)).encoded) == plain);
}

TEST_CASE("a file without rows is an input without records", "[link]") {
    for (const char* text : {"id,forename\n", "id,forename"}) {
        const CsvRecords records = valueOf(read({text}, only(ColumnRole::Forename, "forename")));
        CHECK(records.encoded.columns.rows == 0);
        CHECK(records.notes == std::vector<std::string>{"there are no rows"});
    }
}

TEST_CASE("a CSV file that cannot be read is refused with file, line and reason", "[link]") {
    using namespace std::string_literals;
    struct Case {
        std::string text;
        ErrorCode code;
        std::string detail;
    };
    const std::vector<Case> cases = {
        {"id,forename\n1,A\n1,B\n", ErrorCode::InvalidArgument, "line 3: the id is there twice"},
        {"id,forename\n1,A,B\n", ErrorCode::InvalidArgument, "line 2: 3 cells where the header has 2"},
        {"id,forename\n1,\"two\nlines\"\n2\n", ErrorCode::InvalidArgument, "line 4: 1 cells where the header has 2"},
        {"id,forename\n1,A\n ,B\n", ErrorCode::InvalidArgument, "line 3: the id is empty"},
        {"id,surname\n1,A\n", ErrorCode::UnknownColumn, "forename"},
        {"id,forename,forename\n1,A,B\n", ErrorCode::InvalidArgument, "line 1: the column forename is there twice"},
        {"id,forename\n1,A\n2,\"B\n3,C\n", ErrorCode::InvalidArgument, "line 3: a quote never closes"},
        {"id,forename\n1,A\n2,Zo\xEB\n", ErrorCode::Encoding, "line 3: not UTF-8 text"},
        {"\xFF\xFEi\0d\0"s, ErrorCode::Encoding, "UTF-16 text where UTF-8 is expected"},
        {"i\0d\0,\0f\0"s, ErrorCode::Encoding, "UTF-16 text where UTF-8 is expected"},
        {"id,forename\n1,A\0B\n"s, ErrorCode::ParseError, "line 2: a NUL byte, which no text holds"},
        {"", ErrorCode::MissingColumn, "no header line"},
        {"\n\n", ErrorCode::MissingColumn, "no header line"},
        {"\"id", ErrorCode::ParseError, "line 1: a quote never closes"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.detail);
        const auto result = read({one.text}, only(ColumnRole::Forename, "forename"));
        CHECK(codeOf(result) == one.code);
        CHECK(result.error().detail == one.detail);
        CHECK(result.error().subject == "1.csv");
    }
}

TEST_CASE("the line of a bad row is right in a file that is read in parts", "[link]") {
    std::vector<std::string> rows = randomRows(20'000);
    const std::string good = fileOf(rows);
    const auto lines = std::ranges::count(good, '\n');
    const auto result = read({good + "last,Ann\n"}, kPeople, 4);
    CHECK(codeOf(result) == ErrorCode::InvalidArgument);
    CHECK(result.error().detail == fmt::format("line {}: 2 cells where the header has 8", lines + 1));
    const auto twice = read({good + rows.front() + "\n"}, kPeople, 4);
    CHECK(codeOf(twice) == ErrorCode::InvalidArgument);
    CHECK(twice.error().detail == fmt::format("line {}: the id is there twice", lines + 1));
}

TEST_CASE("a column without any value is a note, and so are rows without truth", "[link]") {
    CsvLayout layout = only(ColumnRole::Forename, "forename");
    layout.truthColumn = "who";
    layout.groupColumn = "area";
    const CsvRecords records =
        valueOf(read({"id,forename,who,area\n1,,a,north\n2, ,a,\n3,,,south\n4,,,north\n"}, layout));
    CHECK(records.notes == std::vector<std::string>{"the column forename is empty in every row: it carries no evidence",
                                                    "2 rows have no truth: each is taken as a person of its own"});
    CHECK(records.truth[0] == records.truth[1]);
    CHECK(records.truth[2] != records.truth[3]);
    CHECK(records.groups.text(records.group[0]) == "north");
    CHECK(records.group[1] == kNoValue);
    CHECK(records.group[3] == records.group[0]);
}

TEST_CASE("rows without an id column are named by their line", "[link]") {
    CsvLayout layout = only(ColumnRole::Forename, "forename");
    layout.idColumn.clear();
    const CsvRecords records = valueOf(read({"forename\nAnn\n\nBob\n"}, layout));
    CHECK(records.ids[0] == "000000002");
    CHECK(records.ids[1] == "000000004");
}

TEST_CASE("several files are data sets of their own, each with its ids", "[link]") {
    const CsvRecords records =
        valueOf(read({"id,forename\n2,Bob\n1,Ann\n", "forename,id\nCy,1\n"}, only(ColumnRole::Forename, "forename")));
    CHECK(records.encoded.columns.datasets == std::vector<std::uint16_t>{0, 0, 1});
    CHECK(records.encoded.setup.datasets[1].name == "2.csv");
    CHECK(records.ids[2] == "1");
    CHECK(records.encoded.columns.forenameTexts.text(records.encoded.columns.forename.of(2)[0]) == "CY");
}

TEST_CASE("names of ten thousand characters are read", "[link]") {
    const std::string name(10'000, 'x');
    const CsvRecords records = valueOf(read({"id,forename\n1," + name + "\n"}, only(ColumnRole::Forename, "forename")));
    CHECK(records.encoded.columns.forenameTexts.text(0).size() == 10'000);
}

TEST_CASE("a full name is split at its last word or its comma", "[link]") {
    const CsvRecords records = valueOf(
        read({"id,name\n1,Mary Ann Smith\n2,\"Smith, Mary Ann\"\n3,Smith\n"}, only(ColumnRole::FullName, "name")));
    const Columns& columns = records.encoded.columns;
    for (std::uint32_t row = 0; row < 3; ++row) CHECK(columns.surnameTexts.text(columns.surname.of(row)[0]) == "SMITH");
    for (std::uint32_t row = 0; row < 2; ++row)
        CHECK(columns.forenameTexts.text(columns.forename.of(row)[0]) == "MARY ANN");
    CHECK(columns.forename.of(2).empty());
}

TEST_CASE("dates of every accepted shape are read and impossible days are kept as digits", "[link]") {
    const CsvRecords records = valueOf(read({"id,dob\n1,2012-03-04\n2,20120304\n3,04/03/2012\n4,20120231\n5,soon\n6,\n"
                                             "7,4/3/2012\n8,2012-03-04 00:00:00\n"},
                                            only(ColumnRole::BirthDate, "dob")));
    const Columns& columns = records.encoded.columns;
    for (const std::uint32_t row : {0U, 1U, 2U, 6U, 7U}) CHECK(columns.dates[columns.birthDate.of(row)[0]] == 20120304);
    CHECK(columns.dates[columns.birthDate.of(3)[0]] == 20120231);
    CHECK(columns.birthDate.of(4).empty());
    CHECK(columns.birthDate.of(5).empty());
    CHECK(records.encoded.quality ==
          std::vector<QualityCount>{{"birth_date", "no such day: compared digit by digit", 1},
                                    {"birth_date", "not a date in the format of the column: not used", 1}});
}

TEST_CASE("birth year, month and day in three columns make one date", "[link]") {
    const CsvLayout layout{
        "id",
        "",
        {{ColumnRole::BirthYear, "by", ""}, {ColumnRole::BirthMonth, "bm", ""}, {ColumnRole::BirthDay, "bd", ""}}};
    const CsvRecords records = valueOf(read({"id,by,bm,bd\n1,1949,7,22\n2,1949,,22\n3,,,\n"}, layout));
    const Columns& columns = records.encoded.columns;
    CHECK(columns.dates[columns.birthDate.of(0)[0]] == 19490722);
    CHECK(columns.birthDate.of(1).empty());
    CHECK(columns.birthDate.of(2).empty());
}

TEST_CASE("a UPRN goes with the postcode of its row", "[link]") {
    const CsvLayout layout{"id", "", {{ColumnRole::Postcode, "pc", ""}, {ColumnRole::Uprn, "uprn", ""}}};
    const CsvRecords records = valueOf(read({"id,pc,uprn\n1,BS7 8QD,0012\n2,BS7 8QD,\n3,,12\n4,,x\n"}, layout));
    const Columns& columns = records.encoded.columns;
    const auto entry = [&](std::uint32_t row) { return columns.addresses[columns.address.of(row)[0]]; };
    CHECK(entry(0).uprn == entry(2).uprn);
    CHECK(entry(0).postcode == entry(1).postcode);
    CHECK(entry(1).uprn == kNoValue);
    CHECK(columns.address.of(3).empty());
}

TEST_CASE("reading can be stopped", "[link]") {
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    std::vector<CsvText> files = {valueOf(openCsv("1.csv", fileOf(randomRows(10))))};
    CHECK(codeOf(readCsv(std::move(files), kPeople, {}, 1, task)) == ErrorCode::Cancelled);
}
