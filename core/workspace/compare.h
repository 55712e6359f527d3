// Use case: every figure of a school's overview at two readings, why each of them changed, and how far waiting links
// could move it now.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/change.h"
#include "core/indicator/definition.h"
#include "core/indicator/link_bounds.h"
#include "core/record/ids.h"
#include "core/workspace/change.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A school or a year group of it, from when to when.
struct CompareRequest {
    record::SchoolUrn school;
    ChangePoint from;
    ChangePoint to;
    std::string yearGroup{};  ///< Empty = all; else those who are in it on each of the days.
};

/// A figure at both readings.
struct ComparedFigure {
    std::string id;  ///< Of an indicator or a group.
    std::string title;
    indicator::Group group = indicator::Group::ReceivingSupport;
    bool isGroup = false;
    indicator::ChangeExplanation explanation;
    indicator::LinkBounds bounds;  ///< Of the second reading.
};

/// Both readings. Names are not in it.
struct ComparePage {
    std::string schoolName;
    Date fromAsAt;
    Date toAsAt;
    record::LoadId fromKnownAt;
    record::LoadId toKnownAt;
    std::vector<std::string> yearGroups;  ///< Of pupils on roll on either day, in order.
    std::vector<ComparedFigure> figures;  ///< As on the overview: each group, then its indicators; by either register.
    std::map<record::PersonKey, std::string> pseudonyms;  ///< Of every pupil of both readings.
};

/// Reads once and then counts without holding the workspace, so that other questions do not wait for it.
/// Errors: NotFound (no such school or load; nothing loaded), Cancelled, those of a statement.
Result<std::shared_ptr<const ComparePage>> compareDates(Workspace& workspace, const CompareRequest& request,
                                                        TaskContext& task);

/// A load, for choosing "as known at".
struct LoadEntry {
    record::LoadId load;
    std::int64_t atMs = 0;  ///< When it was taken in, since 1970-01-01 UTC.
    Date dataAsAt;          ///< Until then every dataset spoke: the default date of that load.
};

/// Every load, oldest first; empty when nothing is loaded. Errors: those of a statement.
Result<std::vector<LoadEntry>> loadList(Workspace& workspace);

}  // namespace fairlead::workspace
