// Use case: the certificate of a purge, as text. No name of a child, no fact.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// A purge that was done.
struct PastPurge {
    std::int64_t number = 0;
    std::int64_t atMs = 0;  ///< Milliseconds since 1970, UTC.
    std::string doneBy;     ///< The name.
    std::string second;     ///< Empty: one person held every role.
    std::string reason;
    std::vector<std::string> deliveries;  ///< "police/police_records number 1".
    std::int64_t rowsWent = 0;
    std::uint64_t intent = 0;             ///< Entries of the audit log that prove it.
    std::optional<std::uint64_t> done{};  ///< None: broken off after the files had changed.
};

/// Every purge, the latest first. Errors: Denied, those of a statement and of reading the log.
Result<std::vector<PastPurge>> purges(workspace::Workspace& workspace);

/// What went and when, who did it, the entries of the audit log that prove it, and what a purge does not reach.
/// Errors: Denied, NotFound (no such purge), those of a statement and of reading the log.
Result<std::string> certificate(workspace::Workspace& workspace, std::int64_t purge);

}  // namespace fairlead::custody
