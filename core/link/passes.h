// The passes over candidate pairs: scoring them, counting their patterns, and looking at random pairs.

#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/block.h"
#include "core/link/compare.h"
#include "core/link/score.h"

namespace fairlead::link {

/// A scored pair of rows, a < b.
struct ScoredPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint64_t pattern = 0;
    double bits = 0.0;
    std::uint16_t rule = 0;
};

/// Pairs worth keeping, and how many each rule brought.
struct ScoredPairs {
    std::vector<ScoredPair> pairs;  ///< Ascending by (a, b).
    std::vector<std::uint64_t> pairsPerRule;
};

/// What is kept, and how many threads work.
struct ScoringLimits {
    double floorBits = 0.0;
    unsigned threads = 0;
    bool crossed = false;  ///< Keep names in each other's field whatever they weigh.
};

/// The patterns of pairs that are kept whatever they weigh: with an identifier in common; and, for a later run, with
/// names in each other's field, whose evidence can turn with the frequencies of either name.
class KeptAnyway {
public:
    /// `crossed`: names in each other's field too.
    KeptAnyway(const std::vector<ComparisonPlan>& plans, bool crossed);
    /// Whether the pattern is one of them.
    [[nodiscard]] bool holds(std::uint64_t pattern) const;

private:
    int m_identifier, m_forename;  // positions, -1 = none
};

/// Scores every candidate; keeps those with at least `floorBits`, and those whose identifiers agree.
/// Error: Cancelled.
Result<ScoredPairs> scorePairs(const CandidatePairs& candidates, const CompareContext& context, const Scorer& scorer,
                               const ScoringLimits& limits, TaskContext& task);

/// Scores pairs of rows that were kept from before; drops those that no rule brings any more, and those that
/// scorePairs would not keep. Error: Cancelled.
Result<std::vector<ScoredPair>> scoreAgain(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
                                           const CandidatePairs& candidates, const CompareContext& context,
                                           const Scorer& scorer, const ScoringLimits& limits, TaskContext& task);

/// How often a pattern occurs.
struct PatternCount {
    std::uint64_t pattern = 0;
    std::uint64_t pairs = 0;
    friend auto operator<=>(const PatternCount&, const PatternCount&) = default;
};

/// Counts the patterns of every `stride`-th candidate (chosen by a hash of the pair). Ascending by pattern.
/// Error: Cancelled.
Result<std::vector<PatternCount>> countPatterns(const CandidatePairs& candidates, const CompareContext& context,
                                                std::uint64_t stride, unsigned threads, TaskContext& task);

/// Pairs per level of one comparison; [15] = missing.
using LevelCounts = std::array<std::uint64_t, 16>;

/// Levels per comparison of `pairs` random pairs within the scope, the same ones in every run. Error: Cancelled.
Result<std::vector<LevelCounts>> sampleLevels(const CompareContext& context, PairScope scope, std::uint64_t pairs,
                                              unsigned threads, TaskContext& task);

}  // namespace fairlead::link
