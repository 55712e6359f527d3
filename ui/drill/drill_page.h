// DrillPage: behind one figure: its last year, its year groups, its pupils.

#pragma once

#include <memory>

#include "ui/drill/change_content.h"
#include "ui/drill/drill_content.h"
#include "ui/style/page.h"

class QBoxLayout;
class QPushButton;

namespace fairlead::ui {

class ChartView;
class DataTable;
class TableBar;
class TextLabel;

/// A figure opened.
class DrillPage final : public Page {
    Q_OBJECT

public:
    explicit DrillPage(QWidget* parent = nullptr);

    /// Shows another figure.
    void setDrill(std::shared_ptr<const DrillContent> content);
    /// Shows why the figure changed; null takes it away until it is known.
    void setChange(std::shared_ptr<const CompareContent> change);
    /// What is shown; null before the first.
    [[nodiscard]] const DrillContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Reading a figure"); }
    void toggleCharts() override;

signals:
    /// A pupil was opened.
    void pupilOpened(fairlead::record::PersonKey pupil);
    /// Both dates of the figure are to be compared.
    void comparisonRequested(const QString& figureId);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildWhy();
    void fillCharts();
    void fillPupils();
    void fillChange();
    void arrangeCharts();

    std::shared_ptr<const DrillContent> m_content;
    std::shared_ptr<const CompareContent> m_change;
    TextLabel* m_title;
    TextLabel* m_rule;
    ChartView* m_trend;
    ChartView* m_years;
    QBoxLayout* m_charts;
    TextLabel* m_why;
    TextLabel* m_links;
    DataTable* m_steps;
    QPushButton* m_compare;
    QBoxLayout* m_lists;
    TextLabel* m_pupilsNote;
    DataTable* m_pupils;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
