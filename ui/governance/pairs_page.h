// PairsPage: the pairs of records that wait for a link reviewer, with what identifies both and what each field weighs,
// and what readers decided about pairs.

#pragma once

#include <memory>
#include <set>

#include "ui/governance/act_dialog.h"
#include "ui/governance/pairs_content.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// No fact and no indicator: this page knows identity.db alone. What the run made of a pair stands in the last part, so
/// that the records are read first.
class PairsPage final : public PartsPage {
    Q_OBJECT

public:
    explicit PairsPage(QWidget* parent = nullptr);
    /// Shows which pairs wait, and what was decided.
    void setPairs(std::shared_ptr<const PairsContent> pairs);
    /// Shows the two records of a pair.
    void setPair(std::shared_ptr<const release::PairFields> pair);
    /// The act that was asked for is done: its form closes.
    void closeForm() { m_form.close(); }
    /// The act that was asked for was refused: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }
    /// The form about the two records that are shown, or about the chosen decision.
    void decide();
    void takeBack();
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// The two records are to be read.
    void pairRequested(const fairlead::release::WaitingPair& pair);
    /// Something is to be decided, or taken back.
    void actRequested(const fairlead::ui::PairAct& act);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void open(const QVariant& key);
    void follow();
    [[nodiscard]] const release::Decision* currentDecision() const;

    std::shared_ptr<const PairsContent> m_content;
    std::shared_ptr<const release::PairFields> m_pair;
    ActForm m_form;
    QPushButton* m_decide;
    QPushButton* m_takeBack;
    std::set<std::pair<std::int64_t, std::int64_t>> m_read;  ///< In this sitting.
};

}  // namespace fairlead::ui
