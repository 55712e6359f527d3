// RecoverDialog: a user by both recovery sheets, for a workspace that nobody opens any more.

#pragma once

#include "ui/governance/act_dialog.h"
#include "ui/governance/recovery_content.h"

class QComboBox;
class QLineEdit;

namespace fairlead::ui {

class PassphraseEdit;
class SheetFields;

/// Both sheets, who brought each, and who is to be added as what.
class RecoverDialog final : public ActDialog {
    Q_OBJECT

public:
    explicit RecoverDialog(QWidget* parent = nullptr);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::RecoveryWanted& wanted);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    SheetFields* m_sheets;
    QLineEdit* m_firstBearer;
    QLineEdit* m_secondBearer;
    QLineEdit* m_name;
    QComboBox* m_role;
    PassphraseEdit* m_passphrase;
    PassphraseEdit* m_again;
};

}  // namespace fairlead::ui
