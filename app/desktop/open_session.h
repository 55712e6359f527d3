// WorkspaceSession: the Session over core/workspace: turns its use cases' values into those of the pages.

#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/extract/gateway_register.h"
#include "core/workspace/overview.h"
#include "core/workspace/users.h"
#include "core/workspace/workspace.h"
#include "ui/shell/session.h"

namespace fairlead::desktop {

/// The request as core takes it.
workspace::OverviewRequest coreRequest(const ui::OverviewRequest& request);
/// The day (UTC) of a moment in milliseconds since 1970-01-01.
Date dayOf(std::int64_t ms);

/// One unlocked workspace. What it promises is said in ui/shell/session.h.
class WorkspaceSession final : public ui::Session {
public:
    /// `policy`: what the passphrase of a second person or a new user must cost.
    WorkspaceSession(std::shared_ptr<workspace::Workspace> workspace, extract::GatewayRegister gateways,
                     access::KdfPolicy policy = access::KdfPolicy::normal())
        : m_workspace(std::move(workspace)), m_gateways(std::move(gateways)), m_policy(policy) {}

    std::string name() const override;
    std::optional<std::int64_t> seenAheadOfClock() const override { return m_workspace->seenAheadOfClock(); }
    Result<std::shared_ptr<const ui::SourcesContent>> sources(TaskContext&) override;
    Result<std::shared_ptr<const ui::SchoolsContent>> schools(Date asAt, TaskContext&) override;
    Result<std::shared_ptr<const ui::SchoolsContent>> glance(Date asAt, TaskContext& task) override;
    Result<std::shared_ptr<const ui::OverviewContent>> overview(const ui::OverviewRequest& request,
                                                                const std::string& namesReason,
                                                                TaskContext& task) override;
    Result<std::shared_ptr<const ui::RegisterContent>> definitions(TaskContext&) override;
    Result<std::shared_ptr<const ui::DrillContent>> drill(const ui::DrillRequest& request,
                                                          const std::string& namesReason, TaskContext& task) override;
    Result<std::shared_ptr<const ui::PupilContent>> pupil(const ui::OverviewRequest& request, record::PersonKey pupil,
                                                          const std::string& namesReason, TaskContext& task) override;
    Result<std::shared_ptr<const workspace::JoinStory>> howJoined(record::PersonKey person, indicator::FactId fact,
                                                                  TaskContext& task) override;
    Result<std::shared_ptr<const ui::CompareContent>> compare(const ui::CompareRequest& request,
                                                              const std::string& namesReason,
                                                              TaskContext& task) override;
    Result<std::shared_ptr<const ui::PeopleContent>> people(const ui::OverviewRequest& request,
                                                            const std::string& namesReason, TaskContext& task) override;
    Result<std::shared_ptr<const ui::QualityContent>> quality(TaskContext& task) override;
    Result<std::vector<ui::ViewLine>> views(TaskContext& task) override;
    Result<std::vector<ui::ViewLine>> saveView(const ui::ViewLine& view, TaskContext& task) override;
    Result<std::vector<ui::ViewLine>> removeView(const std::string& name, TaskContext& task) override;
    Result<std::shared_ptr<const ui::PreviewContent>> preview(const std::vector<std::filesystem::path>& files,
                                                              TaskContext& task) override;
    Result<ui::LoadOutcome> load(const std::vector<std::filesystem::path>& files, TaskContext& task) override;
    Result<ui::LinkOutcome> link(TaskContext& task) override;
    Result<ui::BriefingOutcome> writeBriefing(const ui::OverviewRequest& request, const std::filesystem::path& file,
                                              TaskContext& task) override;
    bool may(access::Action action) const override { return access::allows(m_workspace->roles(), action); }
    Result<std::shared_ptr<const workspace::AuditView>> audit(TaskContext&) override;
    Result<std::filesystem::path> keepCheckpoint(const std::filesystem::path& file, const std::string& note) override;
    Result<std::shared_ptr<const ui::UsersContent>> users(TaskContext&) override;
    Result<std::shared_ptr<const ui::UsersContent>> changeUsers(const ui::UserChange& change,
                                                                TaskContext& task) override;
    Result<std::shared_ptr<const std::vector<posture::Finding>>> posture(const posture::Sitting& sitting,
                                                                         TaskContext&) override;
    Result<std::shared_ptr<const ui::RecoveryContent>> recovery(TaskContext&) override;
    Result<std::shared_ptr<const custody::SheetsMade>> makeSheets(const ui::SheetsOrder& order, TaskContext&) override;
    Result<std::filesystem::path> keepSheet(const ui::SheetInHand& sheet, const std::filesystem::path& file,
                                            TaskContext&) override;
    Result<custody::DrillReport> drillSheets(const ui::SheetsTyped& sheets, TaskContext&) override;
    Result<custody::RotationReport> rotate(const ui::RotationOrder& order, TaskContext& task) override;
    Result<std::shared_ptr<const ui::RetentionContent>> retention(TaskContext&) override;
    Result<std::shared_ptr<const custody::PurgePreview>> previewPurge(const std::vector<record::DeliveryId>& deliveries,
                                                                      TaskContext& task) override;
    Result<custody::PurgeReport> purge(const ui::PurgeOrder& order, TaskContext& task) override;
    Result<custody::Backup> backUp(const std::filesystem::path& folder, TaskContext& task) override;
    Result<std::filesystem::path> writeCertificate(std::int64_t purge, const std::filesystem::path& file) override;
    Result<std::shared_ptr<const ui::ReleasesContent>> releases(TaskContext& task) override;
    Result<std::shared_ptr<const ui::ReleasesContent>> actOnReleases(const ui::ReleaseAct& act,
                                                                     TaskContext& task) override;
    Result<std::shared_ptr<const release::Pack>> pack(TaskContext&) override;
    Result<release::PackReport> makePack(TaskContext& task) override;
    Result<std::shared_ptr<const ui::PairsContent>> pairs(TaskContext&) override;
    Result<std::shared_ptr<const ui::PairsContent>> actOnPairs(const ui::PairAct& act, TaskContext& task) override;
    Result<std::shared_ptr<const release::PairFields>> pairFields(const release::PairWanted& wanted,
                                                                  TaskContext&) override;
    Result<std::filesystem::path> writeTable(const ui::TableFile& table, TaskContext&) override;

private:
    Result<std::vector<ui::LoadLine>> loadLines();
    void forgetGlance();
    [[nodiscard]] workspace::SecondPerson secondPerson(const std::string& name,
                                                       const ui::PassphraseInHand& typed) const;
    Result<record::PersonKey> childOf(const ui::ReleaseAct& act, TaskContext& task);
    Result<ui::ReleaseOutcome> carryOut(const ui::ReleaseAct& act, TaskContext& task);
    Status addChoices(ui::ReleasesContent& content) const;
    std::vector<std::string> citations(const std::vector<std::string>& ids) const;
    /// Pseudonyms, or the names of those listed when a reason is given (core writes the reason down first); `withheld`:
    /// how many of them stay pseudonyms, and why.
    Result<ui::PupilNames> namesFor(const ui::PupilNames& pseudonyms, const std::set<record::PersonKey>& listed,
                                    const std::string& reason, ui::NamesWithheld& withheld);

    std::shared_ptr<workspace::Workspace> m_workspace;
    extract::GatewayRegister m_gateways;
    access::KdfPolicy m_policy;
    std::mutex m_glanceMutex;
    std::shared_ptr<const ui::SchoolsContent> m_glance;  ///< The last that was read; none after a change.
};

}  // namespace fairlead::desktop
