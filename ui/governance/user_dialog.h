// UserDialog: asks for a change of who may open the workspace.

#pragma once

#include <utility>
#include <vector>

#include "ui/governance/act_dialog.h"
#include "ui/governance/governance_content.h"

class QCheckBox;
class QLineEdit;

namespace fairlead::ui {

class PassphraseEdit;
class SecondPerson;

/// One change. Only the fields that its kind needs are there.
class UserDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `about`: whose roles change or who leaves; null for the other kinds.
    UserDialog(UserChange::Kind kind, const UsersContent& content, const access::Principal* about,
               QWidget* parent = nullptr);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::UserChange& change);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    void addPassphrase(PassphraseEdit*& field, const QString& label);
    void addSecond(const UsersContent& content);
    QWidget* roleFields(const access::Principal* about);

    UserChange::Kind m_kind;
    std::string m_about;
    QLineEdit* m_name = nullptr;
    std::vector<std::pair<access::Role, QCheckBox*>> m_roles;
    PassphraseEdit* m_now = nullptr;
    PassphraseEdit* m_next = nullptr;
    PassphraseEdit* m_again = nullptr;
    SecondPerson* m_second = nullptr;
};

}  // namespace fairlead::ui
