// Use case: what files would bring, before anything of them is loaded: each verified as load() does, compared with the
// delivery before it, its rows checked by the rules of data quality.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/extract/extract.h"
#include "core/workspace/load.h"
#include "core/workspace/quality.h"

namespace fairlead::workspace {

/// The rows of one table.
struct OfferedTable {
    std::string name;
    std::int64_t rows = 0;
    std::optional<std::int64_t> before;  ///< In the delivery before; nothing when there is none.
};

/// How a rule of data quality is kept by the rows of a file.
struct OfferedCheck {
    Rule rule = Rule::EndsBeforeStart;
    Share broken;
};

/// A file that would be loaded.
struct OfferedFile {
    std::string fileName;
    std::string agency;
    std::string dataset;
    std::int64_t sequence = 0;
    Interval period;
    std::optional<Interval> periodBefore;  ///< Of the delivery before; nothing when there is none.
    Date dataAsAt;
    Date retainUntil;
    std::string purpose;
    std::string agreement;
    std::string knownGaps;              ///< As the agency words them; empty = none are named.
    std::vector<std::string> gateways;  ///< Ids.
    bool authenticated = false;
    std::vector<OfferedTable> tables;  ///< By name.
    std::vector<OfferedCheck> checks;  ///< By rule: those that any row of the file could break.
};

/// What a load of these files would be.
struct LoadPreview {
    std::vector<OfferedFile> files;  ///< In the order in which they would be taken in.
    std::vector<LoadNote> notes;
};

/// Writes nothing but a refusal, to the audit log. Errors: those of load(), and the same refusals.
Result<LoadPreview> previewLoad(Workspace& workspace, const std::vector<std::filesystem::path>& files,
                                TaskContext& task, const crypto::Secret* extractPassphrase = nullptr);

}  // namespace fairlead::workspace
