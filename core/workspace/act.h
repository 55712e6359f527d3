// Acts that the audit log has to know of: INTENT is durable before they happen, then DONE or FAILED.
// No audit, no act. Audit entries never hold a person's name.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/audit/audited_act.h"
#include "core/base/result.h"
#include "core/workspace/freshness.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// An intent by the workspace's principal. `purpose` is what was typed as a reason; its digest and, sealed to the
/// auditor, its text go into the entry.
audit::Entry intentOf(const Workspace& workspace, audit::Verb verb, std::string_view purpose,
                      std::map<std::string, std::string> details);

/// FAILED with the error's code.
void endAsFailed(audit::AuditedAct& act, const Error& error);

/// Runs `work` as one act: DONE when it gives a value, FAILED with its error's code when it does not. `outcomeOf`
/// makes the audit::Outcome of the value. REQUIRES: the mutex is held.
template <typename Work, typename OutcomeOf>
std::invoke_result_t<Work> asAct(Workspace& workspace, audit::Entry intent, const Work& work,
                                 const OutcomeOf& outcomeOf) {
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    auto result = work();
    if (!result) {
        endAsFailed(act, result.error());
        return result;
    }
    FAIRLEAD_OK(act.done(withRegisters(workspace, outcomeOf(*result))));
    return result;
}

/// One entry without an act behind it.
Status recordEntry(Workspace& workspace, const audit::Entry& entry);
/// The same as a note; `more` goes into the details beside `what`.
Status recordNote(Workspace& workspace, audit::Verb verb, std::string_view what,
                  std::map<std::string, std::string> more = {});

/// A refusal that must be on record: somebody asked for what they may not have. `more` goes into the details.
Status recordDenied(Workspace& workspace, std::string_view what, std::map<std::string, std::string> more = {});

/// "audit log 41 entries, root ABCD-EFGH-IJKL-MNOP": what a briefing bears witness to.
std::string auditLine(const Workspace& workspace);

/// SHA-256 of the persons' keys in ascending order, for an entry's subjects.
template <typename Keys>
std::string subjectsDigest(const Keys& ascending) {
    std::string text;
    for (const auto& key : ascending) text += std::to_string(key.value) + "\n";
    return crypto::sha256(text);
}

}  // namespace fairlead::workspace
