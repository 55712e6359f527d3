// UsersPage: who may open the workspace, as what, and what each role may do.

#pragma once

#include <memory>

#include "ui/governance/act_dialog.h"
#include "ui/governance/governance_content.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// The users and the table of roles. Changes are asked for in a dialog, with the second person where roles are
/// separated.
class UsersPage final : public PartsPage {
    Q_OBJECT

public:
    explicit UsersPage(QWidget* parent = nullptr);
    /// Shows who may open the workspace now.
    void setUsers(std::shared_ptr<const UsersContent> content);
    /// The change that was asked for is done: its form closes.
    void closeForm() { m_form.close(); }
    /// The change that was asked for was refused: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }

    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// A change is wanted.
    void changeRequested(const fairlead::ui::UserChange& change);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void ask(UserChange::Kind kind);
    void follow();
    [[nodiscard]] const access::Principal* current() const;

    std::shared_ptr<const UsersContent> m_content;
    ActForm m_form;
    QPushButton* m_add;
    QPushButton* m_change;
    QPushButton* m_retire;
    QPushButton* m_passphrase;
};

}  // namespace fairlead::ui
