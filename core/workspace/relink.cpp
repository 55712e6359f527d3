#include "core/workspace/relink.h"

#include <algorithm>
#include <chrono>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/family/derive_edges.h"
#include "core/link/engine.h"
#include "core/link/person_keys.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"
#include "core/workspace/link_reading.h"
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

/// The shipped model and spellings, and the digest that says which model it was.
struct ShippedLinkage {
    link::Model model;
    link::NameVariants variants;
    std::string sha256;  ///< 32 raw bytes.
};

Result<ShippedLinkage> readLinkage(const Resources& resources) {
    ShippedLinkage linkage;
    const auto folder = resources.folder / "linkage";
    FAIRLEAD_TRY(const std::string json, readFile(folder / "default.json"));
    FAIRLEAD_TRY(linkage.model, link::parseModel(json, "default.json"));
    linkage.sha256 = crypto::sha256(json);
    if (const auto names = folder / "nicknames.csv"; std::filesystem::exists(names)) {
        FAIRLEAD_TRY(const std::string csv, readFile(names));
        FAIRLEAD_TRY(linkage.variants, link::parseNameVariants(csv, "nicknames.csv"));
    }
    return linkage;
}

/// What the engines found, ready to be written.
struct Found {
    std::vector<Membership> before;
    std::vector<Membership> now;
    link::LinkResult links;
    link::PersonKeyAssignment keys;
    std::vector<family::FamilyEdge> edges;
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

Result<Found> findPersons(Workspace& workspace, const ShippedLinkage& linkage, RelinkReport& report,
                          TaskContext& task) {
    auto mark = Clock::now();
    Found found;
    FAIRLEAD_TRY(const auto input, readLinkInput(workspace.core(), workspace.identity(), task));
    if (input.records.empty()) return fail(ErrorCode::NotFound, "workspace", "nothing is loaded");
    FAIRLEAD_TRY(const auto decisions, readDecisions(workspace.core()));
    FAIRLEAD_TRY(found.before, currentMemberships(workspace.core()));
    report.readSeconds = secondsSince(mark);

    link::LinkOptions options;
    options.variants = linkage.variants;
    FAIRLEAD_TRY(found.links, link::link(input, linkage.model, decisions, options, task));
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
    FAIRLEAD_TRY(auto derived, family::deriveEdges(sources, {}, task));
    found.edges = std::move(derived.edges);
    report.linkSeconds = secondsSince(mark);
    return found;
}

std::int64_t countOf(const std::vector<link::PersonChange>& changes, link::PersonChangeKind kind) {
    return std::ranges::count(changes, kind, &link::PersonChange::kind);
}

void fillReport(const Found& found, const ShippedLinkage& linkage, RelinkReport& report) {
    std::vector<record::PersonKey> persons = found.keys.keys;
    std::ranges::sort(persons);
    report.persons = std::distance(persons.begin(), std::ranges::unique(persons).begin());
    report.sourcePersons = static_cast<std::int64_t>(found.now.size());
    report.pairsCompared = static_cast<std::int64_t>(found.links.report.pairsCompared);
    report.linksAccepted = std::ranges::count(found.links.links, link::LinkState::Accepted, &link::ScoredLink::state);
    report.linksForReview = std::ranges::count_if(found.links.links, waitsForReader);
    report.merged = countOf(found.keys.changes, link::PersonChangeKind::Merged);
    report.split = countOf(found.keys.changes, link::PersonChangeKind::Split);
    report.familyEdges = static_cast<std::int64_t>(found.edges.size());
    report.modelName = linkage.model.name;
    report.notes = found.links.report.notes;
}

Status writeRun(store::Database& core, const RelinkReport& report, const ShippedLinkage& linkage, std::int64_t nowMs) {
    FAIRLEAD_TRY(const std::int64_t load, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
    insert.bind(1, report.run).bind(2, load).bind(3, nowMs).bind(4, std::string_view(hex(linkage.sha256)));
    int column = 5;
    for (const std::int64_t count : {report.sourcePersons, report.persons, report.linksAccepted, report.linksForReview,
                                     report.merged, report.split})
        insert.bind(column++, count);
    return insert.run();
}

Status writeFound(Workspace& workspace, const Found& found, const ShippedLinkage& linkage, const RelinkReport& report,
                  TaskContext& task) {
    store::Database& core = workspace.core();
    store::Database& identity = workspace.identity();
    task.begin(Phase::Writing, 0);
    FAIRLEAD_TRY(auto identityChange, store::Transaction::begin(identity));
    FAIRLEAD_TRY(auto coreChange, store::Transaction::begin(core));
    FAIRLEAD_OK(writeRun(core, report, linkage, workspace.clock().nowMs()));
    FAIRLEAD_OK(writeMemberships(core, found.before, found.now, report.run));
    FAIRLEAD_OK(writePendingLinks(core, found.links.links, report.run));
    FAIRLEAD_OK(writeChanges(core, found.keys.changes, report.run));
    FAIRLEAD_OK(writeFamilyEdges(core, found.edges, report.run, task));
    // Letters given to records that stood for themselves are free again: nobody's page shows them any more.
    FAIRLEAD_OK(core.execute("DELETE FROM pseudonym WHERE person < 0"));
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    FAIRLEAD_OK(writeLinks(identity, found.links.links, report.run));
    FAIRLEAD_OK(setSetting(identity, "last_run", std::to_string(report.run)));
    FAIRLEAD_OK(identityChange.commit());
    return coreChange.commit();
}

Result<RelinkReport> run(Workspace& workspace, const ShippedLinkage& linkage, RelinkReport report, TaskContext& task) {
    FAIRLEAD_TRY(const auto found, findPersons(workspace, linkage, report, task));
    fillReport(found, linkage, report);
    auto mark = Clock::now();
    if (auto written = writeFound(workspace, found, linkage, report, task); !written) {
        FAIRLEAD_OK(removeUnknownLoads(workspace.core(), workspace.identity()));
        return fail(std::move(written).error());
    }
    report.writeSeconds = secondsSince(mark);
    return report;
}

}  // namespace

Result<RelinkReport> relink(Workspace& workspace, TaskContext& task) {
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto linkage, readLinkage(workspace.resources()));
    RelinkReport report;
    FAIRLEAD_TRY(const std::int64_t last, scalar(workspace.core(), "SELECT max(id) FROM run"));
    report.run = last + 1;
    workspace.heldPage().reset();
    audit::Entry intent =
        intentOf(workspace, audit::Verb::Combination, {},
                 {{"what", "linkage run"}, {"run", std::to_string(report.run)}, {"model", linkage.model.name}});
    intent.objectSha256 = linkage.sha256;
    return asAct(
        workspace, std::move(intent), [&] { return run(workspace, linkage, report, task); },
        [](const RelinkReport& done) {
            return audit::Outcome{
                {},
                static_cast<std::uint64_t>(done.sourcePersons),
                {{"persons", std::to_string(done.persons)}, {"links", std::to_string(done.linksAccepted)}}};
        });
}

}  // namespace fairlead::workspace
