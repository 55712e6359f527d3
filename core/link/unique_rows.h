// Sources that hold each person once: seen from the links between them, and used to choose between links.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/link/columns.h"
#include "core/link/passes.h"

namespace fairlead::link {

/// What the links between datasets say of repeated persons inside one of them.
struct RepeatCount {
    std::uint64_t linked = 0;    ///< Records of other datasets with a sure link (probability 0.99) into this one.
    std::uint64_t repeated = 0;  ///< Of these, such with two or more.

    /// Enough links, and so few repeats that mistakes of the linkage explain them.
    [[nodiscard]] bool looksUnique() const;
};

/// Counts by dataset. `pairs` are scored pairs between datasets.
std::vector<RepeatCount> countRepeats(const Columns& columns, std::size_t datasets, std::span<const ScoredPair> pairs);

/// An edge between two rows; weights are above 0.
struct WeightedEdge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    double weight = 0.0;
};

/// Of edges between two sides, the set with the largest sum of weights in which no row occurs twice (H. W. Kuhn 1955;
/// solved by shortest augmenting paths). A row is on the left when it is an `a` of some edge. Groups of connected rows
/// with more than 200 on a side are taken heaviest edge first. Gives a flag per edge; ties go to the lower rows.
std::vector<bool> heaviestAssignment(std::span<const WeightedEdge> edges);

}  // namespace fairlead::link
