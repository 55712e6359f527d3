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

/// One question of the slow reference: what is known about a person, and on which day.
struct Question {
    const FactTable& table;
    PersonKey person;
    BirthMonth born;
    LoadId knownAt;
    Date on;

    [[nodiscard]] std::span<const Fact> facts() const { return table.facts(table.of(person)); }
    [[nodiscard]] bool counts(const Fact& fact) const { return !fact.cancelled && fact.isKnownAt(knownAt); }
};

/// Age and school year on a day, by the birthdays one after another.
bool isOfAge(const Criterion& criterion, const Question& question, Date day) {
    if (!criterion.minAge && !criterion.minYear) return true;
    const auto birthday = question.born.youngestBirthday();
    if (!birthday) return false;
    if (criterion.minAge && ageInYears(*birthday, day) < *criterion.minAge) return false;
    if (!criterion.minYear) return true;
    const int schoolYear = day.civil().month >= 9 ? day.civil().year : day.civil().year - 1;
    const int year = ageInYears(*birthday, *Date::fromCivil(schoolYear, 9, 1) - 1) - 4;
    return year >= *criterion.minYear && year <= *criterion.maxYear;
}

bool passesTests(const Criterion& criterion, const Fact& fact, const std::string& code) {
    const auto names = [](const auto& list, const auto& value) { return std::ranges::find(list, value) != list.end(); };
    if (fact.kind != criterion.kind) return false;
    if (!criterion.codes.empty() && !names(criterion.codes, code)) return false;
    if (names(criterion.exceptCodes, code)) return false;
    if (!criterion.roles.empty() && !names(criterion.roles, fact.role)) return false;
    if (criterion.minValue && (!fact.hasValue || fact.value < *criterion.minValue)) return false;
    if (!criterion.minPercent) return true;
    const int possible = code.empty() ? 0 : std::stoi(code);
    return fact.hasValue && possible >= *criterion.minPossible && fact.value * 100 >= possible * *criterion.minPercent;
}

bool coversDay(const Criterion& criterion, const Fact& fact, const Question& question) {
    if (question.on < fact.from) return false;
    if (criterion.lastingDays > 0)
        return isOfAge(criterion, question, fact.from) && question.on < fact.from + criterion.lastingDays;
    if (criterion.expiresDays > 0 && question.on - fact.from >= criterion.expiresDays) return false;
    if (!isOfAge(criterion, question, question.on)) return false;
    if (question.on < fact.until) return true;
    const bool isReplaced = std::ranges::any_of(question.facts(), [&](const Fact& next) {
        return question.counts(next) && next.kind == fact.kind && next.from > fact.from && next.from <= question.on;
    });
    return !isReplaced && question.on < fact.until + criterion.carryDays;
}

/// The slow reference: does the definition hold for the person on the day? Any of its criteria, or enough points.
bool holds(const Definition& definition, const Question& question) {
    int points = 0;
    bool isAny = false;
    for (const Criterion& criterion : definition.criteria) {
        const bool holdsOne = std::ranges::any_of(question.facts(), [&](const Fact& fact) {
            const std::string code(question.table.codes.text(fact.code));
            return question.counts(fact) && passesTests(criterion, fact, code) && coversDay(criterion, fact, question);
        });
        isAny = isAny || holdsOne;
        points += holdsOne ? criterion.points : 0;
    }
    return definition.combination == Combination::Points ? points >= definition.threshold : isAny;
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
                    const bool expected =
                        holds((*slice.definitions)[d],
                              {*slice.facts, where.person, city.born(where.person), record::LoadId{knownAt}, on});
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
