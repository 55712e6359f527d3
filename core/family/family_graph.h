// The families at a date: who is connected to whom, on which bases. A family is what is directly connected to
// a person: it never grows by chains, so that a city never becomes one family.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/date.h"
#include "core/family/family_edge.h"

namespace fairlead::family {

/// The two clocks: the civil day asked about, and what was known by which load.
struct FamilyAsAt {
    Date at;
    record::LoadId known{INT64_MAX};
};

/// A member of somebody's family.
struct FamilyMember {
    record::PersonKey person;
    std::vector<FamilyEdge> edges;  ///< The edges that connect, ascending; for a sibling through a common parent both.
};

/// An index over edges. Immutable; const functions may be called at once from several threads.
class FamilyGraph {
public:
    /// Keeps a copy of the edges.
    explicit FamilyGraph(std::vector<FamilyEdge> edges);

    /// The people connected to `person` on the day: by a recorded relationship, a family id or a household in
    /// one step, and siblings through a common recorded parent. Ascending by key; never the person itself.
    [[nodiscard]] std::vector<FamilyMember> members(record::PersonKey person, FamilyAsAt asAt) const;

    /// As members, keys only: for counting.
    [[nodiscard]] std::vector<record::PersonKey> memberKeys(record::PersonKey person, FamilyAsAt asAt) const;

    [[nodiscard]] std::span<const FamilyEdge> edges() const { return m_edges; }

private:
    [[nodiscard]] std::span<const std::uint32_t> edgesOf(record::PersonKey person) const;

    std::vector<FamilyEdge> m_edges;
    std::vector<record::PersonKey> m_persons;  ///< Ascending; parallel to m_offsets.
    std::vector<std::uint32_t> m_offsets;
    std::vector<std::uint32_t> m_incident;  ///< Edge positions, person by person.
};

}  // namespace fairlead::family
