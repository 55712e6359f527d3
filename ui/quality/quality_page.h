// QualityPage: how good what was supplied is: supply, completeness, volumes, rules, refusals, linkage and its fairness.

#pragma once

#include <memory>
#include <vector>

#include "ui/quality/quality_tables.h"
#include "ui/style/page.h"

class QButtonGroup;
class QPushButton;
class QStackedWidget;

namespace fairlead::ui {

class ChartView;
class DataTable;
class TableBar;
class TextLabel;

/// One part at a time: a table, and below it the months or rows of the line that is marked.
class QualityPage final : public Page {
    Q_OBJECT

public:
    explicit QualityPage(QWidget* parent = nullptr);
    /// Shows another reading; the part stays.
    void setQuality(std::shared_ptr<const QualityContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const QualityContent* content() const { return m_content.get(); }
    /// Shows a part.
    void showPart(QualityPart part);
    /// The part that is shown.
    [[nodiscard]] QualityPart part() const { return m_part; }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Data quality"); }
    void toggleCharts() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void showDetail();

    std::shared_ptr<const QualityContent> m_content;
    QualityPart m_part = QualityPart::Supply;
    TextLabel* m_day;
    QButtonGroup* m_parts;
    TextLabel* m_note;
    DataTable* m_table;
    TableBar* m_bar;
    QWidget* m_chartCard;
    ChartView* m_chart;
    QWidget* m_rowsCard;
    TextLabel* m_rowsTitle;
    DataTable* m_rows;
};

}  // namespace fairlead::ui
