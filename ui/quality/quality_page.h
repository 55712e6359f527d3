// QualityPage: how good what was supplied is: supply, completeness, volumes, rules, refusals, linkage and its fairness.

#pragma once

#include <memory>
#include <vector>

#include "ui/quality/quality_tables.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

class ChartView;
class DataTable;
class TextLabel;

/// One part at a time: a table, and below it the months or rows of the line that is marked.
class QualityPage final : public PartsPage {
    Q_OBJECT

public:
    explicit QualityPage(QWidget* parent = nullptr);
    /// Shows another reading; the part stays.
    void setQuality(std::shared_ptr<const QualityContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const QualityContent* content() const { return m_content.get(); }
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Data quality"); }
    void toggleCharts() override;

protected:
    [[nodiscard]] Part partNow(int part) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QualityPart shown() const { return qualityParts()[static_cast<std::size_t>(part())]; }
    void showDetail();

    std::shared_ptr<const QualityContent> m_content;
    QWidget* m_chartCard;
    ChartView* m_chart;
    QWidget* m_rowsCard;
    TextLabel* m_rowsTitle;
    DataTable* m_rows;
};

}  // namespace fairlead::ui
