#include "core/custody/recovery_standing.h"

#include "core/audit/log.h"
#include "core/base/file.h"
#include "core/custody/recovery.h"
#include "core/workspace/users.h"

namespace fairlead::custody {

namespace {

using Outcome = SheetsTried::Outcome;

Outcome outcomeOf(const audit::Entry& drill) {
    if (drill.marks.contains("reason")) return Outcome::NotOpened;
    return drill.marks.contains("stale") ? Outcome::Stale : Outcome::Opened;
}

void follow(SheetsStanding& standing, const audit::Record& record) {
    const audit::Entry& entry = record.entry;
    const auto what = entry.marks.find("what");
    if (what == entry.marks.end()) {
        // Of the entries about this file, the one that made it has no such mark.
        if (entry.state == audit::State::Intent) standing.madeMs = record.wallMs;
    } else if (what->second == kSheetsTried) {
        standing.tried = SheetsTried{record.wallMs, entry.actor, outcomeOf(entry)};
    } else if (what->second == kSheetsUsed) {
        standing.usedMs = record.wallMs;
    }
}

}  // namespace

Result<std::string> readRecoveryFile(const std::filesystem::path& folder) {
    constexpr std::uintmax_t kLargest = 64U << 10U;
    auto file = readFile(folder / kRecoveryFile, kLargest);
    if (!file && file.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "recovery", "no sheets were made");
    return file;
}

Result<std::optional<SheetsStanding>> sheetsStanding(workspace::Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageRecovery));
    const std::scoped_lock lock(workspace.mutex());
    const auto file = readRecoveryFile(workspace.folder());
    if (!file && file.error().code == ErrorCode::NotFound) return std::optional<SheetsStanding>();
    if (!file) return fail(file.error());
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    SheetsStanding standing;
    FAIRLEAD_TRY(standing.face, access::inspectRecovery(*file, header));
    const std::string digest = crypto::sha256(*file);
    FAIRLEAD_TRY(const auto records,
                 audit::AuditLog::read(workspace.folder() / "audit", {&workspace.keyring().keys.audit}));
    for (const audit::Record& record : records)
        if (record.entry.objectSha256 == digest) follow(standing, record);
    return std::optional(std::move(standing));
}

}  // namespace fairlead::custody
