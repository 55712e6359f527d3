#include "ui/table/row_delegate.h"

#include <QPainter>

#include "ui/style/look.h"
#include "ui/table/table_model.h"

namespace fairlead::ui {

namespace {

/// A ring, filled from the left: full, half, empty read apart without colour.
void paintDisc(QPainter& painter, const QRect& cell, double filled) {
    const double size = scaled(10);
    const QRectF disc(cell.left() + 1, cell.center().y() - size / 2 + 0.5, size, size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().accent, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(disc);
    painter.setClipRect(QRectF(disc.left() - 1, disc.top() - 1, (disc.width() + 2) * filled, disc.height() + 2));
    painter.setBrush(tokens().accent);
    painter.drawEllipse(disc);
    painter.restore();
}

}  // namespace

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
    constexpr int kPadding = 8;
    const QRect inner = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const auto* line = index.data(TableModel::kLineRole).value<const Sparkline*>();
    if (line != nullptr) {
        painter->setRenderHint(QPainter::Antialiasing);
        paintSparkline(*painter, QRect(inner.left(), inner.top() + 4, scaled(kSparklineWidth), inner.height() - 9),
                       *line);
    }
    const QVariant filled = index.data(TableModel::kDiscRole);
    const int besideLine = line != nullptr ? scaled(kSparklineWidth) + kPadding : 0;
    const QRect words = inner.adjusted(besideLine + (filled.isValid() ? scaled(kDiscWidth) : 0), 0, 0, 0);
    if (filled.isValid()) {
        paintDisc(*painter, inner, filled.toDouble());
    }
    painter->setPen(t.text);
    painter->setFont(option.font);
    const QString shown = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, words.width());
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->drawText(words, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    painter->restore();
}

}  // namespace fairlead::ui
