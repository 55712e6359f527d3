#include "core/custody/backup.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/custody/folder_copy.h"
#include "core/workspace/act.h"

namespace fairlead::custody {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

constexpr std::string_view kFirstLine = "fairlead-backup 1";
constexpr std::uintmax_t kLargestList = 1U << 20U;

BackedUpFile named(const std::string& name, const FileDigest& digest) { return {name, digest.bytes, digest.sha256}; }

std::string listOf(const Backup& backup) {
    std::string text = fmt::format("{}\n{}\n{}\n", kFirstLine, backup.atMs, backup.audit);
    for (const BackedUpFile& file : backup.files) text += fmt::format("{} {} {}\n", file.sha256, file.bytes, file.name);
    return text;
}

Result<Backup> readList(const fs::path& folder) {
    FAIRLEAD_TRY(const std::string text, readFile(folder / kBackupList, kLargestList));
    const auto bad = [] { return fail(ErrorCode::Corrupt, std::string(kBackupList), "not a list of a backup"); };
    const auto lines = split(text, '\n');
    if (lines.size() < 4 || lines[0] != kFirstLine || !lines.back().empty()) return bad();
    Backup backup;
    const auto at = parseInteger(lines[1]);
    if (!at) return bad();
    backup.atMs = *at;
    backup.audit = lines[2];
    for (std::size_t line = 3; line + 1 < lines.size(); ++line) {
        const auto parts = split(lines[line], ' ');
        const auto bytes = parts.size() == 3 ? parseInteger(parts[1]) : std::nullopt;
        if (!bytes || *bytes < 0 || !isWorkspaceFile(parts[2])) return bad();
        backup.files.push_back({std::string(parts[2]), static_cast<std::uint64_t>(*bytes), std::string(parts[0])});
    }
    return backup;
}

/// Both databases of the copy open, are whole, and hold the same rows.
Status compareRows(Workspace& workspace, const fs::path& copy, const TaskContext& task) {
    const access::FileKeys& keys = workspace.keyring().keys;
    FAIRLEAD_TRY(auto core, store::Database::openReadOnly(copy / "core.db", keys.core));
    FAIRLEAD_TRY(auto identity, store::Database::openReadOnly(copy / "identity.db", keys.identity));
    FAIRLEAD_OK(core.check());
    FAIRLEAD_OK(identity.check());
    FAIRLEAD_TRY(const auto here, workspace::batchDigests(workspace.core(), workspace.identity(), task));
    FAIRLEAD_TRY(const auto there, workspace::batchDigests(core, identity, task));
    if (here != there) return fail(ErrorCode::Corrupt, copy.filename().string(), "rows of the copy differ");
    return {};
}

Status verifyLog(const Workspace& workspace, const fs::path& copy) {
    FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(copy / "audit"));
    const auto head = workspace.audit().head();
    if (report.intact && report.head.size == head.size && report.head.root == head.root) return {};
    return fail(ErrorCode::Corrupt, "audit", report.intact ? "not the log of now" : report.problem);
}

Result<Backup> copyAll(Workspace& workspace, const fs::path& folder, TaskContext& task) {
    FAIRLEAD_TRY(auto copy, FolderInTheMaking::begin(folder));
    Backup backup;
    backup.atMs = workspace.clock().nowMs();
    const auto head = workspace.audit().head();
    backup.audit = fmt::format("{} {}", head.size, hex(head.root));
    FAIRLEAD_TRY(const auto names, workspaceFiles(workspace.folder()));
    task.begin(Phase::Writing, names.size());
    for (const std::string& name : names) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const auto copied, copy.copy(workspace.folder(), name));
        backup.files.push_back(named(name, copied));
        task.advance(1);
    }
    FAIRLEAD_OK(compareRows(workspace, copy.path(), task));
    FAIRLEAD_OK(verifyLog(workspace, copy.path()));
    FAIRLEAD_OK(writeFileAtomically(copy.path() / kBackupList, listOf(backup)));
    FAIRLEAD_OK(copy.publish());
    return backup;
}

bool isInside(const fs::path& folder, const fs::path& inner) {
    const auto outer = fs::weakly_canonical(folder);
    const auto place = fs::weakly_canonical(fs::absolute(inner));
    return std::mismatch(outer.begin(), outer.end(), place.begin(), place.end()).first == outer.end();
}

}  // namespace

Result<Backup> backUp(Workspace& workspace, const fs::path& folder, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::BackUp));
    const std::scoped_lock lock(workspace.mutex());
    if (folder.empty() || isInside(workspace.folder(), folder))
        return fail(ErrorCode::InvalidArgument, folder.filename().string(), "choose a folder outside the workspace");
    return workspace::asAct(
        workspace, workspace::intentOf(workspace, audit::Verb::Disclosure, {}, {{"what", "backup"}}),
        [&] { return copyAll(workspace, folder, task); },
        [](const Backup& done) { return audit::Outcome{crypto::sha256(listOf(done)), 0, {}, {}}; });
}

Result<Backup> checkBackup(const fs::path& folder) {
    FAIRLEAD_TRY(auto backup, readList(folder));
    std::set<std::string> listed;
    for (const BackedUpFile& file : backup.files) {
        const auto found = digestOf(folder / file.name);
        if (!found || named(file.name, *found) != file)
            return fail(ErrorCode::Corrupt, file.name, "not as it was backed up");
        listed.insert(file.name);
    }
    FAIRLEAD_TRY(const auto names, workspaceFiles(folder));
    for (const std::string& name : names)
        if (!listed.contains(name)) return fail(ErrorCode::Corrupt, name, "not of the backup");
    return backup;
}

Result<Backup> restore(const fs::path& backup, const fs::path& folder, TaskContext& task) {
    task.begin(Phase::Checking, 0);
    FAIRLEAD_TRY(auto held, checkBackup(backup));
    FAIRLEAD_TRY(auto copy, FolderInTheMaking::begin(folder));
    FAIRLEAD_OK(copy.makeFolder("staging"));
    task.begin(Phase::Copying, held.files.size());
    for (const BackedUpFile& file : held.files) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const auto copied, copy.copy(backup, file.name));
        if (named(file.name, copied) != file) return fail(ErrorCode::Corrupt, file.name, "not as it was backed up");
        task.advance(1);
    }
    FAIRLEAD_OK(copy.publish());
    return held;
}

}  // namespace fairlead::custody
