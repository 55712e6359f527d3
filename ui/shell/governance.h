// Governance: the pages about the workspace itself and the work behind them: who may open it, what was done in it.

#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "ui/shell/session.h"
#include "ui/task/task_runner.h"

namespace fairlead::ui {

class AuditPage;
class Page;
class RetentionWork;
class UsersPage;

/// A part of the Desk. Its pages are made here and owned by whatever they are put into.
class Governance final : public QObject {
    Q_OBJECT

public:
    explicit Governance(std::shared_ptr<Session> session, QObject* parent);

    [[nodiscard]] AuditPage* audit() const { return m_audit; }
    [[nodiscard]] UsersPage* users() const { return m_users; }
    [[nodiscard]] RetentionWork& retention() const { return *m_retention; }
    /// Reads what a page shows and asks for it to be shown.
    void open(Page* page);
    /// True for the pages of this object.
    [[nodiscard]] bool owns(const Page* page) const;
    /// What runs the work behind them.
    [[nodiscard]] TaskRunner& auditRunner() { return m_auditRunner; }
    [[nodiscard]] TaskRunner& usersRunner() { return m_usersRunner; }
    /// Reads what a page shows; the log is read once until somebody asks again.
    void read(const Page* page);
    /// Writes the signed checkpoint of the log that is shown.
    void keepCheckpoint(const std::filesystem::path& file);

signals:
    /// A sentence for the reader.
    void said(const QString& words, bool isError);
    /// A page is to be shown.
    void opened(fairlead::ui::Page* page);
    /// Rows are gone: whatever rests on them is to be read again.
    void purged();
    /// Something could not be done.
    void failed(const fairlead::Error& error);

private:
    void readAudit();
    void readUsers();
    void chooseCheckpoint();
    void change(const UserChange& wanted);

    std::shared_ptr<Session> m_session;
    AuditPage* m_audit;
    UsersPage* m_users;
    RetentionWork* m_retention;
    TaskRunner m_auditRunner;
    TaskRunner m_usersRunner;
};

}  // namespace fairlead::ui
