// TableContent: what a table shows, as a value, and which of its rows.

#pragma once

#include <QString>
#include <QVariant>
#include <map>
#include <variant>
#include <vector>

#include "ui/style/sparkline.h"

namespace fairlead::ui {

/// A column.
struct TableColumn {
    QString title;
    bool isNumber = false;   ///< Right-aligned.
    bool stretches = false;  ///< Takes the room that is left.
    QString sample = {};     ///< A wide text of the column: its width without measuring every row.
};

/// A disc filled from the left by so much, 0 to 1.
struct Disc {
    double filled = 0;
};

/// A bar between two places of its room, 0 to 1 from the left. Towards the left it is hollow.
struct FloatingBar {
    double from = 0;
    double to = 0;
    double zero = 0;  ///< Where the line of no evidence runs.
};

/// What is drawn at the left of a cell's text; nothing, or a line without points, takes no room. The text says the
/// same.
using CellMark = std::variant<std::monostate, Sparkline, Disc, FloatingBar>;

/// One cell: plain text and what it sorts by (the text itself when not valid).
struct TableCell {
    QString text;
    QVariant sortKey = {};
    CellMark mark = {};
};

/// One row; `key` is handed back when the row is opened.
struct TableRow {
    std::vector<TableCell> cells;
    QVariant key = {};
};

/// A whole table.
struct TableContent {
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    bool holdsNames = false;  ///< Names in place of pseudonyms: no file is made of it.
};

/// Which rows of a table are shown; letters of either case.
struct TableFilter {
    QString anywhere = {};                ///< Part of any cell.
    bool wholeCell = false;               ///< `anywhere` is a whole cell, not a part.
    std::map<int, QString> columns = {};  ///< By column: a part of its cell, or after "=" the whole of it.

    /// True when every row is shown.
    [[nodiscard]] bool isEmpty() const;
    /// True when the row passes.
    [[nodiscard]] bool passes(const TableRow& row) const;
};

}  // namespace fairlead::ui
