// Before anything is written: which files, in which order, and every one of them verified.

#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/extract/extract.h"
#include "core/extract/gateway_register.h"
#include "core/workspace/intake_keys.h"
#include "core/workspace/load.h"

namespace fairlead::workspace {

/// A verified file. Its rows are kept when all chosen files together are small enough, or read again later.
struct PlannedFile {
    std::filesystem::path path;
    extract::Extract verified;
    bool rowsHeld = false;
};

/// What a load will do.
struct LoadPlan {
    std::vector<PlannedFile> files;  ///< By agency, dataset, sequence.
    std::vector<LoadNote> notes;
};

/// How many rows a file has, all tables together.
std::int64_t rowCount(const extract::Manifest& manifest);

/// What opening the files of a load rests on.
struct LoadSetting {
    IntakeKeys keys;
    extract::GatewayRegister gateways;
    extract::OpenOptions options;  ///< Points into `keys`: a setting is not copied.
};
/// `passphrase` may be null. Errors: those of a statement and of the gateways' documents.
Result<std::unique_ptr<const LoadSetting>> loadSetting(Workspace& workspace, const crypto::Secret* passphrase);

/// The rows of a file: the ones in hand, which the plan then has no more, or read again. Errors: HashMismatch when the
/// file changed in between, those of extract::open.
Result<extract::Extract> rowsOf(PlannedFile& file, const extract::OpenOptions& options, TaskContext& task);

/// Verifies every file. A refusal is written to the audit log, stopping is none. Errors: see load().
Result<LoadPlan> planOrRefuse(Workspace& workspace, const std::vector<std::filesystem::path>& files,
                              const LoadSetting& setting, TaskContext& task);

}  // namespace fairlead::workspace
