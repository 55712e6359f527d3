// Use case: the register of indicator definitions. A definition comes in as a draft; somebody else approves it; it is
// retired with a reason and stays in the register. Every change is in a log and audited, and counts for readings as
// known at the next load and later: what a past reading rested on stays as it was.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/indicator/definition.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One version of one definition.
struct DefinitionVersion {
    std::string id;
    int version = 1;

    friend auto operator<=>(const DefinitionVersion&, const DefinitionVersion&) = default;
};

/// A line of the change log.
struct DefinitionChange {
    DefinitionVersion definition;
    indicator::DefinitionStatus status = indicator::DefinitionStatus::Draft;
    std::string principal;  ///< Who did it: an id, as the audit log has it.
    std::int64_t atMs = 0;
    std::string note;        ///< The reason, as typed.
    record::LoadId from;     ///< It counts for readings as known at this load and later.
    bool separated = false;  ///< False: roles were not separated; whoever drafts may have approved.
};

/// A definition as the register shows it.
struct RegisterEntry {
    indicator::Definition definition;  ///< With its status and note after the last change.
    record::LoadId from;               ///< The load from which this version counts.
    bool isNewest = true;              ///< False: a higher version has taken its place.
    std::vector<std::string> usedIn;   ///< "overview", "family count": what it feeds while it is the newest.
    std::vector<std::string> gaps;     ///< Datasets and purposes that no gateway it names carries today.
    std::vector<std::string> weak;     ///< What is weak about the gateways under what is held, though nothing bars it.
    bool isReviewDue = false;
};

/// The register.
struct DefinitionRegister {
    std::vector<RegisterEntry> entries;     ///< By id, then version.
    std::vector<DefinitionChange> changes;  ///< In the order in which they were made.
    bool rolesSeparated = false;
};

/// Errors: those of a statement, of a definition and of the gateways' files.
Result<DefinitionRegister> definitionRegister(Workspace& workspace);

/// What is wanted of a definition.
struct StatusWanted {
    DefinitionVersion definition;
    indicator::DefinitionStatus status = indicator::DefinitionStatus::Approved;
    std::string note;  ///< Why; at least ten characters.
};

/// Approves, marks as retiring or retires. Refused: another step than draft, approved, retiring, retired in this order
/// (any may be retired at once); a note that is too short; an approval by who made the version's last change where
/// roles are separated; an approval while a dataset it needs, or a delivery of it, is not carried by a gateway it
/// names. Errors: NotFound (no such version), InvalidArgument, GatewayNotInForce, those of a statement.
Status changeStatus(Workspace& workspace, const StatusWanted& wanted);

/// The last status of each version as known at a load, of those that were ever changed.
Result<std::map<DefinitionVersion, DefinitionChange>> statusesAt(store::Database& core, record::LoadId knownAt);

}  // namespace fairlead::workspace
