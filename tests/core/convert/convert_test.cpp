#include "core/convert/convert.h"

#include <catch2/catch_all.hpp>

#include "tests/core/convert/convert_fixture.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::convert {

namespace {

using test::converted;
using test::found;
using test::period;

std::vector<InputFile> census(const std::string& prefix) {
    return test::filesIn(test::projectPath("tests/data/school_census"), prefix);
}
std::vector<InputFile> care(const std::string& prefix) {
    return test::filesIn(test::projectPath("tests/data/ssda903"), prefix);
}

template <typename Row>
std::vector<Row> of(const std::vector<Row>& rows, const std::string& person) {
    std::vector<Row> found;
    for (const auto& row : rows) {
        if (row.personRef == person) found.push_back(row);
    }
    return found;
}

constexpr const char* kPupils =
    "pupilonrolltableid,NativeId,surname,forename,dob,upn,entrydate,enrolstatus,gender,termlysessionspossible,"
    "termlysessionsauthorised\n";

}  // namespace

TEST_CASE("a term of the census becomes rolls, names, exclusions and schools", "[convert]") {
    const auto result =
        converted(test::shippedMapping("school-census"), census("2024_autumn"), period("2024-09-01", "2025-01-01"));
    // On the roll of one school and off the roll of another: one person, two times on a roll.
    const auto rolls = of(result.rows.roll, "01080e0c-45b");
    REQUIRE(rolls.size() == 2);
    CHECK(rolls[0].urn == 900'006);
    CHECK(rolls[0].from == Date::fromIso("2024-12-04"));
    CHECK_FALSE(rolls[0].until.has_value());
    CHECK(rolls[1].urn == 900'005);
    // The census has the last day on roll, 3 December; the contract's end is the day after it.
    CHECK(rolls[1].until == Date::fromIso("2024-12-04"));
    const auto names = of(result.rows.persons, "01080e0c-45b");
    REQUIRE(names.size() == 3);
    CHECK(names[0].forenames == "FOR8776 MID6388");
    CHECK(names[0].sex == "F");
    CHECK(names[0].birthDate == Date::fromIso("2012-01-21"));
    // Nine exclusions: four at lunchtime are left out, FIXD is what SUSP was called.
    const auto exclusions = of(result.rows.facts, "001e7b6b-4f5");
    CHECK(std::ranges::count(exclusions, record::FactKind::SchoolExclusion, &record::FactRow::kind) == 5);
    CHECK(exclusions.at(1).factRef == "exc:4df2246e");
    CHECK(exclusions.at(1).code == "SUSP");
    CHECK(exclusions.at(1).value == 10);
    CHECK(exclusions.at(1).from == Date::fromIso("2024-11-20"));
    CHECK(result.rows.schools.size() == 6);
    CHECK(result.rows.schools.at(0).name == "SCH2");
    CHECK(result.report.total(Rule::NumberedSchool) == 6);
    CHECK(result.report.total(Rule::InvalidUpn) > 0);
    CHECK(result.report.total(Rule::InvalidUprn) > 0);
    CHECK(result.report.total(Rule::InvalidPostcode) > 0);
}

TEST_CASE("the same pupil and school keep their keys from term to term", "[convert]") {
    const auto mapping = test::shippedMapping("school-census");
    const auto autumn = converted(mapping, census("2024_autumn"), period("2024-09-01", "2025-01-01"));
    const auto spring = converted(mapping, census("2025_spring"), period("2025-01-01", "2025-04-20"));
    const auto summer = converted(mapping, census("2025_summer"), period("2025-04-20", "2025-08-01"));
    for (const auto* term : {&autumn, &spring, &summer}) {
        const auto rolls = of(term->rows.roll, "0002e817-8ca");
        REQUIRE(rolls.size() == 1);
        CHECK(rolls[0].urn == 900'007);
    }
    CHECK(found(spring.report, Rule::FileNotUsed, "fsmperiod", "") == 1);
}

TEST_CASE("schools get the numbers that the caller knows, their own URN, or a number with a finding", "[convert]") {
    auto options = period("2024-09-01", "2025-01-01");
    options.schools["SCH7"] = 137'333;
    const std::vector<InputFile> files{
        {"p.csv", std::string(kPupils) +
                      "p1,SCH7,A,B,2010-01-01,,2022-09-01,C,F,,\np2,123456,A,B,2010-01-01,,2022-09-01,C,F,,\n"
                      "p3,SCH9,A,B,2010-01-01,,2022-09-01,C,F,,\np4,Hill,A,B,2010-01-01,,2022-09-01,C,F,,\n"
                      "p5,,A,B,2010-01-01,,2022-09-01,C,F,,\n"}};
    const auto result = converted(test::shippedMapping("school-census"), files, options);
    REQUIRE(result.rows.roll.size() == 4);
    CHECK(result.rows.roll[0].urn == 137'333);
    CHECK(result.rows.roll[1].urn == 123'456);
    CHECK(result.rows.roll[2].urn == 900'009);
    CHECK(result.rows.roll[3].urn == 999'999);
    CHECK(found(result.report, Rule::NumberedSchool, "p.csv", "NativeId") == 2);
    CHECK(found(result.report, Rule::MissingValue, "p.csv", "NativeId") == 1);
}

TEST_CASE("attendance comes from totals, or from reasons where there are none", "[convert]") {
    const std::vector<InputFile> files{
        {"p.csv", std::string(kPupils) +
                      "p1,1,A,B,2010-01-01,,2022-09-01,C,F,130.0,8.0\np2,1,A,B,2010-01-01,,2022-09-01,C,F,120.0,\n"
                      "p3,1,A,B,2010-01-01,,2022-09-01,C,F,100,101\np4,1,A,B,2010-01-01,,2022-09-01,C,F,100,\n"
                      "p5,1,A,B,2010-01-01,,2022-09-01,C,F,,5\np6,1,A,B,2010-01-01,,2022-09-01,C,F,many,5\n"},
        {"s.csv", "pupilonrolltableid,sessions,attendancereason\np1,50,I\np2,6.0,I\np2,3,O\np2,90,P\np9,1,I\n"}};
    const auto result = converted(test::shippedMapping("school-census"), files, period("2024-09-01", "2025-01-01"));
    const auto attendance = [&](const char* person) {
        const auto facts = of(result.rows.facts, person);
        return facts.empty() ? "none" : std::to_string(*facts[0].value) + "/" + facts[0].code;
    };
    CHECK(attendance("p1") == "8/130");
    CHECK(attendance("p2") == "9/120");
    CHECK(attendance("p3") == "none");
    CHECK(attendance("p4") == "none");
    CHECK(attendance("p5") == "none");
    CHECK(result.report.total(Rule::MoreMissedThanPossible) == 1);
    CHECK(result.report.total(Rule::BadNumber) == 1);
    const auto fact = of(result.rows.facts, "p1").at(0);
    CHECK(fact.from == Date::fromIso("2024-09-01"));
    CHECK(fact.until == Date::fromIso("2025-01-01"));
}

TEST_CASE("quirks of real files are read, and what cannot be read is a finding at its line", "[convert]") {
    // Byte-order mark, CRLF, a comma inside quotes, gender instead of sex, a ragged row, a row that cannot be.
    std::string text = "\xEF\xBB\xBF" + std::string(kPupils) +
                       "p1,1,\"Smith, Jones\",B,2010-01-01,A950000178301,2022-09-01,C,1,,\n"
                       "p2,1,A,B,2010-02-30,R247962919251,2022-09-01,Q,X,,\n"
                       "p3,1,A,B,2010-01-01\n"
                       "p4,1,A,B,1850-01-01,,01/09/2022,C,F,,\n"
                       "p5,1,A,B,2030-01-01,,,C,F,,\n"
                       "p1,1,\"Smith, Jones\",B,2010-01-02,,2022-09-01,C,F,,\n"
                       "p1,1,\"Smith, Jones\",B,2010-01-01,A950000178301,2022-09-01,C,1,,\n";
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
    const std::vector<InputFile> files{{"p.csv", text}};
    const auto result = converted(test::shippedMapping("school-census"), files, period("2024-09-01", "2025-01-01"));
    const auto lines = [&](Rule rule, const std::string& column) {
        for (const auto& finding : result.report.findings()) {
            if (finding.rule == rule && finding.column == column) return finding.rows;
        }
        return std::vector<std::size_t>{};
    };
    using Lines = std::vector<std::size_t>;
    CHECK(lines(Rule::RaggedRow, "") == Lines{4});
    CHECK(lines(Rule::BadDate, "dob") == Lines{3});
    CHECK(lines(Rule::ImpossibleDate, "dob") == Lines{5, 6});
    CHECK(lines(Rule::UnknownCode, "gender") == Lines{3});
    CHECK(lines(Rule::InvalidUpn, "upn") == Lines{3});
    CHECK(lines(Rule::UnknownCode, "enrolstatus") == Lines{3});
    CHECK(lines(Rule::MissingValue, "entrydate") == Lines{6});
    CHECK(lines(Rule::DuplicatePerson, "pupilonrolltableid") == Lines{7});
    REQUIRE(result.rows.persons.size() == 4);
    CHECK(result.rows.persons[0].surname == "Smith, Jones");
    CHECK(result.rows.persons[0].sex == "M");
    CHECK(result.rows.persons[2].birthDate == std::nullopt);
    CHECK(of(result.rows.identifiers, "p2").at(0).value == "R247962919251");
}

TEST_CASE("a return on looked-after children becomes periods, placements and missing episodes", "[convert]") {
    const auto result = converted(test::shippedMapping("ssda903"), care("2020-"), period("2020-04-01", "2021-04-01"));
    const auto periods = [&](const char* child) {
        std::string text;
        for (const auto& fact : of(result.rows.facts, child)) {
            if (fact.kind != record::FactKind::LookedAfter) continue;
            text += fact.from->iso() + " " + (fact.until ? fact.until->iso() : "open") + " " + fact.code + "; ";
        }
        return text;
    };
    CHECK(periods("225242") == "2019-11-20 open D1; ");
    CHECK(periods("718139") == "2019-05-27 2020-07-21 V2; 2020-07-29 2020-08-31 J2; ");
    CHECK(periods("755819") == "2020-01-13 open L1; ");
    CHECK(periods("359195") == "2019-05-26 open V2; ");
    CHECK(periods("168196").empty());  // a short break
    CHECK(result.report.total(Rule::OverlappingEpisodes) == 3);
    CHECK(result.report.total(Rule::EpisodeNotClosed) == 2);
    const auto facts = of(result.rows.facts, "840802");
    const auto missing = std::ranges::find(facts, record::FactKind::MissingEpisode, &record::FactRow::kind);
    REQUIRE(missing != facts.end());
    CHECK(missing->code == "A");
    CHECK(missing->from == Date::fromIso("2020-08-11"));
    CHECK(missing->until == Date::fromIso("2020-08-26"));
    const auto identifiers = of(result.rows.identifiers, "225242");
    REQUIRE(identifiers.size() == 2);
    CHECK(identifiers[0].kind == "la_child_id");
    CHECK(identifiers[1].value == "E024501213825");
    CHECK(result.rows.persons.at(0).sex == "F");
}

TEST_CASE("a child's number with several birth dates is kept once and reported", "[convert]") {
    const auto result = converted(test::shippedMapping("ssda903"), care("liia_"), period("2019-04-01", "2020-04-01"));
    REQUIRE(result.rows.persons.size() == 2);
    CHECK(result.rows.persons[0].birthDate == Date::fromIso("2015-07-11"));
    CHECK(result.report.total(Rule::DuplicatePerson) == 3);
    CHECK(result.report.total(Rule::InvalidUpn) == 5);
}

TEST_CASE("a known file that is not read is a finding, an unknown file is a refusal", "[convert]") {
    const auto mapping = test::shippedMapping("ssda903");
    auto files = care("2020-");
    for (auto& file : care("sw_")) files.push_back(file);
    const auto result = converted(mapping, files, period("2020-04-01", "2021-04-01"));
    CHECK(found(result.report, Rule::FileNotUsed, "sw_episodes.csv", "") == 1);
    TaskContext task;
    const auto options = period("2020-04-01", "2021-04-01");
    const auto code = [&](std::vector<InputFile> input) {
        return test::codeOf(convert(mapping, std::move(input), options, task));
    };
    CHECK(code({{"x.csv", "A,B\n1,2\n"}}) == ErrorCode::MissingColumn);
    CHECK(code({{"x.csv", ""}}) == ErrorCode::MissingColumn);
    CHECK(code({{"x.csv", "CHILD,SEX\n\"1,2\n"}}) == ErrorCode::ParseError);
    CHECK(code({{"x.csv", "CHILD,\xFF\n"}}) == ErrorCode::Encoding);
    CHECK(code({}) == ErrorCode::InvalidArgument);
    CHECK(test::codeOf(convert(mapping, care("2020-"), period("2021-04-01", "2021-04-01"), task)) ==
          ErrorCode::InvalidArgument);
    std::stop_source stop;
    stop.request_stop();
    TaskContext cancelled(stop.get_token());
    CHECK(test::codeOf(convert(mapping, care("2020-"), options, cancelled)) == ErrorCode::Cancelled);
}

TEST_CASE("episodes and missing episodes that cannot be are left out and reported", "[convert]") {
    const std::vector<InputFile> files{
        {"header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/01/2010,,UN1,,\n"},
        {"episodes.csv",
         "CHILD,DECOM,RNE,LS,DEC,REC,HOME_POST,PL_POST\n1,01/02/2020,S,C2,01/01/2020,,,\n1,,S,C2,,,,\n1,31/02/"
         "2020,S,C2,,,,\n"
         "1,01/03/2020,S,ZZ,x,,,\n7,01/03/2020,S,C2,,,,\n1,01/06/2020,S,ZZ,01/07/2020,,,\n"},
        {"missing.csv",
         "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,01/01/2010,M,05/06/2020,05/06/2020\n1,01/01/2010,M,05/07/2020,01/07/"
         "2020\n"
         "1,01/01/2010,M,05/06/2020,05/06/2020\n1,01/01/2010,M,05/06/2020,07/06/2020\n"}};
    const auto result = converted(test::shippedMapping("ssda903"), files, period("2020-04-01", "2021-04-01"));
    CHECK(result.rows.identifiers.size() == 1);
    REQUIRE(result.rows.facts.size() == 2);
    CHECK(result.rows.facts[0].kind == record::FactKind::LookedAfter);
    CHECK(result.rows.facts[0].code.empty());
    CHECK(result.rows.facts[1].kind == record::FactKind::MissingEpisode);
    CHECK_FALSE(result.rows.facts[1].until.has_value());  // back on the same day
    CHECK(found(result.report, Rule::EndBeforeStart, "episodes", "DEC") == 1);
    CHECK(found(result.report, Rule::EndBeforeStart, "missing", "MIS_END") == 1);
    CHECK(found(result.report, Rule::MissingValue, "episodes", "DECOM") == 1);
    CHECK(found(result.report, Rule::BadDate, "episodes", "DECOM") == 1);
    CHECK(found(result.report, Rule::BadDate, "episodes", "DEC") == 1);
    CHECK(found(result.report, Rule::UnknownPerson, "episodes", "CHILD") == 1);
    CHECK(found(result.report, Rule::DuplicateKey, "missing", "CHILD") == 1);
}

TEST_CASE("a quality report can be read by people and by programs, and lists only the first rows", "[convert]") {
    QualityReport report(2);
    for (std::size_t row = 2; row < 7; ++row) report.add(Rule::InvalidUpn, "a\"b.csv", "upn", row);
    report.count("a\"b.csv", "person") = {"a\"b.csv", "person", 5, 5, 0, 0, 0};
    CHECK(text(report) ==
          "invalid_upn in a\"b.csv, column upn: 5 times. A UPN whose characters or check letter are wrong; kept as "
          "supplied.\n"
          "    lines 2, 3 ...\n"
          "a\"b.csv -> person: 5 read, 5 made, 0 merged, 0 not used, 0 left out by the mapping\n");
    CHECK(json(report) ==
          R"({"findings":[{"column":"upn","file":"a\"b.csv","rows":[2,3],"rule":"invalid_upn",)"
          R"("sentence":"A UPN whose characters or check letter are wrong; kept as supplied.","total":5}],)"
          R"("counts":[{"file":"a\"b.csv","left_out":0,"made":5,"merged":0,"read":5,"rejected":0,"table":"person"}]})");
    CHECK(text(QualityReport()) == "Nothing was found.\n");
}

}  // namespace fairlead::convert
