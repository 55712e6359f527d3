// Use case: the roll of one school on a day, and what is in place or on record for each pupil on that day.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/definition.h"
#include "core/indicator/roll.h"
#include "core/workspace/overview.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// An indicator that holds for a pupil on the day.
struct HeldIndicator {
    std::string id;
    std::string title;
    indicator::Group group = indicator::Group::ReceivingSupport;
    Date since;   ///< First day of the spell.
    Date latest;  ///< Day of the latest fact behind it that is not after the day.
};

/// A pupil on the roll.
struct RollEntry {
    record::PersonKey pupil;
    std::string yearGroup;
    indicator::Enrolment enrolment = indicator::Enrolment::Single;
    Date onRollSince;                       ///< Of the time without a break on this roll; beginning() = not supplied.
    std::vector<HeldIndicator> indicators;  ///< In the order of the overview: support first. Nothing sums them.
};

/// The roll. Names are not in it.
struct RollPage {
    std::string schoolName;
    Date asAt;
    record::LoadId knownAt;
    std::vector<RollEntry> pupils;  ///< By year group, then key.
    std::map<record::PersonKey, std::string> pseudonyms;
};

/// Errors: those of overview().
Result<std::shared_ptr<const RollPage>> rollPage(Workspace& workspace, const OverviewRequest& request,
                                                 TaskContext& task);

}  // namespace fairlead::workspace
