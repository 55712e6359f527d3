// How good a linkage is where the truth is known: pairs, clusters, thresholds, calibration and groups of records,
// with intervals. Near-linear in the number of records and links.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/link/engine.h"

namespace fairlead::link {

/// A share with its 95 % interval (E. B. Wilson 1927). Pairs of one person depend on each other, so that the interval
/// is a little too narrow where persons have many records.
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

/// What is true of the records, in the order of the result's clusters.
struct Truth {
    std::span<const std::uint32_t> persons;         ///< Records with one number are one person.
    std::span<const record::SourcePersonId> ids{};  ///< As links name the records; empty: numbered from 0.
    std::span<const std::uint16_t> datasets{};      ///< Empty: all of one.
    PairScope scope = PairScope::Everything;        ///< Pairs outside of it are neither true nor false.
    std::span<const std::uint32_t> groups{};        ///< Numbered from 0, e.g. ethnicity; empty: no figures by group.
};

/// A cluster is right when it is a person.
struct ClusterMetrics {
    PairMetrics pairs;  ///< Pairs of one cluster, within the scope.
    BCubed bcubed;
};

/// Pairs given a probability of at least `low` and less than `high` (the last band holds 1 too).
struct CalibrationBand {
    double low = 0.0;
    double high = 1.0;
    std::uint64_t pairs = 0;
    double expected = 0.0;  ///< Sum of the probabilities: how many should be true.
    std::uint64_t trulySame = 0;
};

/// Fewer true pairs than this in a group say little: its figures are marked as small.
inline constexpr std::uint64_t kSmallGroupPairs = 100;

/// One value of the group column. A pair counts for the groups of both of its records, once where they are one.
struct GroupMetrics {
    std::uint32_t group = 0;
    std::uint64_t records = 0;
    std::uint64_t truePairs = 0;
    PairMetrics atAccept;
    ClusterMetrics clusters;  ///< B-cubed: mean over the group's records.

    [[nodiscard]] bool isSmall() const { return truePairs < kSmallGroupPairs; }
};

/// What `evaluate` finds.
struct Evaluation {
    std::uint64_t truePairs = 0;  ///< Within the scope.
    PairMetrics atAccept;         ///< Links at or above the accept threshold that no constraint held back.
    PairMetrics best;             ///< At the threshold with the best F1.
    double bestThresholdBits = 0.0;
    double lowestBits = 0.0;  ///< Of the links kept: thresholds below it were not looked at.
    PairMetrics clusters;     ///< Pairs of one cluster, within the scope.
    BCubed bcubed;
    double truthAtHighProbability = 0.0;  ///< Of the links given a probability of 0.99 or more: share that is true.
    std::uint64_t linksAtHighProbability = 0;
    std::vector<CalibrationBand> calibration;  ///< Kept links that no constraint held back, by probability.
    std::vector<GroupMetrics> groups;          ///< Ascending; empty without Truth::groups.
};

/// Compares a result with the truth. REQUIRES: one person (and dataset, group, id where given) per record of the
/// result, and links between those records alone.
Evaluation evaluate(const Truth& truth, const LinkResult& result);
/// The same for a result of this input; `persons[i]` is the person of input.records[i].
Evaluation evaluate(const LinkInput& input, const LinkResult& result, std::span<const std::uint32_t> persons);

/// Clusters alone: `clusters[i]` is the cluster of record i, any numbers; truth.ids are not looked at. Gives the
/// groups' records, true pairs and clusters too. REQUIRES: as evaluate().
struct ClusterEvaluation {
    std::uint64_t truePairs = 0;
    ClusterMetrics all;
    std::vector<GroupMetrics> groups;
};
/// See ClusterEvaluation.
ClusterEvaluation evaluateClusters(const Truth& truth, std::span<const std::uint32_t> clusters);

}  // namespace fairlead::link
