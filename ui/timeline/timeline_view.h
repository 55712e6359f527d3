// TimelineView: lanes of bars and dots over days. Every mark can be reached by the arrow keys and is heard by a screen
// reader; + and - zoom around the mark that the keys are at, 0 shows all.

#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/style/step_accessible.h"
#include "ui/timeline/timeline_content.h"

namespace fairlead::ui {

/// Draws a TimelineContent.
class TimelineView final : public QWidget, public Steps {
    Q_OBJECT

public:
    explicit TimelineView(const QString& name, QWidget* parent = nullptr);

    /// Shows another content, whole.
    void setContent(std::shared_ptr<const TimelineContent> content);
    /// What it shows; never null.
    [[nodiscard]] const TimelineContent& content() const { return *m_content; }
    /// Marks the item with this key without saying so; -1 when there is none.
    void markKey(const QVariant& key);
    /// Moves to a mark; numbers out of range are limited.
    void setCurrent(int item);
    /// Shows more or less of the time around the current mark: factors below 1 show less.
    void zoom(double factor);
    /// Shows all.
    void fit();
    /// The days that are shown.
    [[nodiscard]] Interval shownDays() const { return m_shown; }

    [[nodiscard]] int stepCount() const override { return static_cast<int>(m_content->items.size()); }
    [[nodiscard]] int currentStep() const override { return m_current; }
    [[nodiscard]] QString spokenStep(int step) const override;
    [[nodiscard]] QRect stepRect(int step) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The keys or a click are at another mark.
    void currentChanged(const QVariant& key);
    /// Enter or double click on a mark.
    void opened(const QVariant& key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void arrange();
    void follow();
    void stepLane(int way);
    void paintItem(QPainter& painter, int item) const;
    void paintAxis(QPainter& painter) const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(Date day) const;
    [[nodiscard]] QRectF markOf(int item) const;
    [[nodiscard]] int itemAt(const QPointF& position) const;
    [[nodiscard]] Interval allDays() const;

    std::shared_ptr<const TimelineContent> m_content;
    std::vector<int> m_rows;      ///< Of each item: its row, over all lanes.
    std::vector<int> m_firstRow;  ///< Of each lane; one more for the end.
    Interval m_shown;
    int m_current = -1;
};

}  // namespace fairlead::ui
