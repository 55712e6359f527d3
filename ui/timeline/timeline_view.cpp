#include "ui/timeline/timeline_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/style/fairlead_style.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

constexpr int kRow = 22;
constexpr int kAxis = 22;
constexpr int kDot = 10;
constexpr int kGap = 8;
constexpr int kShortest = 28;  // Days: closer than four weeks nothing new is seen.
constexpr double kZoomStep = 0.6;
constexpr int kDaysOfYear = 365;

Date lastDay(const TimelineItem& item, Date asAt) { return std::min(item.days.until, asAt + 1); }

int labelWidth(const QStringList& lanes) {
    const QFontMetrics metrics(ui::font(TextRole::Note));
    int widest = 0;
    for (const QString& lane : lanes) {
        widest = std::max(widest, metrics.horizontalAdvance(lane));
    }
    return widest + scaled(kGap + kDot / 2);
}

}  // namespace

TimelineView::TimelineView(const QString& name, QWidget* parent)
    : QWidget(parent), m_content(std::make_shared<const TimelineContent>()) {
    installStepAccessible();
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Arrow keys step through the marks, Enter opens one, + and − zoom, 0 shows all"));
    connect(&lookChanges(), &LookChanges::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TimelineView::setContent(std::shared_ptr<const TimelineContent> content) {
    m_content = std::move(content);
    m_current = m_content->items.empty() ? -1 : 0;
    arrange();
    fit();
    updateGeometry();
}

void TimelineView::arrange() {
    // Bars that overlap in time stand below each other; the first row that is free takes the next one.
    m_rows.assign(m_content->items.size(), 0);
    m_firstRow.assign(1, 0);
    for (int lane = 0; lane < m_content->lanes.size(); ++lane) {
        std::vector<Date> ends;
        for (std::size_t i = 0; i < m_content->items.size(); ++i) {
            const TimelineItem& item = m_content->items[i];
            if (item.lane != lane) {
                continue;
            }
            const auto free = item.isEvent
                                  ? ends.begin()
                                  : std::ranges::find_if(ends, [&](Date end) { return end <= item.days.from; });
            const auto row = static_cast<std::size_t>(free - ends.begin());
            const Date end = lastDay(item, m_content->asAt);
            if (row < ends.size()) {
                ends[row] = std::max(ends[row], end);
            } else {
                ends.push_back(end);
            }
            m_rows[i] = m_firstRow.back() + static_cast<int>(row);
        }
        m_firstRow.push_back(m_firstRow.back() + std::max(1, static_cast<int>(ends.size())));
    }
}

Interval TimelineView::allDays() const {
    const Date end = m_content->asAt + 1;
    Date first = end - kDaysOfYear;
    for (const TimelineItem& item : m_content->items) {
        first = std::min(first, std::max(item.days.from, end - 20 * kDaysOfYear));
    }
    return {first, end};
}

void TimelineView::fit() {
    m_shown = allDays();
    update();
}

void TimelineView::zoom(double factor) {
    const Interval all = allDays();
    const double now = m_shown.until - m_shown.from;
    const int wanted = std::clamp(static_cast<int>(std::lround(now * factor)), kShortest, all.until - all.from);
    const Date middle = m_current < 0 ? m_shown.until : m_content->items[static_cast<std::size_t>(m_current)].days.from;
    const Date from = std::clamp(middle - wanted / 2, all.from, all.until - wanted);
    m_shown = {from, from + wanted};
    update();
}

void TimelineView::follow() {
    if (m_current < 0) {
        return;
    }
    const Date day = std::min(m_content->items[static_cast<std::size_t>(m_current)].days.from, m_content->asAt);
    if (!m_shown.contains(day)) {
        zoom(1);
    }
}

void TimelineView::setCurrent(int item) {
    if (stepCount() == 0) {
        return;
    }
    m_current = std::clamp(item, 0, stepCount() - 1);
    follow();
    update();
    announceStep(*this, m_current);
    emit currentChanged(m_content->items[static_cast<std::size_t>(m_current)].key);
}

void TimelineView::markKey(const QVariant& key) {
    const auto at = std::ranges::find(m_content->items, key, &TimelineItem::key);
    if (at != m_content->items.end()) {
        m_current = static_cast<int>(at - m_content->items.begin());
        follow();
        update();
    }
}

QString TimelineView::spokenStep(int step) const {
    const TimelineItem& item = m_content->items[static_cast<std::size_t>(step)];
    return m_content->lanes[item.lane] + QStringLiteral(": ") + item.spoken;
}

QRect TimelineView::stepRect(int step) const { return markOf(step).toAlignedRect(); }

QSize TimelineView::sizeHint() const {
    return {scaled(400), std::max(1, m_firstRow.empty() ? 1 : m_firstRow.back()) * scaled(kRow) + scaled(kAxis)};
}

QSize TimelineView::minimumSizeHint() const { return {scaled(200), sizeHint().height()}; }

QRectF TimelineView::plot() const {
    const int left = labelWidth(m_content->lanes);
    return {static_cast<double>(left), 0, std::max(10.0, width() - left - static_cast<double>(kGap)),
            height() - static_cast<double>(scaled(kAxis))};
}

double TimelineView::xOf(Date day) const {
    const QRectF area = plot();
    const double share = static_cast<double>(day - m_shown.from) / std::max(1, m_shown.until - m_shown.from);
    return area.left() + std::clamp(share, 0.0, 1.0) * area.width();
}

QRectF TimelineView::markOf(int item) const {
    const auto i = static_cast<std::size_t>(item);
    const TimelineItem& about = m_content->items[i];
    const double top = m_rows[i] * scaled(kRow);
    const double height = scaled(kRow);
    if (about.isEvent) {
        const double size = scaled(kDot);
        return {xOf(about.days.from) - size / 2, top + (height - size) / 2, size, size};
    }
    const double left = xOf(about.days.from);
    const double right = xOf(lastDay(about, m_content->asAt));
    return {left, top + height * 0.2, std::max(3.0, right - left), height * 0.6};
}

int TimelineView::itemAt(const QPointF& position) const {
    int best = -1;
    double bestDistance = scaled(kRow);
    for (int i = 0; i < stepCount(); ++i) {
        const QRectF mark = markOf(i);
        const double dx = std::max({mark.left() - position.x(), position.x() - mark.right(), 0.0});
        const double dy = std::max({mark.top() - position.y(), position.y() - mark.bottom(), 0.0});
        if (dx + dy < bestDistance) {
            bestDistance = dx + dy;
            best = i;
        }
    }
    return best;
}

void TimelineView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(ui::font(TextRole::Note));
    const QRectF area = plot();
    for (int lane = 0; lane < m_content->lanes.size(); ++lane) {
        const auto l = static_cast<std::size_t>(lane);
        const double top = m_firstRow[l] * scaled(kRow);
        const double bottom = m_firstRow[l + 1] * scaled(kRow);
        painter.setPen(t.hairline);
        painter.drawLine(QPointF(0, bottom), QPointF(area.right(), bottom));
        painter.setPen(t.text);
        painter.drawText(QRectF(0, top, area.left() - kGap, scaled(kRow)), Qt::AlignLeft | Qt::AlignVCenter,
                         m_content->lanes[lane]);
    }
    paintAxis(painter);
    for (int i = 0; i < stepCount(); ++i) {
        const TimelineItem& item = m_content->items[static_cast<std::size_t>(i)];
        if (item.days.from < m_shown.until && lastDay(item, m_content->asAt) > m_shown.from) {
            paintItem(painter, i);
        }
    }
    if (hasFocus()) {
        drawFocusRing(painter, rect());
    }
}

void TimelineView::paintItem(QPainter& painter, int item) const {
    const Tokens& t = tokens();
    const auto i = static_cast<std::size_t>(item);
    const TimelineItem& about = m_content->items[i];
    const QRectF mark = markOf(item);
    const bool current = item == m_current;
    painter.setPen(QPen(current ? t.text : t.accent, current ? 2 : 1));
    if (about.isGap) {
        painter.setBrush(QBrush(t.secondaryText, Qt::BDiagPattern));
        painter.drawRect(mark);
    } else if (about.isEvent) {
        painter.setBrush(t.accent);
        painter.drawEllipse(mark);
    } else {
        painter.setBrush(t.selectedRow);
        painter.drawRoundedRect(mark, 3, 3);
        painter.fillRect(QRectF(mark.left(), mark.top(), 3, mark.height()), t.accent);
    }
    // The name stands where the next mark of its row leaves room for it.
    double right = plot().right();
    for (std::size_t other = 0; other < m_content->items.size(); ++other) {
        const double left = markOf(static_cast<int>(other)).left();
        if (other != i && m_rows[other] == m_rows[i] && left > mark.left()) {
            right = std::min(right, left);
        }
    }
    const double left = about.isEvent ? mark.right() + 3 : std::max(mark.left(), plot().left()) + kGap;
    const QFontMetricsF metrics(painter.font());
    if (metrics.horizontalAdvance(about.name) <= right - left) {
        painter.setPen(t.text);
        painter.drawText(QRectF(left, mark.center().y() - scaled(kRow) / 2.0, right - left, scaled(kRow)),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, about.name);
    }
}

void TimelineView::paintAxis(QPainter& painter) const {
    const Tokens& t = tokens();
    const QRectF area = plot();
    const QFontMetricsF metrics(painter.font());
    constexpr int kCentury = 100;
    const double room = metrics.horizontalAdvance(QStringLiteral("Sept 26")) + kGap;
    const double month = area.width() * 30 / std::max(1, m_shown.until - m_shown.from);
    int every = 1;
    for (const int choice : {1, 2, 3, 6, 12, 24, 60}) {
        every = choice;
        if (month * choice >= room) {
            break;
        }
    }
    for (Date tick = m_shown.from.monthStart(); tick < m_shown.until; tick = tick.plusMonths(1)) {
        const YearMonthDay civil = tick.civil();
        const int number = civil.year * 12 + static_cast<int>(civil.month) - 1;
        if (tick < m_shown.from || number % every != 0) {
            continue;
        }
        const double x = xOf(tick);
        painter.setPen(t.hairline);
        painter.drawLine(QPointF(x, 0), QPointF(x, area.bottom()));
        const QString words = tr("%1 %2").arg(monthShort(tick)).arg(civil.year % kCentury, 2, 10, QLatin1Char('0'));
        if (x + metrics.horizontalAdvance(words) <= area.right() + kGap) {
            painter.setPen(t.secondaryText);
            painter.drawText(QRectF(x, area.bottom(), room, scaled(kAxis)), Qt::AlignLeft | Qt::AlignVCenter, words);
        }
    }
}

void TimelineView::stepLane(int way) {
    if (m_current < 0) {
        return;
    }
    const TimelineItem& from = m_content->items[static_cast<std::size_t>(m_current)];
    int best = -1;
    for (int i = 0; i < stepCount(); ++i) {
        const TimelineItem& item = m_content->items[static_cast<std::size_t>(i)];
        if ((item.lane - from.lane) * way <= 0) {
            continue;
        }
        const auto rank = [&](int index) {
            const TimelineItem& one = m_content->items[static_cast<std::size_t>(index)];
            return std::pair(std::abs(one.lane - from.lane), std::abs(one.days.from - from.days.from));
        };
        best = best < 0 || rank(i) < rank(best) ? i : best;
    }
    if (best >= 0) {
        setCurrent(best);
    }
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const auto lane = [&](int item) { return m_content->items[static_cast<std::size_t>(item)].lane; };
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right: {
            const int next = m_current + (event->key() == Qt::Key_Left ? -1 : 1);
            if (m_current >= 0 && next >= 0 && next < stepCount() && lane(next) == lane(m_current)) {
                setCurrent(next);
            }
            return;
        }
        case Qt::Key_Up: stepLane(-1); return;
        case Qt::Key_Down: stepLane(1); return;
        case Qt::Key_Home: setCurrent(0); return;
        case Qt::Key_End: setCurrent(stepCount() - 1); return;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoom(kZoomStep); return;
        case Qt::Key_Minus: zoom(1 / kZoomStep); return;
        case Qt::Key_0: fit(); return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) {
                emit opened(m_content->items[static_cast<std::size_t>(m_current)].key);
            }
            return;
        default: QWidget::keyPressEvent(event);
    }
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (const int item = itemAt(event->position()); item >= 0) {
        setCurrent(item);
    }
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int item = itemAt(event->position()); item >= 0) {
        emit opened(m_content->items[static_cast<std::size_t>(item)].key);
    }
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();  // The page scrolls.
        return;
    }
    zoom(event->angleDelta().y() > 0 ? kZoomStep : 1 / kZoomStep);
    event->accept();
}

void TimelineView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
    if (m_current >= 0) {
        announceStep(*this, m_current);
    }
}

void TimelineView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace fairlead::ui
