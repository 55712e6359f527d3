// The reading of a school with its pseudonyms, kept for the next question about the same school and moment.

#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workspace/overview.h"
#include "core/workspace/slice_reading.h"

namespace fairlead::workspace {

/// What every page about a school starts from.
struct SchoolPage {
    SchoolReading reading;
    std::string schoolName;
    std::map<record::PersonKey, std::string> pseudonyms;
};

/// Reads, or takes the page that was read last when it is the one. REQUIRES: the workspace's mutex is held.
/// Errors: see overview().
Result<std::shared_ptr<const SchoolPage>> schoolPage(Workspace& workspace, const OverviewRequest& request,
                                                     TaskContext& task);

/// The pupils on roll on the day of the reading.
std::vector<indicator::PupilOnRoll> pupilsOf(const SchoolReading& reading);

/// Part of those pupils whose person has records of more than one agency, 0 to 1.
double linkedShareOf(const SchoolReading& reading);

}  // namespace fairlead::workspace
