#include "core/indicator/outcomes.h"

#include <algorithm>
#include <map>

#include "core/indicator/reading.h"

namespace fairlead::indicator {

namespace {

std::string_view titleOf(PreventionLevel level) {
    switch (level) {
        case PreventionLevel::Primary: return "Primary prevention";
        case PreventionLevel::Secondary: return "Secondary prevention";
        case PreventionLevel::Tertiary: return "Tertiary prevention";
    }
    return {};
}

constexpr std::size_t kLevels = 3;

}  // namespace

OutcomeTally::OutcomeTally(std::span<const Definition> definitions, Date asAt, Filters filters)
    : m_filters(std::move(filters)), m_dates(readingDates(asAt)) {
    std::map<PreventionLevel, std::vector<std::size_t>> byLevel;
    std::map<std::string, std::vector<std::size_t>> byHeading;
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const Definition& definition = definitions[i];
        if (definition.group == Group::AdultFamily || definition.status == DefinitionStatus::Retired) continue;
        byLevel[definition.prevention].push_back(i);
        byHeading[definition.outcome].push_back(i);
    }
    for (const PreventionLevel level :
         {PreventionLevel::Tertiary, PreventionLevel::Secondary, PreventionLevel::Primary})
        m_lines.push_back(lineOf(definitions, std::string(titleOf(level)), byLevel[level]));
    for (const auto& [heading, behind] : byHeading) m_lines.push_back(lineOf(definitions, heading, behind));
}

OutcomeTally::Line OutcomeTally::lineOf(std::span<const Definition> definitions, std::string title,
                                        std::vector<std::size_t> behind) {
    Line line{std::move(title), std::move(behind), {}, {}, {}};
    for (const std::size_t definition : line.behind) line.ids.push_back(definitions[definition].id);
    return line;
}

void OutcomeTally::addDate(const SchoolSlice& slice, const Counting& counting, std::size_t date) {
    const Date at = m_dates[date];
    std::vector<std::vector<std::size_t>> linesOf(counting.definitions.size());
    for (std::size_t l = 0; l < m_lines.size(); ++l) {
        for (const std::size_t definition : m_lines[l].behind) {
            if (counting.isIncomplete(definition, at)) m_lines[l].isIncomplete.set(date);
            if (const auto on = purgedOn(counting.supply[definition].purged, at)) m_lines[l].purged[date] = *on;
            if (!counting.supply[definition].covers(at)) continue;
            m_lines[l].isSupplied.set(date);
            linesOf[definition].push_back(l);
        }
    }
    for (const PupilSpells& pupil : pupilSpells(slice, at, m_filters.yearGroup)) {
        m_hasPupils.set(date);
        for (const BookSpell& held : pupil.spells) {
            if (!held.spell.interval.contains(at) || linesOf[held.definition].empty()) continue;
            auto& lines = m_counted[pupil.pupil.pupil.value];
            lines.resize(m_lines.size());
            for (const std::size_t l : linesOf[held.definition]) lines[l].set(date);
        }
    }
}

void OutcomeTally::add(const SchoolSlice& slice) {
    const Counting counting = countingOf(slice);
    for (std::size_t date = 0; date < m_dates.size(); ++date) addDate(slice, counting, date);
}

OutcomeReading OutcomeTally::reading() const {
    std::vector<std::vector<int>> pupils(m_lines.size(), std::vector<int>(m_dates.size()));
    for (const auto& [pupil, lines] : m_counted)
        for (std::size_t l = 0; l < lines.size(); ++l)
            for (std::size_t date = 0; date < m_dates.size(); ++date) pupils[l][date] += lines[l].test(date) ? 1 : 0;
    OutcomeReading reading;
    for (std::size_t l = 0; l < m_lines.size(); ++l) {
        OutcomeLine line{m_lines[l].title, m_lines[l].ids, {}};
        for (std::size_t date = 0; date < m_dates.size(); ++date) {
            MonthPoint point{m_dates[date], Count::notSupplied(), Count::notApplicable(),
                             m_lines[l].isIncomplete.test(date)};
            if (m_lines[l].isSupplied.test(date))
                point.pupils = m_hasPupils.test(date) ? Count::of(pupils[l][date]) : Count::notApplicable();
            if (const auto gone = m_lines[l].purged.find(date); gone != m_lines[l].purged.end())
                point.pupils = Count::purged(gone->second);
            line.points.push_back(point);
        }
        (l < kLevels ? reading.levels : reading.headings).push_back(std::move(line));
    }
    return reading;
}

OutcomeReading outcomes(const SchoolSlice& slice, Date asAt, const Filters& filters) {
    OutcomeTally tally(*slice.definitions, asAt, filters);
    tally.add(slice);
    return tally.reading();
}

}  // namespace fairlead::indicator
