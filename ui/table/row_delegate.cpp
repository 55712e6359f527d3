#include "ui/table/row_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/look.h"
#include "ui/table/table_model.h"

namespace fairlead::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kSparklineWidth = 64;
constexpr int kDiscSize = 10;
constexpr int kBarWidth = 110;

/// One drawing for each kind of mark, at the left of `cell`.
struct MarkPainter {
    QPainter& painter;
    QRect cell;

    void operator()(std::monostate) const {}

    void operator()(const Sparkline& line) const {
        paintSparkline(painter, QRect(cell.left(), cell.top() + 4, scaled(kSparklineWidth), cell.height() - 9), line);
    }

    /// A ring, filled from the left: full, half, empty read apart without colour.
    void operator()(const Disc& disc) const {
        const double size = scaled(kDiscSize);
        const QRectF ring(cell.left() + 1, cell.center().y() - size / 2 + 0.5, size, size);
        painter.setPen(QPen(tokens().accent, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(ring);
        painter.setClipRect(
            QRectF(ring.left() - 1, ring.top() - 1, (ring.width() + 2) * disc.filled, ring.height() + 2));
        painter.setBrush(tokens().accent);
        painter.drawEllipse(ring);
    }

    void operator()(const FloatingBar& bar) const {
        const auto at = [&](double place) { return cell.left() + place * scaled(kBarWidth); };
        painter.setPen(QPen(tokens().controlBorder, 1));
        painter.drawLine(QPointF(at(bar.zero), cell.top() + 2), QPointF(at(bar.zero), cell.bottom() - 2));
        painter.setPen(QPen(tokens().accent, 1.4));
        painter.setBrush(bar.to >= bar.from ? QBrush(tokens().accent) : QBrush(Qt::NoBrush));
        const double height = cell.height() * 0.5;
        painter.drawRect(QRectF(at(std::min(bar.from, bar.to)), cell.center().y() - height / 2,
                                std::max(at(std::max(bar.from, bar.to)) - at(std::min(bar.from, bar.to)), 1.0),
                                height));
    }
};

struct MarkWidth {
    int operator()(std::monostate) const { return 0; }
    int operator()(const Sparkline& line) const { return line.points.empty() ? 0 : scaled(kSparklineWidth) + kPadding; }
    int operator()(const Disc&) const { return scaled(kDiscSize) + kPadding; }
    int operator()(const FloatingBar&) const { return scaled(kBarWidth) + kPadding; }
};

}  // namespace

int markWidth(const CellMark& mark) { return std::visit(MarkWidth(), mark); }

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, selected ? t.selectedRow : t.card);
    painter->setPen(t.hairline);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (selected && index.column() == 0) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    }
    const QRect inner = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const CellMark& mark = *index.data(TableModel::kMarkRole).value<const CellMark*>();
    const QRect words = inner.adjusted(markWidth(mark), 0, 0, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    std::visit(MarkPainter{*painter, inner}, mark);
    painter->restore();
    painter->setPen(t.text);
    painter->setFont(option.font);
    const QString shown = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, words.width());
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->drawText(words, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    painter->restore();
}

}  // namespace fairlead::ui
