#include "core/workspace/quality.h"

#include <string_view>

#include <catch2/catch_all.hpp>

#include "core/record/identifiers.h"
#include "core/workspace/quality_reading.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::workspace;

namespace {

QualityPage qualityOf(WorkspaceFixture& fixture) { return valueOf(quality(*fixture.workspace, fixture.task)); }

const SupplyLine& supplyOf(const QualityPage& page, std::string_view agency) {
    for (const SupplyLine& line : page.supply)
        if (line.source.agency == agency) return line;
    FAIL("no supply of " << agency);
    return page.supply.front();
}

const FieldLine& fieldOf(const QualityPage& page, std::string_view agency, Field field) {
    for (const FieldLine& line : page.fields)
        if (line.source.agency == agency && line.field == field) return line;
    FAIL("no field " << name(field));
    return page.fields.front();
}

const RuleLine& ruleOf(const QualityPage& page, std::string_view agency, Rule rule) {
    for (const RuleLine& line : page.rules)
        if (line.source.agency == agency && line.rule == rule) return line;
    FAIL("no rule " << name(rule));
    return page.rules.front();
}

/// So many anti-social incidents on the first days of a month.
void addIncidents(Rows& rows, const std::string& month, int count) {
    for (int i = 0; i < count; ++i)
        rows.event(fmt::format("A{}-{}", month, i), "P1", record::FactKind::AntisocialBehaviour,
                   fmt::format("{}-{:02}", month, 1 + i % 28), "nuisance", record::Role::Suspect);
}

}  // namespace

TEST_CASE("A workspace without a load has no quality to speak of", "[workspace][quality]") {
    WorkspaceFixture fixture;
    CHECK(codeOf(quality(*fixture.workspace, fixture.task)) == ErrorCode::NotFound);
}

TEST_CASE("Supply says which months came whole, late, in part and not at all", "[workspace][quality]") {
    WorkspaceFixture fixture;
    Rows rows;
    rows.person("P1", "Amelia", "Okafor", "2011-03-14");
    // Dated by their ends: the third speaks for March when June is over.
    fixture.load({fixture.deliver("police", 1, "2025-10-10", "2026-02-01", rows)});
    fixture.load({fixture.deliver("police", 2, "2026-02-01", "2026-02-15", rows)});
    fixture.load({fixture.deliver("police", 3, "2026-03-01", "2026-06-16", rows)});
    fixture.load({fixture.deliver("health", 2, "2026-06-01", "2026-06-21", rows)});
    const QualityPage page = qualityOf(fixture);
    CHECK(page.asAt == day("2026-06-20"));
    REQUIRE(page.months.size() == 13);
    CHECK(page.months.front() == day("2025-06-01"));
    const SupplyLine& police = supplyOf(page, "police");
    CHECK(police.months[3] == Supply::Before);  // September
    CHECK(police.months[4] == Supply::Whole);   // October, from its first day on
    CHECK(police.months[7] == Supply::Whole);   // January: brought by the first delivery
    CHECK(police.months[8] == Supply::Part);    // February, the first half
    CHECK(police.months[9] == Supply::Late);    // March, delivered in June
    CHECK(police.months[11] == Supply::Whole);  // May, 16 days after its end
    CHECK(police.months[12] == Supply::Part);   // June, to the 15th of 20 days
    CHECK(police.numbersMissing == 0);
    CHECK(supplyOf(page, "health").numbersMissing == 1);
    CHECK_FALSE(page.linked);
    CHECK(page.sourceLinks.empty());
}

TEST_CASE("A month that no delivery speaks for is missing", "[workspace][quality]") {
    WorkspaceFixture fixture;
    Rows rows;
    rows.person("P1", "Amelia", "Okafor", "2011-03-14");
    fixture.load({fixture.deliver("police", 1, "2026-01-01", "2026-02-01", rows),
                  fixture.deliver("police", 2, "2026-03-01", "2026-04-01", rows)});
    CHECK(supplyOf(qualityOf(fixture), "police").months[11] == Supply::Missing);
}

TEST_CASE("Fields are counted by dataset and by the month of their delivery", "[workspace][quality]") {
    WorkspaceFixture fixture;
    Rows first;
    first.person("P1", "Amelia", "Okafor", "2011-03-14").home("P1", "100012345671");
    first.person("P2", "", "Okafor", "");
    Rows second;
    second.person("P3", "Ffion", "Pemberthy", "2012-01-20").identifier("P3", "upn", "H801200001002");
    fixture.load({fixture.deliver("police", 1, "2026-04-01", "2026-05-01", first)});
    fixture.load({fixture.deliver("police", 2, "2026-05-01", "2026-06-01", second)});
    const QualityPage page = qualityOf(fixture);
    const FieldLine& birth = fieldOf(page, "police", Field::BirthDate);
    CHECK(birth.all.part == 2);
    CHECK(birth.all.of == 3);
    CHECK(birth.months[11].part == 1);  // April
    CHECK(birth.months[11].of == 2);
    CHECK(birth.months[12].percent() == 100.0);
    CHECK_FALSE(birth.months[3].percent());
    CHECK(fieldOf(page, "police", Field::Identifier).all.part == 1);
    CHECK(fieldOf(page, "police", Field::Name).all.part == 2);
}

TEST_CASE("A month with three times the usual number of incidents lies outside its limits", "[workspace][quality]") {
    WorkspaceFixture fixture;
    Rows rows;
    rows.person("P1", "Amelia", "Okafor", "2011-03-14");
    const int usual[] = {20, 22, 19, 21, 20, 23, 18, 60, 20, 21};
    for (int month = 0; month < 10; ++month)
        addIncidents(rows, day("2025-08-01").plusMonths(month).iso().substr(0, 7), usual[month]);
    addIncidents(rows, "2026-06", 2);  // Not over yet: not judged.
    fixture.load({fixture.deliver("police", 1, "2025-08-01", "2026-06-16", rows)});
    const QualityPage page = qualityOf(fixture);
    REQUIRE(page.volumes.size() == 1);
    const VolumeLine& line = page.volumes.front();
    CHECK(line.kind == record::FactKind::AntisocialBehaviour);
    CHECK(line.months[9] == 60);
    CHECK(line.months[12] == 2);
    REQUIRE(line.limits);
    CHECK(line.limits->centre == 20.5);
    CHECK(line.outside == std::vector<std::size_t>{9});
}

TEST_CASE("Limits follow the median and its deviations, and never a wild month", "[workspace][quality]") {
    CHECK_FALSE(controlLimits(std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7}));
    CHECK_FALSE(controlLimits(std::vector<std::int64_t>{0, 0, 0, 0, 0, 9, 0, 0}));
    // Equal counts: the square root of the median stands in for the spread.
    const auto equal = controlLimits(std::vector<std::int64_t>(8, 100));
    CHECK(equal == Limits{100, 70, 130});
    // Median 100, deviations 10 10 10 10 20 20 20 900: 1.4826 x 15 x 3 = 66.717.
    const auto spread = controlLimits(std::vector<std::int64_t>{90, 110, 90, 110, 80, 120, 80, 1000});
    REQUIRE(spread);
    CHECK(spread->centre == 100);
    CHECK(spread->upper == Catch::Approx(166.717));
    CHECK_FALSE(spread->holds(1000));
    CHECK(controlLimits(std::vector<std::int64_t>(8, 1))->lower == 0);
}

TEST_CASE("Rows that say what cannot be are counted by rule and lead to their rows", "[workspace][quality]") {
    WorkspaceFixture fixture;
    Rows rows;
    const char right = record::upnCheckLetter("801200001002").value();
    const std::string digits = "801200001002";
    rows.person("P1", "Amelia", "Okafor", "2011-03-14").identifier("P1", "upn", (right == 'A' ? 'B' : 'A') + digits);
    rows.person("P2", "Ffion", "Pemberthy", "2012-01-20").identifier("P2", "upn", right + digits);
    rows.event("F1", "P1", record::FactKind::MissingEpisode, "2010-01-01", "M");
    rows.event("F2", "P1", record::FactKind::MissingEpisode, "2026-01-01", "M");
    rows.rows.facts.back().recorded = day("2025-12-01");
    rows.event("F3", "P2", record::FactKind::MissingEpisode, "2026-02-01", "M");
    fixture.load({fixture.deliver("police", 1, "2010-01-01", "2026-06-01", rows)});
    const QualityPage page = qualityOf(fixture);
    const RuleLine& birth = ruleOf(page, "police", Rule::BeforeBirth);
    CHECK(birth.broken.part == 1);
    CHECK(birth.broken.of == 3);
    REQUIRE(birth.rows.size() == 1);
    CHECK(birth.rows[0].fileName == "police_001.fxt");
    CHECK(birth.rows[0].row == 1);
    CHECK(ruleOf(page, "police", Rule::RecordedBefore).broken.part == 1);
    const RuleLine& check = ruleOf(page, "police", Rule::WrongCheckCharacter);
    CHECK(check.broken.part == 1);
    CHECK(check.broken.of == 2);
    CHECK(check.rows.at(0).record == 1);
    CHECK(ruleOf(page, "police", Rule::AfterData).broken.part == 0);
}

TEST_CASE("A refused load stays on record with its file and its reason", "[workspace][quality]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    CHECK(qualityOf(fixture).refusals.empty());
    Rows rows;
    rows.person("P1", "Amelia", "Okafor", "2011-03-14");
    fixture.gateways = {"no_such_gateway"};
    const auto file = fixture.deliver("health", 1, "2026-01-01", "2026-06-01", rows);
    CHECK_FALSE(load(*fixture.workspace, {file}, fixture.task).has_value());
    const auto refusals = qualityOf(fixture).refusals;
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].fileName == "health_001.fxt");
    CHECK_FALSE(refusals[0].code.empty());
}

TEST_CASE("Linkage is shown by source and by school, and who cannot be linked by what is lacking",
          "[workspace][quality]") {
    WorkspaceFixture fixture;
    auto files = deliverSmallTown(fixture);
    Rows health;
    health.person("H1", "Amelia", "", "");
    health.person("H2", "Ffion", "Pemberthy", "2012-01-20");
    files.push_back(fixture.deliver("health", 1, "2026-01-01", "2026-06-29", health));
    fixture.load(files);
    fixture.link();
    const QualityPage page = qualityOf(fixture);
    REQUIRE(page.linked);
    REQUIRE(page.sourceLinks.size() == 4);
    const SourceLinks& police = page.sourceLinks[2];
    CHECK(police.source.agency == "police");
    CHECK(police.withOthers.part == 2);
    CHECK(police.childrenOnRoll.part == 2);
    CHECK(police.childrenOnRoll.of == 2);
    CHECK(page.sourceLinks[3].childrenOnRoll.of == 1);  // C2 is a grown-up.
    REQUIRE(page.schoolLinks.size() == 1);
    CHECK(page.schoolLinks[0].name == "Harbour School");
    // Three pupils of whom two are known elsewhere: too few to be told.
    CHECK(page.schoolLinks[0].onRoll == indicator::Count::suppressed());
    CHECK(page.schoolLinks[0].known == indicator::Count::suppressed());
    CHECK_FALSE(page.schoolLinks[0].percent);
    REQUIRE(page.unlinkableRows.size() == 1);
    const Unlinkable& row = page.unlinkableRows.front();
    CHECK(row.source.agency == "health");
    CHECK(row.record == 1);
    CHECK(row.lacks == std::vector{Field::Name, Field::BirthDate, Field::Address, Field::Identifier});
    CHECK_FALSE(row.linked);
    CHECK(page.unlinkable == std::vector<std::int64_t>{0, 1, 0, 0});
}

TEST_CASE("Small groups are withheld, and so is what they follow from", "[workspace][quality]") {
    const auto lines = withSmallWithheld("sex", {{"F", {90, 100}}, {"M", {70, 80}}, {"U", {2, 3}}});
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].children == indicator::Count::of(100));
    CHECK(lines[1].children == indicator::Count::suppressed());  // 183 - 100 - 80 would tell.
    CHECK(lines[2].children == indicator::Count::suppressed());
    CHECK(lines[0].linked == indicator::Count::of(90));
    CHECK_FALSE(lines[1].linked.isValue());
    CHECK(lines[0].percent == 90.0);
    CHECK_FALSE(lines[1].percent);
    // All but two are linked: the two follow.
    CHECK_FALSE(withSmallWithheld("sex", {{"F", {98, 100}}, {"M", {80, 100}}})[0].linked.isValue());
    // Nought is a true nought, and a share of few children says nothing.
    const auto few = withSmallWithheld("born", {{"a", {0, 10}}, {"b", {30, 60}}});
    CHECK(few[0].linked == indicator::Count::of(0));
    CHECK_FALSE(few[0].percent);
    CHECK(few[1].percent == 50.0);
}

TEST_CASE("Reading the quality can be stopped", "[workspace][quality]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    CHECK(codeOf(quality(*fixture.workspace, task)) == ErrorCode::Cancelled);
}
