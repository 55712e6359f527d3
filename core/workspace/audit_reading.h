// Use case: what the audit log holds, for the governance auditor: is it sound, what asks for a look, who did what.

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/audit/log.h"
#include "core/audit/report.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// The log as it stands.
struct AuditView {
    audit::VerifyReport soundness;             ///< With the log's key and against what this workspace saw of it last.
    std::string checkpoint;                    ///< The signed note, to be kept elsewhere.
    audit::Report report;                      ///< Over every entry.
    std::vector<audit::Record> newest;         ///< The last entries with their details, newest first.
    std::map<std::string, std::string> names;  ///< Of users, by principal id.
    audit::WorkingHours hours;                 ///< By which the report was made.
};

/// Reads and verifies the log, with details of the `newest` last entries. That it was read is an entry too, made
/// afterwards. Errors: Denied, Corrupt, Io, those of the audit log.
Result<AuditView> readAudit(Workspace& workspace, const audit::WorkingHours& hours, std::size_t newest);

}  // namespace fairlead::workspace
