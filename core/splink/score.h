// Applies a Splink model to a table: pairs by its blocking rules, a level per comparison, match weights.
//
//   weight = log2(p / (1 - p)) + sum over comparisons of log2(m / u) + w log2(u_exact / max(tf_l, tf_r, tf_minimum))
//
// with the level's m and u, and tf the share of the non-NULL cells of the column that have the value, over all data
// sets together. A level without m or u is scored as Splink does: m = 0.95 for the top level and 0.05 / (k - 1) for
// each other of k levels; u = m / 2^b, b = 10 for the top and evenly from -5 (ELSE) to 3 below it.
// Of two rows the one with the smaller id is "l". Ids compare as texts, as in Splink where the id column is text; when
// linking, the data set's name comes first.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/input.h"
#include "core/splink/model.h"
#include "core/splink/table.h"

namespace fairlead::splink {

/// How to run.
struct ScoreOptions {
    unsigned threads = 0;            ///< 0 = as many as the computer has. The result does not depend on it.
    double floorProbability = 1e-4;  ///< Pairs below are counted but not kept.
    /// Which pairs are looked at; by default what the model's link type says.
    std::optional<link::PairScope> scope;
    /// A rule without an equality between the two rows brings every pair; above this many it is refused.
    std::uint64_t mostPairsWithoutKey = 20'000'000;
    std::uint64_t mostPairs = 2'000'000'000;  ///< The same for any rule.
};

/// One pair that was kept. `a` is the row that Splink calls l.
struct ScoredPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double bits = 0.0;         ///< Match weight, prior included.
    double probability = 0.0;  ///< The same as a probability.
    std::uint16_t rule = 0;    ///< First rule that brings the pair: Splink's match_key.

    friend bool operator==(const ScoredPair&, const ScoredPair&) = default;
};

/// What a blocking rule brought.
struct RuleReport {
    std::string condition;
    std::uint64_t pairs = 0;  ///< Pairs that this rule was the first to bring.
};

/// Pairs in ascending order of (data set, id) of a, then of b, and what happened.
struct ScoreResult {
    std::vector<ScoredPair> pairs;
    std::size_t comparisons = 0;
    std::vector<std::int8_t> levels;  ///< Splink's gamma, `comparisons` for each pair: -1 = NULL, 0 = ELSE.
    std::vector<RuleReport> rules;
    std::uint64_t pairsCompared = 0;
    std::vector<std::string> notes;  ///< Plain sentences: levels never observed ...

    /// The levels of a pair, one per comparison of the model.
    [[nodiscard]] std::span<const std::int8_t> levelsOf(std::size_t pair) const {
        return {levels.data() + pair * comparisons, comparisons};
    }
};

/// The label of a comparison's level by its gamma, for people.
const std::string& labelOf(const Comparison& comparison, int gamma);

/// Scores. Errors: MissingColumn (the model needs columns that the table lacks; the detail names them all),
/// InvalidArgument (a rule without an equality would bring too many pairs), ParseError (as readModel), Cancelled.
Result<ScoreResult> scoreTables(const Table& table, const Model& model, const ScoreOptions& options, TaskContext& task);

/// Why two rows weigh what they weigh.
struct PairExplanation {
    /// What one comparison of the model says.
    struct Part {
        int gamma = -1;              ///< As in ScoreResult::levels.
        double bits = 0.0;           ///< log2(m/u) of the level.
        double frequencyBits = 0.0;  ///< The term-frequency adjustment.
    };
    double priorBits = 0.0;
    std::vector<Part> parts;         ///< One per comparison of the model.
    double bits = 0.0;               ///< As ScoredPair::bits: the prior and all parts.
    std::vector<std::string> rules;  ///< Blocking rules that bring the two together, in the model's order.
};

/// Explains a pair of rows, whether or not a rule brings it and whatever it weighs. Which of the two is l does not
/// depend on the order given. Errors: as scoreTables. REQUIRES: two different rows of the table.
Result<PairExplanation> explainPair(const Table& table, const Model& model, const ScoreOptions& options,
                                    std::pair<std::uint32_t, std::uint32_t> rows, TaskContext& task);

/// Who is whom.
struct Persons {
    std::vector<std::uint32_t> ofRow;  ///< A number per row, from 0 by first row.
    std::vector<bool> joined;          ///< Per pair: it made one person of two.
};
/// Persons from pairs: heaviest first, two persons become one unless both have a row of a data set with one person per
/// row; ties by rows. `datasets` one per data set of the table.
Persons clustersOf(const Table& table, std::span<const ScoredPair> pairs, double acceptBits,
                   std::span<const link::DatasetTraits> datasets);

}  // namespace fairlead::splink
