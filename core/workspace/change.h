// Use case: why a figure of a school changed between two readings, and how far waiting links could move it.

#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/change.h"
#include "core/indicator/link_bounds.h"
#include "core/record/ids.h"
#include "core/workspace/moment.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One of the two readings.
struct ChangePoint {
    Date asAt;
    std::optional<KnownAt> knownAt{};  ///< Empty: the latest load.
};

/// Which figure of which school, from when to when.
struct ChangeRequest {
    record::SchoolUrn school;
    std::string figure;  ///< Id of an indicator or a group.
    ChangePoint from;
    ChangePoint to;
    std::string yearGroup{};  ///< Empty = all; else those who are in it on each of the days.
};

/// The explanation, with pseudonyms. Names are not in it.
struct ChangePage {
    indicator::ChangeExplanation explanation;
    indicator::LinkBounds bounds;  ///< Of the second reading.
    Moment from;
    Moment to;
    std::string schoolName;
    std::string yearGroup;                                ///< As asked for.
    std::map<record::PersonKey, std::string> pseudonyms;  ///< Of every pupil in a part.
};

/// Errors: NotFound (no such school, load or figure; nothing loaded), Cancelled, those of a statement.
Result<ChangePage> explainChange(Workspace& workspace, const ChangeRequest& request, TaskContext& task);

}  // namespace fairlead::workspace
