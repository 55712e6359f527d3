// Use case: the certificate of a purge, as text. No name of a child, no fact.

#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// What went and when, who did it, the entries of the audit log that prove it, and what a purge does not reach.
/// Errors: Denied, NotFound (no such purge), those of a statement and of reading the log.
Result<std::string> certificate(workspace::Workspace& workspace, std::int64_t purge);

}  // namespace fairlead::custody
