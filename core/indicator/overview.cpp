#include "core/indicator/overview.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/check.h"
#include "core/indicator/reading.h"

namespace fairlead::indicator {

namespace {

constexpr int kWindowDays = 30;

/// The readings of all twelve dates, for every figure at once.
struct Months {
    Counting counting;
    std::vector<Date> dates;
    std::vector<Reading> readings;
};

Months readMonths(const SchoolSlice& slice, Date asAt, const Filters& filters) {
    Months months{countingOf(slice), readingDates(asAt), {}};
    for (const Date day : months.dates) {
        const auto pupils = pupilSpells(slice, day, filters.yearGroup);
        months.readings.push_back(read(slice, months.counting, pupils, day));
    }
    return months;
}

/// Makes a figure from its points: the last is the figure, the one before it the basis of the change.
Figure figureOf(std::vector<MonthPoint> points) {
    Figure figure;
    const MonthPoint& now = points.back();
    const MonthPoint& before = points[points.size() - 2];
    figure.pupils = now.pupils;
    figure.events = now.events;
    figure.change = {difference(now.pupils, before.pupils), before.at};
    figure.series = std::move(points);
    return figure;
}

IndicatorFigure indicatorFigure(const Months& months, std::size_t index) {
    const Definition& definition = months.counting.definitions[index];
    std::vector<MonthPoint> points;
    for (std::size_t i = 0; i < months.dates.size(); ++i) {
        const Date at = months.dates[i];
        points.push_back({at, months.counting.pupils(months.readings[i], index, at),
                          months.counting.events(months.readings[i], index, at),
                          months.counting.isIncomplete(index, at)});
    }
    const auto& until = months.counting.supply[index].until;
    const bool isStale = until && shifted(*until, definition.freshnessDays) < months.dates.back();
    return {definition.id,     definition.title, definition.version,
            definition.status, isStale,          figureOf(std::move(points))};
}

GroupFigure groupFigure(const Months& months, const GroupEntry& group) {
    GroupFigure result;
    result.group = group.group;
    result.id = group.id;
    result.title = group.title;
    const auto& definitions = months.counting.definitions;
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        const bool isShown = definitions[d].group == group.group && definitions[d].status != DefinitionStatus::Retired;
        if (isShown) result.indicators.push_back(indicatorFigure(months, d));
    }
    std::vector<MonthPoint> points;
    for (std::size_t i = 0; i < months.dates.size(); ++i) {
        const Date at = months.dates[i];
        const bool isPartIncomplete = std::ranges::any_of(
            result.indicators, [i](const IndicatorFigure& part) { return part.figure.series[i].incomplete; });
        points.push_back({at, months.counting.pupils(months.readings[i], group.group, at),
                          months.counting.events(months.readings[i], group.group, at), isPartIncomplete});
    }
    result.figure = figureOf(std::move(points));
    return result;
}

std::string joined(const std::set<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

NewIndicator newIndicator(const SchoolSlice& slice, const PupilOnRoll& pupil, const BookSpell& spell) {
    const Definition& definition = (*slice.definitions)[spell.definition];
    NewIndicator row{
        spell.spell.interval.from, pupil.pupil, pupil.yearGroup, definition.id, definition.newTitle, false, {}, {}, 0};
    std::set<std::string> agencies;
    std::set<std::string> datasets;
    bool isAllLate = true;
    for (const Evidence& item : slice.spells->evidence(spell)) {
        if (item.covers.from != row.date) continue;
        const Fact& fact = slice.facts->at(item.fact);
        row.linkStrength = std::max(row.linkStrength, int{fact.linkStrength});
        isAllLate = isAllLate && isLate(slice, item.fact);
        if (const Source* source = findSource(slice.sources, fact.delivery)) {
            agencies.insert(source->agency);
            datasets.insert(source->dataset);
        }
    }
    row.late = isAllLate;
    row.agency = joined(agencies);
    row.dataset = joined(datasets);
    return row;
}

bool isListedWhenNew(const Definition& definition) {
    return definition.group == Group::ReceivingSupport || definition.group == Group::CurrentRisk ||
           definition.group == Group::Events;
}

std::vector<NewIndicator> newIndicators(const SchoolSlice& slice, std::span<const PupilSpells> pupils, Date asAt) {
    std::vector<std::pair<std::uint32_t, NewIndicator>> rows;
    for (const PupilSpells& pupil : pupils) {
        for (std::size_t i = 0; i < pupil.spells.size(); ++i) {
            const Definition& definition = (*slice.definitions)[pupil.spells[i].definition];
            if (!isListedWhenNew(definition) || !isNew(pupil.spells, i, definition, asAt)) continue;
            rows.emplace_back(pupil.spells[i].definition, newIndicator(slice, pupil.pupil, pupil.spells[i]));
        }
    }
    std::ranges::sort(rows, [](const auto& a, const auto& b) {
        return std::tie(b.second.date, a.second.pupil, a.first) < std::tie(a.second.date, b.second.pupil, b.first);
    });
    std::vector<NewIndicator> result;
    for (auto& row : rows) result.push_back(std::move(row.second));
    return result;
}

/// What is new about one family member: incidents as keys added to `incidents`, onsets counted.
int addNewOfMember(const SchoolSlice& slice, record::PersonKey member, Date asAt,
                   std::vector<std::int64_t>& incidents) {
    int onsets = 0;
    const auto spells = slice.spells->of(member);
    for (std::size_t i = 0; i < spells.size(); ++i) {
        const Definition& definition = (*slice.definitions)[spells[i].definition];
        if (!definition.countsInFamily) continue;
        if (definition.unit == Unit::PupilsAndEvents) {
            addIncidents(slice, spells[i], asAt, definition.newWindowDays, incidents);
        } else if (isNew(spells, i, definition, asAt)) {
            ++onsets;
        }
    }
    return onsets;
}

std::vector<FamilyCount> familyCounts(const SchoolSlice& slice, std::span<const PupilSpells> pupils, Date asAt) {
    constexpr int kFewestShown = 2;
    std::vector<FamilyCount> result;
    for (const PupilSpells& pupil : pupils) {
        FamilyCount row{pupil.pupil.pupil, pupil.pupil.yearGroup, 0, 0};
        std::vector<std::int64_t> incidents;
        for (const FamilyTie& tie : std::ranges::equal_range(slice.families, row.pupil, {}, &FamilyTie::pupil)) {
            if (tie.member == row.pupil) continue;
            ++row.members;
            row.count += addNewOfMember(slice, tie.member, asAt, incidents);
        }
        row.count += countDistinct(incidents);
        if (row.count >= kFewestShown) result.push_back(std::move(row));
    }
    std::ranges::sort(result, [](const FamilyCount& a, const FamilyCount& b) {
        return std::tuple(-a.count, yearGroupOrder(a.yearGroup), a.pupil) <
               std::tuple(-b.count, yearGroupOrder(b.yearGroup), b.pupil);
    });
    return result;
}

/// Both lists count what began in the last window: without rows of it, or of the quiet days before, they mislead.
std::optional<Date> listsPurgedOn(const Counting& counting, Date asAt) {
    std::optional<Date> on;
    for (std::size_t d = 0; d < counting.definitions.size(); ++d) {
        const Definition& definition = counting.definitions[d];
        const bool isListed = isListedWhenNew(definition) || definition.countsInFamily;
        if (!isListed || definition.status == DefinitionStatus::Retired) continue;
        const Interval days{shifted(asAt, 1 - definition.newWindowDays - definition.quietDays), shifted(asAt, 1)};
        for (const PurgedDays& part : counting.supply[d].purged)
            if (part.days.overlaps(days)) on = std::max(on.value_or(part.on), part.on);
    }
    return on;
}

std::vector<SourceLine> sourceLines(const SchoolSlice& slice) {
    std::map<std::pair<std::string, std::string>, Date> latest;
    for (const Source& source : slice.sources) {
        const auto [line, isFirst] = latest.try_emplace({source.agency, source.dataset}, source.dataAsAt);
        if (!isFirst) line->second = std::max(line->second, source.dataAsAt);
    }
    std::vector<SourceLine> lines;
    for (const auto& [name, date] : latest) lines.push_back({name.first, name.second, date});
    return lines;
}

}  // namespace

std::vector<Date> readingDates(Date asAt, int count) {
    FAIRLEAD_CHECK(count > 0);
    std::vector<Date> dates;
    const Date month = asAt.monthStart();
    for (int back = count - 1; back > 0; --back) dates.push_back(month.plusMonths(-back).monthEnd());
    dates.push_back(asAt);
    return dates;
}

Overview overview(const SchoolSlice& slice, Date asAt, const Filters& filters) {
    Overview result;
    result.school = slice.school;
    result.asAt = asAt;
    result.knownAt = slice.knownAt();
    result.filters = filters;
    result.window = {shifted(asAt, 1 - kWindowDays), shifted(asAt, 1)};
    const Months months = readMonths(slice, asAt, filters);
    for (const GroupEntry& group : groups()) {
        if (group.group == Group::AdultFamily) continue;
        GroupFigure figure = groupFigure(months, group);
        if (!figure.indicators.empty()) result.groups.push_back(std::move(figure));
    }
    const auto pupils = pupilSpells(slice, asAt, filters.yearGroup);
    result.onRoll = static_cast<int>(pupils.size());
    result.rollPurgedOn = purgedOn(purgedRoll(slice.sources, slice.knownAt()), asAt);
    result.listsPurgedOn = listsPurgedOn(months.counting, asAt);
    if (!result.listsPurgedOn) {
        result.newIndicators = newIndicators(slice, pupils, asAt);
        result.families = familyCounts(slice, pupils, asAt);
    }
    result.sources = sourceLines(slice);
    result.dataAsAt = Date::beginning();
    for (const SourceLine& line : result.sources) {
        const bool isFirst = result.dataAsAt == Date::beginning();
        result.dataAsAt = isFirst ? line.dataAsAt : std::min(result.dataAsAt, line.dataAsAt);
    }
    return result;
}

}  // namespace fairlead::indicator
