#include "core/custody/recovery.h"

#include <fmt/format.h>

#include "core/access/lock_file.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/custody/recovery_standing.h"
#include "core/workspace/act.h"

namespace fairlead::custody {

namespace {

using access::FileKey;
using workspace::Workspace;

Result<access::RecoverySheets> sheetsOf(const SheetTexts& texts) {
    access::RecoverySheets sheets;
    FAIRLEAD_TRY(sheets.first, access::readSheet(texts.first, 1));
    FAIRLEAD_TRY(sheets.second, access::readSheet(texts.second, 2));
    return sheets;
}

Result<access::RecoveredKeys> opened(const std::filesystem::path& folder, std::string_view header,
                                     const SheetTexts& texts) {
    FAIRLEAD_TRY(const auto sheets, sheetsOf(texts));
    FAIRLEAD_TRY(const std::string file, readRecoveryFile(folder));
    return access::openRecovery(file, header, sheets);
}

std::string namesOf(const std::vector<FileKey>& keys) {
    std::string text;
    for (const FileKey key : keys) text += fmt::format("{}{}", text.empty() ? "" : ",", access::name(key));
    return text;
}

/// The key is the one that its file, or the header, has today.
bool fits(const Workspace& workspace, FileKey key, const access::RecoveredKeys& recovered) {
    const crypto::Secret& secret = recovered.keys.of(key);
    const access::Keyring& ring = workspace.keyring();
    // A file that is open here may not open a second time.
    if (workspace.holds(key)) return crypto::equalInConstantTime(secret.view(), ring.keys.of(key).view());
    switch (key) {
        case FileKey::Core: return store::Database::openReadOnly(workspace.folder() / "core.db", secret).has_value();
        case FileKey::Identity:
            return store::Database::openReadOnly(workspace.folder() / "identity.db", secret).has_value();
        case FileKey::Audit: break;  // everybody holds it
        case FileKey::AuditRead: {
            const auto pair = crypto::SealKeyPair::fromSecret(secret.clone());
            return pair && pair->publicKey == ring.auditReadKey;
        }
        case FileKey::Officer: {
            const auto pair = crypto::SignKeyPair::fromSecret(secret.clone());
            return pair && pair->publicKey == ring.officerKey;
        }
    }
    return false;
}

Result<DrillReport> drill(const Workspace& workspace, const SheetTexts& sheets) {
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto recovered, opened(workspace.folder(), header, sheets));
    DrillReport report;
    for (const FileKey key : access::kFileKeys) {
        if (recovered.keys.of(key).isEmpty()) continue;
        (fits(workspace, key, recovered) ? report.opened : report.stale).push_back(key);
    }
    return report;
}

/// The third person's keys; nothing when nobody was named.
Result<std::optional<access::Keyring>> unlockFurther(Workspace& workspace, const workspace::SecondPerson& further,
                                                     const access::Keyring& holder) {
    FAIRLEAD_TRY(auto third, workspace::unlockSecond(workspace, further));
    if (!third) return third;
    if (third->principal.id == holder.principal.id || third->principal.id == workspace.principal())
        return fail(ErrorCode::InvalidArgument, "further person", "one of the two");
    FAIRLEAD_OK(workspace::checkSecond(workspace, *third, access::Action::HandOverKeys));
    return third;
}

Status checkBearers(const SheetsUse& use) {
    const std::string_view first = trimmed(use.firstBearer), second = trimmed(use.secondBearer);
    if (!first.empty() && !second.empty() && lowerAscii(first) != lowerAscii(second)) return {};
    return fail(ErrorCode::InvalidArgument, "bearers", "two different people, by name");
}

audit::Entry intentOf(const SheetsUse& use, const std::string& user) {
    audit::Entry intent;
    intent.verb = audit::Verb::Alteration;
    intent.actor = user;
    intent.role = "recovery";
    intent.marks = {{"what", std::string(kSheetsUsed)}};
    intent.details = {{"what", std::string(kSheetsUsed)},
                      {"first_bearer", std::string(trimmed(use.firstBearer))},
                      {"second_bearer", std::string(trimmed(use.secondBearer))}};
    for (const access::Role role : use.user.roles) intent.details["roles"] += fmt::format("{} ", access::name(role));
    return intent;
}

}  // namespace

Result<SheetsMade> makeSheets(Workspace& workspace, const workspace::SecondPerson& second,
                              const workspace::SecondPerson& further) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageRecovery));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto other, workspace::unlockSecond(workspace, second));
    const access::Keyring& holder = other ? *other : workspace.keyring();
    FAIRLEAD_OK(workspace::checkSecond(workspace, holder, access::Action::HandOverKeys));
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto third, unlockFurther(workspace, further, holder));
    FAIRLEAD_TRY(const auto made,
                 access::makeRecovery(header, {workspace.keyring(), holder}, third ? &*third : nullptr));
    audit::Entry intent = workspace::intentOf(workspace, audit::Verb::Alteration, {},
                                              {{"what", "recovery sheets made"}, {"keys", namesOf(made.keys)}});
    if (other) intent.secondActor = holder.principal.id;
    if (third) intent.details["further"] = third->principal.id;
    intent.objectSha256 = crypto::sha256(made.file);
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    if (auto written = writeFileAtomically(workspace.folder() / kRecoveryFile, made.file); !written) {
        workspace::endAsFailed(act, written.error());
        return fail(written.error());
    }
    FAIRLEAD_OK(act.done());
    return SheetsMade{access::printSheet(made.sheets.first, 1), access::printSheet(made.sheets.second, 2), made.keys};
}

crypto::Secret sheetPage(const crypto::Secret& sheet, int which) {
    std::string text = fmt::format(
        "FAIRLEAD RECOVERY SHEET {} OF 2\n\n{}\nBoth sheets are needed. Keep this one where the other is "
        "not, and no copy of it.\n",
        which, sheet.view());
    auto page = crypto::Secret::copyOf(text);
    crypto::wipe(text);
    return page;
}

Status keepSheet(Workspace& workspace, const crypto::Secret& page, const std::filesystem::path& file) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageRecovery));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(),
                                                    workspace::intentOf(workspace, audit::Verb::Disclosure, {},
                                                                        {{"what", "a recovery sheet as a file"}})));
    if (auto written = writeFileAtomically(file, page.view()); !written) {
        workspace::endAsFailed(act, written.error());
        return written;
    }
    return act.done();
}

Result<DrillReport> drillSheets(Workspace& workspace, const SheetTexts& sheets) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageRecovery));
    const std::scoped_lock lock(workspace.mutex());
    auto report = drill(workspace, sheets);
    audit::Entry note = workspace::intentOf(workspace, audit::Verb::Consultation, {},
                                            {{"what", std::string(kSheetsTried)},
                                             {"opened", report ? namesOf(report->opened) : ""},
                                             {"stale", report ? namesOf(report->stale) : ""}});
    note.state = audit::State::Note;
    note.marks["what"] = kSheetsTried;
    if (report && !report->stale.empty()) note.marks["stale"] = namesOf(report->stale);
    if (const auto file = readRecoveryFile(workspace.folder())) note.objectSha256 = crypto::sha256(*file);
    if (!report) note.marks["reason"] = name(report.error().code);
    FAIRLEAD_OK(workspace::recordEntry(workspace, note));
    return report;
}

Status useSheets(const std::filesystem::path& folder, const SheetsUse& use, const Clock& clock) {
    FAIRLEAD_OK(checkBearers(use));
    FAIRLEAD_TRY(const auto lock, access::LockFile::acquire(folder / "lock", clock));
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(folder));
    FAIRLEAD_TRY(const auto recovered, opened(folder, header, use.sheets));
    FAIRLEAD_TRY(const auto added, access::recoverUser(header, recovered, use.user, use.policy));
    const audit::LogAccess access{recovered.keys.audit, recovered.auditReadKey};
    FAIRLEAD_TRY(auto log, audit::AuditLog::open(folder / "audit", access, clock));
    audit::Entry intent = intentOf(use, added.id);
    FAIRLEAD_TRY(const std::string file, readRecoveryFile(folder));
    intent.objectSha256 = crypto::sha256(file);
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(log, std::move(intent)));
    if (auto written = writeFileAtomically(folder / "header", added.header); !written) {
        workspace::endAsFailed(act, written.error());
        return written;
    }
    return act.done();
}

}  // namespace fairlead::custody
