// The forms of the page of releases: an involvement, a release, and either taken back.

#pragma once

#include <utility>
#include <vector>

#include "ui/governance/act_dialog.h"
#include "ui/governance/releases_content.h"

class QCheckBox;
class QComboBox;
class QDateEdit;
class QLineEdit;

namespace fairlead::ui {

class SecondPerson;
class TextLabel;

/// One act about releases.
class ReleaseForm : public ActDialog {
    Q_OBJECT

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::ReleaseAct& act);

protected:
    using ActDialog::ActDialog;
};

/// Who is involved with which child.
class InvolvementDialog final : public ReleaseForm {
    Q_OBJECT

public:
    explicit InvolvementDialog(const ReleasesContent& content, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    QComboBox* m_worker;
    QLineEdit* m_team;
    QComboBox* m_school;
    QLineEdit* m_pupil;
    QCheckBox* m_family;
    QLineEdit* m_purpose;
    QComboBox* m_gateway;
    QDateEdit* m_from;
    QDateEdit* m_until;
    QLineEdit* m_source;
};

/// Names to a user, for involvements that run; a second person signs.
class ReleaseDialog final : public ReleaseForm {
    Q_OBJECT

public:
    explicit ReleaseDialog(const ReleasesContent& content, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    void showInvolvements();

    std::vector<access::Principal> m_recipients;
    std::vector<std::pair<release::Involvement, QCheckBox*>> m_involvements;
    QComboBox* m_user;
    TextLabel* m_none;
    QDateEdit* m_until;
    QLineEdit* m_budget;
    SecondPerson* m_second;
};

/// A release or an involvement that is taken back, with the reason.
class WithdrawDialog final : public ReleaseForm {
    Q_OBJECT

public:
    /// `kind`: Withdraw or EndInvolvement.
    WithdrawDialog(ReleaseAct::Kind kind, std::int64_t number, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    ReleaseAct::Kind m_kind;
    std::int64_t m_number;
    QLineEdit* m_reason;
};

}  // namespace fairlead::ui
