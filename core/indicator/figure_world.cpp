#include "core/indicator/figure_world.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"

namespace fairlead::indicator {

namespace {

std::set<record::PersonKey> pupilsOf(const FigureWorld& world, const FigureState& state) {
    std::set<record::PersonKey> pupils;
    for (const SourcedRoll& row : world.roll) {
        const bool isOnRoll = row.spell.school == world.school && row.spell.days.contains(state.rollOn) &&
                              row.spell.isKnownAt(state.rollKnownAt);
        if (isOnRoll) pupils.insert(personOf(*state.links, row.source));
    }
    return pupils;
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

std::vector<record::PersonKey> pupilsCounted(const FigureWorld& world, const FigureState& state) {
    FAIRLEAD_CHECK(state.links != nullptr);
    const auto pupils = pupilsOf(world, state);
    std::map<record::PersonKey, std::vector<std::int64_t>> months;
    for (const auto& [source, month] : world.birthMonths) {
        const auto person = personOf(*state.links, source);
        if (pupils.contains(person)) months[person].push_back(month);
    }
    FactTable table;
    for (const SourcedFact& row : world.facts) {
        Fact fact = row.fact;
        fact.person = personOf(*state.links, row.source);
        if (pupils.contains(fact.person)) table.add(fact);
    }
    table.seal();
    const RuleSet rules(state.definitions, world.codes);
    std::vector<record::PersonKey> counted;
    for (const PersonFacts& where : table.persons()) {
        const auto born = birthMonthOf(months[where.person]);
        const auto lists = rules.evaluate(table.facts(where), where.first, born, state.factsKnownAt);
        const bool holds = std::ranges::any_of(lists, [&](const SpellList& list) { return list.covers(state.asAt); });
        if (holds) counted.push_back(where.person);
    }
    return counted;
}

}  // namespace fairlead::indicator
