#include "core/workspace/act.h"

#include "core/base/text.h"

namespace fairlead::workspace {

audit::Entry intentOf(const Workspace& workspace, audit::Verb verb, std::string_view purpose,
                      std::map<std::string, std::string> details) {
    audit::Entry entry;
    entry.verb = verb;
    entry.state = audit::State::Intent;
    entry.actor = workspace.principal();
    const access::Roles& roles = workspace.roles();
    for (const access::Role role : roles)
        entry.role += fmt::format("{}{}", entry.role.empty() ? "" : ",", access::name(role));
    if (roles.size() == access::kRoles.size()) entry.role = "all";
    if (!purpose.empty()) {
        entry.purposeSha256 = crypto::sha256(purpose);
        details["purpose"] = purpose;
    }
    entry.details = std::move(details);
    return entry;
}

void endAsFailed(audit::AuditedAct& act, const Error& error) {
    // The error of the act matters more to the caller than one of the log; the intent stays as unfinished then.
    static_cast<void>(act.failed(name(error.code)));
}

Status recordEntry(Workspace& workspace, const audit::Entry& entry) {
    FAIRLEAD_TRY(const auto sequence, workspace.audit().append(entry));
    static_cast<void>(sequence);
    return {};
}

Status recordNote(Workspace& workspace, audit::Verb verb, std::string_view what,
                  std::map<std::string, std::string> more) {
    more["what"] = what;
    audit::Entry entry = intentOf(workspace, verb, {}, std::move(more));
    entry.state = audit::State::Note;
    return recordEntry(workspace, entry);
}

Status recordDenied(Workspace& workspace, std::string_view what, std::map<std::string, std::string> more) {
    return recordNote(workspace, audit::Verb::Denied, what, std::move(more));
}

std::string auditLine(const Workspace& workspace) {
    const audit::Checkpoint head = workspace.audit().head();
    return fmt::format("audit log {} entries, root {}", head.size, head.shortRoot());
}

}  // namespace fairlead::workspace
