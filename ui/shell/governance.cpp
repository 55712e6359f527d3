#include "ui/shell/governance.h"

#include <QGuiApplication>
#include <algorithm>

#include "ui/governance/audit_page.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/posture_page.h"
#include "ui/governance/release_tables.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/users_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/retention_work.h"
#include "ui/shell/session_watch.h"
#include "ui/shell/users_work.h"
#include "ui/style/look.h"
#include "ui/style/path_choice.h"
#include "ui/style/words.h"

namespace fairlead::ui {

using access::Action;

Governance::Governance(std::shared_ptr<Session> session, QObject* parent)
    : QObject(parent),
      m_session(std::move(session)),
      m_audit(new AuditPage),
      m_releases(new ReleasesPage),
      m_pack(new PackPage({.read = m_session->may(Action::ReadPack), .make = m_session->may(Action::MakePack)})),
      m_pairs(new PairsPage),
      m_posture(new PosturePage),
      m_retention(new RetentionWork(m_session, this)),
      m_users(new UsersWork(m_session, this)) {
    connectPages();
    listEntries();
}

void Governance::connectPages() {
    connect(m_audit, &AuditPage::readRequested, this, &Governance::readAudit);
    connect(m_audit, &AuditPage::checkpointRequested, this, &Governance::chooseCheckpoint);
    connect(m_users, &UsersWork::said, this, &Governance::said);
    connect(m_users, &UsersWork::failed, this, &Governance::failed);
    connect(m_users, &UsersWork::workspaceRequested, this, &Governance::workspaceRequested);
    connect(m_releases, &ReleasesPage::actRequested, this, &Governance::act);
    connect(m_pack, &PackPage::makeRequested, this, &Governance::makePack);
    connect(m_retention, &RetentionWork::said, this, &Governance::said);
    connect(m_retention, &RetentionWork::failed, this, &Governance::failed);
    connect(m_retention, &RetentionWork::purged, this, &Governance::purged);
    connect(m_posture, &PosturePage::readRequested, this, &Governance::readPosture);
    connect(m_pairs, &PairsPage::pairRequested, this, &Governance::askForPair);
    connect(m_pairs, &PairsPage::actRequested, this, &Governance::actOnPair);
}

void Governance::listEntries() {
    const auto may = [this](Action action) { return m_session->may(action); };
    const bool holdsFacts = may(Action::ReadFigures);
    m_entries = {
        {tr("School counts"), m_pack, may(Action::ReadPack) || may(Action::MakePack), true, [this] { readPack(); }},
        {tr("Pairs to review"), m_pairs, may(Action::ReviewPairs), true, [this] { readPairs(); }},
        {tr("Releases"), m_releases, holdsFacts && may(Action::ReadReleases), false, [this] { readReleases(); }},
        {tr("Audit log"), m_audit, may(Action::ReadAudit), true,
         [this] {
             if (m_audit->view() == nullptr) {
                 readAudit();
             }
         }},
        {tr("Retention"), m_retention->page(), may(Action::ReadRetention), false, [this] { m_retention->read(); }},
        {tr("Protection"), m_posture, true, false, [this] { readPosture(); }},
        {tr("Users"), m_users->page(), true, true, [this] { m_users->read(); }}};
}

bool Governance::owns(const Page* page) const {
    return std::ranges::find(m_entries, page, &Entry::page) != m_entries.end();
}

Page* Governance::first() const {
    return std::ranges::find_if(m_entries, [](const Entry& one) { return one.isFirst && one.isOffered; })->page;
}

std::vector<Governance::Job> Governance::jobs() {
    return {{m_auditRunner, tr("Reading the audit log")},
            {m_users->runner(), tr("Looking after users")},
            {m_releasesRunner, tr("Looking after releases")},
            {m_packRunner, tr("Counts for readers")},
            {m_pairsRunner, tr("Reading pairs of records")},
            {m_postureRunner, tr("Looking at what protects the sitting")},
            {m_retention->readRunner(), tr("Reading the ends of deliveries")},
            {m_retention->writeRunner(), tr("Purging or backing up"), true},
            {m_users->rotationRunner(), tr("Rotating keys"), true}};
}

void Governance::addParts(std::vector<PaletteEntry>& entries) {
    for (const Entry& entry : m_entries) {
        auto* page = qobject_cast<PartsPage*>(entry.page);
        if (page == nullptr || !entry.isOffered) {
            continue;
        }
        for (int part = 0; part < page->partNames().size(); ++part) {
            entries.push_back(
                {tr("%1: %2").arg(entry.name, page->partNames()[part]), tr("Part of a page"), [this, page, part] {
                     open(page);
                     page->showPart(part);
                 }});
        }
    }
}

UsersPage* Governance::users() const { return m_users->page(); }

void Governance::read(const Page* page) {
    const auto found = std::ranges::find(m_entries, page, &Entry::page);
    if (found != m_entries.end()) {
        found->read();
    }
}

void Governance::open(Page* page) {
    read(page);
    emit opened(page);
}

template <typename T, typename Work, typename Take>
void Governance::start(TaskRunner& runner, Work work, Take take) {
    runner.start<T>(std::move(work), [this, take = std::move(take)](Result<T> result) {
        if (!result) {
            emit failed(result.error());
            return;
        }
        take(std::move(*result));
    });
}

void Governance::readAudit() {
    start<std::shared_ptr<const workspace::AuditView>>(
        m_auditRunner, [session = m_session](TaskContext& task) { return session->audit(task); },
        [this](auto view) { m_audit->setView(std::move(view)); });
}

void Governance::readReleases() {
    start<std::shared_ptr<const ReleasesContent>>(
        m_releasesRunner, [session = m_session](TaskContext& task) { return session->releases(task); },
        [this](auto releases) { m_releases->setReleases(std::move(releases)); });
}

void Governance::readPack() {
    if (!m_pack->reads()) {
        return;
    }
    using Content = std::shared_ptr<const release::Pack>;
    m_packRunner.start<Content>([session = m_session](TaskContext& task) { return session->pack(task); },
                                [this](Result<Content> pack) {
                                    if (pack) {
                                        m_pack->setPack(std::move(*pack));
                                    } else if (pack.error().code == ErrorCode::NotFound) {
                                        m_pack->showNone();
                                    } else {
                                        emit failed(pack.error());
                                    }
                                });
}

void Governance::makePack() {
    start<release::PackReport>(
        m_packRunner, [session = m_session](TaskContext& task) { return session->makePack(task); },
        [this](const release::PackReport& report) {
            m_pack->showMade(report);
            readPack();
        });
}

void Governance::readPairs() {
    start<std::shared_ptr<const PairsContent>>(
        m_pairsRunner, [session = m_session](TaskContext& task) { return session->pairs(task); },
        [this](auto pairs) { m_pairs->setPairs(std::move(pairs)); });
}

void Governance::follow(const SessionWatch& watch) { m_watch = &watch; }

void Governance::readPosture() {
    const SessionWatch::Reach heard = m_watch ? m_watch->reach() : SessionWatch::Reach();
    const posture::Sitting sitting{QGuiApplication::platformName().toStdString(), heard.logind, heard.sessionBus,
                                   heard.sleepWaitsForUs};
    using Findings = std::shared_ptr<const std::vector<posture::Finding>>;
    start<Findings>(
        m_postureRunner, [session = m_session, sitting](TaskContext& task) { return session->posture(sitting, task); },
        [this](Findings findings) { m_posture->setFindings(std::move(findings)); });
}

void Governance::askForPair(const release::WaitingPair& pair) {
    if (!m_pairReason.isEmpty()) {
        readPair(pair, m_pairReason);
        return;
    }
    auto* dialog = new ReasonDialog(m_pairs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReasonDialog::given, this, [this, pair](const QString& reason) { readPair(pair, reason); });
    dialog->open();
}

void Governance::readPair(const release::WaitingPair& pair, const QString& reason) {
    m_pairReason = reason;
    const release::PairWanted wanted{pair.a, pair.b, reason.toStdString()};
    start<std::shared_ptr<const release::PairFields>>(
        m_pairsRunner, [session = m_session, wanted](TaskContext& task) { return session->pairFields(wanted, task); },
        [this](auto fields) { m_pairs->setPair(std::move(fields)); });
}

void Governance::openPair(const release::WaitingPair& pair) {
    emit opened(m_pairs);
    // One after the other: who reads the two has a page behind them that knows what was decided.
    start<std::shared_ptr<const PairsContent>>(
        m_pairsRunner, [session = m_session](TaskContext& task) { return session->pairs(task); },
        [this, pair](auto pairs) {
            m_pairs->setPairs(std::move(pairs));
            askForPair(pair);
        });
}

void Governance::actOnPair(const PairAct& wanted) {
    using Content = std::shared_ptr<const PairsContent>;
    m_pairsRunner.start<Content>(
        [session = m_session, wanted](TaskContext& task) { return session->actOnPairs(wanted, task); },
        [this, isDecision = wanted.decision.has_value()](Result<Content> now) {
            if (!now) {
                if (!m_pairs->showError(now.error())) {
                    emit failed(now.error());
                }
                return;
            }
            m_pairs->closeForm();
            m_pairs->setPairs(std::move(*now));
            emit said(isDecision ? tr("Decided, and in the audit log. The next linkage run takes it.")
                                 : tr("Taken back, and in the audit log. The next linkage run does without it."),
                      false);
        });
}

void Governance::act(const ReleaseAct& wanted) {
    using Content = std::shared_ptr<const ReleasesContent>;
    m_releasesRunner.start<Content>(
        [session = m_session, wanted](TaskContext& task) { return session->actOnReleases(wanted, task); },
        [this, kind = wanted.kind](Result<Content> now) {
            if (!now) {
                if (!m_releases->showError(now.error())) {
                    emit failed(now.error());
                }
                return;
            }
            m_releases->closeForm();
            if ((*now)->outcome) {
                emit said(outcomeInWords(kind, *(*now)->outcome), false);
            }
            m_releases->setReleases(std::move(*now));
        });
}

void Governance::chooseCheckpoint() {
    chooseNew(m_audit,
              {tr("Keep the checkpoint"), tr("Checkpoint (*.txt)"), QStringLiteral("txt"),
               QStringLiteral("audit-checkpoint-%1.txt").arg(m_audit->view()->soundness.entries)},
              [this](const std::filesystem::path& file) { keepCheckpoint(file); });
}

void Governance::keepCheckpoint(const std::filesystem::path& file) {
    start<std::filesystem::path>(
        m_auditRunner,
        [session = m_session, file, note = m_audit->view()->checkpoint](TaskContext&) {
            return session->keepCheckpoint(file, note);
        },
        [this](const std::filesystem::path& kept) {
            emit said(tr("Written to %1. Keep it where nobody who works with this workspace can change it.")
                          .arg(text(kept.string())),
                      false);
        });
}

}  // namespace fairlead::ui
