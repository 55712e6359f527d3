// Blocking: which rows meet. A pair that an earlier rule brings is not brought again; that is decided from the blocks
// of the two rows, so that no set of pairs is ever held.

#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/block_index.h"
#include "core/link/columns.h"
#include "core/link/engine.h"
#include "core/link/input.h"
#include "core/link/model.h"

namespace fairlead::link {

/// Per row and rule the blocks the row is in. Row-major: what two rows share is seen from two cache lines.
class RowBlocks {
public:
    RowBlocks() = default;
    /// Rules without blocks take no room.
    RowBlocks(std::uint32_t rows, const std::vector<RuleBlocks>& rules);

    /// True when a and b share a block of the rule.
    [[nodiscard]] bool share(std::size_t rule, std::uint32_t a, std::uint32_t b) const {
        return m_slots[rule + 1] != m_slots[rule] && shareAt(m_slots[rule], a, b);
    }
    /// True when the block, in which a and b both are, is the first of all blocks that they share.
    [[nodiscard]] bool isFirst(std::size_t rule, std::uint32_t block, std::uint32_t a, std::uint32_t b) const {
        const std::uint32_t *x = cells(a), *y = cells(b);
        const std::size_t slots = m_slots[rule];
        if (m_lists.empty()) {
            unsigned shared = 0;  // no way out of the loop: the compiler compares several at a time
            for (std::size_t slot = 0; slot < slots; ++slot)
                shared |= static_cast<unsigned>(x[slot] == y[slot]) & static_cast<unsigned>(x[slot] < kMany);
            return shared == 0;
        }
        for (std::size_t slot = 0; slot < slots; ++slot) {
            if (shareAt(slot, a, b)) return false;
        }
        return ((x[slots] | y[slots]) & kMany) == 0 || smallestShared(x[slots], y[slots]) == block;
    }
    /// Starts to bring a row into the processor's cache. (g++ drops calls of what only prefetches, unless inlined.)
    [[gnu::always_inline]] void prefetch(std::uint32_t row) const {
        __builtin_prefetch(cells(row));
        __builtin_prefetch(cells(row) + m_slots.back() - 1);
    }

private:
    static constexpr std::uint32_t kNone = 0xffffffffU;
    static constexpr std::uint32_t kMany = 0x80000000U;  // the rest is a position in m_lists

    void enter(std::size_t slot, const RuleBlocks& blocks);
    [[nodiscard]] const std::uint32_t* cells(std::uint32_t row) const { return m_cells.data() + row * m_slots.back(); }
    [[nodiscard]] bool shareAt(std::size_t slot, std::uint32_t a, std::uint32_t b) const {
        const std::uint32_t x = cells(a)[slot], y = cells(b)[slot];
        if (((x | y) & kMany) == 0) return x == y;
        return x != kNone && y != kNone && smallestShared(x, y) != kNone;
    }
    [[nodiscard]] std::span<const std::uint32_t> blocksOf(const std::uint32_t& cell) const;
    [[nodiscard]] std::uint32_t smallestShared(std::uint32_t x, std::uint32_t y) const;

    std::vector<std::size_t> m_slots{0};  // per rule its place in a row's cells, and the end
    std::vector<std::uint32_t> m_cells;
    std::vector<std::uint32_t> m_lists;  // a count, and so many blocks, ascending
};

/// A portion of the pairs, of bounded size, worked on by one thread.
struct PairUnit {
    std::uint16_t rule = 0;
    std::uint32_t begin = 0;  ///< First block (of the rule) or first row (all pairs).
    std::uint32_t end = 0;
};

/// All pairs to be compared: either every pair, or the pairs of the rules. The table must outlive it.
class CandidatePairs {
public:
    /// Every pair within the scope.
    static CandidatePairs everyPair(const Columns& columns, PairScope scope);
    /// The pairs of the rules. Errors: UnknownColumn (a rule on an attribute column that is not there), Cancelled.
    static Result<CandidatePairs> byRules(const Columns& columns, const LinkSetup& input,
                                          const std::vector<BlockingRule>& rules, const LinkOptions& options,
                                          TaskContext& task);

    /// From now on brings only pairs with a row whose mark is not 0. REQUIRES: a mark for each row.
    void restrictTo(std::vector<std::uint8_t> marks) { m_marks = std::move(marks); }

    [[nodiscard]] const std::vector<PairUnit>& units() const { return m_units; }
    /// One per rule ("every pair" for all); pairs are still 0.
    [[nodiscard]] const std::vector<RuleReport>& rules() const { return m_rules; }
    /// An upper bound of the number of pairs (before a pair of several rules is counted once).
    [[nodiscard]] std::uint64_t upperBound() const { return m_upperBound; }
    /// True when every pair within the scope is brought.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// The rules (positions) that bring rows a and b together; empty for everyPair.
    [[nodiscard]] std::vector<std::uint16_t> rulesOf(std::uint32_t a, std::uint32_t b) const;
    /// The rule by which a and b are brought, whatever their marks; -1 when none does.
    [[nodiscard]] int firstRuleOf(std::uint32_t a, std::uint32_t b) const;

    /// Calls `visit(a, b)` with a < b for each pair of the unit for which `wanted(a, b)` holds; stops when visit gives
    /// false.
    template <typename Wanted, typename Visit>
    void forEach(const PairUnit& unit, Wanted wanted, Visit visit) const {
        for (std::uint32_t at = unit.begin; at < unit.end; ++at) {
            if (m_complete ? !visitRow(at, wanted, visit) : !visitBlock(unit.rule, at, wanted, visit)) return;
            if (m_complete || at + 1 >= unit.end) continue;
            const auto next = m_blocks[unit.rule].of(at + 1);
            for (const std::uint32_t row : next.first(std::min(next.size(), kRowsAhead))) m_rowBlocks.prefetch(row);
        }
    }
    /// The same for all pairs.
    template <typename Visit>
    void forEach(const PairUnit& unit, Visit visit) const {
        forEach(unit, [](std::uint32_t, std::uint32_t) { return true; }, std::move(visit));
    }

private:
    static constexpr std::size_t kRowsAhead = 24;

    [[nodiscard]] bool inScope(std::uint32_t a, std::uint32_t b) const {
        if (m_scope == PairScope::Everything) return true;
        return ((*m_datasets)[a] == (*m_datasets)[b]) == (m_scope == PairScope::WithinDatasets);
    }
    [[nodiscard]] bool isMarked(std::uint32_t a, std::uint32_t b) const {
        return m_marks.empty() || (m_marks[a] | m_marks[b]) != 0;
    }
    void addUnits(std::uint16_t rule);

    template <typename Wanted, typename Visit>
    bool visitRow(std::uint32_t a, Wanted& wanted, Visit& visit) const {
        for (auto b = a + 1; b < static_cast<std::uint32_t>(m_datasets->size()); ++b) {
            if (isMarked(a, b) && inScope(a, b) && wanted(a, b) && !visit(a, b)) return false;
        }
        return true;
    }
    template <typename Wanted, typename Visit>
    bool visitBlock(std::uint16_t rule, std::uint32_t block, Wanted& wanted, Visit& visit) const {
        const auto members = m_blocks[rule].of(block);
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                const std::uint32_t a = members[i], b = members[j];
                if (!isMarked(a, b) || !inScope(a, b) || !wanted(a, b)) continue;
                if (!m_rowBlocks.isFirst(rule, block, a, b)) continue;
                if (!visit(a, b)) return false;
            }
        }
        return true;
    }

    const std::vector<std::uint16_t>* m_datasets = nullptr;
    PairScope m_scope = PairScope::Everything;
    bool m_complete = false;
    std::vector<RuleBlocks> m_blocks;
    RowBlocks m_rowBlocks;
    std::vector<std::uint8_t> m_marks;  // empty: all pairs
    std::vector<RuleReport> m_rules;
    std::vector<PairUnit> m_units;
    std::uint64_t m_upperBound = 0;
};

}  // namespace fairlead::link
