// The laws of the algebra on random lists, against a brute force that looks at every day. Seeds are fixed.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/spell.h"

using namespace fairlead;
using namespace fairlead::indicator;

namespace {

constexpr int kDays = 60;  // the universe of the brute force: days 0 to 59
constexpr int kRounds = 400;

/// Day -> the facts that justify it.
using Days = std::map<int, std::set<FactIndex>>;

std::vector<Evidence> randomItems(std::mt19937& random) {
    std::vector<Evidence> items;
    const int count = std::uniform_int_distribution(0, 7)(random);
    for (int i = 0; i < count; ++i) {
        const int from = std::uniform_int_distribution(0, kDays - 1)(random);
        const int until = std::min(kDays, from + std::uniform_int_distribution(-1, 15)(random));
        items.push_back({std::uniform_int_distribution(0U, 5U)(random), {Date{from}, Date{until}}});
    }
    return items;
}

SpellList randomList(std::mt19937& random) { return SpellList::of(randomItems(random)); }

Days daysOf(std::span<const Evidence> items) {
    Days days;
    for (const Evidence& item : items) {
        for (int d = item.covers.from.days; d < item.covers.until.days; ++d) days[d].insert(item.fact);
    }
    return days;
}

Days daysOf(const SpellList& list) { return daysOf(list.pool()); }

std::vector<Interval> daysOfSpells(const SpellList& list) {
    std::vector<Interval> days;
    for (const Spell& spell : list.spells()) days.push_back(spell.interval);
    return days;
}

/// What every list must be: sorted, disjoint, not touching, each day justified, evidence inside its spell.
void checkCanonical(const SpellList& list) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Spell& spell = list.spells()[i];
        CHECK_FALSE(spell.interval.isEmpty());
        if (i > 0) CHECK(list.spells()[i - 1].interval.until < spell.interval.from);
        CHECK(spell.firstEvidence == next);
        next += spell.evidenceCount;
        const auto evidence = list.evidence(spell);
        const Days days = daysOf(evidence);
        CHECK(static_cast<int>(days.size()) == spell.interval.until - spell.interval.from);
        CHECK(days.begin()->first == spell.interval.from.days);
        CHECK(days.rbegin()->first == spell.interval.until.days - 1);
    }
    CHECK(next == list.pool().size());
}

template <typename Keep>
Days combined(const Days& a, const Days& b, Keep keep) {
    Days result;
    for (int d = 0; d < kDays; ++d) {
        const bool inA = a.contains(d);
        const bool inB = b.contains(d);
        if (auto facts = keep(inA ? a.at(d) : std::set<FactIndex>{}, inB ? b.at(d) : std::set<FactIndex>{}, inA, inB);
            !facts.empty()) {
            result[d] = std::move(facts);
        }
    }
    return result;
}

std::set<FactIndex> both(std::set<FactIndex> a, const std::set<FactIndex>& b) {
    a.insert(b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("Union, intersection, difference and clipping agree with a brute force over days, evidence included",
          "[indicator]") {
    std::mt19937 random(20260622);
    for (int round = 0; round < kRounds; ++round) {
        INFO("round " << round);
        const SpellList a = randomList(random);
        const SpellList b = randomList(random);
        const Days da = daysOf(a);
        const Days db = daysOf(b);
        const SpellList results[] = {a, unite(a, b), intersect(a, b), subtract(a, b), clip(a, {Date{20}, Date{40}})};
        for (const SpellList& result : results) checkCanonical(result);
        using Facts = std::set<FactIndex>;
        CHECK(daysOf(results[1]) == combined(da, db, [](Facts x, const Facts& y, bool, bool) { return both(x, y); }));
        CHECK(daysOf(results[2]) == combined(da, db, [](Facts x, const Facts& y, bool inA, bool inB) {
                  return inA && inB ? both(x, y) : Facts{};
              }));
        CHECK(daysOf(results[3]) ==
              combined(da, db, [](Facts x, const Facts&, bool, bool inB) { return inB ? Facts{} : x; }));
        Days clipped = da;
        std::erase_if(clipped, [](const auto& item) { return item.first < 20 || item.first >= 40; });
        CHECK(daysOf(results[4]) == clipped);
    }
}

TEST_CASE("A list does not depend on the order of its items", "[indicator]") {
    std::mt19937 random(1);
    for (int round = 0; round < kRounds; ++round) {
        std::vector<Evidence> items = randomItems(random);
        const int gap = std::uniform_int_distribution(0, 4)(random);
        const SpellList list = SpellList::of(items, gap);
        std::ranges::shuffle(items, random);
        CHECK(SpellList::of(items, gap) == list);
        CHECK(SpellList::of({list.pool().begin(), list.pool().end()}) == list);
    }
}

TEST_CASE("Union and intersection are idempotent, commutative and associative, and distribute", "[indicator]") {
    std::mt19937 random(2);
    for (int round = 0; round < kRounds; ++round) {
        const SpellList a = randomList(random);
        const SpellList b = randomList(random);
        const SpellList c = randomList(random);
        CHECK(unite(a, a) == a);
        CHECK(intersect(a, a) == a);
        CHECK(unite(a, b) == unite(b, a));
        CHECK(intersect(a, b) == intersect(b, a));
        CHECK(unite(unite(a, b), c) == unite(a, unite(b, c)));
        CHECK(intersect(intersect(a, b), c) == intersect(a, intersect(b, c)));
        CHECK(intersect(a, unite(b, c)) == unite(intersect(a, b), intersect(a, c)));
        CHECK(subtract(unite(a, b), c) == unite(subtract(a, c), subtract(b, c)));
    }
}

TEST_CASE("De Morgan's laws hold inside a bounded universe", "[indicator]") {
    std::mt19937 random(3);
    const SpellList universe = SpellList::of({{99, {Date{0}, Date{kDays}}}});
    for (int round = 0; round < kRounds; ++round) {
        const SpellList a = randomList(random);
        const SpellList b = randomList(random);
        CHECK(subtract(universe, unite(a, b)) == intersect(subtract(universe, a), subtract(universe, b)));
        CHECK(subtract(universe, intersect(a, b)) == unite(subtract(universe, a), subtract(universe, b)));
    }
}

TEST_CASE("Clipping commutes with union, intersection and difference, evidence included", "[indicator]") {
    std::mt19937 random(4);
    for (int round = 0; round < kRounds; ++round) {
        const SpellList a = randomList(random);
        const SpellList b = randomList(random);
        const int from = std::uniform_int_distribution(0, kDays)(random);
        const Interval window{Date{from}, Date{from + std::uniform_int_distribution(0, 30)(random)}};
        CHECK(clip(unite(a, b), window) == unite(clip(a, window), clip(b, window)));
        CHECK(clip(intersect(a, b), window) == intersect(clip(a, window), clip(b, window)));
        CHECK(clip(subtract(a, b), window) == subtract(clip(a, window), clip(b, window)));
        CHECK(clip(clip(a, window), window) == clip(a, window));
    }
}

TEST_CASE("Lasting longer, or across longer gaps, never covers fewer days", "[indicator]") {
    std::mt19937 random(5);
    for (int round = 0; round < kRounds; ++round) {
        std::vector<DatedFact> events;
        for (const Evidence& item : randomItems(random)) events.push_back({item.fact, item.covers});
        const int days = std::uniform_int_distribution(1, 10)(random);
        const int more = days + std::uniform_int_distribution(0, 10)(random);
        const int gap = std::uniform_int_distribution(0, 6)(random);
        const SpellList shorter = lasting(events, days);
        CHECK(subtract(shorter, lasting(events, more)).isEmpty());
        CHECK(subtract(shorter, lasting(events, days, gap)).isEmpty());
        checkCanonical(lasting(events, days, gap));
    }
}

TEST_CASE("Gaps close exactly where a brute force closes them", "[indicator]") {
    std::mt19937 random(6);
    for (int round = 0; round < kRounds; ++round) {
        const std::vector<Evidence> items = randomItems(random);
        const int gap = std::uniform_int_distribution(1, 6)(random);
        const SpellList list = SpellList::of(items, gap);
        const Days plain = daysOf(items);
        for (int d = 0; d < kDays; ++d) {
            // A day between two covered days holds when the uncovered run it lies in is at most `gap` long.
            const auto after = plain.lower_bound(d);
            const bool isBetween = after != plain.begin() && after != plain.end();
            const bool isBridged = isBetween && after->first - std::prev(after)->first - 1 <= gap;
            CHECK(list.covers(Date{d}) == (plain.contains(d) || isBridged));
        }
    }
}

TEST_CASE("Points hold exactly on the days on which a brute force sums to the threshold, with the addends as evidence",
          "[indicator]") {
    std::mt19937 random(7);
    for (int round = 0; round < kRounds; ++round) {
        INFO("round " << round);
        std::vector<WeightedList> lists;
        for (int i = std::uniform_int_distribution(0, 4)(random); i >= 0; --i)
            lists.push_back({randomList(random), std::uniform_int_distribution(0, 3)(random)});
        const int threshold = std::uniform_int_distribution(1, 6)(random);
        const SpellList result = sumAtLeast(lists, threshold);
        checkCanonical(result);
        Days expected;
        for (int d = 0; d < kDays; ++d) {
            int sum = 0;
            std::set<FactIndex> addends;
            for (const WeightedList& part : lists) {
                if (part.weight == 0 || !part.list.covers(Date{d})) continue;
                sum += part.weight;
                addends = both(std::move(addends), daysOf(part.list).at(d));
            }
            if (sum >= threshold) expected[d] = std::move(addends);
        }
        CHECK(daysOf(result) == expected);
    }
}

TEST_CASE("Several events within a time agree with a brute force that counts back from every day", "[indicator]") {
    std::mt19937 random(8);
    for (int round = 0; round < kRounds; ++round) {
        INFO("round " << round);
        const int within = std::uniform_int_distribution(1, 12)(random);
        const int count = std::uniform_int_distribution(2, 4)(random);
        std::vector<EventItem> items;
        for (int i = std::uniform_int_distribution(0, 9)(random); i > 0; --i) {
            const Date on{std::uniform_int_distribution(0, kDays - within - 1)(random)};
            items.push_back({{static_cast<FactIndex>(i), {on, on + within}},
                             std::uniform_int_distribution(std::int64_t{1}, std::int64_t{6})(random)});
        }
        const SpellList result = atLeast(items, count);
        checkCanonical(result);
        for (int d = 0; d < kDays; ++d) {
            std::set<std::int64_t> events;
            for (const EventItem& item : items) {
                const int on = item.item.covers.from.days;
                if (on <= d && on > d - within) events.insert(item.event);
            }
            CHECK(result.covers(Date{d}) == (static_cast<int>(events.size()) >= count));
        }
    }
}

TEST_CASE("Open ends, nothing at all, no length, one day and a hundred years are spells like any other",
          "[indicator]") {
    CHECK(sumAtLeast({}, 1).isEmpty());
    CHECK(atLeast({}, 2).isEmpty());
    CHECK(SpellList::of({}).isEmpty());
    CHECK(SpellList::of({{1, {Date{5}, Date{5}}}, {2, {Date{9}, Date{3}}}}).isEmpty());

    const SpellList open = SpellList::of({{1, {Date{10}, Date::never()}}, {2, {Date{40}, Date::never()}}});
    const WeightedList parts[] = {{open, 1}, {SpellList::of({{3, {Date{20}, Date::never()}}}), 1}};
    CHECK(daysOfSpells(sumAtLeast(parts, 2)) == std::vector{Interval{Date{20}, Date::never()}});
    CHECK(subtract(open, open).isEmpty());
    CHECK(daysOfSpells(clip(open, {Date{50}, Date{51}})) == std::vector{Interval{Date{50}, Date{51}}});

    const Date birth = *Date::fromIso("1926-02-28");
    const Date century = *Date::fromIso("2026-02-28");
    const SpellList life = during(std::vector<DatedFact>{{1, {birth, century}}});
    CHECK(century - birth == 36525);  // 25 leap days: 1928 to 2024
    CHECK(life.covers(*Date::fromIso("2024-02-29")));
    CHECK_FALSE(life.covers(century));
    const SpellList leap = lasting(std::vector<DatedFact>{{1, {*Date::fromIso("2024-02-29"), Date{}}}}, 1);
    CHECK(daysOfSpells(leap).front().until == *Date::fromIso("2024-03-01"));
}

TEST_CASE("The order of clipping and summing makes no difference", "[indicator]") {
    std::mt19937 random(9);
    for (int round = 0; round < kRounds; ++round) {
        std::vector<WeightedList> lists;
        std::vector<WeightedList> clipped;
        const Interval window{Date{15}, Date{45}};
        for (int i = 0; i < 4; ++i) {
            lists.push_back({randomList(random), std::uniform_int_distribution(0, 2)(random)});
            clipped.push_back({clip(lists.back().list, window), lists.back().weight});
        }
        CHECK(clip(sumAtLeast(lists, 3), window) == sumAtLeast(clipped, 3));
    }
}
