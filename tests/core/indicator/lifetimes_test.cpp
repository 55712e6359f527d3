// What a definition can say about how long a fact counts, against a reference that looks at every day.

#include <algorithm>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/drill.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/outcomes.h"
#include "core/indicator/overview.h"
#include "tests/core/indicator/builders.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::valueOf;
using record::FactKind;
using record::LoadId;
using record::PersonKey;

namespace {

constexpr int kDays = 90;

/// A person's facts, and one definition over them.
struct Trial {
    Definition definition;
    CodeTable codes;
    std::vector<Fact> facts;  ///< Sorted as a table sorts them.
    BirthMonth born{2012, 3};

    [[nodiscard]] SpellList spells(LoadId knownAt = LoadId{1000}) const {
        return RuleSet(std::span(&definition, 1), codes).evaluate(facts, 0, born, knownAt).front();
    }
    void add(FactKind kind, Interval days, std::int64_t incident = 0, std::int64_t received = 1) {
        Fact fact;
        fact.id = FactId{static_cast<std::int64_t>(facts.size()) + 1};
        fact.kind = kind;
        fact.from = days.from;
        fact.until = days.until;
        fact.incident = incident;
        fact.received = LoadId{received};
        facts.push_back(fact);
        std::ranges::sort(facts, {}, [](const Fact& one) { return std::pair(one.from, one.id); });
    }
};

Criterion status(FactKind kind) {
    Criterion criterion;
    criterion.kind = kind;
    return criterion;
}

std::vector<Interval> daysOf(const SpellList& list) {
    std::vector<Interval> days;
    for (const Spell& spell : list.spells()) days.push_back(spell.interval);
    return days;
}

Interval randomDays(std::mt19937& random) {
    const int from = std::uniform_int_distribution(0, kDays - 20)(random);
    return {Date{from}, Date{from + std::uniform_int_distribution(0, 20)(random)}};
}

}  // namespace

TEST_CASE("A status expires unless it is renewed, as a brute force over days says", "[indicator]") {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        Trial trial;
        trial.definition.criteria = {status(FactKind::NeetFactor)};
        const int limit = std::uniform_int_distribution(1, 15)(random);
        trial.definition.criteria[0].expiresDays = limit;
        for (int i = 0; i < 4; ++i) trial.add(FactKind::NeetFactor, randomDays(random));
        const SpellList found = trial.spells();
        for (int d = 0; d < kDays; ++d) {
            const bool holds = std::ranges::any_of(trial.facts, [&](const Fact& fact) {
                return fact.from <= Date{d} && Date{d} < fact.until && Date{d} - fact.from < limit;
            });
            CHECK(found.covers(Date{d}) == holds);
        }
    }
}

TEST_CASE("What is carried beyond its end stops where the next record of its kind begins", "[indicator]") {
    std::mt19937 random(12);
    for (int round = 0; round < 300; ++round) {
        Trial trial;
        trial.definition.criteria = {status(FactKind::AttendanceTerm)};
        const int carry = std::uniform_int_distribution(1, 15)(random);
        trial.definition.criteria[0].carryDays = carry;
        for (int i = 0; i < 4; ++i) trial.add(FactKind::AttendanceTerm, randomDays(random), 0, 1 + i % 2);
        const LoadId known{1 + round % 2};
        const SpellList found = trial.spells(known);
        for (int d = 0; d < kDays; ++d) {
            const bool holds = std::ranges::any_of(trial.facts, [&](const Fact& fact) {
                if (!fact.isKnownAt(known) || fact.from > Date{d}) return false;
                if (Date{d} < fact.until) return true;
                const bool isReplaced = std::ranges::any_of(trial.facts, [&](const Fact& next) {
                    return next.isKnownAt(known) && next.from > fact.from && next.from <= Date{d};
                });
                return !isReplaced && Date{d} < fact.until + carry;
            });
            CHECK(found.covers(Date{d}) == holds);
        }
    }
}

TEST_CASE("One incident counts once among several within a time", "[indicator]") {
    Trial trial;
    Criterion twice = status(FactKind::MissingEpisode);
    twice.lastingDays = 10;
    twice.atLeast = 2;
    trial.definition.criteria = {twice};
    trial.add(FactKind::MissingEpisode, {Date{0}, Date{1}}, 5);
    trial.add(FactKind::MissingEpisode, {Date{2}, Date{3}}, 5);
    CHECK(trial.spells().isEmpty());
    trial.add(FactKind::MissingEpisode, {Date{4}, Date{5}});
    const SpellList found = trial.spells();
    CHECK(daysOf(found) == std::vector{Interval{Date{4}, Date{12}}});
    CHECK(found.pool().size() == 3);
}

TEST_CASE("A school year by age begins on 1 September, and a child born in August is the youngest in it",
          "[indicator]") {
    CHECK(BirthMonth{2012, 8}.schoolYearBegins(0) == day("2016-09-01"));
    CHECK(BirthMonth{2012, 9}.schoolYearBegins(0) == day("2017-09-01"));
    CHECK(BirthMonth{2012, 9}.schoolYearBegins(7) == day("2024-09-01"));
    CHECK_FALSE(BirthMonth{}.schoolYearBegins(7).has_value());

    Trial trial;
    Criterion years = status(FactKind::EarlyHelp);
    years.minYear = 8;
    years.maxYear = 11;
    trial.definition.criteria = {years};
    trial.add(FactKind::EarlyHelp, {day("2010-01-01"), Date::never()});
    trial.born = {2011, 1};
    CHECK(daysOf(trial.spells()) == std::vector{Interval{day("2023-09-01"), day("2027-09-01")}});
    trial.born = {};
    CHECK(trial.spells().isEmpty());
}

TEST_CASE("Nothing holds before the day from which records were kept so", "[indicator]") {
    Trial trial;
    trial.definition.criteria = {status(FactKind::EarlyHelp)};
    trial.definition.notBefore = Date{30};
    trial.add(FactKind::EarlyHelp, {Date{10}, Date{50}});
    trial.add(FactKind::EarlyHelp, {Date{12}, Date{20}});
    const SpellList found = trial.spells();
    REQUIRE(found.size() == 1);
    CHECK(found.spells()[0].interval == Interval{Date{30}, Date{50}});
    CHECK(found.evidence(found.spells()[0]).size() == 1);
}

TEST_CASE("A checklist names the lines that hold on a day, those of no points too", "[indicator]") {
    const auto& definition = shippedDefinitions()[shipped("risk_of_neet")];
    CodeTable codes;
    Trial trial;
    trial.born = {2011, 1};
    trial.add(FactKind::NeetFactor, {day("2026-01-01"), Date::never()});
    trial.add(FactKind::NeetFactor, {day("2026-01-01"), Date::never()});
    trial.facts[0].code = codes.intern("ehc_plan");
    trial.facts[1].code = codes.intern("first_language");
    const RuleSet rules(std::span(&definition, 1), codes);
    std::vector<std::string> lines;
    const Among among{trial.facts, 0, trial.born, LoadId{1}};
    for (const CriterionHolding& line : rules.holding(0, day("2026-02-01"), among)) {
        lines.push_back(definition.criteria[line.criterion].label);
        REQUIRE(line.evidence.size() == 1);
        CHECK(line.evidence[0].fact == lines.size() - 1);
    }
    CHECK(lines == std::vector<std::string>{"Education, health and care plan", "First language other than English"});
    CHECK(rules.holding(0, day("2026-05-01"), among).empty());
}

TEST_CASE("A figure long after the last data is not supplied rather than a number", "[indicator]") {
    SliceBuilder city;
    city.definitions = {shippedDefinitions()[shipped("child_in_care")]};
    city.pupil(1);
    const Date last = day("2026-03-31");
    city.source(1, 1, "social_care", "childrens_social_care", {day("2025-01-01"), last + 1}, last);
    const int lapse = city.definitions[0].lapseDays;
    city.status(1, FactKind::LookedAfter, day("2026-01-01"), Date::never(), "C2");
    const SchoolSlice slice = city.build();
    const auto figureOn = [&](Date at) { return overview(slice, at).groups[0].indicators[0]; };
    CHECK(figureOn(last).figure.pupils == Count::of(1));
    CHECK_FALSE(figureOn(last).stale);
    CHECK(figureOn(last + lapse).figure.pupils == Count::of(1));
    CHECK(figureOn(last + lapse).stale);
    CHECK(figureOn(last + lapse + 1).figure.pupils == Count::notSupplied());
}

TEST_CASE("A group leaves out what is not supplied any more, and nobody is listed behind it", "[indicator]") {
    SliceBuilder city;
    city.definitions = {shippedDefinitions()[shipped("child_in_care")], shippedDefinitions()[shipped("early_help")]};
    city.pupil(1);
    city.pupil(2);
    const Date last = day("2026-01-31");
    const Date asAt = day("2026-06-30");
    city.source(1, 1, "social_care", "childrens_social_care", {day("2025-01-01"), last + 1}, last);
    city.source(2, 1, "early_help", "early_help", {day("2025-01-01"), asAt + 1}, asAt);
    city.status(1, FactKind::LookedAfter, day("2026-01-01"), Date::never(), "C2");
    city.status(2, FactKind::EarlyHelp, day("2026-01-01"));
    const SchoolSlice slice = city.build();
    const GroupFigure group = overview(slice, asAt).groups[0];
    CHECK(group.indicators[0].figure.pupils == Count::notSupplied());
    CHECK(group.indicators[1].figure.pupils == Count::of(1));
    CHECK(group.figure.pupils == Count::of(1));
    CHECK(valueOf(pupilList(slice, "receiving_support", asAt)).size() == 1);
    CHECK(valueOf(pupilList(slice, "child_in_care", asAt)).empty());
    CHECK(valueOf(pupilList(slice, "child_in_care", last)).size() == 1);
    for (const OutcomeLine& line : outcomes(slice, asAt).levels) CHECK(line.points.back().pupils.value <= 1);
}

TEST_CASE("Every shipped definition says how long its data may speak", "[indicator]") {
    for (const Definition& definition : shippedDefinitions()) {
        INFO(definition.id);
        CHECK(definition.freshnessDays > 0);
        CHECK(definition.lapseDays > definition.freshnessDays);
    }
}
