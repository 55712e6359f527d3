// Use case: the pupils of one school, or of all, by prevention level and by outcome heading.

#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/outcomes.h"
#include "core/workspace/overview.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// The reading, and what stands above it.
struct OutcomesPage {
    indicator::OutcomeReading reading;
    std::string schoolName;  ///< Empty: all schools.
    int schools = 1;         ///< How many were counted together.
    Moment moment;
};

/// What is asked of all schools together.
struct AreaRequest {
    std::optional<Date> asAt;        ///< As OverviewRequest.
    std::optional<KnownAt> knownAt;  ///< As OverviewRequest.
    std::string yearGroup;           ///< Empty: all.
};

/// Distinct pupils of every school with somebody on roll in the thirteen months up to the date. Reads school by school,
/// and of families nothing: a kind of record that no dataset names counts as supplied where a pupil has one.
/// Errors: those of overview().
Result<OutcomesPage> areaOutcomes(Workspace& workspace, const AreaRequest& request, TaskContext& task);

/// Errors: those of overview().
Result<OutcomesPage> outcomes(Workspace& workspace, const OverviewRequest& request, TaskContext& task);

}  // namespace fairlead::workspace
