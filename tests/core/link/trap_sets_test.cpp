// Hand-made trap sets under ../shared (Senzing's truth set, the test cases of CDC's RecordLinker): what is solved
// is asserted by category, what is not is named. Skipped where the sets are absent.

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/engine.h"
#include "core/link/evaluate.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::valueOf;

namespace {

std::optional<CsvTable> tableOf(const std::string& name) {
    const auto path = fairlead::test::sharedPath("data/linkage/" + name);
    if (!path) return std::nullopt;
    return valueOf(parseCsv(fairlead::test::bytesOf(*path), name));
}

// A cell by header, empty when there is no such column.
std::string cell(const CsvTable& table, const CsvTable::Row& row, std::string_view column) {
    const std::size_t at = table.column(column);
    return at == CsvTable::npos || at >= row.cells.size() ? std::string() : std::string(trimmed(row.cells[at]));
}

int monthNamed(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                          "jul", "aug", "sep", "oct", "nov", "dec"};
    const std::string lower = lowerAscii(text.substr(0, 3));
    const auto found = std::ranges::find(kMonths, lower);
    return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

// "12/11/1978", "3/1/70", "20/8/1991", "Mar 1 1970", "24-May-11", "1993-09-14": month first unless it cannot be.
std::optional<Date> dateOf(std::string text) {
    if (const auto iso = Date::fromIso(text)) return iso;
    std::ranges::replace_if(text, [](char c) { return c == '/' || c == '-' || c == ','; }, ' ');
    std::vector<int> numbers;
    int month = 0;
    for (const std::string_view part : split(text, ' ')) {
        if (const auto number = parseInteger(part)) {
            numbers.push_back(static_cast<int>(*number));
        } else if (part.size() >= 3) {
            month = monthNamed(part);
        }
    }
    if (month != 0) numbers.insert(numbers.begin(), month);
    if (numbers.size() != 3) return std::nullopt;
    if (numbers[0] > 12) std::swap(numbers[0], numbers[1]);
    const int year = numbers[2] < 27 ? numbers[2] + 2000 : numbers[2] < 100 ? numbers[2] + 1900 : numbers[2];
    return Date::fromCivil(year, static_cast<unsigned>(numbers[0]), static_cast<unsigned>(numbers[1]));
}

NameVersion nameOf(const CsvTable& table, const CsvTable::Row& row) {
    NameVersion name{cell(table, row, "PRIMARY_NAME_FIRST") + " " + cell(table, row, "PRIMARY_NAME_MIDDLE"),
                     cell(table, row, "PRIMARY_NAME_LAST"), ""};
    if (!name.surname.empty() || name.forenames != " ") return name;
    std::string full = cell(table, row, "PRIMARY_NAME_FULL");
    if (full.empty()) full = cell(table, row, "NATIVE_NAME_FULL");
    const std::size_t comma = full.find(','), blank = full.rfind(' ');
    constexpr std::size_t kChineseCharacter = 3;  // bytes
    if (comma != std::string::npos) return {full.substr(comma + 1), full.substr(0, comma), ""};
    if (blank != std::string::npos) return {full.substr(0, blank), full.substr(blank + 1), ""};
    return {full.substr(std::min(full.size(), kChineseCharacter)), full.substr(0, kChineseCharacter), ""};
}

// The shipped model, with what these records have beyond names and dates.
Model trapModel() {
    Model model = shippedModel();
    for (const char* column : {"address", "email", "phone"}) {
        model.comparisons.push_back(defaultComparison(ComparisonKind::Text, column));
        model.rules.push_back(blockingRule({KeyPart::Text}, column));
    }
    return model;
}

LinkResult linked(const LinkInput& input) {
    LinkOptions options;
    options.variants = valueOf(parseNameVariants(
        fairlead::test::bytesOf(fairlead::test::projectPath("resources/linkage/nicknames.csv")), "nicknames.csv"));
    TaskContext task;
    return valueOf(fairlead::link::link(input, trapModel(), {}, options, task));
}

SourceRecord senzingRecord(const CsvTable& table, const CsvTable::Row& row) {
    SourceRecord record;
    record.names.push_back(nameOf(table, row));
    if (const auto date = dateOf(cell(table, row, "DATE_OF_BIRTH"))) record.birthDates.push_back(*date);
    record.sex = cell(table, row, "GENDER");
    for (const char* kind : {"PASSPORT_NUMBER", "DRIVERS_LICENSE_NUMBER", "SSN_NUMBER", "NATIONAL_ID_NUMBER"}) {
        if (const std::string value = cell(table, row, kind); !value.empty())
            record.identifiers.push_back({kind, value});
    }
    std::string address = cell(table, row, "ADDR_FULL");
    if (address.empty()) address = cell(table, row, "ADDR_LINE1") + " " + cell(table, row, "ADDR_CITY");
    if (address != " ") record.attributes.push_back({0, address});
    if (const std::string mail = cell(table, row, "EMAIL_ADDRESS"); !mail.empty())
        record.attributes.push_back({1, mail});
    std::string phone;
    for (const char c : cell(table, row, "PHONE_NUMBER")) {
        if (c >= '0' && c <= '9') phone += c;
    }
    if (!phone.empty()) record.attributes.push_back({2, phone});
    return record;
}

struct Traps {
    LinkInput input;
    std::vector<std::string> group, person;  // per record
};

std::optional<Traps> senzing() {
    const auto key = tableOf("senzing_truthset/actual_truthset_key.csv");
    if (!key) return std::nullopt;
    std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> truth;
    for (const CsvTable::Row& row : key->rows)
        truth[{cell(*key, row, "DATA_SOURCE"), cell(*key, row, "RECORD_ID")}] = {cell(*key, row, "TEST_GROUP"),
                                                                                 cell(*key, row, "CLUSTER_ID")};
    Traps traps;
    traps.input.attributeColumns = {"address", "email", "phone"};
    for (const char* file : {"customers", "reference", "watchlist"}) {
        const auto table = tableOf(fmt::format("senzing_truthset/{}.csv", file));
        if (!table) return std::nullopt;
        traps.input.datasets.push_back({file, false});
        for (const CsvTable::Row& row : table->rows) {
            if (cell(*table, row, "RECORD_TYPE") != "PERSON") continue;
            const auto known = truth.find({cell(*table, row, "DATA_SOURCE"), cell(*table, row, "RECORD_ID")});
            if (known == truth.end()) continue;
            SourceRecord record = senzingRecord(*table, row);
            record.id = {static_cast<std::int64_t>(traps.input.records.size() + 1)};
            record.dataset = static_cast<std::uint16_t>(traps.input.datasets.size() - 1);
            traps.input.records.push_back(std::move(record));
            traps.group.push_back(known->second.first);
            traps.person.push_back(known->second.second);
        }
    }
    return traps;
}

// Groups in which a pair is wrongly joined, or wrongly apart.
std::set<std::string> groupsWith(const Traps& traps, const LinkResult& result, bool joined) {
    std::set<std::string> groups;
    for (std::size_t i = 0; i < traps.person.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool same = traps.person[i] == traps.person[j], found = result.clusters[i] == result.clusters[j];
            if (same != found && found == joined) groups.insert(traps.group[i]);
        }
    }
    return groups;
}

SourceRecord cdcRecord(const CsvTable& table, const CsvTable::Row& row, std::uint16_t dataset, std::int64_t id) {
    SourceRecord record;
    record.id = {id};
    record.dataset = dataset;
    record.names.push_back({cell(table, row, "FIRST"), cell(table, row, "LAST"), ""});
    if (const auto date = dateOf(cell(table, row, "BIRTHDATE"))) record.birthDates.push_back(*date);
    record.sex = cell(table, row, "GENDER");
    if (const std::string ssn = cell(table, row, "SSN"); !ssn.empty()) record.identifiers.push_back({"ssn", ssn});
    if (const std::string address = cell(table, row, "ADDRESS"); !address.empty())
        record.attributes.push_back({0, address});
    record.addresses.push_back({"", "", "", "", cell(table, row, "ZIP")});
    return record;
}

struct Verdicts {
    int rows = 0;
    int linked = 0;
};

// Per expected result: how many test rows there are, and how many joined the seed record they were made from.
std::optional<std::map<std::string, Verdicts>> cdcVerdicts(const std::string& file) {
    const auto seed = tableOf("cdc_recordlinker/nbs_seed.csv"), test = tableOf("cdc_recordlinker/" + file);
    if (!seed || !test) return std::nullopt;
    LinkInput input;
    input.datasets = {{"seed", true}, {"test", false}};
    input.attributeColumns = {"address", "email", "phone"};
    input.scope = PairScope::BetweenDatasets;
    std::map<std::string, std::size_t> seedOf;
    for (const CsvTable::Row& row : seed->rows) {
        seedOf[cell(*seed, row, "Match Id")] = input.records.size();
        input.records.push_back(cdcRecord(*seed, row, 0, static_cast<std::int64_t>(input.records.size())));
    }
    std::vector<std::pair<std::size_t, std::string>> expected;
    for (const CsvTable::Row& row : test->rows) {
        expected.emplace_back(seedOf.at(cell(*test, row, "Match Id")), cell(*test, row, "Expected Result"));
        input.records.push_back(cdcRecord(*test, row, 1, static_cast<std::int64_t>(input.records.size())));
    }
    const LinkResult result = linked(input);
    std::map<std::string, Verdicts> verdicts;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        Verdicts& verdict = verdicts[expected[i].second];
        ++verdict.rows;
        verdict.linked += result.clusters[seed->rows.size() + i] == result.clusters[expected[i].first] ? 1 : 0;
    }
    return verdicts;
}

}  // namespace

TEST_CASE("Senzing's traps: who is kept apart and who is found, by group", "[link][shared]") {
    const auto traps = senzing();
    if (!traps) SKIP("the shared test sets are not here");
    const LinkResult result = linked(traps->input);
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> truth;
    for (const std::string& person : traps->person)
        truth.push_back(numbers.emplace(person, static_cast<std::uint32_t>(numbers.size())).first->second);
    const Evaluation found = evaluate(traps->input, result, truth);
    const std::set<std::string> joined = groupsWith(*traps, result, true), apart = groupsWith(*traps, result, false);
    CHECK(found.truePairs == 102);
    CHECK(found.clusters.recall().value >= 0.90);
    CHECK(found.clusters.precision().value >= 0.80);
    INFO("wrongly joined in " << fmt::format("{}", fmt::join(joined, " ")) << "; wrongly apart in "
                              << fmt::format("{}", fmt::join(apart, " ")));
    // A shared home and surname (112, 219), a shared mailbox of fourteen people (220), a chain of documents (116),
    // Chinese, Cyrillic and Arabic script (117, 206, 205), swapped names (106, 113), nicknames and misspellings.
    for (const char* solved : {"105", "106", "107", "110", "111", "112", "113", "114", "116", "117", "118",
                               "119", "120", "121", "122", "124", "125", "126", "127", "128", "129", "130",
                               "201", "206", "208", "210", "212", "213", "216", "219", "220"}) {
        INFO("group " << solved);
        CHECK_FALSE(joined.contains(solved));
        CHECK_FALSE(apart.contains(solved));
    }
    // Known failures. Joined: families that share mailbox and surname (100, 102), Darla and Darlene (103), Junior and
    // Senior, I and II (104, 123), one name and address with other birth dates (108, 109), a shared mailbox with a
    // nickname (217, 218). Apart: little more than a name in common (115, 203, 205, 209, 211).
    const std::set<std::string> knownJoined = {"100", "102", "103", "104", "108", "109", "123", "217", "218"};
    const std::set<std::string> knownApart = {"100", "103", "115", "203", "205", "209", "211"};
    CHECK(std::ranges::includes(knownJoined, joined));
    CHECK(std::ranges::includes(knownApart, apart));
}

TEST_CASE("CDC's test cases: rows made from a seed record find it", "[link][shared]") {
    struct Bounds {
        const char* file;
        int match, possible, noMatch;
    };
    // Of the rows that CDC's rules call no match most differ from their seed in one detail only; the bound for them
    // says how many are linked at most. Known failures among the matches: a name and most other details gone at once.
    for (const Bounds& bounds : {Bounds{"nbs_test.csv", 52, 13, 13}, Bounds{"expanded_nbs_test.csv", 246, 66, 67},
                                 Bounds{"better_test.csv", 125, 26, 66}}) {
        const auto verdicts = cdcVerdicts(bounds.file);
        if (!verdicts) SKIP("the shared test sets are not here");
        INFO(bounds.file);
        CHECK(verdicts->at("match").linked >= bounds.match);
        CHECK(verdicts->at("possible_match").linked >= bounds.possible);
        CHECK(verdicts->at("no_match").linked <= bounds.noMatch);
    }
}
