#include "core/indicator/purged.h"

#include <algorithm>
#include <map>

namespace fairlead::indicator {

namespace {

bool isPurged(const Source& source) { return source.purgedOn.has_value(); }

using Named = std::map<std::string, std::vector<Source>>;

Named byName(std::span<const Source> sources, record::LoadId knownAt) {
    Named named;
    for (const Source& source : sources)
        if (source.load <= knownAt) named[source.name()].push_back(source);
    return named;
}

/// Without the days of `taken`.
std::vector<Interval> without(const std::vector<Interval>& days, const Interval& taken) {
    std::vector<Interval> left;
    for (const Interval& part : days) {
        const Interval before{part.from, std::min(part.until, taken.from)};
        const Interval after{std::max(part.from, taken.until), part.until};
        if (!before.isEmpty()) left.push_back(before);
        if (!after.isEmpty()) left.push_back(after);
    }
    return left;
}

/// The days for which nothing but a purged delivery speaks.
std::vector<Interval> lostWith(const Source& gone, std::span<const Source> sources, record::LoadId knownAt) {
    std::vector<const Source*> later;
    for (const Source& source : sources)
        if (!source.purgedOn && source.load <= knownAt && source.delivery > gone.delivery) later.push_back(&source);
    Date end = Date::never();
    for (const Source* const source : later)
        if (source->period.until >= gone.period.until)
            end = std::min(end, std::max(source->period.from, gone.period.until));
    std::vector<Interval> lost{{gone.period.from, end}};
    for (const Source* const source : later) lost = without(lost, source->period);
    return lost;
}

void addPurged(std::vector<PurgedDays>& all, const std::vector<PurgedDays>& more, int lookBack) {
    for (const PurgedDays& part : more) all.push_back({{part.days.from, shifted(part.days.until, lookBack)}, part.on});
}

}  // namespace

std::vector<PurgedDays> purgedDays(std::span<const Source> sources, record::LoadId knownAt) {
    std::vector<PurgedDays> purged;
    for (const Source& source : sources) {
        if (!source.purgedOn || source.load > knownAt) continue;
        for (const Interval& days : lostWith(source, sources, knownAt)) purged.push_back({days, *source.purgedOn});
    }
    return purged;
}

int lookBackDays(const Definition& definition) {
    int longest = 0;
    for (const Criterion& criterion : definition.criteria)
        longest = std::max(longest, std::max(criterion.lastingDays, criterion.carryDays) + criterion.gapDays);
    return definition.unit == Unit::PupilsAndEvents ? std::max(longest, definition.newWindowDays) : longest;
}

std::vector<PurgedDays> purgedFor(std::span<const Source> sources, record::LoadId knownAt, const Definition& definition,
                                  bool isSeen) {
    if (std::ranges::none_of(sources, isPurged)) return {};
    const Named named = byName(sources, knownAt);
    const bool isListed =
        std::ranges::any_of(definition.datasets, [&](const std::string& name) { return named.contains(name); });
    std::vector<PurgedDays> purged = purgedRoll(sources, knownAt);
    for (const auto& [name, own] : named) {
        const bool isNamed = std::ranges::find(definition.datasets, name) != definition.datasets.end();
        if (isListed ? !isNamed : !isSeen) continue;
        addPurged(purged, purgedDays(own, knownAt), lookBackDays(definition));
    }
    return purged;
}

std::vector<PurgedDays> purgedRoll(std::span<const Source> sources, record::LoadId knownAt) {
    std::vector<PurgedDays> purged;
    for (const auto& [name, own] : byName(sources, knownAt)) {
        if (std::ranges::any_of(own, [](const Source& source) { return source.purgedOn && source.hadRoll; }))
            addPurged(purged, purgedDays(own, knownAt), 0);
    }
    return purged;
}

std::optional<Date> purgedOn(std::span<const PurgedDays> purged, Date day) {
    std::optional<Date> on;
    for (const PurgedDays& part : purged)
        if (part.days.contains(day)) on = std::max(on.value_or(part.on), part.on);
    return on;
}

}  // namespace fairlead::indicator
