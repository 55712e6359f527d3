// RowDelegate: paints the cells of a DataTable: selected row with an accent bar, hairline below.

#pragma once

#include <QStyledItemDelegate>

#include "ui/table/table_content.h"

namespace fairlead::ui {

/// The room that a mark and the gap after it take at the text size in force, in pixels; 0 = there is none.
int markWidth(const CellMark& mark);

/// Draws plain text, elided at the right, with its mark at the left where the cell has one.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace fairlead::ui
