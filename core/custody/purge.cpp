#include "core/custody/purge.h"

#include <chrono>
#include <set>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/custody/sieve.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/new_files.h"
#include "core/workspace/reveal.h"
#include "core/workspace/schema.h"

namespace fairlead::custody {

namespace {

using workspace::Workspace;

/// Those that are asked for, and may go.
Result<std::vector<DeliveryEnd>> chosen(Workspace& workspace, const std::vector<record::DeliveryId>& wanted) {
    if (wanted.empty()) return fail(ErrorCode::InvalidArgument, "deliveries", "none chosen");
    FAIRLEAD_TRY(const auto all, deliveryEnds(workspace));
    std::vector<DeliveryEnd> deliveries;
    for (const record::DeliveryId id : std::set<record::DeliveryId>(wanted.begin(), wanted.end())) {
        const auto found = std::ranges::find(all, id, &DeliveryEnd::delivery);
        if (found == all.end()) return fail(ErrorCode::NotFound, fmt::format("delivery {}", id.value));
        if (found->purgedOn)
            return fail(ErrorCode::InvalidArgument, found->label(), "purged on " + found->purgedOn->uk());
        deliveries.push_back(*found);
    }
    return deliveries;
}

Result<Sieve> sieveFor(Workspace& workspace, const std::vector<DeliveryEnd>& deliveries, TaskContext& task) {
    std::set<std::int64_t> going;
    for (const DeliveryEnd& delivery : deliveries) going.insert(delivery.delivery.value);
    return Sieve::open({workspace.core(), workspace.identity()}, going, task);
}

Chooser chooserOf(const Sieve& sieve) {
    return [&sieve](store::Database& from, std::string_view table) { return sieve.keeps(from, table); };
}

audit::Entry intentFor(const Workspace& workspace, const PurgeRequest& request, const PurgePreview& preview,
                       const std::optional<access::Keyring>& second) {
    std::map<std::string, std::string> details{{"what", "purge"}};
    std::string labels;
    for (std::size_t at = 0; at < preview.deliveries.size(); ++at) {
        details[fmt::format("delivery_{:03}", at + 1)] = preview.deliveries[at].label();
        labels += preview.deliveries[at].label() + "\n";
    }
    details["rows"] = fmt::format("{} go, {} stay", preview.rows().went, preview.rows().stayed);
    audit::Entry entry = workspace::intentOf(workspace, audit::Verb::Erasure, request.reason, std::move(details));
    entry.objectSha256 = crypto::sha256(labels);
    entry.subjectCount = static_cast<std::uint64_t>(preview.personsGone());
    if (second) entry.secondActor = second->principal.id;
    return entry;
}

Status countInto(store::Database& core, std::int64_t purge, std::string_view file, const TablesLeft& tables) {
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO purge_count VALUES (?1, ?2, ?3, ?4)"));
    for (const auto& [table, rows] : tables) {
        if (rows.went == 0) continue;
        insert.bind(1, purge).bind(2, std::string_view(fmt::format("{}.{}", file, table)));
        FAIRLEAD_OK(insert.bind(3, rows.went).bind(4, rows.stayed).run());
    }
    return {};
}

/// One purge: both files anew, beside the old ones until the header says so.
class Renewal {
public:
    Renewal(Workspace& workspace, const PurgeRequest& request, PurgePreview& preview)
        : m_workspace(workspace), m_request(request), m_preview(preview), m_epoch(workspace.keyring().fileEpoch) {
        m_fresh.core = store::Database::newKey();
        m_fresh.identity = store::Database::newKey();
    }
    ~Renewal() {
        // Nothing to do when they have taken their places; else they are left-overs.
        if (m_workspace.keyring().fileEpoch == m_epoch)
            static_cast<void>(workspace::settleNewFiles(m_workspace.folder(), m_epoch));
    }
    Renewal(const Renewal&) = delete;
    Renewal& operator=(const Renewal&) = delete;

    Result<std::int64_t> run(const access::Authors& authors, std::string_view header, std::uint64_t intent,
                             TaskContext& task) {
        FAIRLEAD_TRY(const std::string changed, access::withNewFileKeys(header, authors, m_fresh));
        FAIRLEAD_TRY(const std::int64_t number, writeFiles(authors, intent, task));
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_OK(syncFolder(m_workspace.folder()));
        FAIRLEAD_OK(m_workspace.takeNewFiles(std::move(m_fresh), changed));
        return number;
    }

private:
    Result<store::Database> create(std::string_view file, const crypto::Secret& key) {
        return store::Database::create(workspace::newFilePath(m_workspace.folder(), file, m_epoch + 1), key);
    }

    Result<std::int64_t> writeFiles(const access::Authors& authors, std::uint64_t intent, TaskContext& task) {
        FAIRLEAD_OK(workspace::settleNewFiles(m_workspace.folder(), m_epoch));
        FAIRLEAD_TRY(const auto sieve, sieveFor(m_workspace, m_preview.deliveries, task));
        const auto rows = static_cast<std::uint64_t>(m_preview.rows().went + m_preview.rows().stayed);
        task.begin(Phase::Writing, rows);
        FAIRLEAD_TRY(auto core, create("core.db", m_fresh.core));
        FAIRLEAD_OK(workspace::createSchema(core, workspace::coreSchema(), workspace::coreUpgrades()));
        FAIRLEAD_TRY(m_preview.core, copyRows(m_workspace.core(), core, chooserOf(sieve), task));
        FAIRLEAD_TRY(auto identity, create("identity.db", m_fresh.identity));
        FAIRLEAD_OK(workspace::createSchema(identity, workspace::identitySchema(), workspace::identityUpgrades()));
        FAIRLEAD_TRY(m_preview.identity, copyRows(m_workspace.identity(), identity, chooserOf(sieve), task));
        FAIRLEAD_TRY(const std::int64_t number, writePurge(core, authors, intent));
        FAIRLEAD_OK(workspace::recordNewFiles(m_workspace, core, identity, audit::Verb::Erasure, task));
        return number;
    }

    /// What the certificate says, and what readings of earlier days look at.
    Result<std::int64_t> writePurge(store::Database& core, const access::Authors& authors, std::uint64_t intent) {
        FAIRLEAD_TRY(const std::int64_t last, workspace::scalar(core, "SELECT max(id) FROM purge"));
        FAIRLEAD_TRY(const std::int64_t run, workspace::scalar(core, "SELECT max(id) FROM run"));
        const std::int64_t number = last + 1;
        const std::string& officer = authors.officer.principal.id;
        FAIRLEAD_TRY(auto change, store::Transaction::begin(core));
        FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO purge VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
        insert.bind(1, number).bind(2, m_workspace.clock().nowMs());
        insert.bind(3, std::string_view(m_workspace.principal()));
        insert.bind(4, officer == m_workspace.principal() ? std::string_view() : std::string_view(officer));
        insert.bind(5, std::string_view(m_request.reason)).bind(6, run);
        FAIRLEAD_OK(insert.bind(7, static_cast<std::int64_t>(intent)).run());
        FAIRLEAD_TRY(auto gone, core.prepare("INSERT INTO purged_delivery VALUES (?1, ?2, ?3)"));
        for (const DeliveryEnd& delivery : m_preview.deliveries) {
            FAIRLEAD_TRY(const bool hadRoll, bringsRoll(m_workspace.core(), delivery.delivery));
            FAIRLEAD_OK(gone.bind(1, delivery.delivery.value).bind(2, number).bind(3, std::int64_t{hadRoll}).run());
        }
        FAIRLEAD_OK(countInto(core, number, "core", m_preview.core));
        FAIRLEAD_OK(countInto(core, number, "identity", m_preview.identity));
        FAIRLEAD_OK(change.commit());
        return number;
    }

    Workspace& m_workspace;
    const PurgeRequest& m_request;
    PurgePreview& m_preview;
    std::int64_t m_epoch;
    access::FileKeys m_fresh;
};

Result<PurgePreview> preview(Workspace& workspace, const std::vector<record::DeliveryId>& wanted, TaskContext& task) {
    PurgePreview found;
    FAIRLEAD_TRY(found.deliveries, chosen(workspace, wanted));
    FAIRLEAD_TRY(const auto sieve, sieveFor(workspace, found.deliveries, task));
    FAIRLEAD_TRY(found.core, countRows(workspace.core(), chooserOf(sieve), task));
    FAIRLEAD_TRY(found.identity, countRows(workspace.identity(), chooserOf(sieve), task));
    found.deliveriesWithoutPersons = sieve.deliveriesWithoutPersons();
    FAIRLEAD_TRY(found.figures, lostFigures(workspace, found.deliveries, task));
    return found;
}

}  // namespace

std::int64_t PurgePreview::personsGone() const {
    const auto found = core.find("source_person");
    return found == core.end() ? 0 : found->second.went;
}

RowsLeft PurgePreview::rows() const {
    RowsLeft all;
    for (const TablesLeft* const file : {&core, &identity}) {
        for (const auto& [table, rows] : *file) {
            all.went += rows.went;
            all.stayed += rows.stayed;
        }
    }
    return all;
}

Result<PurgePreview> previewPurge(Workspace& workspace, const std::vector<record::DeliveryId>& deliveries,
                                  TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::PurgeDeliveries));
    const std::scoped_lock lock(workspace.mutex());
    return preview(workspace, deliveries, task);
}

Result<PurgeReport> purge(Workspace& workspace, const PurgeRequest& request, const workspace::SecondPerson& second,
                          TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::PurgeDeliveries));
    const std::scoped_lock lock(workspace.mutex());
    const auto started = std::chrono::steady_clock::now();
    FAIRLEAD_OK(workspace::checkReason(request.reason));
    PurgeReport report;
    FAIRLEAD_TRY(report.done, preview(workspace, request.deliveries, task));
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto officer, workspace::unlockSecond(workspace, second));
    FAIRLEAD_TRY(auto act,
                 audit::AuditedAct::begin(workspace.audit(), intentFor(workspace, request, report.done, officer)));
    const auto renew = [&]() -> Result<std::int64_t> {
        Renewal renewal(workspace, request, report.done);
        return renewal.run({officer ? *officer : workspace.keyring(), workspace.keyring()}, header, act.sequence(),
                           task);
    };
    auto number = renew();
    if (!number) {
        workspace::endAsFailed(act, number.error());
        return fail(std::move(number).error());
    }
    report.purge = *number;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const audit::Outcome outcome{
        {}, static_cast<std::uint64_t>(report.done.personsGone()), {{"purge", std::to_string(*number)}}, {}};
    FAIRLEAD_OK(act.done(workspace::withDecisions(workspace, workspace::withRegisters(workspace, outcome))));
    return report;
}

}  // namespace fairlead::custody
