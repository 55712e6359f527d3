// Between the rows of core/record and the columns of the contract: a row as cells, and cells as a row.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/extract/contract.h"
#include "core/record/rows.h"

namespace fairlead::extract {

/// One value as it stands in the file.
struct Cell {
    /// What SQLite stores it as; Other = REAL or BLOB, which the contract has nowhere.
    enum class Storage : std::uint8_t { Null, Integer, Text, Other };
    Storage storage = Storage::Null;
    std::int64_t integer = 0;
    std::string_view text;  ///< Borrowed from the row or the statement.
};

/// The cells of one row, with the room that the texts of its dates need. Reused from row to row.
class CellRow {
public:
    CellRow() = default;
    CellRow(const CellRow&) = delete;  // the cells of dates point into the row itself
    CellRow& operator=(const CellRow&) = delete;
    [[nodiscard]] std::span<const Cell> cells() const { return {m_cells.data(), m_size}; }
    /// Ready for the next row.
    void clear() { m_size = 0; }
    /// The next cell: nothing, a number, a borrowed text, or a storage class that the contract does not have.
    void addNull() { m_cells[m_size++] = {}; }
    /// As addNull.
    void addInteger(std::int64_t value) { m_cells[m_size++] = {Cell::Storage::Integer, value, {}}; }
    /// As addNull; the text must outlive the cells.
    void addText(std::string_view text) { m_cells[m_size++] = {Cell::Storage::Text, 0, text}; }
    /// As addNull.
    void addOther() { m_cells[m_size++] = {Cell::Storage::Other, 0, {}}; }
    /// As text YYYY-MM-DD; a date that has no such text (never, beginning) becomes a text that no check lets pass.
    void addDate(Date date);

private:
    std::array<Cell, kMostColumns> m_cells;
    std::array<std::array<char, 16>, kMostColumns> m_dates{};
    std::size_t m_size = 0;
};

/// The cells of row `index` of a table of the contract; empty text and the number 0 of an optional URN become NULL.
void cellsOf(const record::ExtractRows& rows, const TableDefinition& table, std::size_t index, CellRow& cells);

/// Appends the row that the cells make. REQUIRES: the cells have passed every check of row_check.h.
void appendRow(record::ExtractRows& rows, const TableDefinition& table, std::span<const Cell> cells);

/// How many rows a table has.
std::size_t rowCount(const record::ExtractRows& rows, const TableDefinition& table);

/// Room for `count` rows of a table.
void reserveRows(record::ExtractRows& rows, const TableDefinition& table, std::size_t count);

}  // namespace fairlead::extract
