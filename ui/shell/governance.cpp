#include "ui/shell/governance.h"

#include <QFileDialog>

#include "ui/governance/audit_page.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/users_page.h"
#include "ui/shell/retention_work.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

Governance::Governance(std::shared_ptr<Session> session, QObject* parent)
    : QObject(parent),
      m_session(std::move(session)),
      m_audit(new AuditPage),
      m_users(new UsersPage),
      m_retention(new RetentionWork(m_session, this)) {
    connect(m_retention, &RetentionWork::said, this, &Governance::said);
    connect(m_retention, &RetentionWork::failed, this, &Governance::failed);
    connect(m_retention, &RetentionWork::purged, this, &Governance::purged);
    connect(m_audit, &AuditPage::readRequested, this, &Governance::readAudit);
    connect(m_audit, &AuditPage::checkpointRequested, this, &Governance::chooseCheckpoint);
    connect(m_users, &UsersPage::changeRequested, this, &Governance::change);
}

bool Governance::owns(const Page* page) const {
    return page == m_audit || page == m_users || page == m_retention->page();
}

void Governance::open(Page* page) {
    read(page);
    emit opened(page);
}

void Governance::read(const Page* page) {
    if (page == m_audit && m_audit->view() == nullptr) {
        readAudit();
    }
    if (page == m_users) {
        readUsers();
    }
    if (page == m_retention->page()) {
        m_retention->read();
    }
}

void Governance::readAudit() {
    using View = std::shared_ptr<const workspace::AuditView>;
    m_auditRunner.start<View>([session = m_session](TaskContext& task) { return session->audit(task); },
                              [this](Result<View> view) {
                                  if (!view) {
                                      emit failed(view.error());
                                      return;
                                  }
                                  m_audit->setView(std::move(*view));
                              });
}

void Governance::readUsers() {
    using Content = std::shared_ptr<const UsersContent>;
    m_usersRunner.start<Content>([session = m_session](TaskContext& task) { return session->users(task); },
                                 [this](Result<Content> users) {
                                     if (!users) {
                                         emit failed(users.error());
                                         return;
                                     }
                                     m_users->setUsers(std::move(*users));
                                 });
}

void Governance::change(const UserChange& wanted) {
    using Content = std::shared_ptr<const UsersContent>;
    m_usersRunner.start<Content>(
        [session = m_session, wanted](TaskContext& task) { return session->changeUsers(wanted, task); },
        [this](Result<Content> users) {
            if (!users) {
                m_users->showError(users.error());
                return;
            }
            m_users->closeDialog();
            m_users->setUsers(std::move(*users));
            emit said(tr("Changed. The change is in the audit log."), false);
        });
}

void Governance::chooseCheckpoint() {
    auto* dialog = new QFileDialog(m_audit, tr("Keep the checkpoint"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Checkpoint (*.txt)"));
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(QStringLiteral("audit-checkpoint-%1.txt").arg(m_audit->view()->soundness.entries));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) { keepCheckpoint(pathOf(name)); });
    dialog->open();
}

void Governance::keepCheckpoint(const std::filesystem::path& file) {
    m_auditRunner.start<std::filesystem::path>(
        [session = m_session, file, note = m_audit->view()->checkpoint](TaskContext&) -> Result<std::filesystem::path> {
            return session->keepCheckpoint(file, note);
        },
        [this](Result<std::filesystem::path> kept) {
            if (!kept) {
                emit failed(kept.error());
                return;
            }
            emit said(tr("Written to %1. Keep it where nobody who works with this workspace can change it.")
                          .arg(text(kept->string())),
                      false);
        });
}

}  // namespace fairlead::ui
