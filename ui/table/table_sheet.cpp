#include "ui/table/table_sheet.h"

#include <QCoreApplication>

#include "core/base/csv.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("table", english); }

std::string csvOf(const QStringList& cells) {
    std::vector<std::string> bytes;
    for (const QString& cell : cells) {
        bytes.push_back(cell.toStdString());
    }
    return csvLineForPeople(bytes);
}

}  // namespace

QString sheetAsText(const TableSheet& sheet, bool withTitles) {
    QStringList lines;
    if (withTitles) {
        lines << sheet.columns.join(QLatin1Char('\t'));
    }
    for (const QStringList& row : sheet.rows) {
        lines << row.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

QString rowsInWords(const TableSheet& sheet) {
    return tr("%1 of %2 rows shown").arg(number(static_cast<int>(sheet.rows.size())), number(sheet.allRows));
}

QString filtersInWords(const TableSheet& sheet) { return tr("Filters: %1").arg(sheet.filters); }

std::string sheetAsCsv(const TableSheet& sheet, const QStringList& head) {
    std::string csv = "\xEF\xBB\xBF";  // Spreadsheets take a file without this mark for an older encoding.
    for (const QString& line : head) {
        csv += csvOf({line});
    }
    csv += csvOf({sheet.title});
    csv += csvOf({rowsInWords(sheet)});
    if (!sheet.filters.isEmpty()) {
        csv += csvOf({filtersInWords(sheet)});
    }
    csv += "\n" + csvOf(sheet.columns);
    for (const QStringList& row : sheet.rows) {
        csv += csvOf(row);
    }
    return head.isEmpty() ? csv : csv + "\n" + csvOf({head.front()});
}

}  // namespace fairlead::ui
