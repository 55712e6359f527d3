// Reading: pupils and incidents behind every definition and group on one day. What overview.h and drill.h share;
// private to this folder.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/count.h"
#include "core/indicator/purged.h"
#include "core/indicator/slice.h"

namespace fairlead::indicator {

/// One fact's incident, so that distinct ones can be counted: the incident's number, or one of its own.
std::int64_t incidentKey(const Fact& fact);

/// The events of the last `windowDays` up to and including `day` among a spell's evidence, as incident keys added to
/// `into`.
void addIncidents(const FactTable& facts, std::span<const Evidence> evidence, Date day, int windowDays,
                  std::vector<std::int64_t>& into);
/// As above, of a spell of the slice's book.
void addIncidents(const SchoolSlice& slice, const BookSpell& spell, Date day, int windowDays,
                  std::vector<std::int64_t>& into);

/// Sorts and removes what is there twice; gives how many are left.
int countDistinct(std::vector<std::int64_t>& keys);

/// True when the spell at `position` of one person's spells is new as at `day`: it starts in (day - window, day]
/// and no spell of its definition covered any of the quiet days before it.
bool isNew(std::span<const BookSpell> spells, std::size_t position, const Definition& definition, Date day);

/// What was supplied for one definition, as known at the slice's load.
struct Supply {
    bool isListed = false;             ///< A dataset that the definition names was loaded.
    bool isSeen = false;               ///< Facts of its kinds came under another dataset's name (a local file).
    Date from;                         ///< First day of the datasets' periods.
    std::optional<Date> until;         ///< The last day for which every supplied dataset has data.
    Date lapses;                       ///< With isListed: the first day on which the newest data are too old to say.
    std::vector<PurgedDays> purged{};  ///< The days on which it rests on rows that are gone.

    /// True when the figure on `day` can be a number.
    [[nodiscard]] bool covers(Date day) const { return wasSupplied(day) && !purgedOn(purged, day); }
    /// True when it could, or could before rows were purged.
    [[nodiscard]] bool wasSupplied(Date day) const { return isListed ? from <= day && day < lapses : isSeen; }
    /// Why the figure on `day` is no number: purged, or else not supplied. REQUIRES: not covers(day).
    [[nodiscard]] Count whyNone(Date day) const {
        const auto on = purgedOn(purged, day);
        return on ? Count::purged(*on) : Count::notSupplied();
    }
};

/// The supply of one definition by what was loaded up to a load; `isSeen`: facts of its kinds are there.
Supply supplyOf(std::span<const Source> sources, record::LoadId knownAt, const Definition& definition, bool isSeen);

/// The supply of every definition.
std::vector<Supply> supplies(const SchoolSlice& slice);

/// A pupil on roll and the spells of that pupil.
struct PupilSpells {
    PupilOnRoll pupil;
    std::span<const BookSpell> spells;
};

/// The pupils on roll on `day` with their spells, by key.
std::vector<PupilSpells> pupilSpells(const SchoolSlice& slice, Date day, std::string_view yearGroup);

/// Pupils and incidents behind one figure.
struct Tally {
    int pupils = 0;
    std::vector<std::int64_t> incidents;
};

/// Pupils and incidents on one day, by definition and by group; each pupil once in each.
struct Reading {
    int onRoll = 0;  ///< Pupils counted over. With none (the school was not open yet) no figure applies.
    std::vector<Tally> definitions;
    std::vector<Tally> groups;  ///< In the order of groups().
};

/// A slice's readings with what was supplied: gives the figures as Counts.
struct Counting {
    const std::vector<Definition>& definitions;
    std::vector<Supply> supply;

    /// The pupils of a definition's tally on `day`: NotSupplied when nobody supplied it.
    [[nodiscard]] Count pupils(const Reading& reading, std::size_t definition, Date day) const;
    /// The events of a definition's tally: NotApplicable where its unit is pupils.
    [[nodiscard]] Count events(const Reading& reading, std::size_t definition, Date day) const;
    /// The pupils of a group's tally; NotSupplied when none of its definitions is supplied.
    [[nodiscard]] Count pupils(const Reading& reading, Group group, Date day) const;
    /// The events of a group's tally: NotApplicable when no definition of it counts events.
    [[nodiscard]] Count events(const Reading& reading, Group group, Date day) const;
    /// When rows went on which a part of a group rests: without them its figure would be smaller than it was.
    [[nodiscard]] std::optional<Date> partPurgedOn(Group group, Date day, bool eventsAlone) const;
    /// True when `at` is before its month's end or after the data of a definition end.
    [[nodiscard]] bool isIncomplete(std::size_t definition, Date at) const;
};

/// Ready to count over a slice. The slice outlives it.
Counting countingOf(const SchoolSlice& slice);

/// Counts `pupils` on `day`. The incidents of the tallies are sorted and distinct. A group's tally leaves out
/// definitions that are not supplied on the day, so that it never holds more than its parts show.
Reading read(const SchoolSlice& slice, const Counting& counting, std::span<const PupilSpells> pupils, Date day);

}  // namespace fairlead::indicator
