// A line chart on a Canvas: white ground, horizontal grid only, direct labels, an incomplete month drawn hollow.

#pragma once

#include "core/briefing/document.h"
#include "core/pdf/canvas.h"

namespace fairlead::pdf {

/// Draws the chart into the box with top left corner (x, y), sizes in points. The axis begins at 0.
void drawLineChart(Canvas& canvas, const briefing::Chart& chart, double x, double y, double width, double height);

}  // namespace fairlead::pdf
