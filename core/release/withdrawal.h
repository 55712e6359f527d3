// Use cases: releases and involvements taken back. The envelopes are deleted: from then on nobody opens them here. What
// was seen or copied cannot be taken back. One person is enough.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// `reason`: as for a reveal. On record. Errors: Denied, NotFound, InvalidArgument (the reason; withdrawn already).
Status withdrawRelease(workspace::Workspace& workspace, std::int64_t number, const std::string& reason);

/// Nothing rests on the involvement from now on: every release that does and was not withdrawn before is withdrawn with
/// it, whatever else it rests on, because two people signed it as a whole. Gives the numbers of those releases,
/// ascending. One act. Errors: as withdrawRelease.
Result<std::vector<std::int64_t>> withdrawInvolvement(workspace::Workspace& workspace, std::int64_t number,
                                                      const std::string& reason);

}  // namespace fairlead::release
