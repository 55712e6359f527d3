#include "core/workspace/brief.h"

#include <set>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/briefing/draft.h"
#include "core/extract/gateway_register.h"
#include "core/pdf/pdf.h"
#include "core/record/agency.h"
#include "core/workspace/act.h"
#include "core/workspace/built_in.h"
#include "core/workspace/columns.h"
#include "core/workspace/reveal.h"
#include "core/workspace/school_page.h"
#include "core/workspace/summary.h"

namespace fairlead::workspace {

namespace {

Result<std::vector<briefing::SourceEntry>> sourceEntries(const Workspace& workspace, const SchoolReading& reading) {
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    std::map<std::string, briefing::SourceEntry> byName;
    std::map<std::string, std::set<std::string>> citations;
    for (const indicator::Source& source : reading.slice.sources) {
        briefing::SourceEntry& entry = byName[source.name()];
        const bool isFirst = entry.deliveries++ == 0;
        entry.title = record::sourceTitle(source.agency, source.dataset);
        entry.dataAsAt = isFirst ? source.dataAsAt : std::max(entry.dataAsAt, source.dataAsAt);
        entry.retainUntil = isFirst ? source.retainUntil : std::min(entry.retainUntil, source.retainUntil);
        entry.isAuthenticated = entry.isAuthenticated && source.authenticated;
        entry.agreementRef = source.agreementRef;
        for (const std::string& id : source.gateways) {
            const extract::Gateway* gateway = gateways.find(id);
            citations[source.name()].insert(gateway != nullptr ? gateway->citation : id);
        }
    }
    std::vector<briefing::SourceEntry> entries;
    for (auto& [name, entry] : byName) {
        entry.gateways.assign(citations[name].begin(), citations[name].end());
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// The pupils that the briefing lists.
std::vector<record::PersonKey> listedPupils(const indicator::Overview& overview) {
    std::set<record::PersonKey> pupils;
    for (const auto& line : overview.newIndicators) pupils.insert(line.pupil);
    for (const auto& line : overview.families) pupils.insert(line.pupil);
    return {pupils.begin(), pupils.end()};
}

Result<std::string> modelNote(store::Database& core, std::int64_t run) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT id, model_sha256 FROM run WHERE id = ?1"));
    query.bind(1, run);
    FAIRLEAD_TRY(const bool found, query.next());
    if (!found) return std::string("records not linked yet");
    return fmt::format("linkage run {}, model {}", query.integer(0), query.text(1).substr(0, 12));
}

/// Everything but the audit line and names.
struct Drafting {
    std::shared_ptr<const SchoolPage> school;
    indicator::Overview overview;
    briefing::DraftInput input;
};

Result<Drafting> startDraft(Workspace& workspace, const BriefingRequest& request, TaskContext& task) {
    Drafting drafting;
    FAIRLEAD_TRY(drafting.school, schoolPage(workspace, request.view, task));
    const SchoolReading& reading = drafting.school->reading;
    drafting.overview = indicator::overview(reading.slice, reading.moment.asAt, {request.view.yearGroup});
    briefing::DraftInput& input = drafting.input;
    input.schoolName = drafting.school->schoolName;
    input.preparedOn = workspace.clock().today();
    input.preparedBy = workspace.name();
    input.pupilLabels = drafting.school->pseudonyms;
    input.linkedShare = linkedShareOf(reading);
    input.linksForReview = reading.pendingLinks;
    input.knownOn = reading.moment.knownOn;
    FAIRLEAD_TRY(input.sources, sourceEntries(workspace, reading));
    input.definitionsNote = describeDefinitions(*reading.slice.definitions);
    FAIRLEAD_TRY(input.modelNote, modelNote(workspace.core(), reading.moment.run));
    input.softwareNote = fmt::format("Fairlead {}", programVersion());
    input.contact = "the analyst who prepared this briefing";
    input.rolesSeparated = workspace.rolesSeparated();
    return drafting;
}

Result<std::string> nextReference(Workspace& workspace) {
    constexpr std::string_view kCounter = "next_briefing";
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(core));
    FAIRLEAD_TRY(const auto text, setting(core, kCounter));
    const std::int64_t number = text ? parseInteger(*text).value_or(1) : 1;
    FAIRLEAD_OK(setSetting(core, kCounter, std::to_string(number + 1)));
    FAIRLEAD_OK(transaction.commit());
    return fmt::format("FL-{}-{:06}", workspace.clock().today().civil().year, number);
}

Result<BriefingReceipt> writeBriefing(Workspace& workspace, const BriefingRequest& request,
                                      const std::filesystem::path& path, Drafting& drafting,
                                      const std::string& reference, TaskContext& task) {
    briefing::DraftInput& input = drafting.input;
    if (request.named) {
        FAIRLEAD_TRY(auto names, namesOf(workspace, listedPupils(drafting.overview)));
        for (auto& [pupil, label] : names) input.pupilLabels[pupil] = std::move(label);
        input.isNamed = true;
        input.nameReason = request.reason;
    }
    BriefingReceipt receipt;
    receipt.reference = reference;
    const audit::Checkpoint witness = workspace.audit().head();
    receipt.auditSize = witness.size;
    receipt.auditRoot = hex(witness.root);
    input.auditLine = auditLine(workspace);
    FAIRLEAD_TRY(const auto rendered,
                 pdf::render(briefing::draft(drafting.overview, input), workspace.resources().folder / "fonts", task));
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    FAIRLEAD_OK(writeFileAtomically(path, rendered.bytes));
    receipt.path = path;
    receipt.pages = rendered.pages;
    receipt.fileSha256 = crypto::sha256(rendered.bytes);
    return receipt;
}

}  // namespace

Result<std::shared_ptr<const briefing::Document>> draftBriefing(Workspace& workspace, const BriefingRequest& request,
                                                                TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ExportBriefing));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto drafting, startDraft(workspace, request, task));
    drafting.input.reference = "not exported yet";
    drafting.input.auditLine = auditLine(workspace);
    return std::make_shared<const briefing::Document>(briefing::draft(drafting.overview, drafting.input));
}

Result<BriefingReceipt> exportBriefing(Workspace& workspace, const BriefingRequest& request,
                                       const std::filesystem::path& path, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ExportBriefing));
    if (request.named) FAIRLEAD_OK(workspace.require(access::Action::RevealNames));
    const std::scoped_lock lock(workspace.mutex());
    if (const auto enough = request.named ? checkReason(request.reason) : Status{}; !enough) {
        FAIRLEAD_OK(recordDenied(workspace, "a briefing with names without a reason"));
        return fail(enough.error());
    }
    FAIRLEAD_TRY(auto drafting, startDraft(workspace, request, task));
    FAIRLEAD_TRY(const std::string reference, nextReference(workspace));
    drafting.input.reference = reference;
    const Moment& moment = drafting.school->reading.moment;
    audit::Entry intent = intentOf(workspace, audit::Verb::Disclosure, request.reason,
                                   {{"what", "briefing"},
                                    {"school", std::to_string(request.view.school.value)},
                                    {"as_at", moment.asAt.iso()},
                                    {"known_at", std::to_string(moment.knownAt.value)},
                                    {"reference", reference},
                                    {"named", request.named ? "yes" : "no"}});
    if (moment.knownOn) intent.details["known_on"] = moment.knownOn->iso();
    const auto pupils = listedPupils(drafting.overview);
    intent.subjectCount = pupils.size();
    intent.subjectsSha256 = subjectsDigest(pupils);
    return asAct(
        workspace, std::move(intent),
        [&] { return writeBriefing(workspace, request, path, drafting, reference, task); },
        [](const BriefingReceipt& receipt) {
            return audit::Outcome{receipt.fileSha256, 0, {{"pages", std::to_string(receipt.pages)}}};
        });
}

}  // namespace fairlead::workspace
