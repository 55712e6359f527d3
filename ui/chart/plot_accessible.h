// What a screen reader finds in a PlotView: a chart whose children are its points, each with a name that says all.

#pragma once

namespace fairlead::ui {

/// Makes screen readers see the points of every PlotView. Safe to call many times.
void installPlotAccessible();

}  // namespace fairlead::ui
