// Sparkline: a year as a small line, in boxes and table cells.

#pragma once

#include <QRectF>
#include <optional>
#include <vector>

class QPainter;

namespace fairlead::ui {

/// Points from left to right; nothing where no figure is known.
struct Sparkline {
    std::vector<std::optional<double>> points = {};
    bool lastIsIncomplete = false;  ///< The last point is drawn hollow.
};

/// Draws it from zero, so that a small change never looks like a large one, on a ground line.
void paintSparkline(QPainter& painter, const QRectF& area, const Sparkline& line);

}  // namespace fairlead::ui
