// Use case: the workspace under new keys, in a new folder (resources/docs/decisions/0012-release-recovery-rotation.md).

#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workspace/users.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// What was written and compared.
struct RotationReport {
    std::int64_t rows = 0;         ///< Of both files.
    std::size_t tables = 0;        ///< Whose digests agree in both.
    std::uint64_t logEntries = 0;  ///< Of the log before, a copy of which lies in the new folder.
};

/// Copies every row into new files under new keys for core.db, identity.db and the log, compares the digests of every
/// table, opens the new files afresh and checks them; the header, with everybody's new grants, comes last. The
/// workspace that is open stays as it is but for two entries of its log. Not taken along: recovery sheets and the
/// readers' pack, which hold old keys. A steward who opened it, and a key officer who signs. Errors: Denied, WrongKey
/// (the second person), AlreadyExists (the folder), Corrupt (a table that differs), Cancelled, Io, DiskFull, those of
/// the log; nothing is left of the new folder then.
Result<RotationReport> rotate(workspace::Workspace& workspace, const workspace::SecondPerson& second,
                              const std::filesystem::path& folder, TaskContext& task);

}  // namespace fairlead::custody
