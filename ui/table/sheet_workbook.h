// sheetAsWorkbook: a table that is on the screen as an XLSX workbook (ECMA-376, the parts that a table needs).

#pragma once

#include "ui/table/table_sheet.h"

namespace fairlead::ui {

/// A workbook of one sheet with the lines and cells of sheetAsCsv: `head`, title, rows shown, filters, an empty line,
/// titles, rows, and the first line of `head` again. Whole numbers and days are numbers to the spreadsheet, everything
/// else is text that it cannot run. The titles stay in sight and are repeated in print, the rows can be filtered there,
/// the first line of `head` is above and below each printed page. No author, no time: the same table gives the same
/// bytes.
std::string sheetAsWorkbook(const TableSheet& sheet, const QStringList& head);

}  // namespace fairlead::ui
