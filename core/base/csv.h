// CSV as RFC 4180 has it, and as files in the wild bend it: byte-order mark, CRLF, quoted line breaks.

#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace fairlead {

/// Looks at a whole text before it is read. Errors: Encoding ("line 3: not UTF-8 text", "UTF-16 text ..."),
/// ParseError (a NUL byte), each with its line. `subject` leads the errors.
Status checkCsvText(std::string_view text, std::string_view subject);

/// Reads a text row by row without copying it. A byte-order mark, blank lines, CRLF and CR are understood;
/// `"ab"c` is read as abc, as spreadsheets do.
class CsvRows {
public:
    /// What next() found.
    enum class Found { Row, End, UnclosedQuote };

    /// `firstLine` is the line of the file on which the text begins. Only at the start of a file is a byte-order mark
    /// one.
    explicit CsvRows(std::string_view text, std::size_t firstLine = 1, bool isFileStart = true);
    /// Goes to the next row that is not blank. After UnclosedQuote, line() is where the quote opened.
    Found next();
    /// The cells of the row; the views hold until next().
    [[nodiscard]] std::span<const std::string_view> cells() const { return m_cells; }
    /// The line of the file on which the row begins.
    [[nodiscard]] std::size_t line() const { return m_rowLine; }
    /// The line of the file that follows the row.
    [[nodiscard]] std::size_t nextLine() const { return m_line; }
    /// How much of the text is read.
    [[nodiscard]] std::size_t position() const { return static_cast<std::size_t>(m_at - m_begin); }

private:
    bool readRow();
    [[nodiscard]] std::string_view unquoted();
    bool readQuoted();

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    std::size_t m_line;
    std::size_t m_rowLine;
    std::vector<std::string_view> m_cells;
    std::deque<std::string> m_owned;  // cells that stand in the text in another form: doubled quotes
    std::size_t m_ownedUsed = 0;
};

/// Cuts a text into at most `parts` parts of about one size that each begin with a row. The parts together are the
/// text; the first holds the header.
std::vector<std::string_view> csvParts(std::string_view text, std::size_t parts);

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
/// Errors: those of checkCsvText, ParseError (a quote that never closes, with its line), MissingColumn when there is
/// no header line. `subject` leads the errors.
Result<CsvTable> parseCsv(std::string_view text, std::string_view subject);

/// One CSV line, CRLF excluded, "\n" included; cells are quoted where needed. For machine-read files.
std::string csvLine(std::span<const std::string> cells);

/// A cell for files that people open in a spreadsheet: one that would be read as a formula
/// (= + - @, TAB, CR or their full-width forms first, blanks and quotes skipped) gets a leading apostrophe.
std::string csvCellForPeople(std::string cell);

/// As csvLine, of cells as csvCellForPeople makes them.
std::string csvLineForPeople(std::span<const std::string> cells);

}  // namespace fairlead
