// The texts of a PlotView: month names, bar names, values, the point that the keyboard is at.

#include <QChart>
#include <QPainter>
#include <algorithm>

#include "ui/chart/plot_view.h"
#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"

namespace fairlead::ui {

void PlotView::drawForeground(QPainter* painter, const QRectF&) {
    if (!m_content->points.empty()) {
        painter->save();
        if (isLine()) {
            drawBand(*painter);
            drawMonthLabels(*painter);
        } else {
            drawBarLabels(*painter);
        }
        if (hasFocus()) {
            drawCurrent(*painter);
        }
        painter->restore();
    }
    if (hasFocus()) {
        drawFocusRing(*painter, mapToScene(viewport()->rect()).boundingRect());
    }
}

void PlotView::drawBand(QPainter& painter) const {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().text, 1.5));
    for (int i = 0; i < static_cast<int>(m_content->points.size()); ++i) {
        if (!m_content->points[static_cast<std::size_t>(i)].remark.isEmpty()) {
            painter.drawEllipse(place(i), 8, 8);
        }
    }
    if (!m_content->band) {
        return;
    }
    const QRectF area = chart()->plotArea();
    painter.setPen(QPen(tokens().secondaryText, 1, Qt::DashLine));
    double top = area.bottom();
    for (const double limit : {m_content->band->lower, m_content->band->upper}) {
        top = chart()->mapToScene(chart()->mapToPosition(QPointF(0, limit), chart()->series().constFirst())).y();
        painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top));
    }
    painter.setFont(ui::font(TextRole::Note));
    painter.setPen(tokens().secondaryText);
    painter.drawText(QRectF(area.left(), top - 40, area.width() - 6, 38),
                     Qt::AlignRight | Qt::AlignBottom | Qt::TextDontClip, m_content->band->words);
}

void PlotView::drawMonthLabels(QPainter& painter) const {
    const auto& points = m_content->points;
    const QRectF area = chart()->plotArea();
    painter.setPen(QPen(tokens().controlBorder, 1));
    const double zero = chart()->mapToScene(chart()->mapToPosition(QPointF(0, 0), chart()->series().constFirst())).y();
    painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero));
    painter.setFont(ui::font(TextRole::Note));
    const QFontMetrics metrics(painter.font());
    int widest = 0;
    for (const ChartPoint& point : points) {
        widest = std::max(widest, metrics.horizontalAdvance(point.axisLabel));
    }
    const double step = area.width() / static_cast<double>(points.size());
    const int every = std::max(1, static_cast<int>((widest + 8) / step) + 1);
    painter.setPen(tokens().secondaryText);
    const int last = static_cast<int>(points.size()) - 1;
    for (int i = 0; i <= last; ++i) {
        // Counted from the last month, which is always named.
        if ((last - i) % every == 0) {
            const QRectF box(place(i).x() - widest, area.bottom() + 2, 2.0 * widest, metrics.height());
            painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip,
                             points[static_cast<std::size_t>(i)].axisLabel);
        }
    }
    // Direct labels in place of a legend: the first value and the last.
    painter.setFont(ui::font(TextRole::BodyStrong));
    painter.setPen(tokens().text);
    const QFontMetrics strong(painter.font());
    for (const int i : {0, last}) {
        const ChartPoint& point = points[static_cast<std::size_t>(i)];
        if (point.value || i == last) {
            const QPointF at =
                i == last ? place(i) + QPointF(8, strong.ascent() / 2.0 - 1) : place(i) + QPointF(-4, -9);
            painter.drawText(at, point.valueText);
        }
        if (last == 0) {
            break;
        }
    }
}

void PlotView::drawBarLabels(QPainter& painter) const {
    const auto& points = m_content->points;
    const QRectF area = chart()->plotArea();
    painter.setPen(QPen(tokens().controlBorder, 1));
    painter.drawLine(area.topLeft(), area.bottomLeft());
    for (int i = 0; i < static_cast<int>(points.size()); ++i) {
        const ChartPoint& point = points[static_cast<std::size_t>(i)];
        const QPointF end = place(i);
        painter.setPen(tokens().text);
        painter.setFont(ui::font(TextRole::Table));
        painter.drawText(QRectF(0, end.y() - 20, area.left() - 8, 40),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, point.axisLabel);
        painter.setFont(ui::font(TextRole::NoteStrong));
        painter.drawText(QRectF(end.x() + 6, end.y() - 20, 80, 40), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         point.valueText);
    }
}

void PlotView::drawCurrent(QPainter& painter) const {
    if (m_current < 0) {
        return;
    }
    const QPointF at = place(m_current);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().text, 2));
    painter.drawEllipse(at, 7, 7);
    const QString words = spoken(m_current);
    painter.setFont(ui::font(TextRole::NoteStrong));
    const QFontMetrics metrics(painter.font());
    const QRectF view = mapToScene(viewport()->rect()).boundingRect();
    QRectF box(0, 0, metrics.horizontalAdvance(words) + 12, metrics.height() + 4);
    // Beside the point, never over it and never outside the picture.
    box.moveCenter(at - QPointF(0, box.height() + 4));
    box.moveLeft(std::clamp(box.left(), view.left() + 6, std::max(view.left() + 6, view.right() - 6 - box.width())));
    if (box.top() < view.top() + 5) {
        box.moveTop(at.y() + 12);
    }
    painter.setPen(tokens().controlBorder);
    painter.setBrush(tokens().card);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(tokens().text);
    painter.drawText(box, Qt::AlignCenter, words);
}

}  // namespace fairlead::ui
