// RowDelegate: paints the cells of a DataTable: selected row with an accent bar, hairline below.

#pragma once

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// The width of a small line at 100 %, in pixels.
inline constexpr int kSparklineWidth = 64;
/// The room of a disc and the gap after it, at 100 % text.
inline constexpr int kDiscWidth = 16;

/// Draws plain text, elided at the right, with a small line at the left where the cell has one.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace fairlead::ui
