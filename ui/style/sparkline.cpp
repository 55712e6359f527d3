#include "ui/style/sparkline.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/look.h"

namespace fairlead::ui {

void paintSparkline(QPainter& painter, const QRectF& area, const Sparkline& line) {
    const auto& points = line.points;
    painter.setPen(QPen(tokens().hairline, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (points.size() < 2) {
        return;
    }
    double highest = 0;
    for (const auto& point : points) {
        highest = std::max(highest, point.value_or(0));
    }
    // Room above for the line's own width.
    const double room = area.height() - 4;
    const double step = (area.width() - 4) / static_cast<double>(points.size() - 1);
    const auto place = [&](std::size_t i) {
        const double share = highest > 0 ? *points[i] / highest : 0;
        return QPointF(area.left() + 2 + step * static_cast<double>(i), area.bottom() - share * room);
    };
    painter.setPen(QPen(tokens().accent, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (std::size_t i = 1; i < points.size(); ++i) {
        // A month without a figure breaks the line: nothing is drawn where nothing is known.
        if (points[i - 1] && points[i]) {
            painter.drawLine(place(i - 1), place(i));
        }
    }
    if (points.back()) {
        painter.setBrush(line.lastIsIncomplete ? tokens().card : tokens().accent);
        painter.drawEllipse(place(points.size() - 1), 2.4, 2.4);
    }
}

}  // namespace fairlead::ui
