#include "core/indicator/drill.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/indicator/reading.h"
#include "core/indicator/spell.h"

namespace fairlead::indicator {

namespace {

/// What a figure id names: one definition, or a group of them.
struct FigureChoice {
    std::optional<std::size_t> definition;
    Group group = Group::ReceivingSupport;
    std::string title;
    Unit unit = Unit::Pupils;

    [[nodiscard]] bool includes(const std::vector<Definition>& definitions, std::size_t index) const {
        return definition ? *definition == index : definitions[index].group == group;
    }
};

Result<FigureChoice> chooseFigure(const SchoolSlice& slice, std::string_view id) {
    const auto& definitions = *slice.definitions;
    if (const auto index = findDefinition(definitions, id)) {
        const Definition& definition = definitions[*index];
        return FigureChoice{index, definition.group, definition.title, definition.unit};
    }
    for (const GroupEntry& group : groups()) {
        if (group.id != id) continue;
        const bool hasEvents = std::ranges::any_of(definitions, [&](const Definition& definition) {
            return definition.group == group.group && definition.unit == Unit::PupilsAndEvents;
        });
        return FigureChoice{std::nullopt, group.group, std::string(group.title),
                            hasEvents ? Unit::PupilsAndEvents : Unit::Pupils};
    }
    return fail(ErrorCode::NotFound, std::string(id), "no indicator or group has this id");
}

struct CountPair {
    Count pupils;
    Count events;
};

CountPair countsOf(const Counting& counting, const FigureChoice& choice, const Reading& reading, Date day) {
    if (choice.definition) {
        return {counting.pupils(reading, *choice.definition, day), counting.events(reading, *choice.definition, day)};
    }
    return {counting.pupils(reading, choice.group, day), counting.events(reading, choice.group, day)};
}

bool isIncomplete(const Counting& counting, const FigureChoice& choice, Date day) {
    for (std::size_t d = 0; d < counting.definitions.size(); ++d) {
        if (choice.includes(counting.definitions, d) && counting.isIncomplete(d, day)) return true;
    }
    return false;
}

void summarise(Trend& trend) {
    for (const MonthPoint& point : trend.points) {
        if (!point.pupils.isValue()) continue;
        if (!trend.hasSummary) trend.first = trend.lowest = trend.highest = point;
        trend.hasSummary = true;
        trend.last = point;
        if (point.pupils.value < trend.lowest.pupils.value) trend.lowest = point;
        if (point.pupils.value > trend.highest.pupils.value) trend.highest = point;
    }
}

/// Adds one spell that holds to a pupil's row.
void addSpell(const SchoolSlice& slice, const BookSpell& held, Date asAt, PupilRow& row,
              std::set<std::string>& agencies) {
    row.firstSeen =
        row.indicators.empty() ? held.spell.interval.from : std::min(row.firstSeen, held.spell.interval.from);
    row.indicators.push_back((*slice.definitions)[held.definition].title);
    for (const Evidence& item : slice.spells->evidence(held)) {
        const Fact& fact = slice.facts->at(item.fact);
        if (fact.from > asAt) continue;
        row.latest = std::max(row.latest, fact.from);
        row.linkStrength = std::max(row.linkStrength, int{fact.linkStrength});
        if (const Source* source = findSource(slice.sources, fact.delivery)) agencies.insert(source->agency);
    }
}

std::optional<PupilRow> pupilRow(const SchoolSlice& slice, const Counting& counting, const FigureChoice& choice,
                                 const PupilSpells& pupil, Date asAt) {
    PupilRow row;
    row.pupil = pupil.pupil.pupil;
    row.yearGroup = pupil.pupil.yearGroup;
    row.enrolment = pupil.pupil.enrolment;
    row.latest = Date::beginning();
    row.linkStrength = 0;
    std::set<std::string> agencies;
    std::vector<std::int64_t> incidents;
    for (const BookSpell& held : pupil.spells) {
        if (!choice.includes(*slice.definitions, held.definition) || !held.spell.interval.contains(asAt)) continue;
        if (!counting.supply[held.definition].covers(asAt)) continue;  // behind "[x]" there is no list either
        addSpell(slice, held, asAt, row, agencies);
        const Definition& definition = (*slice.definitions)[held.definition];
        if (definition.unit == Unit::PupilsAndEvents) {
            addIncidents(slice, held, asAt, definition.newWindowDays, incidents);
        }
    }
    if (row.indicators.empty()) return std::nullopt;
    row.sources.assign(agencies.begin(), agencies.end());
    row.events = countDistinct(incidents);
    return row;
}

EvidenceLine evidenceLine(const SchoolSlice& slice, const Evidence& item) {
    const Fact& fact = slice.facts->at(item.fact);
    EvidenceLine line;
    line.fact = fact.id;
    line.index = item.fact;
    line.kind = fact.kind;
    line.role = fact.role;
    line.code = slice.facts->codes.text(fact.code);
    line.hasValue = fact.hasValue;
    line.value = fact.value;
    line.happened = {fact.from, fact.until};
    line.covers = item.covers;
    line.recorded = fact.recorded;
    line.received = fact.received;
    line.late = isLate(slice, item.fact);
    line.delivery = fact.delivery;
    line.sourceRow = fact.sourceRow;
    line.linkStrength = fact.linkStrength;
    if (const Source* source = findSource(slice.sources, fact.delivery)) {
        line.agency = source->agency;
        line.dataset = source->dataset;
        line.gateways = source->gateways;
        line.agreementRef = source->agreementRef;
        line.retainUntil = source->retainUntil;
    }
    return line;
}

/// Every line of the definition's checklist on a day.
std::vector<ChecklistLine> checklistOf(const SchoolSlice& slice, record::PersonKey pupil, const Definition& definition,
                                       Date day) {
    std::vector<ChecklistLine> lines;
    if (definition.combination != Combination::Points) return lines;
    for (const Criterion& criterion : definition.criteria)
        lines.push_back({criterion.label, criterion.points, false, {}});
    const PersonFacts where = slice.facts->of(pupil);
    const auto born = std::ranges::lower_bound(slice.births, pupil, {}, &PersonBirth::person);
    const bool isKnown = born != slice.births.end() && born->person == pupil;
    const Among among{slice.facts->facts(where), where.first, isKnown ? born->born : BirthMonth{}, slice.knownAt()};
    const RuleSet rules(std::span(&definition, 1), slice.facts->codes);
    for (const CriterionHolding& holding : rules.holding(0, day, among)) {
        lines[holding.criterion].holds = true;
        for (const Evidence& item : holding.evidence)
            lines[holding.criterion].evidence.push_back(evidenceLine(slice, item));
    }
    return lines;
}

std::vector<SupplyGap> supplyGaps(const SchoolSlice& slice, Date asAt) {
    std::map<std::pair<std::string, std::string>, std::vector<DatedFact>> periods;
    for (const Source& source : slice.sources) {
        // The supply of a day needs no evidence here: 0 stands for all.
        periods[{source.agency, source.dataset}].push_back({0, source.period});
    }
    std::vector<SupplyGap> gaps;
    for (const auto& [name, days] : periods) {
        const SpellList supplied = during(days);
        if (supplied.isEmpty()) continue;
        const DatedFact whole{0, {supplied.spells().front().interval.from, shifted(asAt, 1)}};
        const SpellList missing = subtract(during(std::span(&whole, 1)), supplied);
        for (const Spell& gap : missing.spells()) {
            gaps.push_back({name.first, name.second, gap.interval});
        }
    }
    return gaps;
}

}  // namespace

Result<Trend> trend(const SchoolSlice& slice, std::string_view figureId, Date asAt, const Filters& filters) {
    FAIRLEAD_TRY(const FigureChoice choice, chooseFigure(slice, figureId));
    const Counting counting = countingOf(slice);
    Trend result;
    result.id = figureId;
    result.title = choice.title;
    result.unit = choice.unit;
    for (const Date day : readingDates(asAt)) {
        const auto pupils = pupilSpells(slice, day, filters.yearGroup);
        const CountPair counts = countsOf(counting, choice, read(slice, counting, pupils, day), day);
        result.points.push_back({day, counts.pupils, counts.events, isIncomplete(counting, choice, day)});
    }
    summarise(result);
    return result;
}

Result<std::vector<YearFigure>> byYearGroup(const SchoolSlice& slice, std::string_view figureId, Date asAt,
                                            const Filters& filters) {
    FAIRLEAD_TRY(const FigureChoice choice, chooseFigure(slice, figureId));
    const Counting counting = countingOf(slice);
    std::map<std::pair<int, std::string>, std::vector<PupilSpells>> years;
    for (PupilSpells& pupil : pupilSpells(slice, asAt, filters.yearGroup)) {
        const std::string year = pupil.pupil.yearGroup;
        years[{yearGroupOrder(year), year}].push_back(std::move(pupil));
    }
    std::vector<YearFigure> result;
    for (const auto& [year, pupils] : years) {
        const CountPair counts = countsOf(counting, choice, read(slice, counting, pupils, asAt), asAt);
        result.push_back({year.second, static_cast<int>(pupils.size()), counts.pupils, counts.events});
    }
    return result;
}

Result<std::vector<PupilRow>> pupilList(const SchoolSlice& slice, std::string_view figureId, Date asAt,
                                        const Filters& filters) {
    FAIRLEAD_TRY(const FigureChoice choice, chooseFigure(slice, figureId));
    const Counting counting = countingOf(slice);
    std::vector<PupilRow> rows;
    for (const PupilSpells& pupil : pupilSpells(slice, asAt, filters.yearGroup)) {
        if (auto row = pupilRow(slice, counting, choice, pupil, asAt)) rows.push_back(std::move(*row));
    }
    std::ranges::sort(rows, [](const PupilRow& a, const PupilRow& b) {
        return std::tuple(yearGroupOrder(a.yearGroup), a.pupil) < std::tuple(yearGroupOrder(b.yearGroup), b.pupil);
    });
    return rows;
}

std::vector<EvidenceLine> evidence(const SchoolSlice& slice, const BookSpell& spell) {
    std::vector<EvidenceLine> lines;
    for (const Evidence& item : slice.spells->evidence(spell)) lines.push_back(evidenceLine(slice, item));
    return lines;
}

Timeline timeline(const SchoolSlice& slice, record::PersonKey pupil, Date asAt) {
    Timeline result;
    result.pupil = pupil;
    result.asAt = asAt;
    for (const BookSpell& held : slice.spells->of(pupil)) {
        if (held.spell.interval.from > asAt) continue;
        const Definition& definition = (*slice.definitions)[held.definition];
        TimelineSpell row{definition.id,       definition.title,      definition.group,
                          held.spell.interval, evidence(slice, held), {}};
        row.checklist = checklistOf(slice, pupil, definition, std::min(asAt, shifted(row.days.until, -1)));
        std::erase_if(row.evidence, [asAt](const EvidenceLine& line) { return line.happened.from > asAt; });
        result.spells.push_back(std::move(row));
    }
    std::ranges::sort(result.spells, [](const TimelineSpell& a, const TimelineSpell& b) {
        return std::tie(a.group, a.days.from, a.indicator) < std::tie(b.group, b.days.from, b.indicator);
    });
    result.gaps = supplyGaps(slice, asAt);
    return result;
}

}  // namespace fairlead::indicator
