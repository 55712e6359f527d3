// Use cases: a copy of the workspace elsewhere that was read back and compared, and its way back.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// The list beside the copied files: names, sizes and digests. It holds nothing secret, and nobody has signed it: it
/// finds damage, not intent. What was meant to change is found by the keys, the log and its witnesses.
inline constexpr std::string_view kBackupList = "backup-list";

/// A file of a backup.
struct BackedUpFile {
    std::string name;  ///< Within the folder: "audit/checkpoint".
    std::uint64_t bytes = 0;
    std::string sha256{};  ///< 64 hex digits.

    friend bool operator==(const BackedUpFile&, const BackedUpFile&) = default;
};

/// A backup as its list says, every file read and compared.
struct Backup {
    std::int64_t atMs = 0;  ///< Milliseconds since 1970, UTC.
    std::string audit;      ///< "41 3f7a...": size and root of the log in it, a witness for later.
    std::vector<BackedUpFile> files;
};

/// Copies the workspace into `folder`, which must not exist: there is a whole backup afterwards or none. Nothing is
/// written to the workspace meanwhile. Files are read back from the copy, both databases opened in it and compared row
/// by row, the log verified. Errors: Denied, AlreadyExists, InvalidArgument (a folder inside the workspace), Corrupt
/// (the copy differs), Cancelled, DiskFull, Io, those of the log.
Result<Backup> backUp(workspace::Workspace& workspace, const std::filesystem::path& folder, TaskContext& task);

/// Reads every file of a backup; needs no passphrase. Errors: NotFound (no list), Corrupt (a file is missing, changed
/// or too many; the subject is the file), Io.
Result<Backup> checkBackup(const std::filesystem::path& folder);

/// Copies a backup to `folder`, which must not exist, as a workspace: there is a whole one afterwards or none. It opens
/// with the passphrases of the time of the backup. Errors: as checkBackup(); AlreadyExists, Cancelled,
/// DiskFull.
Result<Backup> restore(const std::filesystem::path& backup, const std::filesystem::path& folder, TaskContext& task);

}  // namespace fairlead::custody
