// Use case: a workspace of an older format as a copy of today's (resources/docs/decisions/0019-upgrade-as-a-copy.md).
// The old one stays as it is, byte for byte.

#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// What is to be upgraded, and by whom.
struct UpgradeRequest {
    std::filesystem::path folder;  ///< Of the old workspace, which nobody has open.
    std::filesystem::path to;      ///< Must not exist; upgradedName() where nobody has another wish.
    workspace::Credentials credentials;
    workspace::Resources resources;
    access::KdfPolicy policy = access::KdfPolicy::normal();
};

/// A copy that was made.
struct Upgrade {
    std::int64_t fromVersion = 0;  ///< Of the files' schema; the older of the two.
    std::size_t tables = 0;        ///< Whose rows agree in old and new.
};

/// "town-format-9.fairlead" beside "town.fairlead".
std::filesystem::path upgradedName(const std::filesystem::path& folder);

/// Copies every file, brings the copy to today's format, compares its rows with the old ones, verifies its log, and
/// gives it its name with one rename: there is a whole new workspace afterwards or none. Who asks holds both files'
/// keys and may back up. What it did is in the log of the copy; nothing is written to the old one but its lock. Errors:
/// Denied, AlreadyExists (`to`; or the format is today's: the subject is the old folder), NewerFormat, Corrupt (rows
/// differ), Cancelled, those of Workspace::open().
Result<Upgrade> upgrade(const UpgradeRequest& request, const std::shared_ptr<const Clock>& clock, TaskContext& task);

}  // namespace fairlead::custody
