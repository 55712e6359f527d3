// Making an edge from two rows that have something in common.

#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/family/family_edge.h"

namespace fairlead::family {

/// The days that two times have in common; empty where they have none.
inline Interval commonDays(const Interval& x, const Interval& y) {
    return {std::max(x.from, y.from), std::min(x.until, y.until)};
}

/// What an edge of two rows says, but for the two persons and the loads.
struct EdgeMeaning {
    Basis basis = Basis::FamilyId;
    Relation relation = Relation::SameFamily;
    Interval during;
};

/// Adds an edge of two rows (of one family, of one place): known from when both rows are known, withdrawn as soon as
/// one is. None for a person with themselves, for no time, or where the rows were never known together.
template <typename Row>
void addSharedEdge(const Row& x, const Row& y, const EdgeMeaning& meaning, std::vector<FamilyEdge>& edges) {
    if (x.person == y.person || meaning.during.isEmpty()) return;
    const auto pair = std::minmax(x.person, y.person);
    record::LoadId withdrawn = std::min(x.withdrawn, y.withdrawn);
    if (withdrawn.value == 0) withdrawn = std::max(x.withdrawn, y.withdrawn);
    const FamilyEdge edge{pair.first,       pair.second,    meaning.basis,
                          meaning.relation, meaning.during, std::max(x.received, y.received),
                          withdrawn};
    if (withdrawn.value == 0 || edge.received < withdrawn) edges.push_back(edge);
}

}  // namespace fairlead::family
