// The forms of the page of pairs: a reader's verdict on two records, and one that is taken back.

#pragma once

#include <array>

#include "ui/governance/act_dialog.h"
#include "ui/governance/pairs_content.h"

class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace fairlead::ui {

/// "One person", "Different people", "Cannot say".
QString verdictInWords(release::Verdict verdict);

/// One act about pairs.
class PairForm : public ActDialog {
    Q_OBJECT

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::PairAct& act);

protected:
    using ActDialog::ActDialog;
};

/// Whether two records are one person, and why. Another reader's decision is told, and has to be overruled by a tick.
class DecisionDialog final : public PairForm {
    Q_OBJECT

public:
    /// `reader`: who decides, by name.
    DecisionDialog(const release::PairFields& pair, const std::string& reader, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    [[nodiscard]] std::optional<release::Verdict> chosen() const;

    release::WaitingPair m_pair;
    std::optional<release::Decision> m_before;
    std::array<QRadioButton*, 3> m_verdicts{};
    QLineEdit* m_reason;
    QCheckBox* m_overrules = nullptr;  ///< Null where no other reader has decided.
};

/// A decision that is taken back, with the reason.
class TakeBackDialog final : public PairForm {
    Q_OBJECT

public:
    explicit TakeBackDialog(const release::Decision& decision, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    std::int64_t m_number;
    QLineEdit* m_reason;
};

}  // namespace fairlead::ui
