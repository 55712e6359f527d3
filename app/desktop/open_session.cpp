#include "app/desktop/open_session.h"

#include <algorithm>
#include <ranges>
#include <tuple>

#include "core/base/file.h"
#include "core/custody/retention.h"
#include "core/workspace/act.h"
#include "core/workspace/brief.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/load.h"
#include "core/workspace/quality.h"
#include "core/workspace/relink.h"
#include "core/workspace/saved_views.h"
#include "core/workspace/summary.h"

namespace fairlead::desktop {

using namespace ui;

namespace {

std::string noteInWords(const workspace::LoadNote& note) {
    using Kind = workspace::LoadNote::Kind;
    switch (note.kind) {
        case Kind::AlreadyHeld: return note.fileName + ": held already, passed over.";
        case Kind::SequenceGap: return note.fileName + ": deliveries before it are missing (" + note.detail + ").";
        case Kind::StartsLate:
            return note.fileName + ": the first delivery held is not the agency's first (" + note.detail + ").";
        case Kind::NotAuthenticated:
            return note.fileName + ": not signed by a key that is known; shown as not authenticated.";
        case Kind::WeakGateway: return note.fileName + ": its legal gateways are weak: " + note.detail + ".";
    }
    return note.detail;
}

/// "30/06/2026: approved. The reason."
std::string changeInWords(const workspace::DefinitionChange& change) {
    return dayOf(change.atMs).uk() + ": " + std::string(indicator::name(change.status)) + ". " + change.note +
           (change.separated ? "" : " (Roles were not separated.)");
}

}  // namespace

std::string WorkspaceSession::name() const { return m_workspace->folder().filename().string(); }

workspace::OverviewRequest coreRequest(const OverviewRequest& request) {
    workspace::OverviewRequest wanted;
    wanted.school = request.school;
    wanted.asAt = request.asAt;
    wanted.yearGroup = request.yearGroup;
    if (request.knownAt) {
        wanted.knownAt = *request.knownAt;
    }
    return wanted;
}

Date dayOf(std::int64_t ms) {
    constexpr std::int64_t kMsOfDay = 86'400'000;
    return Date{static_cast<std::int32_t>(ms / kMsOfDay)};
}

Result<std::shared_ptr<const SourcesContent>> WorkspaceSession::sources(TaskContext&) {
    FAIRLEAD_TRY(const auto summary, workspace::summary(*m_workspace));
    auto content = std::make_shared<SourcesContent>();
    content->workspaceName = summary.name;
    content->defaultAsAt = summary.defaultAsAt.value_or(Date::beginning());
    content->persons = summary.run ? summary.persons : 0;
    content->recordsLinked = summary.sourcePersons;
    content->linksForReview = summary.run ? summary.run->linksForReview : 0;
    content->linkIsCurrent = summary.linkIsCurrent;
    content->definitions = summary.definitionsNote;
    if (may(access::Action::ReadRetention)) {
        FAIRLEAD_TRY(const auto ends, custody::retention(*m_workspace));
        content->overdue = static_cast<std::int64_t>(custody::dueOf(ends).size());
    }
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

Result<std::shared_ptr<const RegisterContent>> WorkspaceSession::definitions(TaskContext&) {
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

Result<std::shared_ptr<const QualityContent>> WorkspaceSession::quality(TaskContext& task) {
    FAIRLEAD_TRY(auto page, workspace::quality(*m_workspace, task));
    return std::make_shared<const QualityContent>(std::move(page));
}

Result<std::vector<ViewLine>> WorkspaceSession::views(TaskContext&) {
    FAIRLEAD_TRY(const auto kept, workspace::savedViews(*m_workspace));
    std::vector<ViewLine> lines;
    for (const workspace::SavedView& view : kept) {
        lines.push_back({view.name, view.page, view.school, view.yearGroup, view.figure});
    }
    return lines;
}

Result<std::vector<ViewLine>> WorkspaceSession::saveView(const ViewLine& view, TaskContext& task) {
    FAIRLEAD_OK(workspace::saveView(*m_workspace, {view.name, view.page, view.school, view.yearGroup, view.figure}));
    return views(task);
}

Result<std::vector<ViewLine>> WorkspaceSession::removeView(const std::string& name, TaskContext& task) {
    FAIRLEAD_OK(workspace::removeView(*m_workspace, name));
    return views(task);
}

Result<std::shared_ptr<const PreviewContent>> WorkspaceSession::preview(const std::vector<std::filesystem::path>& files,
                                                                        TaskContext& task) {
    auto content = std::make_shared<PreviewContent>();
    content->files = files;
    FAIRLEAD_TRY(content->preview, workspace::previewLoad(*m_workspace, files, task));
    for (const workspace::OfferedFile& file : content->preview.files) {
        const auto laws = citations(file.gateways);
        for (std::size_t i = 0; i < laws.size(); ++i) {
            content->citations[file.gateways[i]] = laws[i];
        }
    }
    std::ranges::transform(content->preview.notes, std::back_inserter(content->notes), noteInWords);
    return content;
}

Result<LoadOutcome> WorkspaceSession::load(const std::vector<std::filesystem::path>& files, TaskContext& task) {
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

Result<LinkOutcome> WorkspaceSession::link(TaskContext& task) {
    forgetGlance();
    FAIRLEAD_TRY(const auto report, workspace::relink(*m_workspace, task));
    return LinkOutcome{report.sourcePersons, report.persons, report.linksForReview, report.notes};
}

Result<BriefingOutcome> WorkspaceSession::writeBriefing(const OverviewRequest& request,
                                                        const std::filesystem::path& file, TaskContext& task) {
    workspace::BriefingRequest wanted;
    wanted.view = coreRequest(request);
    FAIRLEAD_TRY(const auto receipt, workspace::exportBriefing(*m_workspace, wanted, file, task));
    return BriefingOutcome{receipt.path, receipt.reference};
}

Result<std::filesystem::path> WorkspaceSession::writeTable(const TableFile& table, TaskContext&) {
    const std::scoped_lock lock(m_workspace->mutex());
    auto intent =
        workspace::intentOf(*m_workspace, audit::Verb::Disclosure, {},
                            {{"table", table.title}, {"rows", std::to_string(table.rows)}, {"format", table.format}});
    intent.objectSha256 = crypto::sha256(table.bytes);
    return workspace::asAct(
        *m_workspace, std::move(intent),
        [&]() -> Result<std::filesystem::path> {
            FAIRLEAD_OK(writeFileAtomically(table.file, table.bytes));
            return table.file;
        },
        [](const std::filesystem::path&) { return audit::Outcome{}; });
}

std::vector<std::string> WorkspaceSession::citations(const std::vector<std::string>& ids) const {
    std::vector<std::string> words;
    for (const std::string& id : ids) {
        const extract::Gateway* gateway = m_gateways.find(id);
        words.push_back(gateway == nullptr ? id : gateway->citation);
    }
    return words;
}

}  // namespace fairlead::desktop
