// What this workspace saw of its audit log last: core.db remembers it, so that an older log put in its place shows.

#pragma once

#include <vector>

#include "core/audit/log.h"
#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// For AuditLog::open(). None before the first session. Errors: those of a statement, Corrupt.
Result<std::vector<audit::Witness>> seenOfAudit(store::Database& core);

/// Keeps the log's size and root of now. Errors: those of a statement.
Status rememberAudit(store::Database& core, const audit::AuditLog& log);

}  // namespace fairlead::workspace
