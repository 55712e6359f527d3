// Blocking: which rows meet. Keys are hashed and sorted; a pair that an earlier rule brings is not brought again.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/columns.h"
#include "core/link/engine.h"
#include "core/link/input.h"
#include "core/link/model.h"

namespace fairlead::link {

/// The index of one rule.
struct RuleIndex {
    /// A row under a key.
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t row = 0;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    std::vector<Entry> entries;          ///< Ascending; keys that at least two rows have.
    std::vector<std::uint32_t> offsets;  ///< Per row, into keys.
    std::vector<std::uint64_t> keys;     ///< The row's keys, ascending.

    /// The row's keys.
    [[nodiscard]] std::span<const std::uint64_t> keysOf(std::uint32_t row) const {
        return {keys.data() + offsets[row], offsets[row + 1] - offsets[row]};
    }
};

/// A portion of the pairs, of bounded size, worked on by one thread.
struct PairUnit {
    std::uint16_t rule = 0;
    std::uint32_t begin = 0;  ///< First entry (of the rule) or first row (all pairs).
    std::uint32_t end = 0;
};

/// All pairs to be compared: either every pair, or the pairs of the rules.
class CandidatePairs {
public:
    /// Every pair within the scope.
    static CandidatePairs everyPair(const Columns& columns, PairScope scope);
    /// The pairs of the rules. Errors: UnknownColumn (a rule on an attribute column that is not there), Cancelled.
    static Result<CandidatePairs> byRules(const Columns& columns, const LinkSetup& input,
                                          const std::vector<BlockingRule>& rules, const LinkOptions& options,
                                          TaskContext& task);

    [[nodiscard]] const std::vector<PairUnit>& units() const { return m_units; }
    /// One per rule ("every pair" for all); pairs are still 0.
    [[nodiscard]] const std::vector<RuleReport>& rules() const { return m_rules; }
    /// An upper bound of the number of pairs (before a pair of several rules is counted once).
    [[nodiscard]] std::uint64_t upperBound() const { return m_upperBound; }
    /// True when every pair within the scope is brought.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// The rules (positions) that bring rows a and b together; empty for everyPair.
    [[nodiscard]] std::vector<std::uint16_t> rulesOf(std::uint32_t a, std::uint32_t b) const;

    /// Calls `visit(a, b)` with a < b for each pair of the unit; stops when it gives false.
    template <typename Visit>
    void forEach(const PairUnit& unit, Visit visit) const {
        if (isComplete()) {
            forEachOfAll(unit, visit);
        } else {
            forEachOfRule(unit, visit);
        }
    }

private:
    [[nodiscard]] bool inScope(std::uint32_t a, std::uint32_t b) const {
        if (m_scope == PairScope::Everything) return true;
        return ((*m_datasets)[a] == (*m_datasets)[b]) == (m_scope == PairScope::WithinDatasets);
    }
    [[nodiscard]] bool isFirst(std::uint16_t rule, std::uint64_t key, std::uint32_t a, std::uint32_t b) const;
    void addUnits(std::uint16_t rule);

    template <typename Visit>
    void forEachOfAll(const PairUnit& unit, Visit& visit) const {
        const auto rows = static_cast<std::uint32_t>(m_datasets->size());
        for (std::uint32_t a = unit.begin; a < unit.end; ++a) {
            for (std::uint32_t b = a + 1; b < rows; ++b) {
                if (inScope(a, b) && !visit(a, b)) return;
            }
        }
    }
    template <typename Visit>
    void forEachOfRule(const PairUnit& unit, Visit& visit) const {
        const auto& entries = m_indexes[unit.rule].entries;
        for (std::uint32_t i = unit.begin; i < unit.end; ++i) {
            for (std::uint32_t j = i + 1; j < entries.size() && entries[j].key == entries[i].key; ++j) {
                const std::uint32_t a = entries[i].row, b = entries[j].row;
                if (!inScope(a, b) || !isFirst(unit.rule, entries[i].key, a, b)) continue;
                if (!visit(a, b)) return;
            }
        }
    }

    const std::vector<std::uint16_t>* m_datasets = nullptr;
    PairScope m_scope = PairScope::Everything;
    bool m_complete = false;
    std::vector<RuleIndex> m_indexes;
    std::vector<RuleReport> m_rules;
    std::vector<PairUnit> m_units;
    std::uint64_t m_upperBound = 0;
};

}  // namespace fairlead::link
