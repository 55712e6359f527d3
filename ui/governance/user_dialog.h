// UserDialog: asks for a change of who may open the workspace.

#pragma once

#include <QDialog>
#include <utility>
#include <vector>

#include "ui/governance/governance_content.h"

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace fairlead {
struct Error;
}

namespace fairlead::ui {

class PassphraseEdit;
class SecondPerson;
class TextLabel;

/// One change; stays open until it is done. Only the fields that its kind needs are there.
class UserDialog final : public QDialog {
    Q_OBJECT

public:
    /// `about`: whose roles change or who leaves; null for the other kinds.
    UserDialog(UserChange::Kind kind, const UsersContent& content, const access::Principal* about,
               QWidget* parent = nullptr);
    /// Says why it was refused; the fields can be filled in again.
    void showError(const Error& error);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::UserChange& change);

private:
    void build(const UsersContent& content, const access::Principal* about);
    QWidget* roleFields(const access::Principal* about);
    QWidget* buttons();
    void submit();
    /// What is missing; empty when nothing is.
    [[nodiscard]] QString missing() const;
    void say(const QString& words, bool isError);

    UserChange::Kind m_kind;
    std::string m_about;
    QLineEdit* m_name = nullptr;
    std::vector<std::pair<access::Role, QCheckBox*>> m_roles;
    PassphraseEdit* m_now = nullptr;
    PassphraseEdit* m_next = nullptr;
    PassphraseEdit* m_again = nullptr;
    SecondPerson* m_second = nullptr;
    TextLabel* m_message;
    QPushButton* m_submit;
};

}  // namespace fairlead::ui
