// Spells: sorted, disjoint, non-touching half-open intervals, each carrying the facts that it rests on, and
// the closed algebra over lists of them. Every piece of evidence keeps the days that it justifies, so that
// each operation carries evidence exactly: clipping a list drops the facts that no longer justify a day.
// Thread-safety: plain values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/date.h"

namespace fairlead::indicator {

/// The position of a fact in its FactTable.
using FactIndex = std::uint32_t;

/// One fact, and the days for which it justifies the spell that it is in.
struct Evidence {
    FactIndex fact = 0;
    Interval covers;

    friend constexpr auto operator<=>(const Evidence&, const Evidence&) = default;
};

/// [from, until) during which something holds, and where its evidence is in the list's (or book's) pool.
struct Spell {
    Interval interval;
    std::uint32_t firstEvidence = 0;
    std::uint32_t evidenceCount = 0;

    friend constexpr auto operator<=>(const Spell&, const Spell&) = default;
};

/// An event on a day, or the days that a status holds: what the makers of lists start from.
struct DatedFact {
    FactIndex fact = 0;
    Interval days;  ///< For an event only `from` is read.
};

/// `date` `days` later (or earlier), never beyond Date::beginning() and Date::never().
Date shifted(Date date, std::int64_t days);

/// A list of spells. Always canonical: spells sorted, disjoint and not touching, none empty; the evidence of a
/// spell sorted by (covers, fact), one fact's days joined, and together covering exactly the spell's days.
class SpellList {
public:
    SpellList() = default;

    /// The union of the items; empty items are ignored. Spells at most `gapDays` apart are joined, the earlier
    /// evidence standing for the days between. REQUIRES: gapDays >= 0.
    static SpellList of(std::vector<Evidence> items, int gapDays = 0);

    [[nodiscard]] std::span<const Spell> spells() const& { return m_spells; }
    std::span<const Spell> spells() const&& = delete;  // would dangle: name the list first
    /// The evidence of one of this list's spells.
    [[nodiscard]] std::span<const Evidence> evidence(const Spell& spell) const;
    /// All evidence, in the order of the spells.
    [[nodiscard]] std::span<const Evidence> pool() const& { return m_pool; }
    std::span<const Evidence> pool() const&& = delete;
    [[nodiscard]] bool isEmpty() const { return m_spells.empty(); }
    [[nodiscard]] std::size_t size() const { return m_spells.size(); }
    /// The spell that covers `day`; null when there is none.
    [[nodiscard]] const Spell* at(Date day) const;
    /// True when a spell covers `day`.
    [[nodiscard]] bool covers(Date day) const { return at(day) != nullptr; }

    friend bool operator==(const SpellList&, const SpellList&) = default;

private:
    std::vector<Spell> m_spells;
    std::vector<Evidence> m_pool;
};

/// The spell of a sorted, disjoint run that covers `day`; null when there is none.
const Spell* spellAt(std::span<const Spell> sorted, Date day);

/// A status holds on the days of its fact: union of [from, until).
SpellList during(std::span<const DatedFact> statuses);

/// An event on day t holds during [t, t + days); overlapping and touching spells join and pool their evidence,
/// and so do spells at most `gapDays` apart. REQUIRES: days > 0, gapDays >= 0.
SpellList lasting(std::span<const DatedFact> events, int days, int gapDays = 0);

/// A list and what each of its days adds to a sum.
struct WeightedList {
    SpellList list;
    int weight = 1;
};

/// Days on which the weights of the lists that cover them sum to `threshold` or more, with the evidence of the lists
/// that add to the sum. REQUIRES: no weight below 0, threshold > 0.
SpellList sumAtLeast(std::span<const WeightedList> lists, int threshold);

/// An item and the event that it is about: several items of one event count once.
struct EventItem {
    Evidence item;
    std::int64_t event = 0;
};

/// Days covered by the items of `count` different events or more. With items [t, t + n) that is from the day of the
/// count-th event until fewer than `count` of them lie in the last n days. REQUIRES: count > 0.
SpellList atLeast(std::span<const EventItem> items, int count);

/// Days in a or in b, with the evidence of both.
SpellList unite(const SpellList& a, const SpellList& b);

/// Days in a and in b, with the evidence of both.
SpellList intersect(const SpellList& a, const SpellList& b);

/// Days in a and not in b, with the evidence of a.
SpellList subtract(const SpellList& a, const SpellList& b);

/// The part of a inside `window`.
SpellList clip(const SpellList& a, Interval window);

}  // namespace fairlead::indicator
