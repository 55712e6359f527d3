#include "core/indicator/spell.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "core/base/check.h"

namespace fairlead::indicator {

namespace {

Interval common(const Interval& a, const Interval& b) { return {std::max(a.from, b.from), std::min(a.until, b.until)}; }

bool byFact(const Evidence& a, const Evidence& b) {
    return std::tie(a.fact, a.covers.from) < std::tie(b.fact, b.covers.from);
}

bool byDay(const Evidence& a, const Evidence& b) {
    return std::tie(a.covers.from, a.covers.until, a.fact) < std::tie(b.covers.from, b.covers.until, b.fact);
}

// One fact may come in twice (two criteria, two operands): its touching days become one item, which makes the
// result independent of the way there.
void joinDaysOfEachFact(std::vector<Evidence>& items) {
    if (!std::ranges::is_sorted(items, byFact)) std::ranges::sort(items, byFact);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < items.size(); ++i) {
        Evidence& last = items[kept];
        if (items[i].fact == last.fact && items[i].covers.from <= last.covers.until) {
            last.covers.until = std::max(last.covers.until, items[i].covers.until);
        } else {
            items[++kept] = items[i];
        }
    }
    items.resize(kept + 1);
}

// Lets the evidence that reaches furthest stand for a gap of at most gapDays after it.
void bridgeGaps(std::vector<Evidence>& sortedByDay, int gapDays) {
    std::size_t furthest = 0;
    for (std::size_t i = 1; i < sortedByDay.size(); ++i) {
        const Date reach = sortedByDay[furthest].covers.until;
        const Date start = sortedByDay[i].covers.from;
        if (start > reach && start <= shifted(reach, gapDays)) sortedByDay[furthest].covers.until = start;
        if (sortedByDay[i].covers.until >= reach) furthest = i;
    }
}

void addClipped(std::vector<Evidence>& items, std::span<const Evidence> evidence, const Interval& window) {
    for (const Evidence& item : evidence) {
        const Interval part = common(item.covers, window);
        if (!part.isEmpty()) items.push_back({item.fact, part});
    }
}

}  // namespace

Date shifted(Date date, std::int64_t days) {
    if (date == Date::never() || date == Date::beginning()) return date;
    const std::int64_t moved = static_cast<std::int64_t>(date.days) + days;
    return Date{static_cast<std::int32_t>(std::clamp<std::int64_t>(moved, Date::beginning().days, Date::never().days))};
}

SpellList SpellList::of(std::vector<Evidence> items, int gapDays) {
    FAIRLEAD_CHECK(gapDays >= 0);
    std::erase_if(items, [](const Evidence& item) { return item.covers.isEmpty(); });
    SpellList list;
    if (items.empty()) return list;
    joinDaysOfEachFact(items);
    if (!std::ranges::is_sorted(items, byDay)) std::ranges::sort(items, byDay);
    if (gapDays > 0) {
        bridgeGaps(items, gapDays);
        return of(std::move(items));
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Interval& covers = items[i].covers;
        if (list.m_spells.empty() || covers.from > list.m_spells.back().interval.until) {
            list.m_spells.push_back({covers, static_cast<std::uint32_t>(i), 1});
        } else {
            Spell& last = list.m_spells.back();
            last.interval.until = std::max(last.interval.until, covers.until);
            ++last.evidenceCount;
        }
    }
    list.m_pool = std::move(items);
    return list;
}

std::span<const Evidence> SpellList::evidence(const Spell& spell) const {
    return std::span(m_pool).subspan(spell.firstEvidence, spell.evidenceCount);
}

const Spell* SpellList::at(Date day) const { return spellAt(m_spells, day); }

const Spell* spellAt(std::span<const Spell> sorted, Date day) {
    const auto after =
        std::ranges::upper_bound(sorted, day, {}, [](const Spell& spell) { return spell.interval.from; });
    if (after == sorted.begin()) return nullptr;
    const Spell& candidate = *std::prev(after);
    return candidate.interval.contains(day) ? &candidate : nullptr;
}

SpellList during(std::span<const DatedFact> statuses) {
    std::vector<Evidence> items;
    items.reserve(statuses.size());
    for (const DatedFact& status : statuses) items.push_back({status.fact, status.days});
    return SpellList::of(std::move(items));
}

SpellList lasting(std::span<const DatedFact> events, int days, int gapDays) {
    FAIRLEAD_CHECK(days > 0);
    std::vector<Evidence> items;
    items.reserve(events.size());
    for (const DatedFact& event : events) {
        items.push_back({event.fact, {event.days.from, shifted(event.days.from, days)}});
    }
    return SpellList::of(std::move(items), gapDays);
}

SpellList sumAtLeast(std::span<const WeightedList> lists, int threshold) {
    FAIRLEAD_CHECK(threshold > 0);
    std::map<Date, int> steps;
    for (const WeightedList& part : lists) {
        FAIRLEAD_CHECK(part.weight >= 0);
        for (const Spell& spell : part.list.spells()) {
            steps[spell.interval.from] += part.weight;
            steps[spell.interval.until] -= part.weight;
        }
    }
    std::vector<Interval> days;
    int sum = 0;
    for (const auto& [day, step] : steps) {
        const bool was = sum >= threshold;
        sum += step;
        const bool is = sum >= threshold;
        if (is && !was) days.push_back({day, Date::never()});
        if (was && !is) days.back().until = day;
    }
    std::vector<Evidence> items;
    for (const WeightedList& part : lists) {
        if (part.weight == 0) continue;
        for (const Interval& run : days) addClipped(items, part.list.pool(), run);
    }
    return SpellList::of(std::move(items));
}

SpellList atLeast(std::span<const EventItem> items, int count) {
    std::map<std::int64_t, std::vector<Evidence>> byEvent;
    for (const EventItem& item : items) byEvent[item.event].push_back(item.item);
    std::vector<WeightedList> lists;
    lists.reserve(byEvent.size());
    for (auto& [event, evidence] : byEvent) lists.push_back({SpellList::of(std::move(evidence)), 1});
    return sumAtLeast(lists, count);
}

SpellList unite(const SpellList& a, const SpellList& b) {
    std::vector<Evidence> items(a.pool().begin(), a.pool().end());
    items.insert(items.end(), b.pool().begin(), b.pool().end());
    return SpellList::of(std::move(items));
}

SpellList intersect(const SpellList& a, const SpellList& b) {
    std::vector<Evidence> items;
    auto left = a.spells().begin();
    auto right = b.spells().begin();
    while (left != a.spells().end() && right != b.spells().end()) {
        const Interval both = common(left->interval, right->interval);
        if (!both.isEmpty()) {
            addClipped(items, a.evidence(*left), both);
            addClipped(items, b.evidence(*right), both);
        }
        if (left->interval.until < right->interval.until) {
            ++left;
        } else {
            ++right;
        }
    }
    return SpellList::of(std::move(items));
}

SpellList subtract(const SpellList& a, const SpellList& b) {
    std::vector<Evidence> items;
    const auto removed = b.spells();
    std::size_t next = 0;
    for (const Spell& spell : a.spells()) {
        while (next < removed.size() && removed[next].interval.until <= spell.interval.from) ++next;
        Date from = spell.interval.from;
        for (std::size_t i = next; i < removed.size() && removed[i].interval.from < spell.interval.until; ++i) {
            addClipped(items, a.evidence(spell), {from, removed[i].interval.from});
            from = removed[i].interval.until;
        }
        addClipped(items, a.evidence(spell), {from, spell.interval.until});
    }
    return SpellList::of(std::move(items));
}

SpellList clip(const SpellList& a, Interval window) {
    std::vector<Evidence> items;
    addClipped(items, a.pool(), window);
    return SpellList::of(std::move(items));
}

}  // namespace fairlead::indicator
