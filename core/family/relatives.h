// Who is a relative by record, whatever the time.

#pragma once

#include <span>
#include <utility>
#include <vector>

#include "core/family/family_edge.h"

namespace fairlead::family {

/// The relatives that edges of record give: ties and family numbers. Immutable.
class Relatives {
public:
    /// `edges` without those of shared homes.
    explicit Relatives(const std::vector<FamilyEdge>& edges);

    /// True when the two are relatives.
    [[nodiscard]] bool contains(record::PersonKey a, record::PersonKey b) const;
    /// True when the one is recorded as a parent or carer of the other.
    [[nodiscard]] bool areParentAndChild(record::PersonKey a, record::PersonKey b) const;
    /// The relatives of a person, each as (person, relative), ascending.
    [[nodiscard]] std::span<const std::pair<record::PersonKey, record::PersonKey>> of(record::PersonKey person) const;

private:
    std::vector<std::pair<record::PersonKey, record::PersonKey>> m_pairs;     // in both directions
    std::vector<std::pair<record::PersonKey, record::PersonKey>> m_children;  // ordered pairs
};

/// The people in groups that relatives by record make, each ascending, in the order of their first member.
std::vector<std::vector<record::PersonKey>> groupsOf(std::span<const record::PersonKey> people,
                                                     const Relatives& relatives);

}  // namespace fairlead::family
