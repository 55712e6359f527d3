#include "core/workspace/relink.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/link/engine.h"
#include "core/link/person_keys.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/kept_pairs.h"
#include "core/workspace/link_model_store.h"
#include "core/workspace/link_reading.h"
#include "core/workspace/moment.h"
#include "core/workspace/reconcile.h"
#include "core/workspace/relink_writing.h"

namespace fairlead::workspace {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point& mark) {
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - mark).count();
    mark = now;
    return seconds;
}

/// What a run links with.
struct Linkage {
    ModelInUse inUse;
    link::NameVariants variants;
};

Result<Linkage> readLinkage(Workspace& workspace) {
    Linkage linkage;
    FAIRLEAD_TRY(linkage.inUse, modelInUse(workspace));
    FAIRLEAD_TRY(linkage.variants, nameVariants(workspace.resources()));
    return linkage;
}

/// What the engines found, ready to be written.
struct Found {
    std::vector<Membership> before;
    std::vector<Membership> now;
    link::LinkResult links;
    link::PersonKeyAssignment keys;
    family::DerivedEdges families;
};

Result<link::PersonKeyAssignment> assignKeys(Workspace& workspace, const std::vector<record::SourcePersonId>& records,
                                             const std::vector<std::uint32_t>& clusters,
                                             const std::vector<Membership>& before) {
    std::vector<link::KeyedRecord> keyed;
    keyed.reserve(before.size());
    for (const Membership& membership : before) keyed.push_back({membership.sourcePerson, membership.person});
    // Keys are never given twice, so the next one lies above every key of every run.
    FAIRLEAD_TRY(const std::int64_t highest, scalar(workspace.core(), "SELECT max(person) FROM membership"));
    return link::assignPersonKeys(records, clusters, keyed, {highest + 1});
}

Result<Found> findPersons(Workspace& workspace, const Linkage& linkage, bool again, RelinkReport& report,
                          TaskContext& task) {
    auto mark = Clock::now();
    Found found;
    FAIRLEAD_TRY(const auto input, readLinkInput(workspace.core(), workspace.identity(), task));
    if (input.records.empty()) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    FAIRLEAD_TRY(const auto decisions, readDecisions(workspace.core()));
    FAIRLEAD_TRY(found.before, currentMemberships(workspace.core()));
    std::optional<link::Increment> increment;
    if (!again) {
        FAIRLEAD_TRY(increment, readIncrement(workspace.core(), workspace.identity(), task));
    }
    report.readSeconds = secondsSince(mark);

    link::LinkOptions options;
    options.variants = linkage.variants;
    options.keepMarginBits = kKeepMarginBits;
    options.increment = increment ? &*increment : nullptr;
    FAIRLEAD_TRY(found.links, link::link(input, linkage.inUse.model, decisions, options, task));
    std::vector<record::SourcePersonId> records;
    records.reserve(input.records.size());
    for (const link::SourceRecord& record : input.records) records.push_back(record.id);
    FAIRLEAD_TRY(found.keys, assignKeys(workspace, records, found.links.clusters, found.before));
    const auto strength = strengths(records, found.links.links);
    PersonOf personOf;
    personOf.reserve(records.size());
    for (std::size_t at = 0; at < records.size(); ++at) {
        found.now.push_back({records[at], found.keys.keys[at], strength[at]});
        personOf.emplace(records[at].value, found.keys.keys[at]);
    }
    task.begin(Phase::Resolving, 0);
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.identity()));
    FAIRLEAD_TRY(const auto sources, readFamilySources(workspace.identity(), personOf, hash, task));
    FAIRLEAD_TRY(found.families, family::deriveEdges(sources, {}, task));
    report.linkSeconds = secondsSince(mark);
    return found;
}

std::int64_t countOf(const std::vector<link::PersonChange>& changes, link::PersonChangeKind kind) {
    return std::ranges::count(changes, kind, &link::PersonChange::kind);
}

void fillReport(const Found& found, const Linkage& linkage, RelinkReport& report) {
    std::vector<record::PersonKey> persons = found.keys.keys;
    std::ranges::sort(persons);
    report.persons = std::distance(persons.begin(), std::ranges::unique(persons).begin());
    report.sourcePersons = static_cast<std::int64_t>(found.now.size());
    report.pairsCompared = static_cast<std::int64_t>(found.links.report.pairsCompared);
    report.linksAccepted = std::ranges::count(found.links.links, link::LinkState::Accepted, &link::ScoredLink::state);
    report.linksForReview = std::ranges::count_if(found.links.links, waitsForReader);
    report.merged = countOf(found.keys.changes, link::PersonChangeKind::Merged);
    report.split = countOf(found.keys.changes, link::PersonChangeKind::Split);
    report.familyEdges = static_cast<std::int64_t>(found.families.edges.size());
    report.familiesLeftOut = found.families.report;
    report.modelName = linkage.inUse.document.name;
    report.modelSha256 = linkage.inUse.document.sha256;
    report.modelOrigin = linkage.inUse.document.origin;
    report.notes = linkage.inUse.notes;
    report.incremental = found.links.report.increment.incremental;
    report.whyEverything = found.links.report.increment.reason;
    const auto& notes = found.links.report.notes;
    report.notes.insert(report.notes.end(), notes.begin(), notes.end());
}

Status writeRun(store::Database& core, const RelinkReport& report, std::int64_t load, std::int64_t nowMs) {
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "run", 10));
    insert.add(report.run).add(load).add(nowMs).add(std::string_view(report.modelSha256));
    for (const std::int64_t count : {report.sourcePersons, report.persons, report.linksAccepted, report.linksForReview,
                                     report.merged, report.split})
        insert.add(count);
    return insert.write();
}

Status writeFound(Workspace& workspace, const Found& found, const RelinkReport& report, TaskContext& task) {
    store::Database& core = workspace.core();
    store::Database& identity = workspace.identity();
    task.begin(Phase::Writing, 0);
    FAIRLEAD_TRY(auto watch, BatchWatch::begin(workspace, task));
    FAIRLEAD_TRY(auto identityChange, store::Transaction::begin(identity));
    FAIRLEAD_TRY(auto coreChange, store::Transaction::begin(core));
    FAIRLEAD_TRY(const std::int64_t load, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_OK(writeRun(core, report, load, workspace.clock().nowMs()));
    FAIRLEAD_OK(writeMemberships(core, found.before, found.now, report.run));
    FAIRLEAD_OK(writePendingLinks(core, found.links.links, report.run));
    FAIRLEAD_OK(writeChanges(core, found.keys.changes, report.run));
    FAIRLEAD_OK(writeFamilyEdges(core, found.families.edges, report.run, task));
    // Letters given to records that stood for themselves are free again: nobody's page shows them any more.
    FAIRLEAD_OK(core.execute("DELETE FROM pseudonym WHERE person < 0"));
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    FAIRLEAD_OK(writeLinks(identity, found.links.links, report.run, task));
    if (found.links.kept) FAIRLEAD_OK(writeKept(identity, *found.links.kept, report.run, load, task));
    FAIRLEAD_OK(setSetting(identity, "last_run", std::to_string(report.run)));
    FAIRLEAD_OK(watch.record(workspace, audit::Verb::Combination));
    FAIRLEAD_OK(identityChange.commit());
    return coreChange.commit();
}

Result<RelinkReport> run(Workspace& workspace, const Linkage& linkage, bool again, RelinkReport report,
                         TaskContext& task) {
    FAIRLEAD_TRY(const auto found, findPersons(workspace, linkage, again, report, task));
    fillReport(found, linkage, report);
    auto mark = Clock::now();
    if (auto written = writeFound(workspace, found, report, task); !written) {
        FAIRLEAD_OK(removeUnknownLoads(workspace.core(), workspace.identity()));
        return fail(std::move(written).error());
    }
    // Both files know the run; where this fails the next opening does it.
    static_cast<void>(forgetLinksBefore(workspace.identity()));
    report.writeSeconds = secondsSince(mark);
    return report;
}

}  // namespace

Result<RelinkReport> relink(Workspace& workspace, TaskContext& task, bool again) {
    FAIRLEAD_OK(workspace.require(access::Action::LinkRecords));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto linkage, readLinkage(workspace));
    const LinkModelDocument& model = linkage.inUse.document;
    RelinkReport report;
    FAIRLEAD_TRY(const std::int64_t last, scalar(workspace.core(), "SELECT max(id) FROM run"));
    report.run = last + 1;
    workspace.heldPage().reset();
    audit::Entry intent = intentOf(workspace, audit::Verb::Combination, {},
                                   {{"what", "linkage run"},
                                    {"run", std::to_string(report.run)},
                                    {"model", model.name},
                                    {"parameters", std::string(name(model.origin))}});
    intent.objectSha256 = crypto::sha256(model.json);
    return asAct(
        workspace, std::move(intent), [&] { return run(workspace, linkage, again, report, task); },
        [](const RelinkReport& done) {
            return audit::Outcome{{},
                                  static_cast<std::uint64_t>(done.sourcePersons),
                                  {{"persons", std::to_string(done.persons)},
                                   {"compared", done.incremental ? "new and changed records" : "everything"},
                                   {"pairs", std::to_string(done.pairsCompared)},
                                   {"links", std::to_string(done.linksAccepted)},
                                   {"review", std::to_string(done.linksForReview)},
                                   {"merged", std::to_string(done.merged)},
                                   {"split", std::to_string(done.split)}}};
        });
}

namespace {

Result<EstimateReport> estimateFromAll(Workspace& workspace, const Linkage& linkage, TaskContext& task) {
    FAIRLEAD_TRY(const auto input, readLinkInput(workspace.core(), workspace.identity(), task));
    if (input.records.empty()) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    FAIRLEAD_TRY(const auto decisions, readDecisions(workspace.core()));
    link::LinkOptions options;
    options.variants = linkage.variants;
    options.estimate = true;
    FAIRLEAD_TRY(link::LinkResult result, link::link(input, linkage.inUse.model, decisions, options, task));
    FAIRLEAD_TRY(const std::int64_t load, scalar(workspace.core(), "SELECT max(id) FROM load"));
    result.model.name = fmt::format("estimated at load {} from {} records", load, input.records.size());
    EstimateReport report;
    report.converged = result.report.converged;
    report.doubt = result.report.doubt;
    report.notes = result.report.notes;
    report.sourcePersons = static_cast<std::int64_t>(input.records.size());
    report.persons = static_cast<std::int64_t>(result.report.clusters);
    report.linksAccepted = std::ranges::count(result.links, link::LinkState::Accepted, &link::ScoredLink::state);
    report.linksForReview = std::ranges::count_if(result.links, waitsForReader);
    FAIRLEAD_TRY(report.personsNow,
                 scalar(workspace.core(), "SELECT count(DISTINCT person) FROM membership WHERE until_run IS NULL"));
    const std::string note = fmt::format(
        "from model {}{}{}", linkage.inUse.document.name, report.converged ? "" : "; the estimation did not converge",
        report.doubt.empty() ? "" : "; it settled on households, not persons: " + report.doubt);
    FAIRLEAD_TRY(const std::string digest,
                 addLinkModel(workspace, result.model, ModelOrigin::Estimated, workspace.principal(), note));
    FAIRLEAD_TRY(const auto models, readLinkModels(workspace.core()));
    report.model = *std::ranges::find(models, digest, &LinkModelDocument::sha256);
    return report;
}

}  // namespace

Result<EstimateReport> estimateLinkModel(Workspace& workspace, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::LinkRecords));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto linkage, readLinkage(workspace));
    audit::Entry intent = intentOf(workspace, audit::Verb::Combination, {},
                                   {{"what", "linkage model estimated"}, {"model", linkage.inUse.document.name}});
    return asAct(
        workspace, std::move(intent), [&] { return estimateFromAll(workspace, linkage, task); },
        [](const EstimateReport& done) {
            return audit::Outcome{crypto::sha256(done.model.json),
                                  static_cast<std::uint64_t>(done.sourcePersons),
                                  {{"converged", done.converged ? "yes" : "no"}}};
        });
}

}  // namespace fairlead::workspace
