// The columns that conditions name, found in a table, with their cells as values.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/splink/program.h"
#include "core/splink/table.h"
#include "core/splink/value.h"

namespace fairlead::splink {

/// The distinct cells of each column as values. Where every cell of a column is a JSON list or object, they are lists
/// and structures. Immutable after `use`.
class ColumnValues {
public:
    explicit ColumnValues(const Table& table) : m_table(table), m_values(table.columns.size()) {}

    /// Makes a column's values ready.
    void use(std::size_t column);
    [[nodiscard]] const Table& table() const { return m_table; }
    /// The value of a row's cell. REQUIRES: use(column).
    [[nodiscard]] Value of(std::size_t column, std::uint32_t row) const {
        const std::uint32_t cell = m_table.columns[column].cells[row];
        return cell == kNull ? Value{} : m_values[column][cell];
    }

private:
    const Table& m_table;
    std::vector<std::vector<Value>> m_values;
    Arena m_arena;
};

/// The columns of one program in a table.
struct Binding {
    /// One column use.
    struct Use {
        std::size_t column = 0;  ///< In the table.
        Side side = Side::Left;
    };
    std::vector<Use> uses;  ///< As Program::columns().

    /// The values for a pair of rows, into `out`. REQUIRES: as many places as uses.
    void read(const ColumnValues& values, std::uint32_t left, std::uint32_t right, std::span<Value> out) const {
        for (std::size_t i = 0; i < uses.size(); ++i)
            out[i] = values.of(uses[i].column, uses[i].side == Side::Left ? left : right);
    }
};

/// Binds a program. REQUIRES: the table has all its columns.
Binding bind(const Program& program, ColumnValues& values);

}  // namespace fairlead::splink
