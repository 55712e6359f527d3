// The algebra of spells by example; its laws are in spell_laws_test.cpp.

#include "core/indicator/spell.h"

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"

using namespace fairlead;
using namespace fairlead::indicator;
using fairlead::indicator::test::day;

namespace {

SpellList listOf(std::initializer_list<Evidence> items, int gapDays = 0) { return SpellList::of(items, gapDays); }

std::vector<Interval> intervalsOf(const SpellList& list) {
    std::vector<Interval> intervals;
    for (const Spell& spell : list.spells()) intervals.push_back(spell.interval);
    return intervals;
}

constexpr Interval span(int from, int until) { return {Date{from}, Date{until}}; }

}  // namespace

TEST_CASE("An event lasting 30 days holds on its day and 29 more", "[indicator]") {
    const DatedFact event{0, {day("2026-02-01"), day("2026-02-02")}};
    const SpellList list = lasting(std::span(&event, 1), 30);
    CHECK(list.covers(day("2026-02-01")));
    CHECK(list.covers(day("2026-03-02")));
    CHECK_FALSE(list.covers(day("2026-03-03")));
    CHECK_FALSE(list.covers(day("2026-01-31")));
}

TEST_CASE("Overlapping and touching spells are one and pool their evidence", "[indicator]") {
    const SpellList list = listOf({{7, span(10, 20)}, {3, span(20, 25)}, {5, span(12, 14)}, {9, span(26, 30)}});
    CHECK(intervalsOf(list) == std::vector{span(10, 25), span(26, 30)});
    const auto evidence = list.evidence(list.spells()[0]);
    REQUIRE(evidence.size() == 3);
    CHECK(evidence[0] == Evidence{7, span(10, 20)});
    CHECK(evidence[1] == Evidence{5, span(12, 14)});
    CHECK(evidence[2] == Evidence{3, span(20, 25)});
}

TEST_CASE("An item without days gives no spell", "[indicator]") {
    CHECK(listOf({}).isEmpty());
    CHECK(listOf({{1, span(5, 5)}, {2, span(9, 3)}}).isEmpty());
}

TEST_CASE("Spells at most the gap apart are one, and the earlier fact stands for the days between", "[indicator]") {
    const SpellList joined = listOf({{1, span(0, 10)}, {2, span(13, 20)}}, 3);
    CHECK(intervalsOf(joined) == std::vector{span(0, 20)});
    CHECK(joined.evidence(joined.spells()[0])[0] == Evidence{1, span(0, 13)});
    CHECK(intervalsOf(listOf({{1, span(0, 10)}, {2, span(14, 20)}}, 3)) == std::vector{span(0, 10), span(14, 20)});
}

TEST_CASE("An open end stays open through every operation", "[indicator]") {
    const SpellList open = listOf({{1, {Date{5}, Date::never()}}});
    const SpellList other = listOf({{2, span(0, 100)}});
    CHECK(intervalsOf(unite(open, other)) == std::vector{Interval{Date{0}, Date::never()}});
    CHECK(intervalsOf(intersect(open, other)) == std::vector{span(5, 100)});
    CHECK(intervalsOf(subtract(open, other)) == std::vector{Interval{Date{100}, Date::never()}});
    CHECK(intervalsOf(clip(open, {Date{50}, Date::never()})) == std::vector{Interval{Date{50}, Date::never()}});
}

TEST_CASE("Clipping drops the facts that no longer justify a day", "[indicator]") {
    const SpellList list = listOf({{1, span(0, 10)}, {2, span(8, 20)}});
    const SpellList late = clip(list, span(12, 50));
    REQUIRE(late.size() == 1);
    REQUIRE(late.pool().size() == 1);
    CHECK(late.pool()[0] == Evidence{2, span(12, 20)});
    CHECK(clip(list, span(30, 40)).isEmpty());
}

TEST_CASE("A hundred years, leap days and both ends of time do not overflow", "[indicator]") {
    const DatedFact events[] = {{0, {day("1924-02-29"), day("1924-03-01")}},
                                {1, {day("2024-02-29"), day("2024-03-01")}}};
    const SpellList list = lasting(events, 366);
    REQUIRE(list.size() == 2);
    CHECK(list.spells()[0].interval.until == day("1925-03-01"));
    CHECK(list.spells()[1].interval.until == day("2025-03-01"));
    CHECK(shifted(Date{Date::never().days - 1}, 1000) == Date::never());
    CHECK(shifted(Date::never(), -1000) == Date::never());
    CHECK(shifted(Date{Date::beginning().days + 1}, -1000) == Date::beginning());
    const DatedFact last{0, {Date{Date::never().days - 5}, Date::never()}};
    const SpellList atTheEnd = lasting(std::span(&last, 1), 30);
    CHECK(atTheEnd.spells()[0].interval.isOpen());
}

TEST_CASE("A day finds its spell by halving", "[indicator]") {
    const SpellList list = listOf({{1, span(0, 3)}, {2, span(5, 6)}, {3, span(10, 20)}});
    CHECK(list.at(Date{5}) == &list.spells()[1]);
    CHECK(list.at(Date{19}) == &list.spells()[2]);
    CHECK(list.at(Date{20}) == nullptr);
    CHECK(list.at(Date{4}) == nullptr);
    CHECK(list.at(Date{-1}) == nullptr);
}
