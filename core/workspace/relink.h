// Use case: linking. Reads every version of every record, runs the engine under the readers' decisions, and keeps
// persons, links, families and what changed. A run changes nothing that an earlier load was known as.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A linkage run that is done.
struct RelinkReport {
    std::int64_t run = 0;
    std::int64_t sourcePersons = 0;
    std::int64_t persons = 0;
    std::int64_t pairsCompared = 0;
    std::int64_t linksAccepted = 0;
    std::int64_t linksForReview = 0;  ///< Between the thresholds, or held back by a constraint.
    std::int64_t merged = 0;          ///< Keys that ended because their records joined another person.
    std::int64_t split = 0;           ///< Keys made from records that another person held before.
    std::int64_t familyEdges = 0;
    std::string modelName;
    std::vector<std::string> notes;  ///< The engine's plain sentences: blocks not compared, parameters not observed.
    double readSeconds = 0.0;
    double linkSeconds = 0.0;
    double writeSeconds = 0.0;
};

/// Links everything that is loaded. Errors: NotFound when nothing is loaded or the model is missing, ParseError
/// and others of the model, Cancelled, DiskFull, Io. On failure the persons stay as they were.
Result<RelinkReport> relink(Workspace& workspace, TaskContext& task);

}  // namespace fairlead::workspace
