// What two readings of a school rest on, below the level of persons, read from core.db: for explaining a change and for
// bounding what waiting links could do.

#pragma once

#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/change.h"
#include "core/indicator/figure_world.h"
#include "core/record/ids.h"
#include "core/store/database.h"
#include "core/workspace/moment.h"

namespace fairlead::workspace {

/// A value: once it is read, nothing of the workspace is needed to count.
struct ReadWorld {
    indicator::FigureWorld world;
    std::vector<std::pair<indicator::SourcePersonId, indicator::SourcePersonId>> waiting;  ///< At the second reading.
    indicator::ChangeEnd from;
    indicator::ChangeEnd to;
};

/// Reads it. REQUIRES: the workspace's mutex is held. Errors: Cancelled, those of a statement and of
/// a definition.
Result<ReadWorld> readWorld(store::Database& core, record::SchoolUrn school, const Moment& first, const Moment& second,
                            TaskContext& task);

}  // namespace fairlead::workspace
