#include "ui/table/table_content.h"

#include <algorithm>

namespace fairlead::ui {

namespace {

bool matches(const QString& cell, const QString& typed) {
    if (typed.startsWith(QLatin1Char('='))) {
        return cell.compare(QStringView(typed).mid(1), Qt::CaseInsensitive) == 0;
    }
    return cell.contains(typed, Qt::CaseInsensitive);
}

}  // namespace

bool TableFilter::isEmpty() const {
    return anywhere.isEmpty() &&
           std::ranges::all_of(columns, [](const auto& column) { return column.second.isEmpty(); });
}

bool TableFilter::passes(const TableRow& row) const {
    for (const auto& [column, typed] : columns) {
        const auto at = static_cast<std::size_t>(column);
        if (!typed.isEmpty() && at < row.cells.size() && !matches(row.cells[at].text, typed)) {
            return false;
        }
    }
    return anywhere.isEmpty() || std::ranges::any_of(row.cells, [this](const TableCell& cell) {
               return wholeCell ? cell.text.compare(anywhere, Qt::CaseInsensitive) == 0
                                : cell.text.contains(anywhere, Qt::CaseInsensitive);
           });
}

}  // namespace fairlead::ui
