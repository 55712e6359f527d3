// Days on which a figure would rest on rows that are gone: it is then "[x] purged on DATE", never a smaller number.
// Retention beats time travel.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/definition.h"
#include "core/indicator/slice.h"

namespace fairlead::indicator {

/// Days for which rows were purged that no delivery still held brings, and when.
struct PurgedDays {
    Interval days;
    Date on;

    friend bool operator==(const PurgedDays&, const PurgedDays&) = default;
};

/// What purged deliveries of one dataset spoke for and no later one speaks for, as known at a load. `sources`: those of
/// the dataset; later ones than the load are passed over. After its period a delivery speaks on, by statuses that were
/// open, until one that reaches as far begins.
std::vector<PurgedDays> purgedDays(std::span<const Source> sources, record::LoadId knownAt);

/// How many days before a day the facts may lie on which a figure of that day rests.
int lookBackDays(const Definition& definition);

/// The days on which a figure of a definition rests on rows that are gone: of the datasets that it names, and of the
/// roll. Where none of those was loaded and facts of its kinds are there all the same (`isSeen`), of any dataset.
std::vector<PurgedDays> purgedFor(std::span<const Source> sources, record::LoadId knownAt, const Definition& definition,
                                  bool isSeen);

/// The same for the roll alone: who was a pupil.
std::vector<PurgedDays> purgedRoll(std::span<const Source> sources, record::LoadId knownAt);

/// When the rows went that a figure of a day rested on; of several days the last; nothing when none did.
std::optional<Date> purgedOn(std::span<const PurgedDays> purged, Date day);

}  // namespace fairlead::indicator
