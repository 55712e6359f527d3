// The tables that a Splink model is applied to: named columns of text, each a dictionary of its distinct cells.
// A cell is NULL or a text; a list or a structure stands in a cell as JSON text.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/csv.h"
#include "core/base/result.h"

namespace fairlead::splink {

/// The cell number of NULL.
inline constexpr std::uint32_t kNull = 0xffffffffU;

/// One column: its distinct texts, and the number of the text of each row (kNull = NULL).
struct TextColumn {
    std::string name;
    std::vector<std::string> texts;
    std::vector<std::uint32_t> cells;
};

/// Frequencies of a column's values that were set beforehand, as Splink's register_term_frequency_lookup does.
struct FrequencyTable {
    std::string column;
    std::unordered_map<std::string, double> shares;  ///< A value that is not there has no frequency.
};

/// Rows of one or several data sets side by side. All columns and `datasets`, `ids` have one entry per row.
struct Table {
    std::vector<std::string> datasetNames;
    std::vector<std::uint16_t> datasets;  ///< Per row: position in datasetNames.
    std::vector<std::string> ids;         ///< Per row: unique within its data set.
    std::vector<TextColumn> columns;
    std::vector<FrequencyTable> frequencies;  ///< For the columns named there, in the place of counting.

    [[nodiscard]] std::uint32_t rows() const { return static_cast<std::uint32_t>(ids.size()); }
    /// The position of a column, or npos. ASCII letters compare without regard to case, as in SQL.
    [[nodiscard]] std::size_t column(std::string_view name) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Builds a table row by row.
class TableBuilder {
public:
    explicit TableBuilder(std::vector<std::string> columns);
    /// Rows that follow belong to a new data set.
    void beginDataset(std::string name);
    /// Adds a row. `cells` in the order of the columns; an empty text is NULL.
    /// REQUIRES: a data set was begun, as many cells as columns.
    void addRow(std::string id, std::span<const std::string_view> cells);
    /// The table so far; the builder is empty afterwards.
    [[nodiscard]] Table take();

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

    Table m_table;
    std::vector<Numbers> m_numbers;
};

/// One CSV file and the name that stands for it as Splink's source data set.
struct NamedCsv {
    std::string name;
    const CsvTable* csv = nullptr;
};

/// The files as one table: the columns that any of them has (a file without one has NULL there), texts without white
/// space at both ends, empty texts NULL. `idColumn` empty: rows are named by their line. Errors, the file as the
/// subject: UnknownColumn (no id column), InvalidArgument (an id empty or twice in one file, a row with fewer or more
/// cells than the header, a column twice, both with the line).
Result<Table> tableOf(std::span<const NamedCsv> files, std::string_view idColumn);

}  // namespace fairlead::splink
