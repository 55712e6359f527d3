#include "core/workspace/audit_reading.h"

#include <algorithm>

#include "core/workspace/act.h"
#include "core/workspace/audit_seen.h"
#include "core/workspace/users.h"

namespace fairlead::workspace {

namespace {

/// What was seen of the log before: only who holds core.db's key can ask it.
Result<std::vector<audit::Witness>> witnessesOf(Workspace& workspace) {
    if (!workspace.holds(access::FileKey::Core)) return std::vector<audit::Witness>{};
    return seenOfAudit(workspace.core());
}

}  // namespace

Result<AuditView> readAudit(Workspace& workspace, const audit::WorkingHours& hours, std::size_t newest) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadAudit));
    const std::scoped_lock lock(workspace.mutex());
    const auto folder = workspace.folder() / "audit";
    const access::FileKeys& keys = workspace.keyring().keys;
    AuditView view;
    view.hours = hours;
    FAIRLEAD_TRY(auto witnesses, witnessesOf(workspace));
    FAIRLEAD_TRY(view.soundness, audit::AuditLog::verify(folder, {&keys.audit, std::move(witnesses)}));
    view.checkpoint = audit::noteText(workspace.audit().signedHead());
    FAIRLEAD_TRY(const auto reader, crypto::SealKeyPair::fromSecret(keys.auditRead.clone()));
    FAIRLEAD_TRY(auto records, audit::AuditLog::read(folder, {&keys.audit, &reader}));
    view.report = audit::reportOf(records, hours);
    const auto kept = static_cast<std::ptrdiff_t>(std::min(newest, records.size()));
    view.newest.assign(std::move_iterator(records.rbegin()), std::move_iterator(records.rbegin() + kept));
    FAIRLEAD_TRY(const auto face, users(workspace.folder()));
    for (const access::Principal& principal : face.principals) view.names[principal.id] = principal.name;
    FAIRLEAD_OK(recordNote(workspace, audit::Verb::Consultation, "audit log",
                           {{"entries", std::to_string(view.soundness.entries)}}));
    return view;
}

}  // namespace fairlead::workspace
