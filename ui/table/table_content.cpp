#include "ui/table/table_content.h"

#include "ui/style/look.h"

namespace fairlead::ui {

TableModel::TableModel(QObject* parent)
    : QAbstractTableModel(parent), m_content(std::make_shared<const TableContent>()) {}

void TableModel::setContent(std::shared_ptr<const TableContent> content) {
    beginResetModel();
    m_content = content ? std::move(content) : std::make_shared<const TableContent>();
    endResetModel();
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content->rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content->columns.size());
}

QString TableModel::spokenText(std::size_t row, std::size_t column) const {
    const auto named = [&](std::size_t c) {
        return m_content->columns[c].title + QStringLiteral(": ") + m_content->rows[row].cells[c].text;
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
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = static_cast<std::size_t>(index.column());
    const TableCell& cell = m_content->rows[row].cells[column];
    switch (role) {
        case Qt::DisplayRole: return cell.text;
        case Qt::TextAlignmentRole: {
            const auto side = m_content->columns[column].isNumber ? Qt::AlignRight : Qt::AlignLeft;
            return QVariant::fromValue(Qt::Alignment(side | Qt::AlignVCenter));
        }
        case kSortRole: return cell.sortKey.isValid() ? cell.sortKey : QVariant(cell.text);
        case kKeyRole: return m_content->rows[row].key;
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
