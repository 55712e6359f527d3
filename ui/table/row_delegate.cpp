#include "ui/table/row_delegate.h"

#include <QPainter>

#include "ui/style/look.h"
#include "ui/table/table_model.h"

namespace fairlead::ui {

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
    painter->setPen(t.text);
    painter->setFont(option.font);
    const QString shown = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, inner.width());
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->drawText(inner, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    painter->restore();
}

}  // namespace fairlead::ui
