// CSV as RFC 4180 has it, and as files in the wild bend it: byte-order mark, CRLF, quoted line breaks.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace fairlead {

/// A whole CSV text: header and rows, all as text. A row keeps the line of the file it began on.
struct CsvTable {
    /// One row as it stands in the file.
    struct Row {
        std::size_t line = 0;  ///< 1-based line of the file on which the row begins.
        std::vector<std::string> cells;
    };
    std::vector<std::string> header;
    std::vector<Row> rows;

    /// The position of a column, or npos. Exact, case-sensitive.
    [[nodiscard]] std::size_t column(std::string_view name) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Reads a table. A row with fewer or more cells than the header is kept as it is: the caller decides.
/// Errors: ParseError (a quote that never closes, with its line), Encoding (not UTF-8, with its line),
/// MissingColumn when there is no header line. `subject` leads the errors.
Result<CsvTable> parseCsv(std::string_view text, std::string_view subject);

/// One CSV line, CRLF excluded, "\n" included; cells are quoted where needed. For machine-read files.
std::string csvLine(std::span<const std::string> cells);

/// As csvLine, for files that people open in a spreadsheet: a cell that would be read as a formula
/// (= + - @, TAB, CR or their full-width forms first, blanks and quotes skipped) gets a leading apostrophe.
std::string csvLineForPeople(std::span<const std::string> cells);

}  // namespace fairlead
