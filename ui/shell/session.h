// Session: an unlocked workspace as the screens see it. Every call is work for a TaskRunner's thread. Abstract because
// the screens are tested with made-up schools, without files and keys.

#pragma once

#include <QString>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/access/roles.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/custody/backup.h"
#include "core/posture/posture.h"
#include "core/release/pack.h"
#include "core/workspace/audit_reading.h"
#include "core/workspace/pair_story.h"
#include "ui/drill/change_content.h"
#include "ui/drill/drill_content.h"
#include "ui/governance/pairs_content.h"
#include "ui/governance/recovery_content.h"
#include "ui/governance/releases_content.h"
#include "ui/governance/retention_content.h"
#include "ui/overview/overview_content.h"
#include "ui/people/people_content.h"
#include "ui/quality/quality_tables.h"
#include "ui/register/register_page.h"
#include "ui/sources/sources_content.h"

namespace fairlead::ui {

/// A DRAFT briefing that was written.
struct BriefingOutcome {
    std::filesystem::path file;
    std::string reference;  ///< "FL-2026-000012"
};

/// A table to be written as a file.
struct TableFile {
    std::filesystem::path file;
    std::string title;
    std::string format;  ///< "csv", "xlsx"; "png" for the picture of a chart, whose points are its rows.
    std::string bytes;
    std::int64_t rows = 0;
};

/// A view that a reader keeps in the workspace.
struct ViewLine {
    std::string name;
    std::string page;          ///< Desk's word for a page.
    record::SchoolUrn school;  ///< 0 = whichever is open.
    std::string yearGroup;     ///< Empty = all.
    std::string figure;        ///< Empty = all.
};

/// The use cases of one workspace. Thread-safety: any thread, one call at a time.
class Session {
public:
    virtual ~Session() = default;

    /// What the workspace is called.
    [[nodiscard]] virtual std::string name() const = 0;
    /// Whether the roles of the one who opened it include this: what they do not include is not offered.
    [[nodiscard]] virtual bool may(access::Action action) const = 0;
    /// What time the workspace has seen, in milliseconds since 1970, where the clock of the computer is behind it.
    [[nodiscard]] virtual std::optional<std::int64_t> seenAheadOfClock() const = 0;
    /// What has been supplied. Errors: those of workspace::summary.
    virtual Result<std::shared_ptr<const SourcesContent>> sources(TaskContext& task) = 0;
    /// The schools as at a day.
    virtual Result<std::shared_ptr<const SchoolsContent>> schools(Date asAt, TaskContext& task) = 0;
    /// The schools as at a day with the counts of each. Long the first time; asked again for the same day it answers at
    /// once until something is loaded or linked.
    virtual Result<std::shared_ptr<const SchoolsContent>> glance(Date asAt, TaskContext& task) = 0;
    /// One school. With `namesReason`, names in place of pseudonyms: the reason is written to the audit log first.
    virtual Result<std::shared_ptr<const OverviewContent>> overview(const OverviewRequest& request,
                                                                    const std::string& namesReason,
                                                                    TaskContext& task) = 0;
    /// The definitions of the indicators, with the law they rest on.
    virtual Result<std::shared_ptr<const RegisterContent>> definitions(TaskContext& task) = 0;
    /// Behind a figure.
    virtual Result<std::shared_ptr<const DrillContent>> drill(const DrillRequest& request,
                                                              const std::string& namesReason, TaskContext& task) = 0;
    /// Behind a pupil.
    virtual Result<std::shared_ptr<const PupilContent>> pupil(const OverviewRequest& request, record::PersonKey pupil,
                                                              const std::string& namesReason, TaskContext& task) = 0;
    /// How the record behind a fact joined its person; on record in the audit log.
    virtual Result<std::shared_ptr<const workspace::JoinStory>> howJoined(record::PersonKey person,
                                                                          indicator::FactId fact,
                                                                          TaskContext& task) = 0;
    /// Every figure at two readings, and why it changed. Names as in overview(), of the pupils that came or went.
    virtual Result<std::shared_ptr<const CompareContent>> compare(const CompareRequest& request,
                                                                  const std::string& namesReason,
                                                                  TaskContext& task) = 0;
    /// Everybody on roll. Names as in overview().
    virtual Result<std::shared_ptr<const PeopleContent>> people(const OverviewRequest& request,
                                                                const std::string& namesReason, TaskContext& task) = 0;
    /// How good what was supplied is.
    virtual Result<std::shared_ptr<const QualityContent>> quality(TaskContext& task) = 0;
    /// The views that are kept, by name.
    virtual Result<std::vector<ViewLine>> views(TaskContext& task) = 0;
    /// Keeps a view in place of one of the same name, and gives all of them.
    virtual Result<std::vector<ViewLine>> saveView(const ViewLine& view, TaskContext& task) = 0;
    /// Forgets a view, and gives all that are left.
    virtual Result<std::vector<ViewLine>> removeView(const std::string& name, TaskContext& task) = 0;
    /// What files would bring; nothing is taken in.
    virtual Result<std::shared_ptr<const PreviewContent>> preview(const std::vector<std::filesystem::path>& files,
                                                                  TaskContext& task) = 0;
    /// Takes in deliveries: all or nothing.
    virtual Result<LoadOutcome> load(const std::vector<std::filesystem::path>& files, TaskContext& task) = 0;
    /// Links everything that is loaded.
    virtual Result<LinkOutcome> link(TaskContext& task) = 0;
    /// Writes the DRAFT briefing as a PDF file.
    virtual Result<BriefingOutcome> writeBriefing(const OverviewRequest& request, const std::filesystem::path& file,
                                                  TaskContext& task) = 0;
    /// What was done in the workspace, and whether the record of it is sound.
    virtual Result<std::shared_ptr<const workspace::AuditView>> audit(TaskContext& task) = 0;
    /// Writes a signed checkpoint of the audit log. Gives the file back.
    virtual Result<std::filesystem::path> keepCheckpoint(const std::filesystem::path& file,
                                                         const std::string& note) = 0;
    /// Who may open the workspace.
    virtual Result<std::shared_ptr<const UsersContent>> users(TaskContext& task) = 0;
    /// What protects the sitting, and what does not; of no personal data, so that every role may ask.
    virtual Result<std::shared_ptr<const std::vector<posture::Finding>>> posture(const posture::Sitting& sitting,
                                                                                 TaskContext& task) = 0;
    /// Changes who may, and gives everybody again.
    virtual Result<std::shared_ptr<const UsersContent>> changeUsers(const UserChange& change, TaskContext& task) = 0;
    /// How the recovery sheets stand. Errors: those of custody::sheetsStanding.
    virtual Result<std::shared_ptr<const RecoveryContent>> recovery(TaskContext& task) = 0;
    /// New sheets in place of the old ones. Errors: those of custody::makeSheets.
    virtual Result<std::shared_ptr<const custody::SheetsMade>> makeSheets(const SheetsOrder& order,
                                                                          TaskContext& task) = 0;
    /// Writes a sheet to a file; the audit log has it before the file is there. Gives the file back.
    virtual Result<std::filesystem::path> keepSheet(const SheetInHand& sheet, const std::filesystem::path& file,
                                                    TaskContext& task) = 0;
    /// Tries both sheets. Errors: those of custody::drillSheets.
    virtual Result<custody::DrillReport> drillSheets(const SheetsTyped& sheets, TaskContext& task) = 0;
    /// Everything into a new folder under new keys. Errors: those of custody::rotate.
    virtual Result<custody::RotationReport> rotate(const RotationOrder& order, TaskContext& task) = 0;
    /// Until when deliveries may be kept.
    virtual Result<std::shared_ptr<const RetentionContent>> retention(TaskContext& task) = 0;
    /// What a purge would take; nothing changes.
    virtual Result<std::shared_ptr<const custody::PurgePreview>> previewPurge(
        const std::vector<record::DeliveryId>& deliveries, TaskContext& task) = 0;
    /// Removes the rows of deliveries: all or nothing.
    virtual Result<custody::PurgeReport> purge(const PurgeOrder& order, TaskContext& task) = 0;
    /// Writes the certificate of a purge. Gives the file back.
    virtual Result<std::filesystem::path> writeCertificate(std::int64_t purge, const std::filesystem::path& file) = 0;
    /// A verified copy of the workspace in a folder that is not there yet. Errors: those of custody::backUp.
    virtual Result<custody::Backup> backUp(const std::filesystem::path& folder, TaskContext& task) = 0;
    /// Involvements and releases: all of them to who may release, one's own to everybody else.
    virtual Result<std::shared_ptr<const ReleasesContent>> releases(TaskContext& task) = 0;
    /// Records, releases or withdraws, and gives everything again with what the act came to.
    virtual Result<std::shared_ptr<const ReleasesContent>> actOnReleases(const ReleaseAct& act, TaskContext& task) = 0;
    /// The readers' pack. Errors: those of release::readPack.
    virtual Result<std::shared_ptr<const release::Pack>> pack(TaskContext& task) = 0;
    /// Makes it anew. Errors: those of release::makePack.
    virtual Result<release::PackReport> makePack(TaskContext& task) = 0;
    /// Pairs that wait for a link reviewer, and what readers decided.
    virtual Result<std::shared_ptr<const PairsContent>> pairs(TaskContext& task) = 0;
    /// The two records of one; the reason is on record before a field is read.
    virtual Result<std::shared_ptr<const release::PairFields>> pairFields(const release::PairWanted& wanted,
                                                                          TaskContext& task) = 0;
    /// Decides about a pair, or takes a decision back, and gives everything again.
    virtual Result<std::shared_ptr<const PairsContent>> actOnPairs(const PairAct& act, TaskContext& task) = 0;
    /// Writes a table that was on the screen; the audit log has it before the file is there. Gives the file back.
    virtual Result<std::filesystem::path> writeTable(const TableFile& table, TaskContext& task) = 0;
};

/// What a new workspace needs.
struct NewWorkspaceRequest {
    std::filesystem::path folder;
    std::string name;
    std::filesystem::path keysFolder;  ///< Public keys of the agencies; may be empty.
};

/// An older workspace that is to be upgraded as a copy.
struct UpgradeWanted {
    std::filesystem::path folder;
    std::filesystem::path to;
    std::string user;  ///< Empty where only one person can open it.
};

/// How a window comes to a session. Both are work for a TaskRunner's thread.
struct SessionMakers {
    /// `user` is empty where only one person can open it.
    std::function<Result<std::shared_ptr<Session>>(const std::filesystem::path& folder,
                                                   const crypto::Secret& passphrase, const std::string& user)>
        open;
    /// Names of those who may open a workspace; none where that cannot be read. Quick: no thread is needed.
    std::function<std::vector<std::string>(const std::filesystem::path& folder)> users;
    std::function<Result<std::shared_ptr<Session>>(const NewWorkspaceRequest& request,
                                                   const crypto::Secret& passphrase)>
        create;
    /// Makes the copy and opens it.
    std::function<Result<std::shared_ptr<Session>>(const UpgradeWanted& wanted, const crypto::Secret& passphrase,
                                                   TaskContext& task)>
        upgrade;
    /// Makes a backup a workspace in a folder that is not there yet. Errors: those of custody::restore.
    std::function<Result<custody::Backup>(const std::filesystem::path& backup, const std::filesystem::path& folder,
                                          TaskContext& task)>
        restore;
    /// Adds a user by both recovery sheets. Errors: those of custody::useSheets.
    std::function<Status(const std::filesystem::path& folder, const RecoveryWanted& wanted)> recover;
    std::filesystem::path syntheticFolder;  ///< Of demo.sh; empty when it has not been made.
};

/// The smallest number of characters in a reason.
inline constexpr qsizetype kShortestReason = 10;

}  // namespace fairlead::ui
