// Use case: the DRAFT briefing of one school. Drafting shows it; exporting writes a PDF and is a disclosure.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/briefing/document.h"
#include "core/workspace/overview.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Which briefing.
struct BriefingRequest {
    OverviewRequest view;
    bool named = false;  ///< Names in place of pseudonyms; needs a reason.
    std::string reason;  ///< For the audit log and, when named, for the briefing itself.
};

/// What was written, for the person who takes it along.
struct BriefingReceipt {
    std::filesystem::path path;
    std::string reference;  ///< "FL-2026-000012"
    int pages = 0;
    std::uint64_t auditSize = 0;  ///< Entries of the audit log that the briefing bears witness to,
    std::string auditRoot;        ///< and their root: 64 hexadecimal digits.
    std::string fileSha256;       ///< 32 raw bytes.
};

/// The briefing as it would be exported now, with pseudonyms; its audit line is that of the log as it is.
/// Errors: those of overview().
Result<std::shared_ptr<const briefing::Document>> draftBriefing(Workspace& workspace, const BriefingRequest& request,
                                                                TaskContext& task);

/// Writes the PDF (mode 0600; the old file or the whole new one). INTENT of the disclosure is durable before a name
/// is read. Errors: those of overview(); InvalidArgument (named without a reason), Io, DiskFull, NotFound (fonts).
Result<BriefingReceipt> exportBriefing(Workspace& workspace, const BriefingRequest& request,
                                       const std::filesystem::path& path, TaskContext& task);

}  // namespace fairlead::workspace
