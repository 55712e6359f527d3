// Use case: taking in deliveries. All files chosen are one load: all or nothing, cancellable until the end.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// What one file brought.
struct LoadedFile {
    std::string fileName;
    std::string manifestLabel;
    std::string agency;
    std::string dataset;
    std::int64_t sequence = 0;
    Date dataAsAt;
    std::int64_t persons = 0;  ///< Distinct agency keys of persons in the file.
    std::int64_t facts = 0;
    std::int64_t newFacts = 0;
    std::int64_t changedFacts = 0;    ///< Held before and different now.
    std::int64_t withdrawnFacts = 0;  ///< Held before, within the file's period, and not in the file.
    bool authenticated = false;
};

/// Something about a load that a person should know and that did not stop it.
struct LoadNote {
    /// What it is about.
    enum class Kind : std::uint8_t {
        AlreadyHeld,       ///< The file was loaded before (or chosen twice): passed over.
        SequenceGap,       ///< Deliveries between the last one held and this one are missing.
        StartsLate,        ///< The first delivery held of its dataset is not number 1.
        NotAuthenticated,  ///< Loaded under the policy that allows unsigned files.
        WeakGateway        ///< Nothing bars it, and the detail says what is weak about the gateways it names.
    };
    Kind kind = Kind::AlreadyHeld;
    std::string fileName;
    std::string detail;
};

/// A load that is done.
struct LoadReport {
    record::LoadId load;
    std::vector<LoadedFile> files;  ///< In the order taken in: agency, dataset, sequence.
    std::vector<LoadNote> notes;
    double seconds = 0.0;
};

/// Verifies every file, then writes all of them. Files that are held already are passed over with a note.
/// Errors: AlreadyLoaded when all of them are, SequenceReplay (an older delivery, or one that does not follow the
/// one held), InvalidArgument (no file), everything extract::open gives (subject: the file), Cancelled, DiskFull, Io.
/// `extractPassphrase` opens extracts that were sealed with one.
Result<LoadReport> load(Workspace& workspace, const std::vector<std::filesystem::path>& files, TaskContext& task,
                        const crypto::Secret* extractPassphrase = nullptr);

}  // namespace fairlead::workspace
