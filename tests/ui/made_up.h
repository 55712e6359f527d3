// Made-up schools for tests of the screens: the figures of the design picture, invented pupils, no files.

#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ui/shell/session.h"

namespace fairlead::ui::made_up {

/// 22/06/2026.
Date asAt();
/// The overview of the design picture.
OverviewContent overview(bool revealed = false);
/// Risk of NEET, opened.
DrillContent drill(bool revealed = false);
/// Pupil B, opened.
PupilContent pupil(bool revealed = false);
/// A record of the police that agrees with one of the school roll.
workspace::JoinStory joinStory();
/// Five agencies' deliveries.
SourcesContent sources();
/// Two files to be loaded, one of them with something to look at.
PreviewContent preview(const std::vector<std::filesystem::path>& files);
/// A hundred schools.
SchoolsContent schools();

/// Two datasets with something wrong in every part.
QualityContent quality();
/// Sixty pupils on roll.
PeopleContent people(bool revealed = false);
/// Two readings of the overview's figures.
CompareContent comparison(bool revealed = false);
/// Two definitions.
RegisterContent definitions();
/// The same with counts.
SchoolsContent glance();

/// A unit of four with separated roles, and one who left.
UsersContent users();
/// Their sheets, of a month ago, tried once.
RecoveryContent recovery();
/// Two sheets that open nothing but a test.
std::shared_ptr<const custody::SheetsMade> sheetsMade();
/// A computer on which everything that a rule can say is said somewhere.
std::vector<posture::Finding> findings(const posture::Sitting& sitting);
/// Four deliveries, two past their end and one purged.
RetentionContent retention();
/// What a purge of those two would take.
custody::PurgePreview purgePreview();
/// An involvement that runs, one that is over, and the releases that rest on the first.
ReleasesContent releases();
/// Counts of twelve schools after disclosure control.
release::Pack pack();
/// Two pairs that wait, with two decisions about others; and the records of the first.
PairsContent pairs();
release::PairFields pairFields();
/// A log that somebody should look into, sound or not.
workspace::AuditView auditView(bool sound = true);

/// What was called, in order. Several pieces of work may call at once; it is read when nothing runs.
class Calls {
public:
    void push_back(std::string call) {
        const std::scoped_lock lock(m_mutex);
        m_calls.push_back(std::move(call));
    }
    void emplace_back(const char* call) { push_back(call); }
    void clear() { m_calls.clear(); }
    [[nodiscard]] const std::string& back() const { return m_calls.back(); }
    [[nodiscard]] auto begin() const { return m_calls.begin(); }
    [[nodiscard]] auto end() const { return m_calls.end(); }
    [[nodiscard]] bool empty() const { return m_calls.empty(); }
    [[nodiscard]] std::size_t size() const { return m_calls.size(); }

private:
    std::mutex m_mutex;
    std::vector<std::string> m_calls;
};

/// A session over these values. It answers at once.
class MadeUpSession final : public Session {
public:
    std::string name() const override { return "made-up"; }
    bool may(access::Action action) const override { return access::allows(roles, action); }
    std::optional<std::int64_t> seenAheadOfClock() const override { return seenMs; }
    Result<std::shared_ptr<const SourcesContent>> sources(TaskContext& task) override;
    Result<std::shared_ptr<const SchoolsContent>> schools(Date day, TaskContext& task) override;
    Result<std::shared_ptr<const SchoolsContent>> glance(Date day, TaskContext& task) override;
    Result<std::shared_ptr<const OverviewContent>> overview(const OverviewRequest& request,
                                                            const std::string& namesReason, TaskContext& task) override;
    Result<std::shared_ptr<const RegisterContent>> definitions(TaskContext& task) override;
    Result<std::shared_ptr<const DrillContent>> drill(const DrillRequest& request, const std::string& namesReason,
                                                      TaskContext& task) override;
    Result<std::shared_ptr<const PupilContent>> pupil(const OverviewRequest& request, record::PersonKey pupil,
                                                      const std::string& namesReason, TaskContext& task) override;
    Result<std::shared_ptr<const workspace::JoinStory>> howJoined(record::PersonKey person, indicator::FactId fact,
                                                                  TaskContext& task) override;
    Result<std::shared_ptr<const CompareContent>> compare(const CompareRequest& request, const std::string& namesReason,
                                                          TaskContext& task) override;
    Result<std::shared_ptr<const PeopleContent>> people(const OverviewRequest& request, const std::string& namesReason,
                                                        TaskContext& task) override;
    Result<std::shared_ptr<const QualityContent>> quality(TaskContext& task) override;
    Result<std::vector<ViewLine>> views(TaskContext& task) override;
    Result<std::vector<ViewLine>> saveView(const ViewLine& view, TaskContext& task) override;
    Result<std::vector<ViewLine>> removeView(const std::string& name, TaskContext& task) override;
    Result<std::shared_ptr<const PreviewContent>> preview(const std::vector<std::filesystem::path>& files,
                                                          TaskContext& task) override;
    Result<LoadOutcome> load(const std::vector<std::filesystem::path>& files, TaskContext& task) override;
    Result<LinkOutcome> link(TaskContext& task) override;
    Result<BriefingOutcome> writeBriefing(const OverviewRequest& request, const std::filesystem::path& file,
                                          TaskContext& task) override;

    Result<std::shared_ptr<const workspace::AuditView>> audit(TaskContext& task) override;
    Result<std::filesystem::path> keepCheckpoint(const std::filesystem::path& file, const std::string& note) override;
    Result<std::shared_ptr<const UsersContent>> users(TaskContext& task) override;
    Result<std::shared_ptr<const UsersContent>> changeUsers(const UserChange& change, TaskContext& task) override;
    Result<std::shared_ptr<const std::vector<posture::Finding>>> posture(const posture::Sitting& sitting,
                                                                         TaskContext& task) override;
    Result<std::shared_ptr<const RecoveryContent>> recovery(TaskContext& task) override;
    Result<std::shared_ptr<const custody::SheetsMade>> makeSheets(const SheetsOrder& order, TaskContext& task) override;
    Result<std::filesystem::path> keepSheet(const SheetInHand& sheet, const std::filesystem::path& file,
                                            TaskContext& task) override;
    Result<custody::DrillReport> drillSheets(const SheetsTyped& sheets, TaskContext& task) override;
    Result<custody::RotationReport> rotate(const RotationOrder& order, TaskContext& task) override;
    Result<std::shared_ptr<const RetentionContent>> retention(TaskContext& task) override;
    Result<std::shared_ptr<const custody::PurgePreview>> previewPurge(const std::vector<record::DeliveryId>& deliveries,
                                                                      TaskContext& task) override;
    Result<custody::PurgeReport> purge(const PurgeOrder& order, TaskContext& task) override;
    Result<custody::Backup> backUp(const std::filesystem::path& folder, TaskContext& task) override;
    Result<std::filesystem::path> writeCertificate(std::int64_t purge, const std::filesystem::path& file) override;
    Result<std::shared_ptr<const ReleasesContent>> releases(TaskContext& task) override;
    Result<std::shared_ptr<const ReleasesContent>> actOnReleases(const ReleaseAct& act, TaskContext& task) override;
    Result<std::shared_ptr<const release::Pack>> pack(TaskContext& task) override;
    Result<release::PackReport> makePack(TaskContext& task) override;
    Result<std::shared_ptr<const PairsContent>> pairs(TaskContext& task) override;
    Result<std::shared_ptr<const PairsContent>> actOnPairs(const PairAct& act, TaskContext& task) override;
    Result<std::shared_ptr<const release::PairFields>> pairFields(const release::PairWanted& wanted,
                                                                  TaskContext& task) override;
    Result<std::filesystem::path> writeTable(const TableFile& table, TaskContext& task) override;

    /// How the pages' questions are answered.
    enum class Mood { Answers, Denies, Waits, IsEmpty };

    std::atomic<Mood> mood = Mood::Answers;  ///< Waits: until it changes, or the work is cancelled.
    bool isOlder = false;                    ///< Of a format that is to be upgraded.
    bool failsToLoad = false;
    bool logIsSound = true;
    NamesWithheld withheld;  ///< Names of the overview that are not shown.
    access::Roles roles = access::allRoles();
    UsersContent who = made_up::users();
    RecoveryContent sheets = made_up::recovery();
    RetentionContent ends = made_up::retention();
    std::optional<std::int64_t> seenMs{};  ///< Later than the clock.
    std::int64_t overdue = 0;              ///< As the line at the foot of the window says.
    ReleasesContent released = made_up::releases();
    PairsContent reviewed = made_up::pairs();
    std::string written;         ///< The last table.
    std::vector<ViewLine> kept;  ///< The views.
    Calls calls;                 ///< Names of the calls, in order; read it when nothing runs.

    /// What the mood makes of a question before it is answered.
    Status ask(TaskContext& task, const char* what) const;

private:
    [[nodiscard]] bool isEmpty() const { return mood == Mood::IsEmpty; }
};

/// Makers whose passphrase is "right"; every other is WrongKey.
SessionMakers makers(const std::shared_ptr<MadeUpSession>& session = std::make_shared<MadeUpSession>());

}  // namespace fairlead::ui::made_up
