// Use case: one school's pupils by prevention level and by outcome heading.

#pragma once

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
    std::string schoolName;
    Moment moment;
};

/// Errors: those of overview().
Result<OutcomesPage> outcomes(Workspace& workspace, const OverviewRequest& request, TaskContext& task);

}  // namespace fairlead::workspace
