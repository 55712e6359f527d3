// ChartContent: what a chart shows, as a value. The same value makes the picture, the sentence and the table.

#pragma once

#include <QString>
#include <QVariant>
#include <optional>
#include <vector>

namespace fairlead::ui {

/// One month or one bar.
struct ChartPoint {
    QString name;                 ///< In full, for table and screen reader: "June 2026", "Year 9".
    QString axisLabel;            ///< On the axis: "Jun", "Year 9".
    std::optional<double> value;  ///< Nothing is drawn where nothing is known.
    QString valueText;            ///< "74", "[c]", "[x]".
    bool isIncomplete = false;    ///< Drawn hollow.
    QVariant key = {};            ///< Handed back when the point is opened.
    QString remark = {};          ///< Said with the point, which is ringed: "outside its limits".
};

/// What is usual: two lines across a line chart.
struct ChartBand {
    double lower = 0;
    double upper = 0;
    QString words;  ///< "usual: 24 to 64".
};

/// How the points are drawn.
enum class ChartShape { LineByMonth, BarsByCategory };

/// A chart of one series. It starts at zero and needs no legend.
struct ChartContent {
    ChartShape shape = ChartShape::LineByMonth;
    QString title;        ///< What is shown: measure, place, period.
    QString summary;      ///< The sentence that says it without the picture.
    QString nameColumn;   ///< "Month", "Year group".
    QString valueColumn;  ///< "Pupils".
    std::vector<ChartPoint> points;
    std::optional<ChartBand> band = {};
};

}  // namespace fairlead::ui
