#include <algorithm>

#include "app/desktop/open_session.h"
#include "core/base/text.h"
#include "core/release/withdrawal.h"
#include "core/workspace/overview.h"
#include "core/workspace/released_names.h"
#include "core/workspace/schools.h"

namespace fairlead::desktop {

using namespace ui;

Result<std::shared_ptr<const ReleasesContent>> WorkspaceSession::releases(TaskContext& task) {
    auto content = std::make_shared<ReleasesContent>();
    FAIRLEAD_TRY(const auto who, users(task));
    content->who = *who;
    content->mayRelease = may(access::Action::ReleaseNames);
    content->mayBeAlone = m_workspace->roles() == access::allRoles();
    content->today = workspace::latestDay(*m_workspace);
    FAIRLEAD_TRY(content->releases, release::releases(*m_workspace));
    FAIRLEAD_TRY(content->involvements, release::involvements(*m_workspace));
    FAIRLEAD_OK(addChoices(*content));
    return content;
}

Status WorkspaceSession::addChoices(ReleasesContent& content) const {
    std::vector<std::string> ids = m_gateways.inForceOn(content.today);
    for (const release::Involvement& one : content.involvements) {
        if (std::ranges::find(ids, one.gateway) == ids.end()) {
            ids.push_back(one.gateway);
        }
    }
    const auto words = citations(ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        content.gateways.push_back({ids[i], words[i]});
    }
    if (!content.mayRelease) {
        return {};
    }
    const auto schools = workspace::schools(*m_workspace);
    if (!schools) {
        // Before anything is loaded there is no school to choose, and that is no failure.
        return schools.error().code == ErrorCode::NotFound ? Status() : Status(fail(schools.error()));
    }
    for (const workspace::SchoolEntry& school : *schools) {
        content.schools.push_back({std::to_string(school.urn.value), school.name});
    }
    return {};
}

Result<record::PersonKey> WorkspaceSession::childOf(const ReleaseAct& act, TaskContext& task) {
    workspace::OverviewRequest request;
    request.school = act.school;
    FAIRLEAD_TRY(const auto page, workspace::overview(*m_workspace, request, task));
    const std::string typed(trimmed(act.pupil));
    const std::string label = typed.starts_with("Pupil ") ? typed : "Pupil " + typed;
    const auto found = std::ranges::find(page->pseudonyms, lowerAscii(label),
                                         [](const auto& entry) { return lowerAscii(entry.second); });
    if (found == page->pseudonyms.end()) {
        return fail(ErrorCode::NotFound, label, "no pupil of this school's last thirteen months has this letter");
    }
    return found->first;
}

Result<ReleaseOutcome> WorkspaceSession::carryOut(const ReleaseAct& act, TaskContext& task) {
    using Kind = ReleaseAct::Kind;
    ReleaseOutcome outcome{.number = act.number};
    switch (act.kind) {
        case Kind::Involve: {
            release::InvolvementWanted wanted = act.involvement;
            FAIRLEAD_TRY(wanted.child, childOf(act, task));
            FAIRLEAD_TRY(outcome.number, release::recordInvolvement(*m_workspace, wanted));
            break;
        }
        case Kind::EndInvolvement: {
            FAIRLEAD_TRY(outcome.withdrawn, release::withdrawInvolvement(*m_workspace, act.number, act.reason));
            break;
        }
        case Kind::Release: {
            const auto second = secondPerson(act.second, act.secondPassphrase);
            FAIRLEAD_TRY(const auto report, release::releaseNames(*m_workspace, second, act.release));
            outcome.number = report.number;
            outcome.named = report.named;
            outcome.unnamed = report.unnamed;
            break;
        }
        case Kind::Withdraw: FAIRLEAD_OK(release::withdrawRelease(*m_workspace, act.number, act.reason)); break;
    }
    return outcome;
}

Result<std::shared_ptr<const ReleasesContent>> WorkspaceSession::actOnReleases(const ReleaseAct& act,
                                                                               TaskContext& task) {
    FAIRLEAD_TRY(auto outcome, carryOut(act, task));
    FAIRLEAD_TRY(const auto now, releases(task));
    auto content = std::make_shared<ReleasesContent>(*now);
    content->outcome = std::move(outcome);
    return content;
}

Result<std::shared_ptr<const release::Pack>> WorkspaceSession::pack(TaskContext&) {
    FAIRLEAD_TRY(auto pack, release::readPack(*m_workspace));
    return std::make_shared<const release::Pack>(std::move(pack));
}

Result<release::PackReport> WorkspaceSession::makePack(TaskContext& task) {
    return release::makePack(*m_workspace, task);
}

Result<std::shared_ptr<const PairsContent>> WorkspaceSession::pairs(TaskContext&) {
    auto content = std::make_shared<PairsContent>();
    content->mayDecide = may(access::Action::DecideLinks);
    content->mayLink = may(access::Action::LinkRecords);
    content->reader = m_workspace->name();
    FAIRLEAD_TRY(content->waiting, release::pairsForReview(*m_workspace));
    FAIRLEAD_TRY(content->decisions, release::decisions(*m_workspace));
    return content;
}

Result<std::shared_ptr<const PairsContent>> WorkspaceSession::actOnPairs(const PairAct& act, TaskContext& task) {
    if (act.decision) {
        FAIRLEAD_TRY([[maybe_unused]] const std::int64_t number, release::decide(*m_workspace, *act.decision));
    } else {
        FAIRLEAD_OK(release::withdrawDecision(*m_workspace, act.number, act.reason));
    }
    return pairs(task);
}

Result<std::shared_ptr<const release::PairFields>> WorkspaceSession::pairFields(const release::PairWanted& wanted,
                                                                                TaskContext&) {
    FAIRLEAD_TRY(auto fields, release::pairFields(*m_workspace, wanted));
    return std::make_shared<const release::PairFields>(std::move(fields));
}

}  // namespace fairlead::desktop
