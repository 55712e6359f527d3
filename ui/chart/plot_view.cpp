#include "ui/chart/plot_view.h"

#include <QBarSet>
#include <QChart>
#include <QHorizontalBarSeries>
#include <QKeyEvent>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

/// The smallest 1, 2 or 5 times a power of ten with at most four steps up to `highest`; whole numbers only.
int niceStep(double highest) {
    int step = 1;
    constexpr int kFactors[] = {2, 5, 10};
    for (int power = 1, i = 0; step * 4 < highest; ++i) {
        step = kFactors[i % 3] * power;
        if (i % 3 == 2) {
            power *= 10;
        }
    }
    return step;
}

int widestText(const std::vector<ChartPoint>& points, QString ChartPoint::* text, TextRole role) {
    const QFontMetrics metrics(ui::font(role));
    int widest = 0;
    for (const ChartPoint& point : points) {
        widest = std::max(widest, metrics.horizontalAdvance(point.*text));
    }
    return widest;
}

}  // namespace

PlotView::PlotView(const QString& name, QWidget* parent)
    : QChartView(new QChart, parent), m_content(std::make_shared<const ChartContent>()) {
    installStepAccessible();
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    connect(&lookChanges(), &LookChanges::changed, this, [this] {
        rebuild();
        updateGeometry();
    });
    rebuild();
}

void PlotView::setContent(std::shared_ptr<const ChartContent> content) {
    m_content = std::move(content);
    m_current = m_content->points.empty() ? -1 : isLine() ? static_cast<int>(m_content->points.size()) - 1 : 0;
    setAccessibleName(m_content->title);
    setAccessibleDescription(m_content->summary);
    rebuild();
}

void PlotView::rebuild() {
    const Tokens& t = tokens();
    // Series and axes go together and come again: a content has few points.
    chart()->removeAllSeries();
    setBackgroundBrush(t.card);
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    const auto& points = m_content->points;
    const int line = QFontMetrics(ui::font(TextRole::Note)).height();
    auto* x = new QValueAxis;
    auto* y = new QValueAxis;
    for (QValueAxis* axis : {x, y}) {
        axis->setLabelsFont(ui::font(TextRole::Note));
        axis->setLabelsColor(t.secondaryText);
        axis->setLabelFormat(QStringLiteral("%d"));
        axis->setGridLinePen(QPen(t.hairline, 1));
        axis->setLinePen(QPen(t.controlBorder, 1));
        axis->setMinorGridLineVisible(false);
    }
    double highest = 1;
    for (const ChartPoint& point : points) {
        highest = std::max(highest, point.value.value_or(0));
    }
    if (m_content->band) {
        highest = std::max(highest, m_content->band->upper);
    }
    const int step = niceStep(highest);
    const int top = static_cast<int>(std::ceil(highest / step)) * step;
    QValueAxis* category = isLine() ? x : y;
    QValueAxis* value = isLine() ? y : x;
    category->setLabelsVisible(false);
    category->setGridLineVisible(false);
    const double edge = isLine() ? 0.35 : 0.5;
    category->setRange(-edge, std::max<double>(static_cast<double>(points.size()), 1) - 1 + edge);
    // A little below zero, so that a point at zero is drawn whole.
    value->setRange(isLine() ? -0.03 * top : 0, top);
    value->setTickType(QValueAxis::TicksDynamic);
    value->setTickAnchor(0);
    value->setTickInterval(step);
    // The lines of Qt's axes carry ticks between the months; drawForeground() draws the one line there is.
    category->setLineVisible(false);
    value->setLineVisible(false);
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    if (isLine()) {
        const int right = widestText(points, &ChartPoint::valueText, TextRole::BodyStrong) + 16;
        chart()->setMargins(QMargins(0, line, right, line + 2));
        addLine(x, y);
    } else {
        value->setLabelsVisible(false);
        value->setGridLineVisible(false);
        const int left = widestText(points, &ChartPoint::axisLabel, TextRole::Table) + 10;
        const int right = widestText(points, &ChartPoint::valueText, TextRole::NoteStrong) + 12;
        chart()->setMargins(QMargins(left, 0, right, 0));
        addBars(x, y);
    }
    viewport()->update();
}

void PlotView::addLine(QValueAxis* x, QValueAxis* y) {
    const auto add = [&](QXYSeries* series) {
        chart()->addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    };
    const QColor accent = tokens().accent;
    const auto& points = m_content->points;
    QLineSeries* run = nullptr;
    auto* full = new QScatterSeries;
    auto* hollow = new QScatterSeries;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i].value) {
            run = nullptr;  // The line breaks where nothing is known.
            continue;
        }
        if (run == nullptr) {
            run = new QLineSeries;
            run->setPen(QPen(accent, 2));
            add(run);
        }
        const QPointF point(static_cast<double>(i), *points[i].value);
        run->append(point);
        (points[i].isIncomplete ? hollow : full)->append(point);
    }
    for (QScatterSeries* marks : {full, hollow}) {
        marks->setMarkerShape(QScatterSeries::MarkerShapeCircle);
        marks->setMarkerSize(7);
        marks->setPen(QPen(accent, 2));
        marks->setBrush(marks == full ? accent : tokens().card);
        add(marks);
    }
    hollow->setMarkerSize(9);
}

void PlotView::addBars(QValueAxis* x, QValueAxis* y) {
    auto* set = new QBarSet(m_content->valueColumn);
    // Qt Charts counts bars from below; the first category is drawn on top.
    for (auto point = m_content->points.rbegin(); point != m_content->points.rend(); ++point) {
        set->append(point->value.value_or(0));
    }
    set->setBrush(tokens().accent);
    set->setPen(Qt::NoPen);
    auto* bars = new QHorizontalBarSeries;
    bars->setBarWidth(0.62);
    bars->append(set);
    chart()->addSeries(bars);
    bars->attachAxis(x);
    bars->attachAxis(y);
}

QPointF PlotView::place(int point) const {
    if (point < 0 || chart()->series().isEmpty()) {
        return {};
    }
    const double value = m_content->points[static_cast<std::size_t>(point)].value.value_or(0);
    const double index = isLine() ? point : static_cast<double>(m_content->points.size()) - 1 - point;
    const QPointF domain = isLine() ? QPointF(index, value) : QPointF(value, index);
    return chart()->mapToScene(chart()->mapToPosition(domain, chart()->series().constFirst()));
}

QRect PlotView::pointRect(int point) const {
    const QPoint centre = mapFromScene(place(point));
    constexpr int kHalf = 12;
    return {centre - QPoint(kHalf, kHalf), centre + QPoint(kHalf, kHalf)};
}

int PlotView::nearestPoint(const QPointF& position) const {
    int best = -1;
    double bestDistance = 0;
    for (int i = 0; i < static_cast<int>(m_content->points.size()); ++i) {
        const QPointF way = place(i) - position;
        const double distance = std::abs(isLine() ? way.x() : way.y());
        if (best < 0 || distance < bestDistance) {
            best = i;
            bestDistance = distance;
        }
    }
    return best;
}

QString PlotView::spoken(int point) const {
    const ChartPoint& p = m_content->points[static_cast<std::size_t>(point)];
    QString words = tr("%1: %2 %3").arg(p.name, p.valueText, m_content->valueColumn.toLower());
    if (!p.remark.isEmpty()) {
        words += QStringLiteral(", ") + p.remark;
    }
    return p.isIncomplete ? tr("%1, month not complete").arg(words) : words;
}

void PlotView::setCurrentPoint(int point) {
    const int last = static_cast<int>(m_content->points.size()) - 1;
    m_current = last < 0 ? -1 : std::clamp(point, 0, last);
    viewport()->update();
    if (m_current >= 0) {
        announceStep(*this, m_current);
    }
}

void PlotView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up: setCurrentPoint(m_current - 1); return;
        case Qt::Key_Right:
        case Qt::Key_Down: setCurrentPoint(m_current + 1); return;
        case Qt::Key_Home: setCurrentPoint(0); return;
        case Qt::Key_End: setCurrentPoint(static_cast<int>(m_content->points.size()) - 1); return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) {
                emit opened(m_content->points[static_cast<std::size_t>(m_current)].key);
            }
            return;
        default: QChartView::keyPressEvent(event);
    }
}

void PlotView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    setCurrentPoint(nearestPoint(mapToScene(event->pos())));
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int point = nearestPoint(mapToScene(event->pos())); point >= 0) {
        emit opened(m_content->points[static_cast<std::size_t>(point)].key);
    }
}

void PlotView::focusInEvent(QFocusEvent* event) {
    QChartView::focusInEvent(event);
    viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    viewport()->update();
}

QSize PlotView::sizeHint() const { return {scaled(320), scaled(180)}; }

QSize PlotView::minimumSizeHint() const { return {scaled(200), scaled(130)}; }

}  // namespace fairlead::ui
