// ChartView: the one chart of the program: title, picture (Qt Charts), a sentence that says the same, and a table
// behind Ctrl+T. Qt Charts tells a screen reader nothing; plot_accessible.h does.

#pragma once

#include <QStackedWidget>
#include <QWidget>
#include <memory>

#include "ui/chart/chart_content.h"

class QPushButton;

namespace fairlead::ui {

class DataTable;
class PlotView;
class TextLabel;

/// A chart with its two alternatives in words and numbers.
class ChartView final : public QWidget {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls the chart until it has content.
    explicit ChartView(const QString& name, QWidget* parent = nullptr);

    /// Shows another content.
    void setContent(std::shared_ptr<const ChartContent> content);
    /// What it shows; never null.
    [[nodiscard]] const ChartContent& content() const { return *m_content; }
    /// Shows the table instead of the picture, or the picture again.
    void setTableShown(bool shown);
    /// True while the table is shown.
    [[nodiscard]] bool isTableShown() const;
    /// The picture.
    [[nodiscard]] PlotView& plot() { return *m_plot; }
    /// What the keyboard goes to: the picture or the table.
    [[nodiscard]] QWidget* focusTarget() const { return m_stack->currentWidget(); }
    /// The sentence below the picture.
    [[nodiscard]] QString summary() const;

signals:
    /// Enter on a point, or a row of the table.
    void opened(const QVariant& key);
    /// The picture is wanted on the clipboard, or as a file.
    void pictureCopied();
    void pictureSaved();

private:
    std::shared_ptr<const ChartContent> m_content;
    TextLabel* m_title;
    QPushButton* m_picture;
    QPushButton* m_toggle;
    QStackedWidget* m_stack;
    PlotView* m_plot;
    DataTable* m_table;
    TextLabel* m_summary;
};

}  // namespace fairlead::ui
