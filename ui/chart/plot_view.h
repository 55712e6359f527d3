// PlotView: the picture inside a ChartView. Qt Charts draws line, bars, grid; all text is drawn here, so that it
// follows the text size and is never cut to "J...".

#pragma once

#include <QChartView>
#include <memory>

#include "ui/chart/chart_content.h"
#include "ui/style/step_accessible.h"

class QValueAxis;

namespace fairlead::ui {

/// Draws a ChartContent. Arrow keys step through the points, Enter opens one.
class PlotView final : public QChartView, public Steps {
    Q_OBJECT

public:
    explicit PlotView(const QString& name, QWidget* parent = nullptr);

    /// Shows another content.
    void setContent(std::shared_ptr<const ChartContent> content);
    /// What it shows; never null.
    [[nodiscard]] const ChartContent& content() const { return *m_content; }
    /// The point that the arrow keys are at; -1 when there are no points.
    [[nodiscard]] int currentPoint() const { return m_current; }
    /// Moves to a point; out-of-range numbers are limited.
    void setCurrentPoint(int point);
    /// "June 2026: 74 pupils": what a point says.
    [[nodiscard]] QString spoken(int point) const;
    /// Where a point is drawn, in the coordinates of the viewport.
    [[nodiscard]] QRect pointRect(int point) const;

    [[nodiscard]] int stepCount() const override { return static_cast<int>(m_content->points.size()); }
    [[nodiscard]] int currentStep() const override { return m_current; }
    [[nodiscard]] QString spokenStep(int step) const override { return spoken(step); }
    [[nodiscard]] QRect stepRect(int step) const override { return pointRect(step); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// Enter or double click on a point.
    void opened(const QVariant& key);

protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void rebuild();
    void addLine(QValueAxis* x, QValueAxis* y);
    void addBars(QValueAxis* x, QValueAxis* y);
    void drawBand(QPainter& painter) const;
    void drawMonthLabels(QPainter& painter) const;
    void drawBarLabels(QPainter& painter) const;
    void drawCurrent(QPainter& painter) const;
    [[nodiscard]] QPointF place(int point) const;
    [[nodiscard]] int nearestPoint(const QPointF& position) const;
    [[nodiscard]] bool isLine() const { return m_content->shape == ChartShape::LineByMonth; }

    std::shared_ptr<const ChartContent> m_content;
    int m_current = -1;
};

}  // namespace fairlead::ui
