// TableModel: the one model. It swaps contents, and keeps the order and choice of rows itself: one pass over the
// values for 50,000 rows, where a proxy model would remove them from the view piece by piece.

#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/table/table_content.h"

namespace fairlead::ui {

/// Read-only model of a TableContent: the rows that pass a filter, in the order of a column. Roles: display, alignment,
/// SortRole, KeyRole, MarkRole, accessible text ("Pupil: Pupil A"; the first column reads the whole row). Every change
/// is a reset.
class TableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kSortRole = Qt::UserRole;
    static constexpr int kKeyRole = Qt::UserRole + 1;
    static constexpr int kMarkRole = Qt::UserRole + 2;  ///< `const CellMark*` into the content.

    explicit TableModel(QObject* parent = nullptr);
    /// Swaps what is shown; order and filter stay.
    void setContent(std::shared_ptr<const TableContent> content);
    /// What is shown; never null.
    [[nodiscard]] const TableContent& content() const { return *m_content; }
    /// Chooses rows.
    void setFilter(TableFilter filter);
    [[nodiscard]] const TableFilter& filter() const { return m_filter; }
    /// Orders rows by a column, equal ones as given; -1 = all as given.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// The row of the content that stands at a row of the model.
    [[nodiscard]] int sourceRow(int row) const { return m_shown[static_cast<std::size_t>(row)]; }
    /// The row of the model at which a row of the content stands, or -1.
    [[nodiscard]] int rowOf(int sourceRow) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString spokenText(const TableRow& row, std::size_t column) const;
    [[nodiscard]] QVariant sortKey(int row) const;
    void order();
    void choose();

    std::shared_ptr<const TableContent> m_content;
    TableFilter m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<int> m_ordered;  ///< Rows of the content in order.
    std::vector<int> m_shown;    ///< Those of them that pass.
};

}  // namespace fairlead::ui
