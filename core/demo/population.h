// Population: families with children until there are enough pupils, and the adults around them.

#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/demo/homes.h"
#include "core/demo/names.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// People per pupil who are known to some agency: 60,000 pupils make a city of about 500,000.
inline constexpr std::int64_t kPeoplePerHundredPupils = 880;

/// Fills persons, families, addresses, stays and pupils (joined, left, last year; no school yet).
/// REQUIRES: world.seed, pupilTarget > 0, neighbourhoods. Errors: Cancelled.
Status growPopulation(World& world, const Names& names, Homes& homes, TaskContext& task);

/// True when the pupil is on a roll on the last day.
bool isPupilAtEnd(const Pupil& pupil, const Person& person);

}  // namespace fairlead::demo
