#include "ui/table/table_model.h"

#include <QCollator>
#include <algorithm>
#include <numeric>

namespace fairlead::ui {

namespace {

/// The rows sorted by their keys, equal ones by their numbers.
template <typename Key, typename Less>
void sortByKeys(std::vector<int>& rows, const std::vector<Key>& keys, Qt::SortOrder order, const Less& less) {
    const auto keyOf = [&](int row) -> const Key& { return keys[static_cast<std::size_t>(row)]; };
    std::ranges::sort(rows, [&](int a, int b) {
        const int first = order == Qt::AscendingOrder ? a : b, second = order == Qt::AscendingOrder ? b : a;
        if (less(keyOf(first), keyOf(second))) return true;
        return !less(keyOf(second), keyOf(first)) && a < b;
    });
}

}  // namespace

TableModel::TableModel(QObject* parent)
    : QAbstractTableModel(parent), m_content(std::make_shared<const TableContent>()) {}

void TableModel::setContent(std::shared_ptr<const TableContent> content) {
    beginResetModel();
    m_content = content ? std::move(content) : std::make_shared<const TableContent>();
    order();
    choose();
    endResetModel();
}

void TableModel::setFilter(TableFilter filter) {
    beginResetModel();
    m_filter = std::move(filter);
    choose();
    endResetModel();
}

void TableModel::sort(int column, Qt::SortOrder order) {
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    this->order();
    choose();
    endResetModel();
}

QVariant TableModel::sortKey(int row) const {
    const TableCell& cell =
        m_content->rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(m_sortColumn)];
    return cell.sortKey.isValid() ? cell.sortKey : QVariant(cell.text);
}

void TableModel::order() {
    m_ordered.resize(m_content->rows.size());
    std::iota(m_ordered.begin(), m_ordered.end(), 0);
    if (m_sortColumn < 0 || m_sortColumn >= columnCount() || m_ordered.empty()) {
        return;
    }
    if (sortKey(0).userType() != QMetaType::QString) {
        std::vector<QVariant> keys;
        std::ranges::transform(m_ordered, std::back_inserter(keys), [this](int row) { return sortKey(row); });
        sortByKeys(m_ordered, keys, m_sortOrder, [](const QVariant& a, const QVariant& b) {
            return QVariant::compare(a, b) == QPartialOrdering::Less;
        });
        return;
    }
    // Texts are turned into sort keys once: comparing them by the rules of a language is slow.
    const QCollator collator;
    std::vector<QCollatorSortKey> keys;
    keys.reserve(m_ordered.size());
    std::ranges::transform(m_ordered, std::back_inserter(keys),
                           [&](int row) { return collator.sortKey(sortKey(row).toString()); });
    sortByKeys(m_ordered, keys, m_sortOrder,
               [](const QCollatorSortKey& a, const QCollatorSortKey& b) { return a.compare(b) < 0; });
}

void TableModel::choose() {
    if (m_filter.isEmpty()) {
        m_shown = m_ordered;
        return;
    }
    m_shown.clear();
    std::ranges::copy_if(m_ordered, std::back_inserter(m_shown),
                         [this](int row) { return m_filter.passes(m_content->rows[static_cast<std::size_t>(row)]); });
}

int TableModel::rowOf(int sourceRow) const {
    const auto at = std::ranges::find(m_shown, sourceRow);
    return at == m_shown.end() ? -1 : static_cast<int>(at - m_shown.begin());
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content->columns.size());
}

QString TableModel::spokenText(const TableRow& row, std::size_t column) const {
    const auto named = [&](std::size_t c) {
        return m_content->columns[c].title + QStringLiteral(": ") + row.cells[c].text;
    };
    if (column != 0) {
        return named(column);
    }
    QStringList parts;
    for (std::size_t c = 0; c < m_content->columns.size(); ++c) {
        parts << named(c);
    }
    return parts.join(QStringLiteral(", "));
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !checkIndex(index)) {
        return {};
    }
    const TableRow& row = m_content->rows[static_cast<std::size_t>(sourceRow(index.row()))];
    const auto column = static_cast<std::size_t>(index.column());
    const TableCell& cell = row.cells[column];
    switch (role) {
        case Qt::DisplayRole: return cell.text;
        case Qt::TextAlignmentRole: {
            const auto side = m_content->columns[column].isNumber ? Qt::AlignRight : Qt::AlignLeft;
            return QVariant::fromValue(Qt::Alignment(side | Qt::AlignVCenter));
        }
        case kSortRole: return cell.sortKey.isValid() ? cell.sortKey : QVariant(cell.text);
        case kKeyRole: return row.key;
        case kMarkRole: return QVariant::fromValue(&cell.mark);
        case Qt::AccessibleTextRole: return spokenText(row, column);
        default: return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const TableColumn& column = m_content->columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        return column.title;
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    return {};
}

}  // namespace fairlead::ui
