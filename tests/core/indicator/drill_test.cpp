#include "core/indicator/drill.h"

#include <algorithm>
#include <map>

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;
using record::FactKind;
using record::PersonKey;
using record::Role;

namespace {

const Date kAsAt = Date::fromIso("2026-06-22").value_or(Date{});

}  // namespace

TEST_CASE("A figure that does not exist is not found", "[indicator]") {
    SliceBuilder city;
    const SchoolSlice slice = city.build();
    CHECK(codeOf(trend(slice, "risk_score", kAsAt)) == ErrorCode::NotFound);
    CHECK(codeOf(byYearGroup(slice, "", kAsAt)) == ErrorCode::NotFound);
    CHECK(codeOf(pupilList(slice, "Missing", kAsAt)) == ErrorCode::NotFound);
}

TEST_CASE("A trend's summary names its first, last, lowest and highest months", "[indicator]") {
    SliceBuilder city;
    for (std::int64_t pupil = 1; pupil <= 3; ++pupil) city.pupil(pupil);
    city.status(1, FactKind::ChildInNeed, day("2025-01-01"));
    city.status(2, FactKind::ChildInNeed, day("2025-10-10"), day("2026-01-10"));
    city.status(3, FactKind::ChildInNeed, day("2025-10-10"), day("2025-12-10"));
    const Trend months = valueOf(trend(city.build(), "child_in_need", kAsAt));
    CHECK(months.title == "Child in need");
    REQUIRE(months.hasSummary);
    CHECK(months.first.at == day("2025-07-31"));
    CHECK(months.last.at == kAsAt);
    CHECK(months.lowest.pupils == Count::of(1));
    CHECK(months.lowest.at == day("2025-07-31"));
    CHECK(months.highest.pupils == Count::of(3));
    CHECK(months.highest.at == day("2025-10-31"));
}

TEST_CASE("A trend of what nobody supplied has no summary", "[indicator]") {
    SliceBuilder city;
    const Trend months = valueOf(trend(city.build(), "current_risk", kAsAt));
    CHECK_FALSE(months.hasSummary);
    CHECK(months.points.back().pupils == Count::notSupplied());
}

TEST_CASE("Year groups without a pupil behind the figure show zero", "[indicator]") {
    SliceBuilder city;
    city.pupil(1, "10");
    city.pupil(2, "9");
    city.pupil(3, "9");
    city.event(2, FactKind::MissingEpisode, day("2026-06-20"), "M", 1);
    city.event(2, FactKind::MissingEpisode, day("2026-06-21"), "M", 2);
    const auto years = valueOf(byYearGroup(city.build(), "missing", kAsAt));
    REQUIRE(years.size() == 2);
    CHECK(years[0].yearGroup == "9");
    CHECK(years[0].onRoll == 2);
    CHECK(years[0].pupils == Count::of(1));
    CHECK(years[0].events == Count::of(2));
    CHECK(years[1].pupils == Count::of(0));
}

TEST_CASE("A pupil row says since when, on whose word and how surely linked", "[indicator]") {
    SliceBuilder city;
    city.pupil(1, "10");
    city.roll.back().enrolment = Enrolment::Subsidiary;
    city.source(4, 1, "police", "police_records", {day("2025-01-01"), kAsAt + 1}, kAsAt);
    Fact fact;
    fact.person = PersonKey{1};
    fact.kind = FactKind::Crime;
    fact.role = Role::Victim;
    fact.from = day("2026-06-01");
    fact.delivery = record::DeliveryId{4};
    fact.linkStrength = 88;
    fact.incident = 1;
    city.add(fact, "8N");
    fact.from = day("2026-06-20");
    fact.incident = 2;
    fact.linkStrength = 91;
    city.add(fact, "8N");
    fact.from = day("2026-06-25");  // after the date: it joins the spell, and is not told
    city.add(fact, "8N");
    const auto rows = valueOf(pupilList(city.build(), "events", kAsAt));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].enrolment == Enrolment::Subsidiary);
    CHECK(rows[0].firstSeen == day("2026-06-01"));
    CHECK(rows[0].latest == day("2026-06-20"));
    CHECK(rows[0].sources == std::vector<std::string>{"police"});
    CHECK(rows[0].linkStrength == 91);
    CHECK(rows[0].events == 2);
    CHECK(rows[0].indicators == std::vector<std::string>{"Crime"});
}

TEST_CASE("A timeline puts support first and opens every spell down to its source row", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.source(4, 1, "social_care", "childrens_social_care", {day("2025-01-01"), kAsAt + 1}, kAsAt);
    city.event(1, FactKind::MissingEpisode, day("2025-02-01"), "M", 1);
    Fact fact;
    fact.person = PersonKey{1};
    fact.kind = FactKind::ChildInNeed;
    fact.from = day("2026-01-01");
    fact.until = Date::never();
    fact.recorded = day("2026-01-03");
    fact.delivery = record::DeliveryId{4};
    fact.sourceRow = 77;
    city.add(fact, "N1");
    city.status(1, FactKind::EarlyHelp, day("2026-07-01"));  // after the date
    const SchoolSlice slice = city.build();
    const Timeline timeline = indicator::timeline(slice, PersonKey{1}, kAsAt);
    REQUIRE(timeline.spells.size() == 2);
    CHECK(timeline.spells[0].indicator == "child_in_need");
    CHECK(timeline.spells[1].indicator == "missing");
    CHECK(timeline.spells[1].days == Interval{day("2025-02-01"), day("2025-03-03")});
    REQUIRE(timeline.spells[0].evidence.size() == 1);
    const EvidenceLine& line = timeline.spells[0].evidence[0];
    CHECK(line.code == "N1");
    CHECK(line.sourceRow == 77);
    CHECK(line.agency == "social_care");
    CHECK(line.recorded == day("2026-01-03"));
    CHECK(line.gateways == std::vector<std::string>{"children_act_2004_s10"});
    CHECK(evidence(slice, slice.spells->of(PersonKey{1}, shipped("child_in_need"))[0]).size() == 1);
}

TEST_CASE("A fact whose delivery is not in the slice keeps its line without a source", "[indicator]") {
    SliceBuilder city;
    city.status(1, FactKind::EarlyHelp, day("2026-01-01"));
    const Timeline timeline = indicator::timeline(city.build(), PersonKey{1}, kAsAt);
    REQUIRE(timeline.spells.size() == 1);
    CHECK(timeline.spells[0].evidence[0].agency.empty());
}

TEST_CASE("A timeline shows the days for which an agency supplied nothing", "[indicator]") {
    SliceBuilder city;
    city.source(1, 1, "police", "police_records", {day("2026-01-01"), day("2026-03-01")}, day("2026-02-28"));
    city.source(2, 1, "police", "police_records", {day("2026-04-01"), day("2026-06-01")}, day("2026-05-31"));
    const auto gaps = indicator::timeline(city.build(), PersonKey{1}, kAsAt).gaps;
    REQUIRE(gaps.size() == 2);
    CHECK(gaps[0].days == Interval{day("2026-03-01"), day("2026-04-01")});
    CHECK(gaps[1].days == Interval{day("2026-06-01"), day("2026-06-23")});
    CHECK(gaps[0].agency == "police");
}

TEST_CASE("Behind a checklist stand its lines, each with what was recorded, and no sum", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.births = {{PersonKey{1}, {2012, 1}}};
    city.status(1, FactKind::NeetFactor, day("2026-05-01"), Date::never(), "ehc_plan");
    city.status(1, FactKind::NeetFactor, day("2026-05-10"), Date::never(), "young_carer");
    city.status(1, FactKind::NeetFactor, day("2026-05-10"), Date::never(), "first_language");
    city.status(1, FactKind::NeetFactor, day("2026-01-01"), day("2026-02-01"), "sen_support");
    const Timeline all = timeline(city.build(), PersonKey{1}, kAsAt);
    REQUIRE(all.spells.size() == 1);
    const TimelineSpell& spell = all.spells[0];
    CHECK(spell.indicator == "risk_of_neet");
    CHECK(spell.checklist.size() == shippedDefinitions()[shipped("risk_of_neet")].criteria.size());
    std::map<std::string, int> held;
    for (const ChecklistLine& line : spell.checklist) {
        CHECK(line.holds == !line.evidence.empty());
        if (line.holds) held.emplace(line.label, line.points);
    }
    CHECK(held == std::map<std::string, int>{{"Education, health and care plan", 2},
                                             {"Young carer", 2},
                                             {"First language other than English", 0}});
    // A line that holds without points is listed, and is no evidence of the spell.
    CHECK(spell.evidence.size() == 2);

    SliceBuilder other;
    other.pupil(1);
    other.status(1, FactKind::EarlyHelp, day("2026-05-01"));
    CHECK(timeline(other.build(), PersonKey{1}, kAsAt).spells[0].checklist.empty());
}
