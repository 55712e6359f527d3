// UsersPage: who may open the workspace, as what, what each role may do; recovery sheets and keys.

#pragma once

#include <memory>
#include <vector>

#include "ui/governance/act_dialog.h"
#include "ui/governance/recovery_content.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

class DrillDialog;
class SheetsDialog;
class TaskRunner;

/// The users, the table of roles, how the recovery sheets stand, and who holds which key. Changes are asked for in a
/// form, with the second person where roles are separated.
class UsersPage final : public PartsPage {
    Q_OBJECT

public:
    /// `rotation` runs rotations.
    explicit UsersPage(TaskRunner& rotation, QWidget* parent = nullptr);
    /// Shows who may open the workspace now.
    void setUsers(std::shared_ptr<const UsersContent> content);
    /// Null before the first reading.
    [[nodiscard]] const UsersContent* content() const { return m_content.get(); }
    /// Shows how the sheets stand now.
    void setRecovery(std::shared_ptr<const RecoveryContent> recovery);
    /// The sheets were made: they are shown to their keepers.
    void showSheets(std::shared_ptr<const custody::SheetsMade> made);
    /// A sheet became a file.
    void showKept(const std::filesystem::path& file);
    /// The sheets were tried.
    void showDrill(const custody::DrillReport& report);
    /// The workspace lies in another folder under new keys: says what is to be done.
    void showRotated(const custody::RotationReport& report, const std::filesystem::path& folder);
    /// What was asked for is done: its form closes.
    void closeForm() { m_form.close(); }
    /// What was asked for was refused: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }

    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// A change is wanted.
    void changeRequested(const fairlead::ui::UserChange& change);
    /// New sheets are wanted.
    void sheetsRequested(const fairlead::ui::SheetsOrder& order);
    /// A sheet is to be written to a file.
    void sheetFileRequested(const fairlead::ui::SheetInHand& sheet);
    /// Sheets are to be tried.
    void drillRequested(const fairlead::ui::SheetsTyped& sheets);
    /// New keys are wanted.
    void rotationRequested(const fairlead::ui::RotationOrder& order);
    /// Another workspace is to be opened instead of this one.
    void workspaceRequested(const std::filesystem::path& folder);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void ask(UserChange::Kind kind);
    void askForSheets();
    void askForDrill();
    void askForRotation();
    void follow();
    /// Buttons of another part are not there.
    void showActions();
    [[nodiscard]] const access::Principal* current() const;

    TaskRunner& m_rotation;
    std::shared_ptr<const UsersContent> m_content;
    std::shared_ptr<const RecoveryContent> m_recovery;  ///< Null: not read, or not theirs to read.
    ActForm m_form;
    QPointer<SheetsDialog> m_sheets;
    QPointer<DrillDialog> m_drilling;
    QPushButton* m_add;
    QPushButton* m_change;
    QPushButton* m_retire;
    QPushButton* m_passphrase;
    QPushButton* m_makeSheets;
    QPushButton* m_tryThem;
    QPushButton* m_rotate;
    std::vector<std::pair<int, QPushButton*>> m_actions;  ///< By part.
};

}  // namespace fairlead::ui
