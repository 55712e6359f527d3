#include "core/briefing/draft.h"

#include <catch2/catch_all.hpp>

using namespace fairlead;
using briefing::Document;
using indicator::Count;
using record::PersonKey;

namespace {

Date day(const char* iso) { return *Date::fromIso(iso); }

indicator::Figure figureOf(int pupils, Count events, int change) {
    indicator::Figure figure{
        .pupils = Count::of(pupils), .events = events, .change = {Count::of(change), day("2022-05-31")}, .series = {}};
    figure.series = {{day("2022-05-31"), Count::of(pupils - change), events, false},
                     {day("2022-06-22"), Count::of(pupils), events, true}};
    return figure;
}

indicator::Overview sample() {
    indicator::Overview overview;
    overview.school = {900001};
    overview.asAt = day("2022-06-22");
    overview.knownAt = {4};
    overview.onRoll = 1204;
    overview.window = {day("2022-05-24"), day("2022-06-23")};
    indicator::GroupFigure risk{
        indicator::Group::CurrentRisk, "current_risk", "Current risk", figureOf(153, Count::notApplicable(), 4), {}};
    risk.indicators.push_back({"risk_of_neet", "Risk of NEET", 1, indicator::DefinitionStatus::Approved, false,
                               figureOf(74, Count::notApplicable(), -6)});
    risk.indicators.push_back({"serious_harm", "Serious harm", 1, indicator::DefinitionStatus::Approved, false,
                               figureOf(1, Count::notApplicable(), 0)});
    overview.groups.push_back(risk);
    overview.newIndicators.push_back(
        {day("2022-06-21"), PersonKey{1}, "9", "missing", "Reported missing", true, "police", "police_records", 100});
    overview.newIndicators.push_back({day("2022-06-20"), PersonKey{2}, "7", "child_in_need", "Child in need", false,
                                      "social_care", "childrens_social_care", 100});
    overview.families.push_back({PersonKey{7}, "10", 14, 4});
    return overview;
}

briefing::DraftInput inputFor() {
    briefing::DraftInput input;
    input.schoolName = "Bristol Secondary School (synthetic)";
    input.reference = "FL-2022-000012";
    input.preparedOn = day("2022-06-23");
    input.preparedBy = "analyst 1";
    input.pupilLabels = {{PersonKey{1}, "Pupil A"}, {PersonKey{2}, "Pupil F"}, {PersonKey{7}, "Pupil G"}};
    input.sources = {{"Police, police records",
                      day("2022-06-20"),
                      day("2023-06-20"),
                      4,
                      false,
                      {"Crime and Disorder Act 1998 s.115"},
                      "ISA-07"}};
    input.contact = "the analysis team";
    input.auditLine = "42 entries, 9F2C-41AA";
    return input;
}

std::string textOf(const Document& document) {
    std::string text = document.title + "\n";
    for (const auto& line : document.subtitle) text += line + "\n";
    for (const auto& section : document.sections) {
        text += "# " + section.title + "\n";
        for (const auto& block : section.blocks) {
            if (const auto* paragraph = std::get_if<briefing::Paragraph>(&block)) text += paragraph->text + "\n";
            if (const auto* bullets = std::get_if<briefing::Bullets>(&block))
                for (const auto& item : bullets->items) text += item + "\n";
            if (const auto* chart = std::get_if<briefing::Chart>(&block)) text += chart->words + "\n";
            if (const auto* table = std::get_if<briefing::Table>(&block)) {
                for (const auto& row : table->rows) {
                    for (const auto& cell : row) text += cell + " | ";
                    text += "\n";
                }
                if (table->rows.empty()) text += table->whenEmpty + "\n";
            }
        }
    }
    return text;
}

}  // namespace

TEST_CASE("The briefing is a DRAFT with a marking, whatever goes in", "[briefing]") {
    const auto document = briefing::draft(sample(), inputFor());
    CHECK(document.draftLine.starts_with("DRAFT"));
    CHECK(document.marking.starts_with("OFFICIAL-SENSITIVE"));
    CHECK(document.reference == "FL-2022-000012");
}

TEST_CASE("The groups table gives pupils, events and the change in words", "[briefing]") {
    const auto text = textOf(briefing::draft(sample(), inputFor()));
    CHECK(text.find("Current risk, any (each pupil once) | 153 | - | 4 more since 31/05/2022 | ") != std::string::npos);
    CHECK(text.find("Risk of NEET | 74 | - | 6 fewer since 31/05/2022 | ") != std::string::npos);
    CHECK(text.find("Serious harm | 1 | - | no change since 31/05/2022 | ") != std::string::npos);
    CHECK(text.find("1204 pupils on roll on 22/06/2022") != std::string::npos);
}

TEST_CASE("New indicators keep the overview's order and mark a late record", "[briefing]") {
    const auto text = textOf(briefing::draft(sample(), inputFor()));
    const auto first = text.find("21/06/2022 | Pupil A | 9 | Reported missing (late record) | Police | ");
    const auto second = text.find("20/06/2022 | Pupil F | 7 | Child in need | Children's social care | ");
    REQUIRE(first != std::string::npos);
    REQUIRE(second != std::string::npos);
    CHECK(first < second);
    CHECK(text.find("2 new indicators from 24/05/2022 to 22/06/2022.") != std::string::npos);
}

TEST_CASE("A family line is a label, a year and a number, and nothing about members", "[briefing]") {
    const auto document = briefing::draft(sample(), inputFor());
    const auto& blocks = document.sections[3].blocks;
    const auto& table = std::get<briefing::Table>(blocks.front());
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows.front() == std::vector<std::string>{"Pupil G", "10", "14"});
}

TEST_CASE("A long list is cut and says so", "[briefing]") {
    auto overview = sample();
    auto input = inputFor();
    input.listLimit = 1;
    const auto text = textOf(briefing::draft(overview, input));
    CHECK(text.find("the newest 1 are listed") != std::string::npos);
    CHECK(text.find("Pupil F") == std::string::npos);
}

TEST_CASE("Nothing new is said in words, not left blank", "[briefing]") {
    auto overview = sample();
    overview.newIndicators.clear();
    overview.families.clear();
    const auto text = textOf(briefing::draft(overview, inputFor()));
    CHECK(text.find("Nothing new was recorded in these days.") != std::string::npos);
    CHECK(text.find("No pupil's family has two or more new records in these days.") != std::string::npos);
}

TEST_CASE("What is uncertain about the data is printed", "[briefing]") {
    const auto text = textOf(briefing::draft(sample(), inputFor()));
    CHECK(text.find("not authenticated") != std::string::npos);
    CHECK(text.find("Roles not separated") != std::string::npos);
    CHECK(text.find("Crime and Disorder Act 1998 s.115 (agreement ISA-07)") != std::string::npos);
    CHECK(text.find("Audit: 42 entries, 9F2C-41AA") != std::string::npos);
    CHECK(text.find("predicts nothing") != std::string::npos);
}

TEST_CASE("A withheld or missing figure keeps its own sign", "[briefing]") {
    auto overview = sample();
    overview.groups[0].indicators[0].figure.pupils = Count::suppressed();
    overview.groups[0].indicators[1].figure.pupils = Count::notSupplied();
    const auto text = textOf(briefing::draft(overview, inputFor()));
    CHECK(text.find("Risk of NEET | [c]") != std::string::npos);
    CHECK(text.find("Serious harm | [x]") != std::string::npos);
    CHECK(briefing::withUnit(figureOf(58, Count::of(97), 0)) == "58 pupils, 97 events");
    CHECK(briefing::withUnit(figureOf(1, Count::of(1), 0)) == "1 pupil, 1 event");
}
