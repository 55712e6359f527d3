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

std::string nameOf(const access::HeaderFace& face, std::string_view id) {
    const auto found = std::ranges::find(face.principals, id, &access::Principal::id);
    return found == face.principals.end() ? std::string("unknown") : found->name;
}

std::string person(const access::HeaderFace& face, std::string_view id) {
    return fmt::format("{} ({})", nameOf(face, id), id);
}

/// Purges as their rows say, both people by their ids.
Result<std::vector<PastPurge>> rowsOf(store::Database& core) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT id, at_ms, done_by, second, reason, intent, (SELECT total(went) FROM "
                                          "purge_count WHERE purge = id) FROM purge ORDER BY id DESC"));
    FAIRLEAD_TRY(auto gone, core.prepare("SELECT s.agency || '/' || s.name || ' number ' || d.sequence FROM "
                                         "purged_delivery g JOIN delivery d ON d.id = g.delivery JOIN dataset s ON "
                                         "s.id = d.dataset WHERE g.purge = ?1 ORDER BY s.agency, s.name, d.sequence"));
    std::vector<PastPurge> purges;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return purges;
        PastPurge purge{query.integer(0),
                        query.integer(1),
                        std::string(query.text(2)),
                        std::string(query.text(3)),
                        std::string(query.text(4)),
                        {},
                        static_cast<std::int64_t>(query.real(6)),
                        static_cast<std::uint64_t>(query.integer(5))};
        gone.reset();
        gone.bind(1, purge.number);
        while (true) {
            FAIRLEAD_TRY(const bool another, gone.next());
            if (!another) break;
            purge.deliveries.emplace_back(gone.text(0));
        }
        purges.push_back(std::move(purge));
    }
}

/// What the log says about how each ended.
Status findEnds(const Workspace& workspace, std::vector<PastPurge>& purges) {
    const access::FileKeys& keys = workspace.keyring().keys;
    FAIRLEAD_TRY(const auto records, audit::AuditLog::read(workspace.folder() / "audit", {&keys.audit}));
    for (const audit::Record& record : records) {
        if (record.entry.state != audit::State::Done) continue;
        const auto found = std::ranges::find(purges, record.entry.about, &PastPurge::intent);
        if (found != purges.end()) found->done = record.sequence;
    }
    return {};
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
std::string proof(const PastPurge& purge) {
    return purge.done ? fmt::format("entries {} (intent) and {} (done)", purge.intent, *purge.done)
                      : fmt::format("entry {} (intent; broken off after the files had changed)", purge.intent);
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

Result<std::vector<PastPurge>> purges(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadRetention));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto all, rowsOf(workspace.core()));
    FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
    for (PastPurge& purge : all) {
        purge.doneBy = nameOf(face, purge.doneBy);
        if (!purge.second.empty()) purge.second = nameOf(face, purge.second);
    }
    FAIRLEAD_OK(findEnds(workspace, all));
    return all;
}

Result<std::string> certificate(Workspace& workspace, std::int64_t purge) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadRetention));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(auto all, rowsOf(core));
    const auto found = std::ranges::find(all, purge, &PastPurge::number);
    if (found == all.end()) return fail(ErrorCode::NotFound, fmt::format("purge {}", purge));
    FAIRLEAD_OK(findEnds(workspace, all));
    const PastPurge& done = *found;
    FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
    FAIRLEAD_TRY(const std::string deliveries, deliveryLines(core, purge));
    FAIRLEAD_TRY(const std::string counts, countLines(core, purge));
    std::string text = fmt::format("Certificate of erasure {}\nWorkspace {}\n\n", purge, face.workspaceId);
    text += fmt::format("Done      {}\nBy        {}\n", timeOf(done.atMs), person(face, done.doneBy));
    text += done.second.empty() ? std::string("          one person alone: roles not separated\n")
                                : fmt::format("And by    {}\n", person(face, done.second));
    text += fmt::format("Reason    {}\n\nDeliveries\n{}\nRows\n{}\n", done.reason, deliveries, counts);
    text += fmt::format("Proof     {} of the audit log\n          {}\n\n{}", proof(done),
                        workspace::auditLine(workspace), kLimits);
    return text;
}

}  // namespace fairlead::custody
