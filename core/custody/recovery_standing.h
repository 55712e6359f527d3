// Use case: how the recovery sheets stand, without the sheets: what they open, when they were made, tried and used.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/access/recovery.h"
#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// A drill, as the log has it.
struct SheetsTried {
    std::int64_t atMs = 0;  ///< Milliseconds since 1970, UTC.
    std::string by;         ///< Principal id.
    /// What it came to.
    enum class Outcome : std::uint8_t {
        Opened,     ///< Every key is that of its file.
        Stale,      ///< Some are not any more: new sheets are needed.
        NotOpened,  ///< Mistyped, or other sheets.
    };
    Outcome outcome = Outcome::Opened;
};

/// The sheets whose file the workspace has today.
struct SheetsStanding {
    access::RecoveryFace face;
    std::optional<std::int64_t> madeMs;  ///< Empty: the log does not know.
    std::optional<SheetsTried> tried;    ///< The last drill.
    std::optional<std::int64_t> usedMs;  ///< When they were last brought out: new ones are needed.
};

/// Nothing where no sheets were made. Reads the whole log. Errors: Denied, Corrupt (the file), those of the log.
Result<std::optional<SheetsStanding>> sheetsStanding(workspace::Workspace& workspace);

/// The bytes of the recovery file. Errors: NotFound ("recovery": no sheets were made), Io.
Result<std::string> readRecoveryFile(const std::filesystem::path& folder);

}  // namespace fairlead::custody
