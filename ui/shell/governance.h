// Governance: the pages about the workspace itself and the work behind them: who may open it, what was done in it,
// which names are released, and what those see who hold one key alone.

#pragma once

#include <QObject>
#include <QPointer>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "ui/shell/session.h"
#include "ui/style/page.h"
#include "ui/task/task_runner.h"

namespace fairlead::ui {

class AuditPage;
class PackPage;
class PairsPage;
class PosturePage;
class ReleasesPage;
class RetentionWork;
class SessionWatch;
class UsersPage;
class UsersWork;
struct PaletteEntry;

/// A part of the Desk. Its pages are made here and owned by whatever they are put into.
class Governance final : public QObject {
    Q_OBJECT

public:
    explicit Governance(std::shared_ptr<Session> session, QObject* parent);

    [[nodiscard]] AuditPage* audit() const { return m_audit; }
    [[nodiscard]] UsersPage* users() const;
    [[nodiscard]] UsersWork& usersWork() const { return *m_users; }
    [[nodiscard]] ReleasesPage* releases() const { return m_releases; }
    [[nodiscard]] PackPage* pack() const { return m_pack; }
    [[nodiscard]] PairsPage* pairs() const { return m_pairs; }
    [[nodiscard]] PosturePage* posture() const { return m_posture; }
    [[nodiscard]] RetentionWork& retention() const { return *m_retention; }
    /// Whose reach the page of protection tells.
    void follow(const SessionWatch& watch);
    /// A page in the navigation.
    struct Entry {
        QString name;
        Page* page;
        bool isOffered;  ///< The roles include what it shows.
        bool isFirst;    ///< Whoever reads no figures begins at the first of these that is offered.
        std::function<void()> read;
    };
    /// All of them, in the order of the navigation.
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    /// The parts of the pages that are offered, for the palette.
    void addParts(std::vector<PaletteEntry>& entries);
    /// True for the pages of this object.
    [[nodiscard]] bool owns(const Page* page) const;
    /// Where somebody begins who reads no figures.
    [[nodiscard]] Page* first() const;
    /// Work behind a page.
    struct Job {
        TaskRunner& runner;
        QString name;
        bool writes = false;  ///< It is listed from its beginning, and its page shows how far it is.
    };
    /// All of it.
    [[nodiscard]] std::vector<Job> jobs();
    /// Reads what a page shows; the log is read once until somebody asks again.
    void read(const Page* page);
    /// Reads it and has it shown.
    void open(Page* page);
    /// Writes the signed checkpoint of the log that is shown.
    void keepCheckpoint(const std::filesystem::path& file);
    /// Reads the two records of a pair for a reason that was given in this sitting.
    void readPair(const release::WaitingPair& pair, const QString& reason);
    /// Opens the page of pairs at two records, whose fields it reads for a reason.
    void openPair(const release::WaitingPair& pair);

signals:
    /// Another workspace is to be opened instead of this one.
    void workspaceRequested(const std::filesystem::path& folder);
    /// A page is to be shown.
    void opened(fairlead::ui::Page* page);
    /// A sentence for the reader.
    void said(const QString& words, bool isError);
    /// Rows are gone: whatever rests on them is to be read again.
    void purged();
    /// Something could not be done.
    void failed(const fairlead::Error& error);

private:
    void connectPages();
    void listEntries();
    void readAudit();
    void readReleases();
    void readPack();
    void makePack();
    void readPairs();
    void readPosture();
    void askForPair(const release::WaitingPair& pair);
    void actOnPair(const PairAct& wanted);
    void chooseCheckpoint();
    void act(const ReleaseAct& wanted);
    /// Starts work whose value `take` shows; an error is said.
    template <typename T, typename Work, typename Take>
    void start(TaskRunner& runner, Work work, Take take);

    std::shared_ptr<Session> m_session;
    AuditPage* m_audit;
    ReleasesPage* m_releases;
    PackPage* m_pack;
    PairsPage* m_pairs;
    PosturePage* m_posture;
    RetentionWork* m_retention;
    UsersWork* m_users;
    std::vector<Entry> m_entries;
    QPointer<const SessionWatch> m_watch;
    QString m_pairReason;  ///< Asked once a sitting; every pair that is read for it is on record with it.
    TaskRunner m_auditRunner, m_releasesRunner, m_packRunner, m_pairsRunner, m_postureRunner;
};

}  // namespace fairlead::ui
