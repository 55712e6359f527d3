#include "core/indicator/reading.h"

#include <algorithm>
#include <bitset>
#include <utility>

namespace fairlead::indicator {

Supply supplyOf(std::span<const Source> sources, record::LoadId knownAt, const Definition& definition, bool isSeen) {
    Supply supply;
    supply.isSeen = isSeen;
    for (const std::string& name : definition.datasets) {
        std::optional<Date> latest;
        for (const Source& source : sources) {
            if (source.load > knownAt || source.name() != name) continue;
            supply.from = supply.isListed ? std::min(supply.from, source.period.from) : source.period.from;
            supply.isListed = true;
            latest = std::max(latest.value_or(source.dataAsAt), source.dataAsAt);
        }
        if (!latest) continue;
        supply.until = std::min(supply.until.value_or(*latest), *latest);
        const Date lapses = definition.lapseDays > 0 ? shifted(*latest, definition.lapseDays + 1) : Date::never();
        supply.lapses = std::max(supply.lapses, lapses);
    }
    supply.purged = purgedFor(sources, knownAt, definition, isSeen);
    return supply;
}

namespace {

void tally(const SchoolSlice& slice, const Counting& counting, const PupilSpells& pupil, Date day, Reading& reading) {
    std::bitset<64> groupsSeen;  // room for more groups than there are
    for (const BookSpell& held : pupil.spells) {
        if (!held.spell.interval.contains(day)) continue;
        const Definition& definition = (*slice.definitions)[held.definition];
        const auto group = static_cast<std::size_t>(definition.group);
        Tally& own = reading.definitions[held.definition];
        ++own.pupils;
        if (counting.supply[held.definition].covers(day) && !groupsSeen.test(group)) {
            ++reading.groups[group].pupils;
            groupsSeen.set(group);
        }
        if (definition.unit == Unit::PupilsAndEvents) {
            addIncidents(slice, held, day, definition.newWindowDays, own.incidents);
        }
    }
}

}  // namespace

std::int64_t incidentKey(const Fact& fact) { return fact.incident != 0 ? fact.incident : -1 - fact.id.value; }

void addIncidents(const FactTable& facts, std::span<const Evidence> evidence, Date day, int windowDays,
                  std::vector<std::int64_t>& into) {
    const Date before = shifted(day, -windowDays);
    for (const Evidence& item : evidence) {
        // Evidence begins on its event's day, or later where a guard or another criterion cut it: look at the fact.
        if (item.covers.until <= before || item.covers.from > day) continue;
        const Fact& fact = facts.at(item.fact);
        const bool isEvent = record::entry(fact.kind).shape == record::Shape::Event;
        if (isEvent && fact.from <= day && fact.from > before) into.push_back(incidentKey(fact));
    }
}

void addIncidents(const SchoolSlice& slice, const BookSpell& spell, Date day, int windowDays,
                  std::vector<std::int64_t>& into) {
    const Interval& days = spell.spell.interval;
    if (days.until <= shifted(day, -windowDays) || days.from > day) return;
    addIncidents(*slice.facts, slice.spells->evidence(spell), day, windowDays, into);
}

int countDistinct(std::vector<std::int64_t>& keys) {
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return static_cast<int>(keys.size());
}

bool isNew(std::span<const BookSpell> spells, std::size_t position, const Definition& definition, Date day) {
    const Date start = spells[position].spell.interval.from;
    if (start > day || start <= shifted(day, -definition.newWindowDays)) return false;
    if (position == 0 || spells[position - 1].definition != spells[position].definition) return true;
    return spells[position - 1].spell.interval.until <= shifted(start, -definition.quietDays);
}

std::vector<Supply> supplies(const SchoolSlice& slice) {
    std::vector<Supply> result;
    for (const Definition& definition : *slice.definitions) {
        const bool isSeen = std::ranges::any_of(
            definition.criteria, [&](const Criterion& criterion) { return slice.spells->hasSeen(criterion.kind); });
        result.push_back(supplyOf(slice.sources, slice.knownAt(), definition, isSeen));
    }
    return result;
}

std::vector<PupilSpells> pupilSpells(const SchoolSlice& slice, Date day, std::string_view yearGroup) {
    std::vector<PupilSpells> found;
    found.reserve(slice.roll.size());
    for (PupilOnRoll& pupil : pupilsOnRoll(slice.roll, slice.school, day, slice.knownAt(), yearGroup)) {
        const auto spells = slice.spells->of(pupil.pupil);
        found.push_back({std::move(pupil), spells});
    }
    return found;
}

Reading read(const SchoolSlice& slice, const Counting& counting, std::span<const PupilSpells> pupils, Date day) {
    Reading reading;
    reading.onRoll = static_cast<int>(pupils.size());
    reading.definitions.resize(slice.definitions->size());
    reading.groups.resize(groups().size());
    for (const PupilSpells& pupil : pupils) tally(slice, counting, pupil, day, reading);
    for (std::size_t d = 0; d < reading.definitions.size(); ++d) {
        auto& own = reading.definitions[d].incidents;
        countDistinct(own);
        if (!counting.supply[d].covers(day)) continue;
        auto& all = reading.groups[static_cast<std::size_t>((*slice.definitions)[d].group)].incidents;
        all.insert(all.end(), own.begin(), own.end());
    }
    for (Tally& group : reading.groups) countDistinct(group.incidents);
    return reading;
}

Counting countingOf(const SchoolSlice& slice) { return {*slice.definitions, supplies(slice)}; }

Count Counting::pupils(const Reading& reading, std::size_t definition, Date day) const {
    if (!supply[definition].covers(day)) return supply[definition].whyNone(day);
    return reading.onRoll == 0 ? Count::notApplicable() : Count::of(reading.definitions[definition].pupils);
}

Count Counting::events(const Reading& reading, std::size_t definition, Date day) const {
    if (definitions[definition].unit == Unit::Pupils) return Count::notApplicable();
    if (!supply[definition].covers(day)) return supply[definition].whyNone(day);
    if (reading.onRoll == 0) return Count::notApplicable();
    return Count::of(static_cast<int>(reading.definitions[definition].incidents.size()));
}

std::optional<Date> Counting::partPurgedOn(Group group, Date day, bool eventsAlone) const {
    std::optional<Date> on;
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        const bool isPart = definitions[d].group == group && definitions[d].status != DefinitionStatus::Retired &&
                            (!eventsAlone || definitions[d].unit == Unit::PupilsAndEvents);
        if (const auto gone = isPart ? purgedOn(supply[d].purged, day) : std::nullopt)
            on = std::max(on.value_or(*gone), *gone);
    }
    return on;
}

Count Counting::pupils(const Reading& reading, Group group, Date day) const {
    if (const auto gone = partPurgedOn(group, day, false)) return Count::purged(*gone);
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        if (definitions[d].group == group && supply[d].covers(day)) {
            if (reading.onRoll == 0) return Count::notApplicable();
            return Count::of(reading.groups[static_cast<std::size_t>(group)].pupils);
        }
    }
    return Count::notSupplied();
}

Count Counting::events(const Reading& reading, Group group, Date day) const {
    if (const auto gone = partPurgedOn(group, day, true)) return Count::purged(*gone);
    Count events = Count::notApplicable();
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        if (definitions[d].group != group || definitions[d].unit == Unit::Pupils) continue;
        if (supply[d].covers(day)) {
            if (reading.onRoll == 0) return Count::notApplicable();
            return Count::of(static_cast<int>(reading.groups[static_cast<std::size_t>(group)].incidents.size()));
        }
        events = Count::notSupplied();
    }
    return events;
}

bool Counting::isIncomplete(std::size_t definition, Date at) const {
    const auto& until = supply[definition].until;
    return at != at.monthEnd() || (until && *until < at);
}

}  // namespace fairlead::indicator
