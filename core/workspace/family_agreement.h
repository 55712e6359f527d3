// How well families agree with the truth of a synthetic city.

#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"
#include "core/link/evaluate.h"
#include "core/workspace/truth_files.h"

namespace fairlead::workspace {

/// Pairs of a child and somebody of its family on a day, ours against the truth's. Children only, because a family
/// counts beside a pupil and nowhere else.
struct FamilyAgreement {
    Date on;
    link::PairMetrics pairs;
    std::int64_t truePairs = 0;
    std::int64_t foundPairs = 0;  ///< True pairs that we have too.
    /// Of the true pairs those that some chain of delivered rows connects: what nobody wrote down nobody can find.
    std::int64_t connectedPairs = 0;
    std::int64_t foundConnected = 0;
    std::int64_t claimedPairs = 0;  ///< All pairs that we have.
    std::int64_t largest = 0;       ///< Most members that anybody's family has.
    family::DeriveReport report;    ///< What was left out.

    /// The recall that no rule over delivered rows can exceed, chains of them included.
    [[nodiscard]] double ceiling() const {
        return truePairs == 0 ? 0.0 : static_cast<double>(connectedPairs) / static_cast<double>(truePairs);
    }
};

/// Which true person a person of ours is: whom most of its records are of.
using TrulyOf = std::unordered_map<std::int64_t, std::int64_t>;

/// Derives the families of `sources` as at a day and compares them. Two persons of ours who are truly one are one here;
/// as relatives of each other they are a false pair. A person of ours who is nobody is in no true pair. The truth's
/// pairs are of people whom a delivery names, relatives who live elsewhere included, whether or not anybody recorded
/// the relation. Error: Cancelled.
Result<FamilyAgreement> familyAgreement(const family::FamilySources& sources, const TrulyOf& trulyOf,
                                        const Truth& truth, Date on, TaskContext& task);

}  // namespace fairlead::workspace
