#include "core/pdf/line_chart.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace fairlead::pdf {

namespace {

constexpr TextStyle kAxis{.sizePt = 7.2, .red = 0.31, .green = 0.35, .blue = 0.37};

/// The box that the line runs in, and how values become points in it.
struct Plot {
    double left, top, width, height, axisMax;
    std::size_t count;

    [[nodiscard]] double x(std::size_t i) const {
        return count < 2 ? left + width / 2 : left + width * static_cast<double>(i) / static_cast<double>(count - 1);
    }
    [[nodiscard]] double y(double value) const { return top + height * (1 - value / axisMax); }
};

/// The smallest of 1, 2, 5 times a power of ten, times four steps, that holds the greatest value.
double niceMaximum(double greatest) {
    double step = 1;
    for (int i = 0; step * 4 < greatest; ++i) {
        constexpr double kFactors[] = {2.0, 2.5, 2.0};
        step *= kFactors[i % 3];
    }
    return step * 4;
}

void drawGrid(Canvas& canvas, const Plot& plot) {
    for (int i = 0; i <= 4; i += 2) {
        const double value = plot.axisMax * i / 4;
        const double y = plot.y(value);
        canvas.line(plot.left, y, plot.left + plot.width, y, 0.5, i == 0 ? 0.2 : 0.85);
        TextStyle style = kAxis;
        style.isRight = true;
        canvas.text(fmt::format("{:.0f}", value), plot.left - 32, y - 5, 26, style);
    }
}

void drawMarker(cairo_t* cairo, double x, double y, bool isHollow) {
    cairo_new_path(cairo);
    cairo_arc(cairo, x, y, 2.4, 0, 2 * std::numbers::pi);
    if (isHollow) {
        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_fill_preserve(cairo);
        cairo_set_source_rgb(cairo, 0.071, 0.263, 0.427);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
}

void drawLine(Canvas& canvas, const briefing::Chart& chart, const Plot& plot) {
    cairo_t* cairo = canvas.context();
    cairo_set_source_rgb(cairo, 0.071, 0.263, 0.427);
    cairo_set_line_width(cairo, 1.6);
    // A month without a value breaks the line: nothing is drawn where nothing is known.
    bool isDown = false;
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
        const auto& value = chart.points[i].value;
        if (value && isDown) cairo_line_to(cairo, plot.x(i), plot.y(*value));
        if (value && !isDown) cairo_move_to(cairo, plot.x(i), plot.y(*value));
        isDown = value.has_value();
    }
    cairo_stroke(cairo);
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
        const auto& point = chart.points[i];
        if (!point.value) continue;
        cairo_set_source_rgb(cairo, 0.071, 0.263, 0.427);
        drawMarker(cairo, plot.x(i), plot.y(*point.value), point.isIncomplete);
    }
}

}  // namespace

void drawLineChart(Canvas& canvas, const briefing::Chart& chart, double x, double y, double width, double height) {
    double greatest = 1;
    for (const auto& point : chart.points) greatest = std::max(greatest, point.value.value_or(0));
    const Plot plot{x + 36, y + 12, width - 60, height - 30, niceMaximum(greatest), chart.points.size()};
    drawGrid(canvas, plot);
    drawLine(canvas, chart, plot);
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
        const auto& point = chart.points[i];
        TextStyle style = kAxis;
        style.isCentred = true;
        canvas.text(point.label, plot.x(i) - 24, plot.top + plot.height + 4, 48, style);
        const bool isLabelled = i == 0 || i + 1 == chart.points.size();
        if (point.value && isLabelled) {
            style.isBold = true;
            canvas.text(fmt::format("{:.0f}", *point.value), plot.x(i) - 24, plot.y(*point.value) - 13, 48, style);
        }
    }
}

}  // namespace fairlead::pdf
