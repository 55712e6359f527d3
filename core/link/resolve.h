// From scored pairs to persons: links in order of weight, joined only where no constraint stands against it.

#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/columns.h"
#include "core/link/engine.h"
#include "core/link/pair_rules.h"
#include "core/link/passes.h"
#include "core/link/relations.h"

namespace fairlead::link {

/// A decision on rows.
struct RowDecision {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool samePerson = false;
};

/// A link on rows, with what became of it.
struct RowLink {
    ScoredPair pair;
    LinkKind kind = LinkKind::Scored;
    LinkState state = LinkState::Review;
    bool joined = false;  ///< As ScoredLink::joined.
};

/// All that resolving looks at.
struct ResolveInput {
    const Columns& columns;
    const PairRules& rules;
    const std::vector<DatasetTraits>& datasets;
    const RowRelatives& relatives;
    std::vector<RowDecision> decisions;
    std::vector<ScoredPair> pairs;
    double acceptBits = 0.0;
    double reviewBits = 0.0;
    bool relativesRule = false;
    /// Scores any two rows: for the pairs between two clusters that no rule brought. One for each thread; at least one.
    std::vector<std::function<ScoredPair(std::uint32_t, std::uint32_t)>> score;
};

/// Clusters of rows, and every link with its state.
struct Resolved {
    std::vector<RowLink> links;           ///< Ascending by (a, b).
    std::vector<std::uint32_t> clusters;  ///< Per row, numbered by smallest row.
};

/// Resolves. The result does not depend on the number of threads. Order: decisions, deciding identifiers, then weights,
/// heaviest first; ties by rows. Error: Cancelled.
Result<Resolved> resolve(ResolveInput input, TaskContext& task);

}  // namespace fairlead::link
