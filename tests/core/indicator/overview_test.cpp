// The overview by example. Laws on random data are in overview_laws_test.cpp.

#include "core/indicator/overview.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using record::FactKind;
using record::LoadId;
using record::PersonKey;
using record::Role;

namespace {

const Date kAsAt = Date::fromIso("2026-06-22").value_or(Date{});

const GroupFigure& groupOf(const Overview& overview, std::string_view id) {
    const auto found = std::ranges::find(overview.groups, id, &GroupFigure::id);
    REQUIRE(found != overview.groups.end());
    return *found;
}

const IndicatorFigure& indicatorOf(const Overview& overview, std::string_view id) {
    for (const GroupFigure& group : overview.groups) {
        const auto found = std::ranges::find(group.indicators, id, &IndicatorFigure::id);
        if (found != group.indicators.end()) return *found;
    }
    FAIL("no figure " << id);
    return overview.groups.front().indicators.front();
}

}  // namespace

TEST_CASE("A pupil with two indicators of a group counts once in the group", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.pupil(2);
    city.status(1, FactKind::ChildInNeed, day("2026-01-01"));
    city.status(1, FactKind::EarlyHelp, day("2026-01-01"));
    city.status(2, FactKind::EarlyHelp, day("2026-01-01"));
    city.status(3, FactKind::EarlyHelp, day("2026-01-01"));  // not on roll
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    CHECK(overview.onRoll == 2);
    CHECK(indicatorOf(overview, "child_in_need").figure.pupils == Count::of(1));
    CHECK(indicatorOf(overview, "early_help").figure.pupils == Count::of(2));
    CHECK(groupOf(overview, "receiving_support").figure.pupils == Count::of(2));
    CHECK(groupOf(overview, "receiving_support").figure.events == Count::notApplicable());
}

TEST_CASE("The groups stand in order and adults have no box", "[indicator]") {
    SliceBuilder city;
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    REQUIRE(overview.groups.size() == 4);
    CHECK(overview.groups[0].id == "receiving_support");
    CHECK(overview.groups[1].id == "current_risk");
    CHECK(overview.groups[2].id == "events");
    CHECK(overview.groups[3].id == "education");
    CHECK(overview.groups[0].indicators[3].title == "Open to Families in Focus");
}

TEST_CASE("Events are distinct incidents of the last 30 days, shared ones once", "[indicator]") {
    SliceBuilder city;
    for (const std::int64_t pupil : {1, 2, 3}) {
        city.pupil(pupil);
        city.event(pupil, FactKind::DomesticIncident, day("2026-06-10"), "standard", 500, Role::Linked);
    }
    city.event(1, FactKind::DomesticIncident, day("2026-06-12"), "standard", 501, Role::Linked);
    city.event(1, FactKind::DomesticIncident, day("2026-05-23"), "standard", 499, Role::Linked);  // day 31: outside
    city.event(2, FactKind::Crime, day("2026-06-10"), "8N", 500, Role::Victim);                   // the same incident
    city.event(2, FactKind::Crime, day("2026-06-11"), "8N", 0, Role::Victim);
    city.event(2, FactKind::Crime, day("2026-06-11"), "8N", 0, Role::Victim);  // no incident number: one each
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    CHECK(indicatorOf(overview, "domestic_incident").figure.pupils == Count::of(3));
    CHECK(indicatorOf(overview, "domestic_incident").figure.events == Count::of(2));
    CHECK(indicatorOf(overview, "crime").figure.events == Count::of(3));
    CHECK(groupOf(overview, "events").figure.pupils == Count::of(3));
    CHECK(groupOf(overview, "events").figure.events == Count::of(4));
}

TEST_CASE("The last 30 days are the day itself and the 29 before it", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.pupil(2);
    city.event(1, FactKind::MissingEpisode, kAsAt - 29, "M");
    city.event(2, FactKind::MissingEpisode, kAsAt - 30, "M");
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    CHECK(indicatorOf(overview, "missing").figure.pupils == Count::of(1));
    CHECK(overview.window == Interval{day("2026-05-24"), day("2026-06-23")});
    CHECK(overview.newIndicators.size() == 1);
}

TEST_CASE("New indicators are listed newest first with their source, and only after quiet days", "[indicator]") {
    SliceBuilder city;
    city.pupil(1, "9");
    city.pupil(2, "11");
    city.source(1, 1, "police", "police_records", {day("2025-01-01"), day("2026-06-23")}, kAsAt);
    Fact missing;
    missing.person = PersonKey{1};
    missing.kind = FactKind::MissingEpisode;
    missing.from = day("2026-06-21");
    missing.until = missing.from + 1;
    missing.delivery = record::DeliveryId{1};
    missing.linkStrength = 97;
    city.add(missing, "M");
    city.status(2, FactKind::ChildInNeed, day("2026-06-20"));
    city.event(2, FactKind::MissingEpisode, day("2026-03-05"), "M");  // its 30 days end 79 days before the next
    city.event(2, FactKind::MissingEpisode, day("2026-06-22"), "M");
    city.status(1, FactKind::EarlyHelp, day("2026-05-01"));  // before the window
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    REQUIRE(overview.newIndicators.size() == 2);
    const NewIndicator& first = overview.newIndicators[0];
    CHECK(first.date == day("2026-06-21"));
    CHECK(first.pupil == PersonKey{1});
    CHECK(first.yearGroup == "9");
    CHECK(first.title == "Reported missing");
    CHECK(first.agency == "police");
    CHECK(first.dataset == "police_records");
    CHECK(first.linkStrength == 97);
    CHECK_FALSE(first.late);
    CHECK(overview.newIndicators[1].indicator == "child_in_need");
}

TEST_CASE("Exactly 90 quiet days make an indicator new, 89 do not", "[indicator]") {
    for (const int quiet : {89, 90}) {
        SliceBuilder city;
        city.pupil(1);
        city.status(1, FactKind::EarlyHelp, day("2025-01-01"), day("2026-06-10") - quiet);
        city.status(1, FactKind::EarlyHelp, day("2026-06-10"));
        CHECK(fairlead::indicator::overview(city.build(), kAsAt).newIndicators.size() == (quiet == 90 ? 1U : 0U));
    }
}

TEST_CASE("The first load makes nothing new but what began in the window", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.status(1, FactKind::ChildProtectionPlan, day("2024-01-01"));
    city.status(1, FactKind::ChildInNeed, day("2026-06-01"));
    const auto rows = fairlead::indicator::overview(city.build(), kAsAt).newIndicators;
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].indicator == "child_in_need");
}

TEST_CASE("A record is late when an earlier load's data already covered its day", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.pupil(2);
    const Date firstDataAsAt = day("2026-06-10");
    city.source(1, 1, "police", "police_records", {day("2025-01-01"), firstDataAsAt + 1}, firstDataAsAt);
    city.source(2, 2, "police", "police_records", {day("2026-06-01"), kAsAt + 1}, kAsAt);
    Fact fact;
    fact.kind = FactKind::MissingEpisode;
    fact.received = LoadId{2};
    fact.delivery = record::DeliveryId{2};
    fact.person = PersonKey{1};
    fact.from = day("2026-06-09");
    city.add(fact, "M");
    fact.person = PersonKey{2};
    fact.from = day("2026-06-11");
    city.add(fact, "M");
    const auto rows = fairlead::indicator::overview(city.build(2), kAsAt).newIndicators;
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(rows[0].late);
    CHECK(rows[1].late);
}

TEST_CASE("A corrected version of a fact that came in time is not late", "[indicator]") {
    SliceBuilder city;
    city.source(1, 1, "police", "police_records", {day("2025-01-01"), day("2026-06-11")}, day("2026-06-10"));
    city.source(2, 2, "police", "police_records", {day("2026-06-01"), kAsAt + 1}, kAsAt);
    SchoolSlice slice = city.build(2);
    auto facts = std::make_shared<FactTable>();
    Fact fact;
    fact.id = FactId{1};
    fact.kind = FactKind::MissingEpisode;
    fact.from = day("2026-06-09");
    fact.received = LoadId{1};
    fact.withdrawn = LoadId{2};
    fact.delivery = record::DeliveryId{1};
    facts->add(fact);
    fact.received = LoadId{2};
    fact.withdrawn = LoadId{0};
    fact.delivery = record::DeliveryId{2};
    facts->add(fact);
    facts->seal();
    slice.facts = facts;
    CHECK_FALSE(isLate(slice, 0));
    CHECK_FALSE(isLate(slice, 1));
}

TEST_CASE("A family count counts distinct incidents and onsets of the others, and shows from two", "[indicator]") {
    SliceBuilder city;
    city.pupil(1, "10");
    city.pupil(2, "8");
    city.family(1, 2);
    city.family(1, 50);
    city.family(2, 50);
    // One incident with both children and the mother, one more crime of the mother, help that began.
    city.event(1, FactKind::DomesticIncident, day("2026-06-01"), "", 700, Role::Linked);
    city.event(2, FactKind::DomesticIncident, day("2026-06-01"), "", 700, Role::Linked);
    city.event(50, FactKind::AdultDomestic, day("2026-06-01"), "", 700);
    city.event(50, FactKind::AdultSuspect, day("2026-06-05"), "", 701);
    city.event(50, FactKind::AdultSuspect, day("2026-05-01"), "", 702);  // before the window
    city.status(1, FactKind::EarlyHelp, day("2026-06-03"));
    city.status(2, FactKind::EarlyHelp, day("2026-06-03"));
    const auto rows = fairlead::indicator::overview(city.build(), kAsAt).families;
    REQUIRE(rows.size() == 2);
    // For each pupil: incidents 700 and 701, and the sibling's early help; not the pupil's own.
    CHECK(rows[0].pupil == PersonKey{2});  // equal counts: the lower year first
    CHECK(rows[0].count == 3);
    CHECK(rows[0].members == 2);
    CHECK(rows[1].pupil == PersonKey{1});
    CHECK(rows[1].count == 3);
}

TEST_CASE("One new record in a family is not listed, and education does not count", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.family(1, 2);
    city.event(2, FactKind::MissingEpisode, day("2026-06-01"), "M", 1);
    city.event(2, FactKind::SchoolExclusion, day("2026-06-01"), "SUSP", 2);
    CHECK(fairlead::indicator::overview(city.build(), kAsAt).families.empty());
}

TEST_CASE("A figure shows twelve points, the change since the last month's end, and what is incomplete",
          "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.pupil(2);
    city.status(1, FactKind::ChildInNeed, day("2025-12-15"));
    city.status(2, FactKind::ChildInNeed, day("2026-06-15"));
    const Figure figure = indicatorOf(fairlead::indicator::overview(city.build(), kAsAt), "child_in_need").figure;
    REQUIRE(figure.series.size() == 12);
    CHECK(figure.series.front().at == day("2025-07-31"));
    CHECK(figure.series[10].at == day("2026-05-31"));
    CHECK(figure.series.back().at == kAsAt);
    CHECK(figure.series[4].pupils == Count::of(0));
    CHECK(figure.series[5].pupils == Count::of(1));
    CHECK(figure.change.difference == Count::of(1));
    CHECK(figure.change.basis == day("2026-05-31"));
    CHECK_FALSE(figure.series[10].incomplete);
    CHECK(figure.series.back().incomplete);
}

TEST_CASE("What nobody supplied is not zero", "[indicator]") {
    SliceBuilder city;
    city.pupil(1);
    city.source(1, 1, "police", "police_records", {day("2026-03-01"), kAsAt + 1}, kAsAt);
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    CHECK(indicatorOf(overview, "crime").figure.pupils == Count::of(0));
    CHECK(indicatorOf(overview, "crime").figure.series.front().pupils == Count::notSupplied());  // July 2025
    CHECK(indicatorOf(overview, "child_in_need").figure.pupils == Count::notSupplied());
    CHECK(indicatorOf(overview, "child_in_need").figure.change.difference == Count::notSupplied());
    CHECK(groupOf(overview, "receiving_support").figure.pupils == Count::notSupplied());
    CHECK(groupOf(overview, "events").figure.pupils == Count::of(0));
    REQUIRE(overview.sources.size() == 1);
    CHECK(overview.dataAsAt == kAsAt);
}

TEST_CASE("Old data are marked stale and a month after them incomplete", "[indicator]") {
    SliceBuilder city;
    city.source(1, 1, "police", "police_records", {day("2025-01-01"), day("2026-05-16")}, day("2026-05-15"));
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt);
    CHECK(indicatorOf(overview, "asb").stale);
    CHECK(indicatorOf(overview, "asb").figure.series[10].incomplete);
    CHECK_FALSE(indicatorOf(overview, "asb").figure.series[9].incomplete);
}

TEST_CASE("The year filter narrows every part of the overview", "[indicator]") {
    SliceBuilder city;
    city.pupil(1, "9");
    city.pupil(2, "10");
    city.status(1, FactKind::ChildInNeed, day("2026-06-15"));
    city.status(2, FactKind::ChildInNeed, day("2026-06-15"));
    const Overview overview = fairlead::indicator::overview(city.build(), kAsAt, {"10"});
    CHECK(overview.onRoll == 1);
    CHECK(indicatorOf(overview, "child_in_need").figure.pupils == Count::of(1));
    REQUIRE(overview.newIndicators.size() == 1);
    CHECK(overview.newIndicators[0].pupil == PersonKey{2});
}

TEST_CASE("Reading dates end months, leap February included", "[indicator]") {
    const auto dates = readingDates(day("2024-03-31"), 3);
    CHECK(dates == std::vector{day("2024-01-31"), day("2024-02-29"), day("2024-03-31")});
    CHECK(readingDates(day("2026-06-22"), 1) == std::vector{day("2026-06-22")});
}
