#include "core/custody/certificate.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/users.h"

namespace fairlead::custody {

namespace {

using workspace::Workspace;

/// A purge as its row says.
struct Done {
    std::int64_t atMs = 0;
    std::string doneBy;
    std::string second;
    std::string reason;
    std::int64_t intent = 0;
};

Result<Done> read(store::Database& core, std::int64_t purge) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT at_ms, done_by, second, reason, intent FROM purge WHERE id = ?1"));
    FAIRLEAD_TRY(const bool found, query.bind(1, purge).next());
    if (!found) return fail(ErrorCode::NotFound, fmt::format("purge {}", purge));
    return Done{query.integer(0), std::string(query.text(1)), std::string(query.text(2)), std::string(query.text(3)),
                query.integer(4)};
}

std::string person(const access::HeaderFace& face, std::string_view id) {
    const auto found = std::ranges::find(face.principals, id, &access::Principal::id);
    return fmt::format("{} ({})", found == face.principals.end() ? "unknown" : found->name, id);
}

std::string timeOf(std::int64_t ms) {
    constexpr std::int64_t kDayMs = 86'400'000;
    const auto seconds = ms % kDayMs / 1000;
    return fmt::format("{} {:02}:{:02} UTC", Date{static_cast<std::int32_t>(ms / kDayMs)}.uk(), seconds / 3600,
                       seconds / 60 % 60);
}

Result<std::string> deliveryLines(store::Database& core, std::int64_t purge) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT s.agency, s.name, d.sequence, d.period_from, d.period_until, d.retain_until, "
                              "d.manifest_sha256 FROM purged_delivery g JOIN delivery d ON d.id = g.delivery "
                              "JOIN dataset s ON s.id = d.dataset WHERE g.purge = ?1 ORDER BY 1, 2, 3"));
    query.bind(1, purge);
    std::string lines;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return lines;
        lines += fmt::format("  {}/{} number {}, {} to {}, to be kept until {}\n    manifest SHA-256 {}\n",
                             query.text(0), query.text(1), query.integer(2), workspace::dayAt(query, 3).uk(),
                             (workspace::dayAt(query, 4) - 1).uk(), workspace::dayAt(query, 5).uk(), query.text(6));
    }
}

Result<std::string> countLines(store::Database& core, std::int64_t purge) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT name, went, stayed FROM purge_count WHERE purge = ?1 ORDER BY name"));
    query.bind(1, purge);
    std::string lines;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return lines.empty() ? std::string("  none: later deliveries hold all of them\n") : lines;
        lines += fmt::format("  {:<30} {:>12} went {:>12} stayed\n", query.text(0), query.integer(1), query.integer(2));
    }
}

/// "entries 41 (intent) and 43 (done)".
Result<std::string> proof(const Workspace& workspace, std::int64_t intent) {
    const access::FileKeys& keys = workspace.keyring().keys;
    FAIRLEAD_TRY(const auto records, audit::AuditLog::read(workspace.folder() / "audit", {&keys.audit}));
    for (const audit::Record& record : records) {
        if (record.entry.about != static_cast<std::uint64_t>(intent)) continue;
        const bool isDone = record.entry.state == audit::State::Done;
        return fmt::format("entries {} (intent) and {} ({})", intent, record.sequence,
                           isDone ? "done" : "broken off after the files had changed");
    }
    return fmt::format("entry {} (intent)", intent);
}

constexpr std::string_view kLimits =
    "Both databases were written anew under new keys, row by row, without the rows above, read back and put in the\n"
    "place of the old files; the old keys are gone from the workspace. Rows that a delivery still held has as well "
    "stayed.\n"
    "Not reached: copies of the old files with an old header (backups, snapshots, what a disk keeps of deleted "
    "files),\n"
    "briefings and tables already exported, and the audit log, which holds no names. This is no statement about "
    "them.\n";

}  // namespace

Result<std::string> certificate(Workspace& workspace, std::int64_t purge) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadRetention));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const Done done, read(core, purge));
    FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
    FAIRLEAD_TRY(const std::string deliveries, deliveryLines(core, purge));
    FAIRLEAD_TRY(const std::string counts, countLines(core, purge));
    FAIRLEAD_TRY(const std::string entries, proof(workspace, done.intent));
    std::string text = fmt::format("Certificate of erasure {}\nWorkspace {}\n\n", purge, face.workspaceId);
    text += fmt::format("Done      {}\nBy        {}\n", timeOf(done.atMs), person(face, done.doneBy));
    text += done.second.empty() ? std::string("          one person alone: roles not separated\n")
                                : fmt::format("And by    {}\n", person(face, done.second));
    text += fmt::format("Reason    {}\n\nDeliveries\n{}\nRows\n{}\n", done.reason, deliveries, counts);
    text += fmt::format("Proof     {} of the audit log\n          {}\n\n{}", entries, workspace::auditLine(workspace),
                        kLimits);
    return text;
}

}  // namespace fairlead::custody
