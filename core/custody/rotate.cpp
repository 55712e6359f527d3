#include "core/custody/rotate.h"

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/folder.h"
#include "core/base/text.h"
#include "core/custody/file_copy.h"
#include "core/custody/renewal.h"
#include "core/workspace/act.h"
#include "core/workspace/audit_seen.h"
#include "core/workspace/freshness.h"
#include "core/workspace/new_folder.h"
#include "core/workspace/schema.h"

namespace fairlead::custody {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

constexpr std::string_view kLogBefore = "audit-before-";

/// What proves a log, durable: its entries and its signed checkpoint. The key that signs it stays where it is.
Status copyLogFolder(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::create_directory(to, failed);
    if (!failed) fs::permissions(to, fs::perms::owner_all, failed);
    if (failed) return fail(ErrorCode::Io, to.filename().string(), failed.message());
    FAIRLEAD_TRY(const auto names, namesIn(from));
    for (const std::string& name : names) {
        if (name == "signing-key") continue;
        FAIRLEAD_TRY(const auto copied, copyDurably(from / name, to / name));
        static_cast<void>(copied);
    }
    return syncFolder(to);
}

/// Every row stays.
Chooser everything() {
    return [](store::Database&, std::string_view) -> Result<std::function<bool(const store::Statement&)>> {
        return std::function<bool(const store::Statement&)>([](const store::Statement&) { return true; });
    };
}

std::int64_t rowsOf(const TablesLeft& tables) {
    std::int64_t rows = 0;
    for (const auto& [table, left] : tables) rows += left.stayed;
    return rows;
}

/// One rotation.
class Rotation {
public:
    Rotation(Workspace& workspace, fs::path folder, const access::Keyring& officer)
        : m_workspace(workspace), m_folder(std::move(folder)), m_officer(officer) {
        m_fresh.core = store::Database::newKey();
        m_fresh.identity = store::Database::newKey();
        m_fresh.audit = crypto::Secret::random(32);
    }

    Result<RotationReport> run(TaskContext& task) {
        FAIRLEAD_TRY(workspace::NewFolder folder, workspace::NewFolder::make(m_folder));
        m_made.emplace(std::move(folder));
        FAIRLEAD_TRY(const std::string before, workspace::readHeader(m_workspace.folder()));
        FAIRLEAD_TRY(const std::string header,
                     access::withNewFileKeys(before, {m_officer, m_workspace.keyring()}, m_fresh));
        FAIRLEAD_OK(copyFiles(task));
        FAIRLEAD_OK(copyLog());
        FAIRLEAD_OK(beginLog());
        FAIRLEAD_OK(checkAfresh());
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        // Last: a folder without a header is no workspace.
        FAIRLEAD_OK(writeFileAtomically(m_folder / "header", header));
        FAIRLEAD_OK(syncFolder(m_folder.has_parent_path() ? m_folder.parent_path() : fs::path(".")));
        return m_report;
    }
    /// Without it the new folder goes again.
    void keep() { m_made->keep(); }

private:
    Status copyFiles(TaskContext& task) {
        FAIRLEAD_TRY(auto core, store::Database::create(m_folder / "core.db", m_fresh.core));
        FAIRLEAD_OK(workspace::createSchema(core, workspace::coreSchema(), workspace::coreUpgrades()));
        FAIRLEAD_TRY(const auto coreRows, copyRows(m_workspace.core(), core, everything(), task));
        FAIRLEAD_TRY(auto identity, store::Database::create(m_folder / "identity.db", m_fresh.identity));
        FAIRLEAD_OK(workspace::createSchema(identity, workspace::identitySchema(), workspace::identityUpgrades()));
        FAIRLEAD_TRY(const auto identityRows, copyRows(m_workspace.identity(), identity, everything(), task));
        FAIRLEAD_TRY(m_marks, workspace::digestMarks(core, identity, task));
        FAIRLEAD_TRY(const auto then, workspace::digestMarks(m_workspace.core(), m_workspace.identity(), task));
        for (const auto& [table, digest] : then)
            if (const auto found = m_marks.find(table); found == m_marks.end() || found->second != digest)
                return fail(ErrorCode::Corrupt, table, "the copy differs");
        m_report.rows = rowsOf(coreRows) + rowsOf(identityRows);
        m_report.tables = then.size();
        return {};
    }

    Status copyLog() {
        std::size_t number = 1;
        FAIRLEAD_TRY(const auto names, namesIn(m_workspace.folder()));
        for (const std::string& name : names) {
            if (!name.starts_with(kLogBefore)) continue;
            FAIRLEAD_OK(copyLogFolder(m_workspace.folder() / name, m_folder / name));
            ++number;
        }
        const fs::path to = m_folder / fmt::format("{}{}", kLogBefore, number);
        FAIRLEAD_OK(copyLogFolder(m_workspace.folder() / "audit", to));
        FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(to));
        const audit::Checkpoint head = m_workspace.audit().head();
        if (!report.intact || report.head.size != head.size || report.head.root != head.root)
            return fail(ErrorCode::Corrupt, "audit", report.problem);
        m_before = {
            {"before_log", report.origin}, {"before_size", std::to_string(head.size)}, {"before_root", hex(head.root)}};
        m_root = head.root;
        m_report.logEntries = head.size;
        return {};
    }

    /// The first act of the new log: where it goes on from, and the digests of every table.
    Status beginLog() {
        const audit::LogAccess access{m_fresh.audit, m_workspace.keyring().auditReadKey};
        FAIRLEAD_TRY(auto log, audit::AuditLog::open(m_folder / "audit", access, m_workspace.clock()));
        auto details = m_before;
        details["what"] = "keys rotated";
        audit::Entry entry = workspace::intentOf(m_workspace, audit::Verb::Alteration, {}, std::move(details));
        entry.state = audit::State::Note;
        if (m_officer.principal.id != m_workspace.principal()) entry.secondActor = m_officer.principal.id;
        entry.objectSha256 = m_root;
        entry.marks = m_marks;
        entry.marks.insert(m_before.begin(), m_before.end());
        FAIRLEAD_TRY(const auto sequence, log.append(entry));
        static_cast<void>(sequence);
        FAIRLEAD_TRY(auto core, store::Database::open(m_folder / "core.db", m_fresh.core));
        return workspace::rememberAudit(core, log);
    }

    Status checkAfresh() {
        const access::FileKeys& old = m_workspace.keyring().keys;
        for (const auto& [file, fresh, before] :
             {std::tuple("core.db", &m_fresh.core, &old.core), {"identity.db", &m_fresh.identity, &old.identity}}) {
            FAIRLEAD_TRY(auto opened, store::Database::openReadOnly(m_folder / file, *fresh));
            FAIRLEAD_OK(opened.check());
            if (store::Database::openReadOnly(m_folder / file, *before))
                return fail(ErrorCode::Corrupt, file, "the old key still opens it");
        }
        return {};
    }

    Workspace& m_workspace;
    fs::path m_folder;
    std::optional<workspace::NewFolder> m_made;
    const access::Keyring& m_officer;
    access::FileKeys m_fresh;
    std::map<std::string, std::string> m_marks;   ///< Digests of the copies.
    std::map<std::string, std::string> m_before;  ///< The log before.
    std::string m_root;
    RotationReport m_report;
};

}  // namespace

Result<RotationReport> rotate(Workspace& workspace, const workspace::SecondPerson& second, const fs::path& folder,
                              TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::Rotate));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto other, workspace::unlockSecond(workspace, second));
    const access::Keyring& officer = other ? *other : workspace.keyring();
    FAIRLEAD_OK(workspace::checkSecond(workspace, officer, access::Action::ManageUsers));
    audit::Entry intent =
        workspace::intentOf(workspace, audit::Verb::Alteration, {}, {{"what", "keys rotated into a new folder"}});
    if (other) intent.secondActor = officer.principal.id;
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    Rotation rotation(workspace, folder, officer);
    auto report = rotation.run(task);
    if (!report) {
        workspace::endAsFailed(act, report.error());
        return report;
    }
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(folder));
    FAIRLEAD_OK(act.done(workspace::withRegisters(workspace, {.objectSha256 = crypto::sha256(header)})));
    rotation.keep();
    return report;
}

}  // namespace fairlead::custody
