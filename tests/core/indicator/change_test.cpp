// Why a figure changed, and how far waiting links could move it, on random worlds.

#include "core/indicator/change.h"

#include <algorithm>
#include <random>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/indicator/drill.h"
#include "core/indicator/link_bounds.h"
#include "core/indicator/reading.h"
#include "tests/core/indicator/builders.h"
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

constexpr int kSources = 24;
constexpr int kLastLoad = 4;
constexpr int kLastDay = 200;

int pick(std::mt19937& random, int low, int high) { return std::uniform_int_distribution(low, high)(random); }

std::vector<Definition> someDefinitions() {
    std::vector<Definition> some;
    for (const char* id : {"child_in_care", "early_help", "missing", "crime"})
        some.push_back(shippedDefinitions()[shipped(id)]);
    return some;
}

void addRandomFact(FigureWorld& world, std::mt19937& random, std::int64_t id) {
    constexpr FactKind kKinds[] = {FactKind::LookedAfter, FactKind::EarlyHelp, FactKind::MissingEpisode,
                                   FactKind::Crime};
    Fact fact;
    fact.id = FactId{id};
    fact.kind = kKinds[pick(random, 0, 3)];
    fact.from = Date{pick(random, 0, kLastDay)};
    fact.until = pick(random, 0, 2) == 0 ? Date::never() : fact.from + pick(random, 0, 60);
    fact.received = LoadId{pick(random, 1, kLastLoad)};
    if (pick(random, 0, 3) == 0) fact.withdrawn = LoadId{fact.received.value + pick(random, 1, 2)};
    fact.cancelled = pick(random, 0, 9) == 0;
    if (pick(random, 0, 1) == 0) fact.incident = pick(random, 1, 12);
    if (fact.kind == FactKind::MissingEpisode) fact.code = world.codes.intern("M");
    if (fact.kind == FactKind::Crime)
        fact.role = pick(random, 0, 1) == 0 ? record::Role::Victim : record::Role::Suspect;
    world.facts.push_back({pick(random, 1, kSources), fact});
}

FigureWorld randomWorld(std::mt19937& random) {
    FigureWorld world;
    world.school = SliceBuilder::kSchool;
    for (int i = 1; i <= 60; ++i) addRandomFact(world, random, i);
    for (int source = 1; source <= kSources; ++source) {
        if (pick(random, 0, 1) == 0) continue;
        RollSpell spell;
        spell.school = SliceBuilder::kSchool;
        spell.days = {Date{pick(random, 0, 120)},
                      pick(random, 0, 2) == 0 ? Date{pick(random, 100, 200)} : Date::never()};
        spell.received = LoadId{pick(random, 1, kLastLoad)};
        if (pick(random, 0, 5) == 0) spell.withdrawn = LoadId{spell.received.value + 1};
        spell.yearGroup = std::to_string(source % 3 + 7);
        world.roll.push_back({source, spell});
        // The year after, one group up.
        if (spell.days.until == Date::never() || pick(random, 0, 1) == 0) continue;
        spell.days = {spell.days.until, Date::never()};
        spell.yearGroup = std::to_string(source % 3 + 8);
        world.roll.push_back({source, spell});
    }
    world.yearGroup = pick(random, 0, 1) == 0 ? "" : "8";
    return world;
}

ChangeEnd randomEnd(std::mt19937& random) {
    ChangeEnd end{Date{pick(random, 0, kLastDay)}, LoadId{pick(random, 1, kLastLoad)}, {}, {}, {}};
    for (int source = 1; source <= kSources; ++source) {
        if (pick(random, 0, 4) > 0) end.links[source] = PersonKey{pick(random, 1, kSources)};
        if (pick(random, 0, 3) > 0) end.birthMonths[source] = pick(random, 1958, 1964) * 12 + pick(random, 0, 11);
    }
    auto definitions = someDefinitions();
    if (pick(random, 0, 2) == 0) definitions[2].criteria[0].lastingDays = pick(random, 5, 60);
    if (pick(random, 0, 3) == 0) definitions[1].status = DefinitionStatus::Retired;
    end.definitions = std::make_shared<const std::vector<Definition>>(std::move(definitions));
    return end;
}

/// What a page counts.
struct PageFigure {
    int pupils = 0;
    int events = 0;
};

/// The figure as a page counts it: by the readings of a slice, not by the function under test. What a dataset's dates
/// would hide is left in.
PageFigure pageFigure(const FigureWorld& world, const ChangeEnd& end, std::string_view figure) {
    SchoolSlice slice;
    slice.school = world.school;
    slice.definitions = end.definitions;
    auto table = std::make_shared<FactTable>();
    table->codes = world.codes;
    std::map<PersonKey, std::vector<std::int64_t>> months;
    for (const SourcedFact& row : world.facts) {
        Fact fact = row.fact;
        fact.person = personOf(end.links, row.source);
        table->add(fact);
    }
    table->seal();
    for (const auto& [source, month] : end.birthMonths) months[personOf(end.links, source)].push_back(month);
    std::vector<PersonBirth> births;
    for (const auto& [person, list] : months) births.push_back({person, birthMonthOf(list)});
    for (const SourcedRoll& row : world.roll) {
        slice.roll.push_back(row.spell);
        slice.roll.back().person = personOf(end.links, row.source);
    }
    TaskContext task;
    slice.spells =
        std::make_shared<const SpellBook>(valueOf(evaluateAll(*end.definitions, *table, births, end.knownAt, task)));
    slice.facts = table;
    PageFigure page{static_cast<int>(valueOf(pupilList(slice, figure, end.asAt, {world.yearGroup})).size()), 0};
    const Reading reading = read(slice, countingOf(slice), pupilSpells(slice, end.asAt, world.yearGroup), end.asAt);
    if (const auto at = findDefinition(*slice.definitions, figure))
        page.events = static_cast<int>(reading.definitions[*at].incidents.size());
    for (const GroupEntry& group : groups())
        if (group.id == figure)
            page.events = static_cast<int>(reading.groups[static_cast<std::size_t>(group.group)].incidents.size());
    return page;
}

}  // namespace

TEST_CASE("The parts of a change, of pupils and of events, add up to the difference between the two pages",
          "[indicator]") {
    std::mt19937 random(2026);
    TaskContext task;
    for (int round = 0; round < 150; ++round) {
        const FigureWorld world = randomWorld(random);
        const ChangeEnd first = randomEnd(random);
        const ChangeEnd second = randomEnd(random);
        for (const char* figure : {"child_in_care", "missing", "crime", "receiving_support", "events"}) {
            INFO("round " << round << ", " << figure);
            const auto explanation = valueOf(explainChange(world, first, second, figure, task));
            CHECK(explanation.before == pageFigure(world, first, figure).pupils);
            CHECK(explanation.after == pageFigure(world, second, figure).pupils);
            CHECK(explanation.eventsBefore == pageFigure(world, first, figure).events);
            CHECK(explanation.eventsAfter == pageFigure(world, second, figure).events);
            int sum = explanation.before;
            int events = explanation.eventsBefore;
            for (const ChangePart& part : explanation.parts) {
                sum += part.amount();
                events += part.events();
                for (const auto* list : {&part.eventsGained, &part.eventsLost})
                    for (const ChangedEvent& event : *list) CHECK_FALSE(event.pupils.empty());
            }
            CHECK(sum == explanation.after);
            CHECK(events == explanation.eventsAfter);
            CHECK(explanation.countsEvents ==
                  (std::string_view(figure) != "child_in_care" && std::string_view(figure) != "receiving_support"));
        }
    }
}

TEST_CASE("Between two equal readings nothing changed, and each cause alone is named alone", "[indicator]") {
    std::mt19937 random(7);
    TaskContext task;
    for (int round = 0; round < 60; ++round) {
        INFO("round " << round);
        const FigureWorld world = randomWorld(random);
        const ChangeEnd first = randomEnd(random);
        const auto movedBy = [&](const ChangeEnd& second) {
            std::set<Cause> moved;
            for (const ChangePart& part : valueOf(explainChange(world, first, second, "events", task)).parts)
                if (!part.gained.empty() || !part.lost.empty() || !part.eventsGained.empty() ||
                    !part.eventsLost.empty())
                    moved.insert(part.cause);
            return moved;
        };
        CHECK(movedBy(first).empty());
        ChangeEnd second = first;
        second.links = randomEnd(random).links;
        CHECK(std::ranges::includes(std::set{Cause::Links}, movedBy(second)));
        second = first;
        second.definitions = randomEnd(random).definitions;
        CHECK(std::ranges::includes(std::set{Cause::Definitions}, movedBy(second)));
        second = first;
        second.knownAt = randomEnd(random).knownAt;
        CHECK(std::ranges::includes(std::set{Cause::Records, Cause::Roll}, movedBy(second)));
        second = first;
        second.birthMonths = randomEnd(random).birthMonths;
        CHECK(std::ranges::includes(std::set{Cause::Records}, movedBy(second)));
        second = first;
        second.asAt = randomEnd(random).asAt;
        CHECK(std::ranges::includes(std::set{Cause::Roll, Cause::Time}, movedBy(second)));
    }
}

TEST_CASE("A late record, a joiner, an expiry and a joined record each open to their pupil", "[indicator]") {
    FigureWorld world;
    world.school = SliceBuilder::kSchool;
    const auto missing = [&](SourcePersonId source, Date on, std::int64_t received) {
        Fact fact;
        fact.id = FactId{static_cast<std::int64_t>(world.facts.size()) + 1};
        fact.kind = FactKind::MissingEpisode;
        fact.from = on;
        fact.until = on + 1;
        fact.code = world.codes.intern("M");
        fact.received = LoadId{received};
        world.facts.push_back({source, fact});
    };
    const auto pupil = [&](SourcePersonId source, Date from) {
        RollSpell spell;
        spell.school = world.school;
        spell.days = {from, Date::never()};
        spell.received = LoadId{1};
        world.roll.push_back({source, spell});
    };
    for (const SourcePersonId source : {1, 2, 4}) pupil(source, Date{0});
    pupil(3, Date{105});
    missing(1, Date{80}, 1);   // expires before day 120
    missing(2, Date{95}, 2);   // late
    missing(3, Date{99}, 1);   // joins the roll on day 105
    missing(14, Date{98}, 1);  // joined to pupil 4 by the second run
    const auto definitions = std::make_shared<const std::vector<Definition>>(someDefinitions());
    ChangeEnd first{Date{100}, LoadId{1}, {}, definitions, {}};
    for (const SourcePersonId source : {1, 2, 3, 4, 14}) first.links[source] = PersonKey{source};
    ChangeEnd second = first;
    second.asAt = Date{120};
    second.knownAt = LoadId{2};
    second.links[14] = PersonKey{4};
    TaskContext task;
    const auto explanation = valueOf(explainChange(world, first, second, "missing", task));
    CHECK(explanation.before == 1);
    CHECK(explanation.after == 3);
    const auto keys = [](const std::vector<std::int64_t>& values) {
        std::vector<PersonKey> list;
        for (const std::int64_t value : values) list.push_back(PersonKey{value});
        return list;
    };
    REQUIRE(explanation.parts.size() == 5);
    CHECK(explanation.parts[1].gained == keys({4}));
    CHECK(explanation.parts[2].gained == keys({2}));
    CHECK(explanation.parts[3].gained == keys({3}));
    CHECK(explanation.parts[4].lost == keys({1}));
    CHECK(explanation.countsEvents);
    CHECK(explanation.eventsBefore == 1);
    CHECK(explanation.eventsAfter == 3);
    REQUIRE(explanation.parts[2].eventsGained.size() == 1);
    CHECK(explanation.parts[2].eventsGained.front().pupils == keys({2}));
    REQUIRE(explanation.parts[4].eventsLost.size() == 1);
    CHECK(explanation.parts[4].eventsLost.front().pupils == keys({1}));
    CHECK(codeOf(explainChange(world, first, second, "no_such", task)) == ErrorCode::NotFound);
}

TEST_CASE("The bounds of waiting links are those of trying every set of answers", "[indicator]") {
    std::mt19937 random(99);
    TaskContext task;
    for (int round = 0; round < 40; ++round) {
        INFO("round " << round);
        const FigureWorld world = randomWorld(random);
        const ChangeEnd at = randomEnd(random);
        std::vector<std::pair<SourcePersonId, SourcePersonId>> waiting;
        for (int i = pick(random, 0, 6); i > 0; --i)
            waiting.emplace_back(pick(random, 1, kSources), pick(random, 1, kSources));
        int least = INT_MAX;
        int most = 0;
        for (unsigned answer = 0; answer < 1U << waiting.size(); ++answer) {
            ChangeEnd answered = at;
            for (int source = 1; source <= kSources; ++source) answered.links[source] = personOf(at.links, source);
            for (std::size_t i = 0; i < waiting.size(); ++i) {
                if ((answer >> i & 1U) == 0) continue;
                const PersonKey kept = answered.links[waiting[i].first];
                const PersonKey gone = answered.links[waiting[i].second];
                for (auto& [source, person] : answered.links)
                    if (person == gone) person = kept;
            }
            const int counted = pageFigure(world, answered, "events").pupils;
            least = std::min(least, counted);
            most = std::max(most, counted);
        }
        const auto bounds = valueOf(linkBounds(world, at, "events", waiting, task));
        CHECK(bounds.isExact);
        CHECK(bounds.now == pageFigure(world, at, "events").pupils);
        CHECK(bounds.least == least);
        CHECK(bounds.most == most);
    }
}

TEST_CASE("A figure that nobody supplied for one of the days has no difference to explain", "[indicator]") {
    FigureWorld world;
    const auto definitions = std::make_shared<const std::vector<Definition>>(someDefinitions());
    const auto missing = findDefinition(*definitions, "missing");
    REQUIRE(missing.has_value());
    const std::string name = (*definitions)[*missing].datasets.empty() ? "" : (*definitions)[*missing].datasets.front();
    REQUIRE(name.contains('/'));
    Source source;
    source.load = LoadId{2};
    source.agency = name.substr(0, name.find('/'));
    source.dataset = name.substr(name.find('/') + 1);
    source.period = {Date{50}, Date{150}};
    source.dataAsAt = Date{149};
    world.sources.push_back(source);
    const ChangeEnd first{Date{100}, LoadId{1}, {}, definitions, {}};
    ChangeEnd second = first;
    second.knownAt = LoadId{2};
    TaskContext task;
    auto explanation = valueOf(explainChange(world, first, second, "missing", task));
    // Before the first delivery nothing was supplied; a true zero afterwards.
    CHECK_FALSE(explanation.isSuppliedBefore);
    CHECK(explanation.isSuppliedAfter);
    CHECK_FALSE(explanation.isComparable());
    CHECK(explanation.after == 0);
    // Days before the delivery's period are not covered, whatever is known.
    ChangeEnd early = second;
    early.asAt = Date{49};
    explanation = valueOf(explainChange(world, early, second, "missing", task));
    CHECK_FALSE(explanation.isSuppliedBefore);
    early.asAt = Date{50};
    CHECK(valueOf(explainChange(world, early, second, "missing", task)).isComparable());
}
