#include "core/indicator/figure_world.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"
#include "core/indicator/reading.h"

namespace fairlead::indicator {

namespace {

std::set<record::PersonKey> pupilsOf(const FigureWorld& world, const FigureState& state) {
    std::vector<RollSpell> roll;
    for (const SourcedRoll& row : world.roll) {
        if (!row.spell.days.contains(state.rollOn)) continue;
        roll.push_back(row.spell);
        roll.back().person = personOf(*state.links, row.source);
    }
    std::set<record::PersonKey> pupils;
    for (const PupilOnRoll& one : pupilsOnRoll(roll, world.school, state.rollOn, state.rollKnownAt, world.yearGroup))
        pupils.insert(one.pupil);
    return pupils;
}

FactTable factsOf(const FigureWorld& world, const PersonOfSource& links, const std::set<record::PersonKey>& persons) {
    FactTable table;
    for (const SourcedFact& row : world.facts) {
        Fact fact = row.fact;
        fact.person = personOf(links, row.source);
        if (persons.contains(fact.person)) table.add(fact);
    }
    table.seal();
    return table;
}

}  // namespace

record::PersonKey personOf(const PersonOfSource& links, SourcePersonId source) {
    const auto found = links.find(source);
    return found == links.end() ? record::PersonKey{-source} : found->second;
}

std::vector<Definition> definitionsBehind(std::span<const Definition> definitions, std::string_view figureId) {
    std::vector<Definition> behind;
    for (const Definition& definition : definitions) {
        const bool isBehind = definition.id == figureId || entry(definition.group).id == figureId;
        if (isBehind && definition.status != DefinitionStatus::Retired) behind.push_back(definition);
    }
    return behind;
}

FigureCount counted(const FigureWorld& world, const FigureState& state) {
    FAIRLEAD_CHECK(state.links != nullptr && state.birthMonths != nullptr);
    const auto pupils = pupilsOf(world, state);
    std::map<record::PersonKey, std::vector<std::int64_t>> months;
    for (const auto& [source, month] : *state.birthMonths) {
        const auto person = personOf(*state.links, source);
        if (pupils.contains(person)) months[person].push_back(month);
    }
    const FactTable table = factsOf(world, *state.links, pupils);
    const RuleSet rules(state.definitions, world.codes);
    FigureCount count;
    for (const PersonFacts& where : table.persons()) {
        const auto born = birthMonthOf(months[where.person]);
        const auto lists = rules.evaluate(table.facts(where), where.first, born, state.factsKnownAt);
        std::vector<std::int64_t> incidents;
        bool holds = false;
        for (std::size_t d = 0; d < lists.size(); ++d) {
            const Spell* spell = lists[d].at(state.asAt);
            if (spell == nullptr) continue;
            holds = true;
            const Definition& definition = state.definitions[d];
            if (definition.unit == Unit::PupilsAndEvents)
                addIncidents(table, lists[d].evidence(*spell), state.asAt, definition.newWindowDays, incidents);
        }
        if (holds) count.pupils.push_back(where.person);
        countDistinct(incidents);
        for (const std::int64_t incident : incidents) count.events.push_back({incident, where.person});
    }
    std::ranges::sort(count.events);
    return count;
}

std::vector<Definition> suppliedOf(const FigureWorld& world, const FigureState& state) {
    std::vector<Definition> supplied;
    for (const Definition& definition : state.definitions) {
        const auto isOfIt = [&](const SourcedFact& held) {
            return held.fact.received <= state.factsKnownAt &&
                   std::ranges::find(definition.criteria, held.fact.kind, &Criterion::kind) !=
                       definition.criteria.end();
        };
        const bool isSeen = std::ranges::any_of(world.facts, isOfIt);
        if (supplyOf(world.sources, state.factsKnownAt, definition, isSeen).covers(state.asAt))
            supplied.push_back(definition);
    }
    return supplied;
}

}  // namespace fairlead::indicator
