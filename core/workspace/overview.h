// Use case: the overview of one school, with what its page says beside the figures.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/overview.h"
#include "core/record/ids.h"
#include "core/workspace/moment.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Which school, and the two clocks.
struct OverviewRequest {
    record::SchoolUrn school;
    std::optional<Date> asAt;        ///< Empty: the oldest of the datasets' newest "data as at".
    std::optional<KnownAt> knownAt;  ///< Empty: the latest load.
    std::string yearGroup;           ///< Empty: all.
};

/// The page. Names are not in it.
struct OverviewPage {
    indicator::Overview overview;
    std::string schoolName;
    std::vector<std::string> yearGroups;                  ///< On roll on the day, in the order of years.
    std::map<record::PersonKey, std::string> pseudonyms;  ///< Of every pupil of the last thirteen months.
    double linkedShare = 0;         ///< Part of the pupils on roll with another agency's record, 0 to 1.
    std::int64_t pendingLinks = 0;  ///< Pairs that wait for a reader and touch these pupils or families.
    bool linked = false;            ///< False: no linkage run was known by then.
    std::optional<Date> knownOn;    ///< The day as known on which it was asked for; empty when it was a load.
};

/// Errors: NotFound (nothing loaded, no such load or school), Cancelled, those of a statement.
Result<std::shared_ptr<const OverviewPage>> overview(Workspace& workspace, const OverviewRequest& request,
                                                     TaskContext& task);

}  // namespace fairlead::workspace
