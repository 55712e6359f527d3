#include "core/workspace/relink.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/base/beside.h"
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

/// What the engine is asked.
struct Question {
    link::EncodedInput input;
    FamilyRecords families;
    link::Decisions decisions;
    std::optional<link::Increment> increment;
    std::vector<Membership> before;
    std::int64_t highestKey = 0;  ///< Of every run: keys are never given twice.
};

/// What the engine found, and what families will be made of.
struct Linked {
    std::vector<record::SourcePersonId> records;
    std::vector<Membership> before;
    std::int64_t highestKey = 0;
    link::LinkResult links;
    FamilyRecords families;
};

/// Who is who, ready to be written.
struct Found {
    std::vector<Membership> now;
    link::PersonKeyAssignment keys;
    family::DerivedEdges families;
};

Result<Question> readQuestion(Workspace& workspace, const link::NameVariants& variants, bool again, TaskContext& task) {
    Question question;
    std::optional<LastRun> last;
    if (!again) {
        FAIRLEAD_TRY(last, readLastRun(workspace.core(), workspace.identity(), task));
    }
    const auto readCore = [&]() -> Status {
        FAIRLEAD_TRY(question.decisions, readDecisions(workspace.identity()));
        FAIRLEAD_TRY(question.before, currentMemberships(workspace.core()));
        FAIRLEAD_TRY(question.highestKey, scalar(workspace.core(), "SELECT max(person) FROM membership"));
        return {};
    };
    const ColumnsWanted wanted{variants, last ? last->afterLoad : 0};
    FAIRLEAD_TRY(auto reading, readForLinking(workspace, wanted, readCore, task));
    if (reading.columns.encoded.ids.empty()) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    question.input = std::move(reading.columns.encoded);
    question.families = std::move(reading.families);
    if (last) question.increment = link::Increment{std::move(last->kept), std::move(reading.columns.changed)};
    return question;
}

/// The engine computes and asks no file: meanwhile the links of before make room.
Result<Linked> linkRecords(Workspace& workspace, const Linkage& linkage, Question question, TaskContext& task) {
    Beside<Status> room([&] { return setLinksAside(workspace.identity()); });
    link::LinkOptions options;
    options.variants = linkage.variants;
    options.keepMarginBits = kKeepMarginBits;
    options.increment = question.increment ? &*question.increment : nullptr;
    Linked linked;
    linked.records = question.input.ids;
    linked.before = std::move(question.before);
    linked.highestKey = question.highestKey;
    linked.families = std::move(question.families);
    FAIRLEAD_TRY(linked.links,
                 link::link(std::move(question.input), linkage.inUse.model, question.decisions, options, task));
    FAIRLEAD_OK(room.take());
    return linked;
}

link::PersonKeyAssignment assignKeys(const Linked& linked) {
    std::vector<link::KeyedRecord> keyed;
    keyed.reserve(linked.before.size());
    for (const Membership& membership : linked.before) keyed.push_back({membership.sourcePerson, membership.person});
    return link::assignPersonKeys(linked.records, linked.links.clusters, keyed, {linked.highestKey + 1});
}

Result<Found> findPersons(const Linked& linked, TaskContext& task) {
    Found found;
    found.keys = assignKeys(linked);
    const auto strength = strengths(linked.records, linked.links.links);
    PersonOf personOf;
    personOf.reserve(linked.records.size());
    found.now.reserve(linked.records.size());
    for (std::size_t at = 0; at < linked.records.size(); ++at) {
        found.now.push_back({linked.records[at], found.keys.keys[at], strength[at]});
        personOf.emplace(linked.records[at].value, found.keys.keys[at]);
    }
    task.begin(Phase::Resolving, 0);
    FAIRLEAD_TRY(found.families, family::deriveEdges(linked.families.of(personOf), {}, task));
    return found;
}

std::int64_t countOf(const std::vector<link::PersonChange>& changes, link::PersonChangeKind kind) {
    return std::ranges::count(changes, kind, &link::PersonChange::kind);
}

void fillReport(const Linked& linked, const Found& found, const Linkage& linkage, RelinkReport& report) {
    std::vector<record::PersonKey> persons = found.keys.keys;
    std::ranges::sort(persons);
    report.persons = std::distance(persons.begin(), std::ranges::unique(persons).begin());
    report.sourcePersons = static_cast<std::int64_t>(found.now.size());
    report.pairsCompared = static_cast<std::int64_t>(linked.links.report.pairsCompared);
    report.linksAccepted = std::ranges::count(linked.links.links, link::LinkState::Accepted, &link::ScoredLink::state);
    report.linksForReview = std::ranges::count_if(linked.links.links, waitsForReader);
    report.merged = countOf(found.keys.changes, link::PersonChangeKind::Merged);
    report.split = countOf(found.keys.changes, link::PersonChangeKind::Split);
    report.familyEdges = static_cast<std::int64_t>(found.families.edges.size());
    report.familiesLeftOut = found.families.report;
    report.modelName = linkage.inUse.document.name;
    report.modelSha256 = linkage.inUse.document.sha256;
    report.modelOrigin = linkage.inUse.document.origin;
    report.notes = linkage.inUse.notes;
    report.incremental = linked.links.report.increment.incremental;
    report.whyEverything = linked.links.report.increment.reason;
    const auto& notes = linked.links.report.notes;
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

Status writeIdentity(Workspace& workspace, const Linked& linked, std::int64_t run, std::int64_t load,
                     TaskContext& task) {
    store::Database& identity = workspace.identity();
    FAIRLEAD_OK(writeLinks(identity, linked.links.links, run, task));
    if (linked.links.kept) FAIRLEAD_OK(writeKept(identity, *linked.links.kept, run, load, task));
    return setSetting(identity, "last_run", std::to_string(run));
}

Status writeCore(Workspace& workspace, const Linked& linked, const Found& found, const RelinkReport& report,
                 std::int64_t load, TaskContext& task) {
    store::Database& core = workspace.core();
    task.begin(Phase::Writing, 0);
    FAIRLEAD_OK(writeRun(core, report, load, workspace.clock().nowMs()));
    FAIRLEAD_OK(writeMemberships(core, linked.before, found.now, report.run));
    FAIRLEAD_OK(writePendingLinks(core, linked.links.links, report.run));
    FAIRLEAD_OK(writeChanges(core, found.keys.changes, report.run));
    FAIRLEAD_OK(writeFamilyEdges(core, found.families.edges, report.run, task));
    // Letters given to records that stood for themselves are free again: nobody's page shows them any more.
    FAIRLEAD_OK(core.execute("DELETE FROM pseudonym WHERE person < 0"));
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    return {};
}

/// Links are written while persons and families are found from them and written: the one needs identity.db alone, the
/// other core.db.
Status linkAndWrite(Workspace& workspace, const Linkage& linkage, Question question, RelinkReport& report,
                    TaskContext& task) {
    auto mark = Clock::now();
    FAIRLEAD_TRY(auto watch, BatchWatch::begin(workspace, task));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.identity()));
    FAIRLEAD_TRY(auto identityChange, store::Transaction::begin(workspace.identity()));
    FAIRLEAD_TRY(auto coreChange, store::Transaction::begin(workspace.core()));
    FAIRLEAD_TRY(const std::int64_t load, scalar(workspace.core(), "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(const Linked linked, linkRecords(workspace, linkage, std::move(question), task));
    report.linkSeconds = secondsSince(mark);
    Beside<Status> writing([&]() -> Status {
        TaskContext quiet(task.token());
        FAIRLEAD_OK(writeIdentity(workspace, linked, report.run, load, quiet));
        return identityChange.writeAhead();
    });
    FAIRLEAD_TRY(const Found found, findPersons(linked, task));
    fillReport(linked, found, linkage, report);
    linked.families.nameLeftOut(hash, report.familiesLeftOut);
    FAIRLEAD_OK(writeCore(workspace, linked, found, report, load, task));
    FAIRLEAD_OK(coreChange.writeAhead());
    FAIRLEAD_OK(writing.take());
    FAIRLEAD_OK(watch.record(workspace, audit::Verb::Combination));
    FAIRLEAD_OK(identityChange.commit());
    FAIRLEAD_OK(coreChange.commit());
    report.writeSeconds = secondsSince(mark);
    return {};
}

Result<RelinkReport> run(Workspace& workspace, const Linkage& linkage, bool again, RelinkReport report,
                         TaskContext& task) {
    auto mark = Clock::now();
    FAIRLEAD_TRY(Question question, readQuestion(workspace, linkage.variants, again, task));
    report.readSeconds = secondsSince(mark);
    if (auto written = linkAndWrite(workspace, linkage, std::move(question), report, task); !written) {
        FAIRLEAD_OK(removeUnknownLoads(workspace.core(), workspace.identity()));
        return fail(std::move(written).error());
    }
    // Both files know the run; where this fails the next opening does it.
    static_cast<void>(forgetLinksBefore(workspace.identity()));
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
    link::Decisions decisions;
    FAIRLEAD_TRY(auto reading, readForLinking(
                                   workspace, {linkage.variants},
                                   [&]() -> Status {
                                       FAIRLEAD_TRY(decisions, readDecisions(workspace.identity()));
                                       return {};
                                   },
                                   task));
    link::EncodedInput input = std::move(reading.columns.encoded);
    const std::size_t records = input.ids.size();
    if (records == 0) return fail(ErrorCode::NotFound, std::string(kNoLoad));
    link::LinkOptions options;
    options.variants = linkage.variants;
    options.estimate = true;
    FAIRLEAD_TRY(link::LinkResult result, link::link(std::move(input), linkage.inUse.model, decisions, options, task));
    FAIRLEAD_TRY(const std::int64_t load, scalar(workspace.core(), "SELECT max(id) FROM load"));
    result.model.name = fmt::format("estimated at load {} from {} records", load, records);
    EstimateReport report;
    report.converged = result.report.converged;
    report.doubt = result.report.doubt;
    report.notes = result.report.notes;
    report.sourcePersons = static_cast<std::int64_t>(records);
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
