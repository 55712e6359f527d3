// The checks of one row against the contract: storage class, text, length, codes, dates, numbers, and what a fact
// of its kind may say. Problems name table, row and column, never the value.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/extract/contract.h"
#include "core/extract/row_binding.h"

namespace fairlead::extract {

/// One value that the contract does not allow.
struct RowProblem {
    std::string_view table;
    std::int64_t rowId = 0;
    std::string_view column;
    std::string_view what;  ///< "control character", "longer than the contract allows" ...
};

/// The problems found so far: all counted, the first hundred kept.
class RowProblems {
public:
    static constexpr std::size_t kMostListed = 100;

    /// Counts a problem, and keeps it among the first.
    void add(const RowProblem& problem);
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::span<const RowProblem> listed() const { return m_listed; }
    /// "3 values are not allowed: table person, row 7, column sex: unknown code; ...", the first few.
    [[nodiscard]] std::string summary() const;

private:
    std::vector<RowProblem> m_listed;
    std::size_t m_count = 0;
};

/// What is wrong with a value of that column; empty when nothing is.
std::string_view problemOf(const ColumnDefinition& column, const Cell& cell);

/// Checks every cell, and for facts that role and code fit the kind.
void checkRow(const TableDefinition& table, std::int64_t rowId, std::span<const Cell> cells, RowProblems& problems);

}  // namespace fairlead::extract
