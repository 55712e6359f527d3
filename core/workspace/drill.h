// Use case: behind a figure its trend, year groups and pupils; behind a pupil the timeline, down to the source row.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A figure behind which to look.
struct DrillPage {
    std::string schoolName;
    Moment moment;
    indicator::Trend trend;
    std::vector<indicator::YearFigure> years;
    std::vector<indicator::PupilRow> pupils;
    std::map<record::PersonKey, std::string> pseudonyms;
    std::string rule;  ///< The definition's rule in words; empty for a group.
};

/// A delivery as a source row names it.
struct DeliveryEntry {
    std::string fileName;
    std::string label;  ///< "police police_records 3 (to 22/06/2026)".
    bool authenticated = false;
};

/// A pupil.
struct TimelinePage {
    std::string schoolName;
    std::string pseudonym;
    std::string yearGroup;  ///< On the day; empty when not on this roll.
    indicator::Timeline timeline;
    std::vector<std::string> newIndicators;  ///< Ids of those that the overview of the day lists as new for the pupil.
    std::map<record::DeliveryId, DeliveryEntry> deliveries;  ///< Of the evidence. The table is always `fact`.
};

/// `figure` is the id of an indicator or a group. Errors: those of overview(); NotFound for an unknown figure.
Result<std::shared_ptr<const DrillPage>> drill(Workspace& workspace, const OverviewRequest& request,
                                               const std::string& figure, TaskContext& task);

/// Errors: those of overview(); NotFound when the pupil is not one of this school's.
Result<std::shared_ptr<const TimelinePage>> timeline(Workspace& workspace, const OverviewRequest& request,
                                                     record::PersonKey pupil, TaskContext& task);

}  // namespace fairlead::workspace
