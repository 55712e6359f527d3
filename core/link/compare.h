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
#include "core/link/name_features.h"
#include "core/link/similarity.h"

namespace fairlead::link {

/// Most comparisons in a model: four bits of a pattern each, and one spare.
inline constexpr std::size_t kMaxComparisons = 15;

/// The outcome of comparing two rows.
struct PairOutcome {
    std::uint64_t pattern = ~0ULL;                      ///< As ScoredLink::pattern.
    std::array<std::uint32_t, kMaxComparisons> values;  ///< Per comparison: the value agreed on, or kNoValue.
};

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

/// What all comparers of one run share.
struct CompareContext {
    CompareContext(const Columns& columns, const std::vector<ComparisonPlan>& plans);
    const Columns& columns;
    const std::vector<ComparisonPlan>& plans;
    std::vector<LevelMemo> memos;  ///< Per comparison.
    /// Row-major, per row and comparison: its one value, kNoValue, or kSeveral where the column has to be asked.
    std::vector<std::uint32_t> cells;
    static constexpr std::uint32_t kSeveral = kNoValue - 1;
    std::vector<NameFeature> forenames, surnames;  ///< Per id.
    std::vector<DateDigits> dates;                 ///< Per id.
    std::vector<std::uint64_t> postcodes;          ///< Per address: packedPostcode, 0 where there is more to compare.

    std::vector<std::uint16_t> agreeing;  ///< Per comparison: a bit for each level that agrees on a value.

    /// The cells of a row.
    [[nodiscard]] const std::uint32_t* cellsOf(std::uint32_t row) const { return cells.data() + row * plans.size(); }
    /// Starts to bring a row into the processor's cache.
    void prefetch(std::uint32_t row) const { __builtin_prefetch(cellsOf(row)); }
};

/// Compares rows. One per thread: it keeps a cache.
class PairComparer {
public:
    explicit PairComparer(const CompareContext& context);
    /// Compares rows a and b into `out`.
    void compare(std::uint32_t a, std::uint32_t b, PairOutcome& out);

private:
    struct Best {
        std::uint8_t level = kNoLevel;
        std::uint32_t value = kNoValue;
    };
    Best single(std::size_t comparison, std::uint32_t x, std::uint32_t y);
    [[nodiscard]] std::uint8_t singleLevel(std::size_t comparison, std::uint32_t x, std::uint32_t y);
    [[nodiscard]] std::uint8_t simpleAddressLevel(std::uint32_t x, std::uint32_t y) const;
    [[nodiscard]] bool surelyNotCrossed(std::uint32_t a, std::uint32_t b) const;
    Best best(std::size_t comparison, std::uint32_t a, std::uint32_t b);
    Best bestOf(std::size_t comparison, const MultiColumn& column, std::uint32_t a, std::uint32_t b);
    template <typename LevelOf>
    std::uint8_t memoised(std::size_t comparison, std::uint32_t x, std::uint32_t y, LevelOf levelOf);
    [[nodiscard]] std::uint32_t agreedValue(std::size_t comparison, std::uint8_t level, std::uint32_t id) const;
    [[nodiscard]] Best bestIdentifier(std::uint32_t a, std::uint32_t b) const;
    // A surname of one record beside a forename of another.
    struct Crossing {
        CrossLevel level = CrossLevel::Different;
        std::uint32_t forename = kNoValue;  // in Columns::forenames
        std::uint32_t surname = kNoValue;   // in Columns::surnames
    };
    template <typename LevelOf>
    [[nodiscard]] Crossing crossing(std::uint32_t surnamesOf, std::uint32_t forenamesOf, LevelOf levelOf) const;
    void findCrossedNames(std::uint32_t a, std::uint32_t b, PairOutcome& out) const;
    void setCrossed(PairOutcome& out, const Crossing& found) const;
    void setSwapped(PairOutcome& out, const Crossing& one, const Crossing& other) const;
    [[nodiscard]] std::uint32_t bearers(int comparison, std::uint32_t word) const;

    const CompareContext& m_context;
    int m_forename = -1;  // positions of the two name comparisons, -1 when the model lacks one
    int m_surname = -1;
    std::vector<std::uint64_t> m_cache;  // direct-mapped: value a, value b, level
};

}  // namespace fairlead::link
