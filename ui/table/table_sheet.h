// TableSheet: the rows and columns of a table that are on the screen, for a clipboard or a file.

#pragma once

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

namespace fairlead::ui {

/// What was on the screen: chosen columns in their order, filtered rows in theirs.
struct TableSheet {
    QString title;    ///< What the table is called.
    QString filters;  ///< The filters in words; empty when every row is shown.
    QStringList columns;
    std::vector<bool> isNumber;  ///< For each column: its cells are numbers, right-aligned.
    std::vector<QStringList> rows;
    int allRows = 0;          ///< Without filters.
    bool holdsNames = false;  ///< Names in place of pseudonyms: no file is made of it.
};

/// Rows with tabs between cells, one a line, below the titles when `withTitles`.
QString sheetAsText(const TableSheet& sheet, bool withTitles);

/// "41 of 340 rows shown".
QString rowsInWords(const TableSheet& sheet);
/// "Filters: Year is 9".
QString filtersInWords(const TableSheet& sheet);

/// A CSV text that opens in a spreadsheet without running anything: `head` above (marking, school, day), the title,
/// what was filtered and how many rows are shown, an empty line, then titles and rows, and the first line of `head`
/// again.
std::string sheetAsCsv(const TableSheet& sheet, const QStringList& head);

}  // namespace fairlead::ui
