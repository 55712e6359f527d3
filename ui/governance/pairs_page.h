// PairsPage: the pairs of records that wait for a link reviewer, with what identifies both and what each field weighs.

#pragma once

#include <memory>
#include <set>
#include <vector>

#include "core/release/pairs_for_review.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// No fact and no indicator: this page knows identity.db alone. What the run made of a pair stands in the last part, so
/// that the records are read first.
class PairsPage final : public PartsPage {
    Q_OBJECT

public:
    explicit PairsPage(QWidget* parent = nullptr);
    /// Shows which pairs wait.
    void setPairs(std::shared_ptr<const std::vector<release::WaitingPair>> pairs);
    /// Shows the two records of a pair.
    void setPair(std::shared_ptr<const release::PairFields> pair);
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// The two records are to be read.
    void pairRequested(const fairlead::release::WaitingPair& pair);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void open(const QVariant& key);

    std::shared_ptr<const std::vector<release::WaitingPair>> m_pairs;
    std::shared_ptr<const release::PairFields> m_pair;
    std::set<std::pair<std::int64_t, std::int64_t>> m_read;  ///< In this sitting.
};

}  // namespace fairlead::ui
