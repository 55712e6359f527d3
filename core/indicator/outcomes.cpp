#include "core/indicator/outcomes.h"

#include <algorithm>
#include <map>

#include "core/indicator/reading.h"

namespace fairlead::indicator {

namespace {

/// Positions of the definitions behind a line.
using Positions = std::vector<std::size_t>;

std::string_view titleOf(PreventionLevel level) {
    switch (level) {
        case PreventionLevel::Primary: return "Primary prevention";
        case PreventionLevel::Secondary: return "Secondary prevention";
        case PreventionLevel::Tertiary: return "Tertiary prevention";
    }
    return {};
}

/// One date's pupils with their spells.
struct Month {
    Date at;
    std::vector<PupilSpells> pupils;
};

MonthPoint pointOf(const Counting& counting, const Positions& behind, const Month& month) {
    MonthPoint point{month.at, Count::notSupplied(), Count::notApplicable(), false};
    Positions supplied;
    for (const std::size_t definition : behind) {
        if (counting.supply[definition].covers(month.at)) supplied.push_back(definition);
        point.incomplete = point.incomplete || counting.isIncomplete(definition, month.at);
    }
    if (supplied.empty()) return point;
    if (month.pupils.empty()) {
        point.pupils = Count::notApplicable();
        return point;
    }
    const auto isBehind = [&](const BookSpell& held) {
        return held.spell.interval.contains(month.at) && std::ranges::binary_search(supplied, held.definition);
    };
    const auto counted = std::ranges::count_if(
        month.pupils, [&](const PupilSpells& pupil) { return std::ranges::any_of(pupil.spells, isBehind); });
    point.pupils = Count::of(static_cast<int>(counted));
    return point;
}

OutcomeLine lineOf(const Counting& counting, std::string title, const Positions& behind,
                   const std::vector<Month>& months) {
    OutcomeLine line{std::move(title), {}, {}};
    for (const std::size_t definition : behind) line.definitions.push_back(counting.definitions[definition].id);
    for (const Month& month : months) line.points.push_back(pointOf(counting, behind, month));
    return line;
}

}  // namespace

OutcomeReading outcomes(const SchoolSlice& slice, Date asAt, const Filters& filters) {
    const Counting counting = countingOf(slice);
    std::vector<Month> months;
    for (const Date at : readingDates(asAt)) months.push_back({at, pupilSpells(slice, at, filters.yearGroup)});
    std::map<PreventionLevel, Positions> byLevel;
    std::map<std::string, Positions> byHeading;
    for (std::size_t i = 0; i < counting.definitions.size(); ++i) {
        const Definition& definition = counting.definitions[i];
        if (definition.group == Group::AdultFamily || definition.status == DefinitionStatus::Retired) continue;
        byLevel[definition.prevention].push_back(i);
        byHeading[definition.outcome].push_back(i);
    }
    OutcomeReading reading;
    for (const PreventionLevel level :
         {PreventionLevel::Tertiary, PreventionLevel::Secondary, PreventionLevel::Primary})
        reading.levels.push_back(lineOf(counting, std::string(titleOf(level)), byLevel[level], months));
    for (const auto& [heading, behind] : byHeading)
        reading.headings.push_back(lineOf(counting, heading, behind, months));
    return reading;
}

}  // namespace fairlead::indicator
