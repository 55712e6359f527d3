// RowDelegate: paints the cells of a DataTable: selected row with an accent bar, hairline below.

#pragma once

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// Draws plain text, elided at the right, full text as tool tip.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace fairlead::ui
