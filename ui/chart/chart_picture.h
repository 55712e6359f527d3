// The picture of a chart as it leaves the program: marking, what and when, the chart, and the sentence that says it.

#pragma once

#include <QImage>
#include <QStringList>

namespace fairlead::ui {

class ChartView;

/// `head`: the protective marking first, then place and day. On white, at twice the size of the screen's pixels, as
/// wide as the chart is shown. REQUIRES: the chart is shown, not its table.
QImage chartPicture(ChartView& chart, const QStringList& head);

}  // namespace fairlead::ui
