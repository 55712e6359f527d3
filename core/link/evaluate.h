// How good a linkage is where the truth is known: pairs, clusters, thresholds, with intervals.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/link/engine.h"

namespace fairlead::link {

/// A share with its 95 % interval (E. B. Wilson 1927).
struct Share {
    double value = 0.0;
    double low = 0.0;
    double high = 1.0;
};
/// Wilson's score interval for `successes` of `trials`; 0 to 1 when there are no trials.
Share wilson(double successes, double trials);

/// Pairs found against pairs that are true.
struct PairMetrics {
    std::uint64_t truePositives = 0;
    std::uint64_t falsePositives = 0;
    std::uint64_t falseNegatives = 0;

    [[nodiscard]] Share precision() const;
    [[nodiscard]] Share recall() const;
    /// F1 = 2 TP / (2 TP + FP + FN); its interval is Wilson's for TP / (TP + FP + FN), of which F1 is a function.
    [[nodiscard]] Share f1() const;
};

/// B-cubed (A. Bagga and B. Baldwin 1998): means over records.
struct BCubed {
    double precision = 0.0;
    double recall = 0.0;
    double f1 = 0.0;
};

/// What `evaluate` finds.
struct Evaluation {
    std::uint64_t truePairs = 0;  ///< Within the scope.
    PairMetrics atAccept;         ///< Links at or above the accept threshold that no constraint held back.
    PairMetrics best;             ///< At the threshold with the best F1.
    double bestThresholdBits = 0.0;
    PairMetrics clusters;  ///< Pairs of one cluster, within the scope.
    BCubed bcubed;
    double truthAtHighProbability = 0.0;  ///< Of the links given a probability of 0.99 or more: share that is true.
    std::uint64_t linksAtHighProbability = 0;
};

/// Compares a result with the truth: `truth[i]` is the person of input.records[i]; records with one number are one
/// person. REQUIRES: one truth per record, and the result of this input.
Evaluation evaluate(const LinkInput& input, const LinkResult& result, std::span<const std::uint32_t> truth);

}  // namespace fairlead::link
