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
