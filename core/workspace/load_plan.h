// Before anything is written: which files, in which order, and every one of them verified.

#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/extract/extract.h"
#include "core/extract/gateway_register.h"
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

/// Errors: see load().
Result<LoadPlan> planLoad(Workspace& workspace, const std::vector<std::filesystem::path>& files,
                          const extract::OpenOptions& options, const extract::GatewayRegister& gateways,
                          TaskContext& task);

}  // namespace fairlead::workspace
