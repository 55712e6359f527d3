// Use case: what family edges leave out, and why.

#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// What the families of the last linkage run leave out: places and family numbers by keyed hash, which say where
/// nothing is. Records that no run has seen are people of their own. Errors: Cancelled, those of a statement.
Result<family::DeriveReport> familyReport(Workspace& workspace, TaskContext& task);

}  // namespace fairlead::workspace
