// Schools: the schools of the city, and which child was at which from when to when.

#pragma once

#include "core/demo/world.h"

namespace fairlead::demo {

/// How many schools of each phase a city of that many pupils has: ten for 2,000, three hundred for 60,000.
struct SchoolCounts {
    std::int32_t primaries = 1;  ///< One a neighbourhood.
    std::int32_t secondaries = 1;
    std::int32_t referralUnits = 1;
};
/// The counts for that many pupils; at least one of each.
SchoolCounts schoolCounts(std::int64_t pupils);

/// Fills world.schools: primaries, secondaries, pupil referral units; the first secondary school and every
/// fortieth school have become academies under a new URN on 1 September 2025.
void openSchools(World& world);

/// Fills world.enrolments and the pupils' numbers (UPN, temporary UPN, ULN). REQUIRES: schools and population.
void enrolPupils(World& world);

/// By pupil: the position of the main school on the last day, or -1.
std::vector<std::int32_t> currentSchools(const World& world);

/// The URN under which a school ran on a day.
std::int64_t urnOn(const School& school, Date day);

}  // namespace fairlead::demo
