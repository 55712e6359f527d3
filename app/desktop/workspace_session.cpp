#include "app/desktop/workspace_session.h"

#include <algorithm>
#include <mutex>
#include <ranges>
#include <set>
#include <tuple>

#include "core/base/file.h"
#include "core/extract/gateway_register.h"
#include "core/workspace/act.h"
#include "core/workspace/brief.h"
#include "core/workspace/compare.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/drill.h"
#include "core/workspace/load.h"
#include "core/workspace/overview.h"
#include "core/workspace/relink.h"
#include "core/workspace/reveal.h"
#include "core/workspace/schools.h"
#include "core/workspace/summary.h"

namespace fairlead::desktop {

namespace {

using namespace ui;
using workspace::Workspace;

constexpr int kGroupsShown = 3;  // As on the overview: education is context.

workspace::OverviewRequest coreRequest(const OverviewRequest& request) {
    workspace::OverviewRequest wanted;
    wanted.school = request.school;
    wanted.asAt = request.asAt;
    wanted.yearGroup = request.yearGroup;
    return wanted;
}

std::string noteInWords(const workspace::LoadNote& note) {
    using Kind = workspace::LoadNote::Kind;
    switch (note.kind) {
        case Kind::AlreadyHeld: return note.fileName + ": held already, passed over.";
        case Kind::SequenceGap: return note.fileName + ": deliveries before it are missing (" + note.detail + ").";
        case Kind::StartsLate:
            return note.fileName + ": the first delivery held is not the agency's first (" + note.detail + ").";
        case Kind::NotAuthenticated:
            return note.fileName + ": not signed by a key that is known; shown as not authenticated.";
    }
    return note.detail;
}

Date dayOf(std::int64_t ms) {
    constexpr std::int64_t kMsOfDay = 86'400'000;
    return Date{static_cast<std::int32_t>(ms / kMsOfDay)};
}

/// "30/06/2026: approved. The reason."
std::string changeInWords(const workspace::DefinitionChange& change) {
    return dayOf(change.atMs).uk() + ": " + std::string(indicator::name(change.status)) + ". " + change.note +
           (change.separated ? "" : " (Roles were not separated.)");
}

class WorkspaceSession final : public Session {
public:
    WorkspaceSession(std::shared_ptr<Workspace> workspace, extract::GatewayRegister gateways)
        : m_workspace(std::move(workspace)), m_gateways(std::move(gateways)) {}

    std::string name() const override { return m_workspace->folder().filename().string(); }

    Result<std::shared_ptr<const SourcesContent>> sources(TaskContext&) override {
        FAIRLEAD_TRY(const auto summary, workspace::summary(*m_workspace));
        auto content = std::make_shared<SourcesContent>();
        content->workspaceName = summary.name;
        content->defaultAsAt = summary.defaultAsAt.value_or(Date::beginning());
        content->persons = summary.run ? summary.persons : 0;
        content->recordsLinked = summary.sourcePersons;
        content->linksForReview = summary.run ? summary.run->linksForReview : 0;
        content->linkIsCurrent = summary.linkIsCurrent;
        content->definitions = summary.definitionsNote;
        for (const workspace::DatasetEntry& entry : summary.datasets) {
            content->datasets.push_back({entry.agency,
                                         entry.dataset,
                                         entry.deliveries,
                                         entry.latestSequence,
                                         entry.latestDataAsAt,
                                         {entry.periodFrom, entry.periodUntil},
                                         entry.rows,
                                         citations(entry.gateways),
                                         entry.agreementRef,
                                         entry.retainUntil,
                                         entry.authenticated});
        }
        return content;
    }

    Result<std::shared_ptr<const SchoolsContent>> schools(Date asAt, TaskContext&) override {
        FAIRLEAD_TRY(const auto entries, workspace::schools(*m_workspace, asAt));
        auto content = std::make_shared<SchoolsContent>();
        content->asAt = asAt;
        for (const workspace::SchoolEntry& entry : entries) {
            content->schools.push_back(
                {entry.urn, entry.closed ? entry.name + " (closed)" : entry.name, entry.phase, entry.onRoll});
        }
        return content;
    }

    Result<std::shared_ptr<const SchoolsContent>> glance(Date asAt, TaskContext& task) override {
        if (const std::scoped_lock lock(m_glanceMutex); m_glance && m_glance->asAt == asAt) {
            return m_glance;
        }
        FAIRLEAD_TRY(const auto listed, schools(asAt, task));
        auto content = std::make_shared<SchoolsContent>(*listed);
        task.begin(Phase::Computing, content->schools.size());
        for (SchoolLine& school : content->schools) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled, "The schools");
            }
            TaskContext part(task.token());
            FAIRLEAD_TRY(const auto page, workspace::overview(*m_workspace, coreRequest({school.urn, asAt, {}}), part));
            content->groups.clear();
            for (const auto& group : page->overview.groups | std::views::take(kGroupsShown)) {
                content->groups.push_back(group.title);
                school.figures.push_back(group.figure);
            }
            task.advance(1);
        }
        const std::scoped_lock lock(m_glanceMutex);
        m_glance = content;
        return content;
    }

    Result<std::shared_ptr<const OverviewContent>> overview(const OverviewRequest& request,
                                                            const std::string& namesReason,
                                                            TaskContext& task) override {
        FAIRLEAD_TRY(const auto page, workspace::overview(*m_workspace, coreRequest(request), task));
        auto content = std::make_shared<OverviewContent>();
        content->overview = page->overview;
        content->schoolName = page->schoolName;
        content->yearGroups = page->yearGroups;
        if (page->linked) {
            content->linkedShare = page->linkedShare;
        }
        content->pendingLinks = page->pendingLinks;
        std::set<record::PersonKey> listed;
        for (const auto& row : page->overview.newIndicators) {
            listed.insert(row.pupil);
        }
        for (const auto& row : page->overview.families) {
            listed.insert(row.pupil);
        }
        FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, listed, namesReason));
        content->namesRevealed = !namesReason.empty();
        return content;
    }

    Result<std::shared_ptr<const RegisterContent>> definitions(TaskContext&) override {
        FAIRLEAD_TRY(auto held, workspace::definitionRegister(*m_workspace));
        auto content = std::make_shared<RegisterContent>();
        for (workspace::RegisterEntry& entry : held.entries) {
            RegisterLine line{std::move(entry.definition),
                              entry.isNewest,
                              entry.isReviewDue,
                              entry.from.value,
                              std::move(entry.usedIn),
                              std::move(entry.gaps),
                              {}};
            for (const workspace::DefinitionChange& change : held.changes) {
                if (change.definition == workspace::DefinitionVersion{line.definition.id, line.definition.version}) {
                    line.changes.push_back(changeInWords(change));
                }
            }
            content->lines.push_back(std::move(line));
        }
        std::ranges::sort(content->lines, {}, [](const RegisterLine& line) {
            const indicator::Definition& definition = line.definition;
            return std::make_tuple(definition.group, definition.order, definition.id, -definition.version);
        });
        for (const extract::Gateway& gateway : m_gateways.all()) {
            content->gateways[gateway.id] = gateway.citation;
        }
        return content;
    }

    Result<std::shared_ptr<const DrillContent>> drill(const DrillRequest& request, const std::string& namesReason,
                                                      TaskContext& task) override {
        FAIRLEAD_TRY(const auto page,
                     workspace::drill(*m_workspace, coreRequest(request.overview), request.figureId, task));
        auto content = std::make_shared<DrillContent>();
        content->request = request;
        content->schoolName = page->schoolName;
        content->rule = page->rule;
        content->trend = page->trend;
        content->years = page->years;
        content->pupils = page->pupils;
        std::set<record::PersonKey> listed;
        for (const auto& row : page->pupils) {
            listed.insert(row.pupil);
        }
        FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, listed, namesReason));
        content->namesRevealed = !namesReason.empty();
        return content;
    }

    Result<std::shared_ptr<const PupilContent>> pupil(const OverviewRequest& request, record::PersonKey pupil,
                                                      const std::string& namesReason, TaskContext& task) override {
        FAIRLEAD_TRY(const auto page, workspace::timeline(*m_workspace, coreRequest(request), pupil, task));
        auto content = std::make_shared<PupilContent>();
        content->overview = request;
        content->schoolName = page->schoolName;
        content->yearGroup = page->yearGroup;
        content->timeline = page->timeline;
        FAIRLEAD_TRY(const PupilNames names, namesFor({{pupil, page->pseudonym}}, {pupil}, namesReason));
        content->name = names.at(pupil);
        content->namesRevealed = !namesReason.empty();
        for (const auto& spell : page->timeline.spells) {
            for (const auto& line : spell.evidence) {
                const auto found = page->deliveries.find(line.delivery);
                const std::string file = found == page->deliveries.end() ? line.dataset : found->second.fileName;
                content->deliveries[line.delivery] = {file, "fact", citations(line.gateways)};
            }
        }
        return content;
    }

    Result<std::shared_ptr<const CompareContent>> compare(const CompareRequest& request, const std::string& namesReason,
                                                          TaskContext& task) override {
        auto content = std::make_shared<CompareContent>();
        content->request = request;
        FAIRLEAD_TRY(const auto loads, workspace::loadList(*m_workspace));
        for (const workspace::LoadEntry& entry : loads) {
            content->loads.push_back({entry.load, dayOf(entry.atMs), entry.dataAsAt});
            if (!request.fromKnownAt && (entry.dataAsAt <= request.from || !content->request.fromKnownAt)) {
                content->request.fromKnownAt = entry.load;
            }
        }
        const workspace::CompareRequest wanted{
            request.school, {request.from, content->request.fromKnownAt}, {request.to, request.toKnownAt}};
        FAIRLEAD_TRY(const auto page, workspace::compareDates(*m_workspace, wanted, task));
        content->request.toKnownAt = page->toKnownAt;
        content->schoolName = page->schoolName;
        std::set<record::PersonKey> concerned;
        for (const workspace::ComparedFigure& figure : page->figures) {
            content->figures.push_back({figure.id, figure.title, std::string(indicator::entry(figure.group).title),
                                        figure.isGroup, figure.explanation, figure.bounds});
            for (const indicator::ChangePart& part : figure.explanation.parts) {
                concerned.insert(part.gained.begin(), part.gained.end());
                concerned.insert(part.lost.begin(), part.lost.end());
            }
        }
        FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, concerned, namesReason));
        content->namesRevealed = !namesReason.empty();
        return content;
    }

    Result<LoadOutcome> load(const std::vector<std::filesystem::path>& files, TaskContext& task) override {
        forgetGlance();
        FAIRLEAD_TRY(const auto report, workspace::load(*m_workspace, files, task));
        LoadOutcome outcome;
        outcome.files = static_cast<int>(report.files.size());
        for (const workspace::LoadedFile& file : report.files) {
            outcome.newFacts += file.newFacts;
            outcome.changedFacts += file.changedFacts;
            outcome.withdrawnFacts += file.withdrawnFacts;
        }
        std::ranges::transform(report.notes, std::back_inserter(outcome.notes), noteInWords);
        return outcome;
    }

    Result<LinkOutcome> link(TaskContext& task) override {
        forgetGlance();
        FAIRLEAD_TRY(const auto report, workspace::relink(*m_workspace, task));
        return LinkOutcome{report.sourcePersons, report.persons, report.linksForReview, report.notes};
    }

    Result<BriefingOutcome> writeBriefing(const OverviewRequest& request, const std::filesystem::path& file,
                                          TaskContext& task) override {
        workspace::BriefingRequest wanted;
        wanted.view = coreRequest(request);
        FAIRLEAD_TRY(const auto receipt, workspace::exportBriefing(*m_workspace, wanted, file, task));
        return BriefingOutcome{receipt.path, receipt.reference};
    }

    Result<std::filesystem::path> writeTable(const TableFile& table, TaskContext&) override {
        const std::scoped_lock lock(m_workspace->mutex());
        auto intent =
            workspace::intentOf(*m_workspace, audit::Verb::Disclosure, {},
                                {{"table", table.title}, {"rows", std::to_string(table.rows)}, {"format", "csv"}});
        intent.objectSha256 = crypto::sha256(table.csv);
        return workspace::asAct(
            *m_workspace, std::move(intent),
            [&]() -> Result<std::filesystem::path> {
                FAIRLEAD_OK(writeFileAtomically(table.file, table.csv));
                return table.file;
            },
            [](const std::filesystem::path&) { return audit::Outcome{}; });
    }

private:
    void forgetGlance() {
        const std::scoped_lock lock(m_glanceMutex);
        m_glance.reset();
    }

    std::vector<std::string> citations(const std::vector<std::string>& ids) const {
        std::vector<std::string> words;
        for (const std::string& id : ids) {
            const extract::Gateway* gateway = m_gateways.find(id);
            words.push_back(gateway == nullptr ? id : gateway->citation);
        }
        return words;
    }

    /// Pseudonyms, or the names of those listed when a reason is given (core writes the reason down first).
    Result<PupilNames> namesFor(const PupilNames& pseudonyms, const std::set<record::PersonKey>& listed,
                                const std::string& reason) {
        if (reason.empty() || listed.empty()) {
            return pseudonyms;
        }
        FAIRLEAD_TRY(PupilNames names, workspace::reveal(*m_workspace, {listed.begin(), listed.end()}, reason));
        names.insert(pseudonyms.begin(), pseudonyms.end());
        return names;
    }

    std::shared_ptr<Workspace> m_workspace;
    extract::GatewayRegister m_gateways;
    std::mutex m_glanceMutex;
    std::shared_ptr<const SchoolsContent> m_glance;  ///< The last that was read; none after a change.
};

Result<std::shared_ptr<Session>> sessionOver(std::shared_ptr<Workspace> workspace) {
    FAIRLEAD_TRY(auto gateways, extract::GatewayRegister::load(workspace->resources().folder / "gateways"));
    return std::make_shared<WorkspaceSession>(std::move(workspace), std::move(gateways));
}

}  // namespace

ui::SessionMakers workspaceMakers(const workspace::Resources& resources, const std::shared_ptr<const Clock>& clock,
                                  const std::filesystem::path& synthetic) {
    ui::SessionMakers makers;
    makers.open = [resources, clock](const std::filesystem::path& folder,
                                     const crypto::Secret& passphrase) -> Result<std::shared_ptr<ui::Session>> {
        FAIRLEAD_TRY(auto opened, Workspace::open(folder, passphrase, resources, clock));
        return sessionOver(std::move(opened));
    };
    makers.create = [resources, clock](const NewWorkspaceRequest& request,
                                       const crypto::Secret& passphrase) -> Result<std::shared_ptr<ui::Session>> {
        workspace::NewWorkspace wanted;
        wanted.folder = request.folder;
        wanted.name = request.name;
        wanted.keysFolder = request.keysFolder;
        FAIRLEAD_TRY(auto created, Workspace::create(wanted, passphrase, resources, clock));
        return sessionOver(std::move(created));
    };
    makers.syntheticFolder = synthetic;
    return makers;
}

}  // namespace fairlead::desktop
