// How well clusters agree with the truth: pairwise and B-cubed precision, recall and F1.
// B-cubed: A. Bagga and B. Baldwin (1998), Entity-based cross-document coreferencing using the vector space model.

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace fairlead::workspace {

/// Precision, recall and their harmonic mean, 0 to 1. A measure over nothing is 1.
struct Agreement {
    double precision = 1;
    double recall = 1;
    double f1 = 1;
};

/// Both views of the same clusters.
struct ClusterAgreement {
    Agreement pairwise;  ///< Over pairs of records.
    Agreement bcubed;    ///< Averaged over records.
    std::int64_t records = 0;
    std::int64_t truePairs = 0;
    std::int64_t foundPairs = 0;    ///< True pairs that are in one cluster.
    std::int64_t claimedPairs = 0;  ///< Pairs in one cluster, true or not.
};

/// `records` holds, per record, its cluster and its true person. The order makes no difference.
ClusterAgreement clusterAgreement(const std::vector<std::pair<std::int64_t, std::int64_t>>& records);

}  // namespace fairlead::workspace
