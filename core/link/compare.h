// Compares two rows: one level per comparison, packed into a pattern, and the values agreed on.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/link/columns.h"
#include "core/link/frequencies.h"
#include "core/link/quick_levels.h"
#include "core/link/row_sketch.h"

namespace fairlead::link {

/// Most comparisons in a model: four bits of a pattern each, and one spare.
inline constexpr std::size_t kMaxComparisons = 15;

/// The outcome of comparing two rows.
struct PairOutcome {
    std::uint64_t pattern = ~0ULL;                      ///< As ScoredLink::pattern.
    std::array<std::uint32_t, kMaxComparisons> values;  ///< Per comparison: the value agreed on, or kNoValue.
};

/// Puts the level of a comparison into a pattern.
inline void setLevel(std::uint64_t& pattern, std::size_t comparison, std::uint8_t level) {
    pattern &= ~(15ULL << (4 * comparison));
    pattern |= static_cast<std::uint64_t>(level) << (4 * comparison);
}

/// Levels of pairs of dictionary values, computed once where the dictionary is small enough for a square table.
/// Thread-safety: shared by all comparers of a run; entries are written once, always with the same value.
class LevelMemo {
public:
    explicit LevelMemo(std::uint32_t values);
    /// Where the level of (a, b) is kept; null when the dictionary is too large for a table.
    [[nodiscard]] std::atomic<std::uint8_t>* entry(std::uint32_t a, std::uint32_t b) const {
        return m_levels == nullptr ? nullptr : &m_levels[static_cast<std::size_t>(a) * m_values + b];
    }

private:
    std::uint32_t m_values;
    std::unique_ptr<std::atomic<std::uint8_t>[]> m_levels;
};

/// Two rows.
struct RowPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

/// What all comparers of one run share.
struct CompareContext {
    CompareContext(const Columns& columns, const std::vector<ComparisonPlan>& plans);
    const Columns& columns;
    const std::vector<ComparisonPlan>& plans;
    std::vector<LevelMemo> memos;  ///< Per comparison.
    Sketches sketches;
    static constexpr std::uint8_t kNowhere = kMaxComparisons;
    std::array<std::uint8_t, kSketchPlaces> positions;  ///< Per SketchPlace its comparison; kNowhere = not compared.
    std::uint64_t unplaced = ~0ULL;                     ///< Ones where a pattern has no SketchPlace.
    std::uint32_t settled = 0;                          ///< What QuickLevels::open may ask for and the model needs.
    std::vector<std::uint16_t> agreeing;   ///< Per comparison: a bit for each level that agrees on a value.
    std::vector<std::uint8_t> others;      ///< Comparisons of kinds that sketches do not show.
    std::vector<const NameSketch*> texts;  ///< For each of `others` the sketches of its texts; or null.
    /// Row-major, per row and one of `others`: its one value, kNoValue, or RowSketch::kSeveral.
    std::vector<std::uint32_t> cells;

    /// The cells of a row.
    [[nodiscard]] const std::uint32_t* cellsOf(std::uint32_t row) const { return cells.data() + row * others.size(); }
    /// The sketch of a row.
    [[nodiscard]] const RowSketch& sketchOf(std::uint32_t row) const { return sketches.rows.data()[row]; }
    /// Starts to bring a row into the processor's cache. (g++ drops calls of what only prefetches, unless inlined.)
    [[gnu::always_inline]] void prefetch(std::uint32_t row) const {
        __builtin_prefetch(&sketchOf(row));
        if (!others.empty()) __builtin_prefetch(cellsOf(row));
    }
    /// The same for the texts of two rows.
    [[gnu::always_inline]] void prefetchTexts(RowPair pair) const {
        const std::uint32_t *left = cellsOf(pair.a), *right = cellsOf(pair.b);
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (texts.data()[i] == nullptr || left[i] >= RowSketch::kSeveral || right[i] >= RowSketch::kSeveral)
                continue;
            __builtin_prefetch(texts.data()[i] + left[i]);
            __builtin_prefetch(texts.data()[i] + right[i]);
        }
    }
};

/// Compares rows. One per thread: it keeps a cache.
class PairComparer {
public:
    explicit PairComparer(const CompareContext& context);
    /// Compares rows a and b into `out`.
    void compare(std::uint32_t a, std::uint32_t b, PairOutcome& out);
    /// The values that rows a and b agree on. REQUIRES: `out.pattern` is theirs.
    void findValues(std::uint32_t a, std::uint32_t b, PairOutcome& out);
    /// The patterns of many pairs, as compare() has them. REQUIRES: as many in `out` as in `pairs`.
    void patterns(std::span<const RowPair> pairs, std::span<std::uint64_t> out);

private:
    struct Best {
        std::uint8_t level = kNoLevel;
        std::uint32_t value = kNoValue;
    };
    Best single(std::size_t comparison, std::uint32_t x, std::uint32_t y);
    [[nodiscard]] std::uint8_t singleLevel(std::size_t comparison, std::uint32_t x, std::uint32_t y);
    Best best(std::size_t comparison, std::uint32_t a, std::uint32_t b);
    Best bestOf(std::size_t comparison, const MultiColumn& column, std::uint32_t a, std::uint32_t b);
    template <typename LevelOf>
    std::uint8_t memoised(std::size_t comparison, std::uint32_t x, std::uint32_t y, LevelOf levelOf);
    [[nodiscard]] std::uint32_t valueOf(std::size_t comparison, std::uint32_t row) const;
    [[nodiscard]] std::uint32_t agreedValue(std::size_t comparison, std::uint8_t level, std::uint32_t a,
                                            std::uint32_t b);
    [[nodiscard]] std::uint32_t levelValue(std::size_t comparison, std::uint8_t level, std::uint32_t id) const;
    [[nodiscard]] Best bestIdentifier(std::uint32_t a, std::uint32_t b) const;
    // The pattern of levels at their positions; of the other comparisons nothing.
    [[nodiscard]] std::uint64_t placed(std::uint32_t levels) const;
    [[nodiscard]] bool isOpen(const QuickLevels& quick) const;
    std::uint64_t settle(RowPair pair, QuickLevels quick);
    void compareOthers(RowPair pair, std::uint64_t& pattern);

    const CompareContext& m_context;
    std::vector<std::uint64_t> m_cache;  // direct-mapped: value a, value b, level
};

}  // namespace fairlead::link
