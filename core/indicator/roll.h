// Roll: which persons were pupils of which school, from when to when, in which year group; with both clocks.
// A pupil registered at two schools is on the roll of both; the enrolment says which is the main one.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/fact.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// How a pupil is registered (school census, enrolment status).
enum class Enrolment : std::uint8_t { Single, MainOfTwo, Subsidiary, Other };

/// "C", "M", "S" as the census writes it; anything else is Other.
Enrolment enrolmentFromCode(std::string_view code);

/// A time on a school's roll in one year group.
struct RollSpell {
    record::PersonKey person;
    record::SchoolUrn school;
    Interval days;
    std::string yearGroup;  ///< As the census writes it: "R", "1" ... "14"; empty = not supplied.
    Enrolment enrolment = Enrolment::Single;
    Narrow<record::LoadId> received;
    Narrow<record::LoadId> withdrawn;  ///< 0 = still held.

    /// True when a load up to and including `knownAt` brought it and none withdrew it.
    [[nodiscard]] bool isKnownAt(record::LoadId knownAt) const {
        return received.value <= knownAt.value && (withdrawn.value == 0 || withdrawn.value > knownAt.value);
    }
};

/// A pupil on a roll on a day.
struct PupilOnRoll {
    record::PersonKey pupil;
    std::string yearGroup;
    Enrolment enrolment = Enrolment::Single;
};

/// The pupils of `school` on `day` as known at `knownAt`, each once, by key. Where two spells of one pupil cover
/// the day, the one that began last gives the year group. `yearGroup` empty = all.
std::vector<PupilOnRoll> pupilsOnRoll(std::span<const RollSpell> roll, record::SchoolUrn school, Date day,
                                      record::LoadId knownAt, std::string_view yearGroup = {});

/// For sorting year groups: nursery, R, 1 ... 14, then the others, then "".
int yearGroupOrder(std::string_view yearGroup);

}  // namespace fairlead::indicator
