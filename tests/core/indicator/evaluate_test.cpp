// Evaluation by example, and everybody at once against a slow reference that looks at every day.

#include "core/indicator/evaluate.h"

#include <algorithm>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"
#include "tests/core/indicator/random_city.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;
using fairlead::test::codeOf;
using fairlead::test::valueOf;
using record::FactKind;
using record::LoadId;
using record::PersonKey;

namespace {

Criterion statusOf(FactKind kind) {
    Criterion criterion;
    criterion.kind = kind;
    return criterion;
}

Criterion eventOf(FactKind kind, int days, int gapDays = 0) {
    Criterion criterion = statusOf(kind);
    criterion.lastingDays = days;
    criterion.gapDays = gapDays;
    return criterion;
}

std::vector<Interval> spellsOf(const SchoolSlice& slice, std::int64_t person, std::size_t definition = 0) {
    std::vector<Interval> intervals;
    for (const BookSpell& spell : slice.spells->of(PersonKey{person}, definition))
        intervals.push_back(spell.spell.interval);
    return intervals;
}

Definition definitionOf(std::vector<Criterion> criteria, Combination combination = Combination::Any) {
    Definition definition;
    definition.id = "made_up";
    definition.criteria = std::move(criteria);
    definition.combination = combination;
    return definition;
}

/// The slow reference: does the definition hold for the person on the day? Any of its criteria will do.
bool holds(const Definition& definition, const FactTable& table, PersonKey person, BirthMonth born, LoadId knownAt,
           Date on) {
    return std::ranges::any_of(table.facts(table.of(person)), [&](const Fact& fact) {
        if (fact.cancelled || !fact.isKnownAt(knownAt)) return false;
        return std::ranges::any_of(definition.criteria, [&](const Criterion& criterion) {
            const std::string code(table.codes.text(fact.code));
            const auto names = [&](const auto& list, const auto& value) {
                return std::ranges::find(list, value) != list.end();
            };
            if (fact.kind != criterion.kind) return false;
            if (!criterion.codes.empty() && !names(criterion.codes, code)) return false;
            if (names(criterion.exceptCodes, code)) return false;
            if (!criterion.roles.empty() && !names(criterion.roles, fact.role)) return false;
            if (criterion.minValue && (!fact.hasValue || fact.value < *criterion.minValue)) return false;
            if (criterion.minPercent) {
                const int possible = code.empty() ? 0 : std::stoi(code);
                if (!fact.hasValue || possible < *criterion.minPossible) return false;
                if (fact.value * 100 < possible * *criterion.minPercent) return false;
            }
            if (criterion.minAge) {
                const auto birthday = born.youngestBirthday();
                if (!birthday || ageInYears(*birthday, fact.from) < *criterion.minAge) return false;
            }
            const Date until = criterion.lastingDays > 0 ? fact.from + criterion.lastingDays : fact.until;
            return fact.from <= on && on < until;
        });
    });
}

}  // namespace

TEST_CASE("All holds where every criterion does, without only where the others do not", "[indicator]") {
    SliceBuilder city;
    city.status(1, FactKind::ChildInNeed, Date{0}, Date{100});
    city.status(1, FactKind::EarlyHelp, Date{40}, Date{60});
    const std::vector<Criterion> criteria{statusOf(FactKind::ChildInNeed), statusOf(FactKind::EarlyHelp)};
    city.definitions = {definitionOf(criteria, Combination::All), definitionOf(criteria, Combination::Without)};
    const SchoolSlice slice = city.build();
    CHECK(spellsOf(slice, 1, 0) == std::vector{Interval{Date{40}, Date{60}}});
    CHECK(spellsOf(slice, 1, 1) == std::vector{Interval{Date{0}, Date{40}}, Interval{Date{60}, Date{100}}});
    CHECK(slice.spells->evidence(slice.spells->of(PersonKey{1}, 0)[0]).size() == 2);
    CHECK(slice.spells->evidence(slice.spells->of(PersonKey{1}, 1)[0]).size() == 1);
}

TEST_CASE("A criterion closes gaps among its own facts only", "[indicator]") {
    SliceBuilder city;
    city.event(1, FactKind::MissingEpisode, Date{0});
    city.event(1, FactKind::MissingEpisode, Date{15});
    city.event(1, FactKind::Crime, Date{40});
    city.definitions = {definitionOf({eventOf(FactKind::MissingEpisode, 10, 7), eventOf(FactKind::Crime, 10)})};
    CHECK(spellsOf(city.build(), 1) == std::vector{Interval{Date{0}, Date{25}}, Interval{Date{40}, Date{50}}});
}

TEST_CASE("A retired definition gives no spells and the others keep their place", "[indicator]") {
    SliceBuilder city;
    city.status(1, FactKind::EarlyHelp, Date{0});
    Definition retired = definitionOf({statusOf(FactKind::EarlyHelp)});
    retired.status = DefinitionStatus::Retired;
    city.definitions = {retired, definitionOf({statusOf(FactKind::EarlyHelp)})};
    const SchoolSlice slice = city.build();
    CHECK(spellsOf(slice, 1, 0).empty());
    CHECK(spellsOf(slice, 1, 1).size() == 1);
}

TEST_CASE("An age guard on a status holds from the birthday on, 1 March for 29 February", "[indicator]") {
    SliceBuilder city;
    city.status(1, FactKind::EarlyHelp, day("2020-01-01"), day("2023-01-01"));
    city.births = {{PersonKey{1}, {2012, 2}}};  // youngest possible: 29 February 2012
    Criterion ten = statusOf(FactKind::EarlyHelp);
    ten.minAge = 10;
    Criterion nine = statusOf(FactKind::EarlyHelp);
    nine.maxAge = 9;
    city.definitions = {definitionOf({ten}), definitionOf({nine})};
    const SchoolSlice slice = city.build();
    CHECK(spellsOf(slice, 1, 0) == std::vector{Interval{day("2022-03-01"), day("2023-01-01")}});
    CHECK(spellsOf(slice, 1, 1) == std::vector{Interval{day("2020-01-01"), day("2022-03-01")}});
}

TEST_CASE("Everybody at once gives what one person at a time gives, and the book finds it again", "[indicator]") {
    const RandomCity city(7, 60);
    const SchoolSlice slice = city.slice(2);
    const RuleSet rules(*slice.definitions, slice.facts->codes);
    std::size_t spells = 0;
    for (const PersonFacts& where : slice.facts->persons()) {
        const auto lists =
            rules.evaluate(slice.facts->facts(where), where.first, city.born(where.person), slice.knownAt());
        for (std::size_t d = 0; d < lists.size(); ++d) {
            const auto found = slice.spells->of(where.person, d);
            REQUIRE(found.size() == lists[d].size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                CHECK(found[i].spell.interval == lists[d].spells()[i].interval);
                CHECK(std::ranges::equal(slice.spells->evidence(found[i]), lists[d].evidence(lists[d].spells()[i])));
            }
            spells += found.size();
        }
    }
    CHECK(spells == slice.spells->spellCount());
    CHECK(spells > 100);
    CHECK(slice.spells->of(PersonKey{999'999}).empty());
}

TEST_CASE("Every shipped definition agrees with a day-by-day reference on random facts", "[indicator]") {
    const RandomCity city(11, 40);
    for (const std::int64_t knownAt : {1, 2, 3}) {
        const SchoolSlice slice = city.slice(knownAt);
        for (std::size_t d = 0; d < slice.definitions->size(); ++d) {
            INFO((*slice.definitions)[d].id << " as known at " << knownAt);
            for (const PersonFacts& where : slice.facts->persons()) {
                const auto spells = slice.spells->of(where.person, d);
                for (Date on = RandomCity::kFirst; on < RandomCity::kLast + 400; on = on + 3) {
                    const bool expected = holds((*slice.definitions)[d], *slice.facts, where.person,
                                                city.born(where.person), record::LoadId{knownAt}, on);
                    const bool found = std::ranges::any_of(
                        spells, [on](const BookSpell& spell) { return spell.spell.interval.contains(on); });
                    if (expected != found) FAIL_CHECK("person " << where.person.value << " on " << on.iso());
                }
            }
        }
    }
}

TEST_CASE("The past as known at a load is the same after later loads", "[indicator]") {
    RandomCity city(13, 40);
    const SchoolSlice before = city.slice(2);
    city.addLoad(4);
    const SchoolSlice after = city.slice(2);
    for (const PersonKey person : before.spells->persons()) {
        const auto was = before.spells->of(person);
        const auto is = after.spells->of(person);
        REQUIRE(was.size() == is.size());
        for (std::size_t i = 0; i < was.size(); ++i) CHECK(was[i].spell.interval == is[i].spell.interval);
    }
    CHECK(before.spells->persons() == after.spells->persons());
    CHECK(city.slice(4).spells->spellCount() != before.spells->spellCount());
}

TEST_CASE("Evaluation stops when it is asked to", "[indicator]") {
    const RandomCity city(17, 3000);
    const SchoolSlice slice = city.slice(3);
    std::stop_source stop;
    stop.request_stop();
    TaskContext task(stop.get_token());
    CHECK(codeOf(evaluateAll(*slice.definitions, *slice.facts, {}, record::LoadId{3}, task)) == ErrorCode::Cancelled);
}

TEST_CASE("Nothing in gives nothing out", "[indicator]") {
    FactTable empty;
    empty.seal();
    TaskContext task;
    const SpellBook book = valueOf(evaluateAll(shippedDefinitions(), empty, {}, record::LoadId{1}, task));
    CHECK(book.spellCount() == 0);
    CHECK(book.personCount() == 0);
    CHECK_FALSE(book.hasSeen(FactKind::Crime));
}
