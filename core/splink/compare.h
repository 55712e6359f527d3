// From two rows to a level per comparison and a match weight.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/splink/bind.h"
#include "core/splink/conditions.h"
#include "core/splink/evaluate.h"

namespace fairlead::splink {

/// log2 of the share of a column's cells that have each value.
struct LogShares {
    std::size_t column = 0;
    std::vector<double> byValue;  ///< -infinity for a value without a frequency.
};

/// What all comparers of a run share. Immutable.
class CompareContext {
public:
    /// Errors: as prepareComparison. REQUIRES: the table has the model's columns.
    static Result<CompareContext> make(const Model& model, std::string_view subject, ColumnValues& values);

    /// One comparison over the table.
    struct Prepared {
        PreparedComparison comparison;
        Binding binding;
        std::vector<int> shares;  ///< Per level: position in `shares`, -1 = no adjustment.
    };
    const ColumnValues* values = nullptr;
    Dialect dialect = Dialect::DuckDb;
    double priorBits = 0.0;
    std::vector<Prepared> comparisons;
    std::vector<LogShares> shares;
};

/// Compares pairs. One per thread: it remembers the outcomes of tuples of cells.
class Comparer {
public:
    explicit Comparer(const CompareContext& context);

    /// What one comparison adds to a pair's weight.
    struct Part {
        std::int8_t gamma = -1;      ///< Splink's number of the level; -1 = NULL, or nothing holds.
        double bits = 0.0;           ///< log2(m/u) of the level.
        double frequencyBits = 0.0;  ///< The term-frequency adjustment.
    };
    /// Compares two rows in one comparison, by its position.
    Part part(std::size_t comparison, std::uint32_t left, std::uint32_t right);
    /// The weight of a pair in bits; the levels go to `gammas`, one per comparison.
    double compare(std::uint32_t left, std::uint32_t right, std::span<std::int8_t> gammas);
    /// True when a condition was given up (Evaluator::gaveUp).
    [[nodiscard]] bool gaveUp() const;

private:
    struct Memo {
        std::unique_ptr<Evaluator> evaluator;
        std::vector<Value> inputs;
        std::vector<std::uint32_t> key;    // the cells of the pair at hand
        std::vector<std::uint32_t> slots;  // direct-mapped: key and level
    };
    std::size_t levelOf(std::size_t comparison, std::uint32_t left, std::uint32_t right);
    std::size_t evaluate(std::size_t comparison, std::uint32_t left, std::uint32_t right);
    [[nodiscard]] double frequencyBits(const PreparedLevel& level, int shares, std::uint32_t left,
                                       std::uint32_t right) const;

    const CompareContext& m_context;
    std::vector<Memo> m_memos;  // one per comparison
};

}  // namespace fairlead::splink
