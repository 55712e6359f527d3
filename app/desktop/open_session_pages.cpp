#include <algorithm>
#include <ranges>
#include <tuple>

#include "app/desktop/open_session.h"
#include "core/workspace/compare.h"
#include "core/workspace/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/reveal.h"
#include "core/workspace/roll_page.h"
#include "core/workspace/schools.h"

namespace fairlead::desktop {

using namespace ui;

namespace {

constexpr int kGroupsShown = 3;  // As on the overview: education is context.

}  // namespace

Result<std::shared_ptr<const SchoolsContent>> WorkspaceSession::schools(Date asAt, TaskContext&) {
    FAIRLEAD_TRY(const auto entries, workspace::schools(*m_workspace, asAt));
    auto content = std::make_shared<SchoolsContent>();
    content->asAt = asAt;
    for (const workspace::SchoolEntry& entry : entries) {
        content->schools.push_back(
            {entry.urn, entry.closed ? entry.name + " (closed)" : entry.name, entry.phase, entry.onRoll});
    }
    return content;
}

Result<std::shared_ptr<const SchoolsContent>> WorkspaceSession::glance(Date asAt, TaskContext& task) {
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

Result<std::shared_ptr<const OverviewContent>> WorkspaceSession::overview(const OverviewRequest& request,
                                                                          const std::string& namesReason,
                                                                          TaskContext& task) {
    FAIRLEAD_TRY(const auto page, workspace::overview(*m_workspace, coreRequest(request), task));
    auto content = std::make_shared<OverviewContent>();
    content->overview = page->overview;
    content->knownAt = request.knownAt;
    FAIRLEAD_TRY(content->loads, loadLines());
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
    FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, listed, namesReason, content->namesWithheld));
    FAIRLEAD_TRY(const auto roll, workspace::rollPage(*m_workspace, coreRequest(request), task));
    for (const workspace::RollEntry& entry : roll->pupils) {
        for (const workspace::HeldIndicator& held : entry.indicators) {
            content->behind[held.id].insert(entry.pupil);
            content->behind[std::string(indicator::entry(held.group).id)].insert(entry.pupil);
        }
    }
    content->namesRevealed = !namesReason.empty();
    return content;
}

Result<std::shared_ptr<const DrillContent>> WorkspaceSession::drill(const DrillRequest& request,
                                                                    const std::string& namesReason, TaskContext& task) {
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
    FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, listed, namesReason, content->namesWithheld));
    content->namesRevealed = !namesReason.empty();
    return content;
}

Result<std::shared_ptr<const PupilContent>> WorkspaceSession::pupil(const OverviewRequest& request,
                                                                    record::PersonKey pupil,
                                                                    const std::string& namesReason, TaskContext& task) {
    FAIRLEAD_TRY(const auto page, workspace::timeline(*m_workspace, coreRequest(request), pupil, task));
    auto content = std::make_shared<PupilContent>();
    content->overview = request;
    content->schoolName = page->schoolName;
    content->yearGroup = page->yearGroup;
    content->timeline = page->timeline;
    content->newIndicators = page->newIndicators;
    FAIRLEAD_TRY(const PupilNames names,
                 namesFor({{pupil, page->pseudonym}}, {pupil}, namesReason, content->namesWithheld));
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

Result<std::shared_ptr<const workspace::JoinStory>> WorkspaceSession::howJoined(record::PersonKey person,
                                                                                indicator::FactId fact,
                                                                                TaskContext& task) {
    FAIRLEAD_TRY(auto story, workspace::howJoined(*m_workspace, person, fact, task));
    return std::make_shared<const workspace::JoinStory>(std::move(story));
}

Result<std::shared_ptr<const CompareContent>> WorkspaceSession::compare(const CompareRequest& request,
                                                                        const std::string& namesReason,
                                                                        TaskContext& task) {
    auto content = std::make_shared<CompareContent>();
    content->request = request;
    FAIRLEAD_TRY(content->loads, loadLines());
    for (const LoadLine& line : content->loads) {
        if (!request.fromKnownAt && (line.dataAsAt <= request.from || !content->request.fromKnownAt)) {
            content->request.fromKnownAt = line.load;
        }
    }
    const workspace::CompareRequest wanted{request.school,
                                           {request.from, content->request.fromKnownAt},
                                           {request.to, request.toKnownAt},
                                           request.yearGroup};
    FAIRLEAD_TRY(const auto page, workspace::compareDates(*m_workspace, wanted, task));
    content->request.toKnownAt = request.toKnownAt.value_or(page->toKnownAt);
    content->yearGroups = page->yearGroups;
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
    FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, concerned, namesReason, content->namesWithheld));
    content->namesRevealed = !namesReason.empty();
    return content;
}

Result<std::shared_ptr<const PeopleContent>> WorkspaceSession::people(const OverviewRequest& request,
                                                                      const std::string& namesReason,
                                                                      TaskContext& task) {
    FAIRLEAD_TRY(const auto page, workspace::rollPage(*m_workspace, coreRequest(request), task));
    auto content = std::make_shared<PeopleContent>();
    content->request = request;
    FAIRLEAD_TRY(content->loads, loadLines());
    content->schoolName = page->schoolName;
    std::set<record::PersonKey> listed;
    for (const workspace::RollEntry& entry : page->pupils) {
        PersonLine line{entry.pupil, entry.yearGroup, entry.onRollSince, {}};
        for (const workspace::HeldIndicator& held : entry.indicators) {
            line.held.push_back({held.title, held.group, held.since, held.latest});
        }
        content->pupils.push_back(std::move(line));
        listed.insert(entry.pupil);
    }
    FAIRLEAD_TRY(content->names, namesFor(page->pseudonyms, listed, namesReason, content->namesWithheld));
    content->namesRevealed = !namesReason.empty();
    return content;
}

Result<std::vector<LoadLine>> WorkspaceSession::loadLines() {
    FAIRLEAD_TRY(const auto loads, workspace::loadList(*m_workspace));
    std::vector<LoadLine> lines;
    for (const workspace::LoadEntry& entry : loads) {
        lines.push_back({entry.load, dayOf(entry.atMs), entry.dataAsAt});
    }
    return lines;
}

void WorkspaceSession::forgetGlance() {
    const std::scoped_lock lock(m_glanceMutex);
    m_glance.reset();
}

Result<PupilNames> WorkspaceSession::namesFor(const PupilNames& pseudonyms, const std::set<record::PersonKey>& listed,
                                              const std::string& reason, NamesWithheld& withheld) {
    if (reason.empty() || listed.empty()) {
        return pseudonyms;
    }
    FAIRLEAD_TRY(auto revealed, workspace::reveal(*m_workspace, {listed.begin(), listed.end()}, reason));
    withheld = {.notReleased = static_cast<std::int64_t>(revealed.withheld),
                .overBudget = static_cast<std::int64_t>(revealed.spent)};
    PupilNames names = std::move(revealed.names);
    names.insert(pseudonyms.begin(), pseudonyms.end());
    return names;
}

}  // namespace fairlead::desktop
