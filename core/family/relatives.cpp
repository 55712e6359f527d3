#include "core/family/relatives.h"

#include <algorithm>

namespace fairlead::family {
namespace {

using record::PersonKey;
using Pair = std::pair<PersonKey, PersonKey>;

void sortOnce(std::vector<Pair>& pairs) {
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace

Relatives::Relatives(const std::vector<FamilyEdge>& edges) {
    for (const FamilyEdge& edge : edges) {
        m_pairs.emplace_back(edge.a, edge.b);
        m_pairs.emplace_back(edge.b, edge.a);
        if (edge.relation == Relation::ParentOf || edge.relation == Relation::CarerOf)
            m_children.push_back(std::minmax(edge.a, edge.b));
    }
    sortOnce(m_pairs);
    sortOnce(m_children);
}

bool Relatives::contains(PersonKey a, PersonKey b) const { return std::ranges::binary_search(m_pairs, Pair{a, b}); }

bool Relatives::areParentAndChild(PersonKey a, PersonKey b) const {
    return std::ranges::binary_search(m_children, Pair(std::minmax(a, b)));
}

std::span<const Pair> Relatives::of(PersonKey person) const {
    const auto [first, last] = std::ranges::equal_range(m_pairs, person, {}, &Pair::first);
    return {first, last};
}

std::vector<std::vector<PersonKey>> groupsOf(std::span<const PersonKey> people, const Relatives& relatives) {
    std::vector<std::vector<PersonKey>> groups;
    for (const PersonKey person : people) {
        std::vector<PersonKey> joined;
        std::erase_if(groups, [&](const std::vector<PersonKey>& group) {
            const bool related =
                std::ranges::any_of(group, [&](PersonKey other) { return relatives.contains(person, other); });
            if (related) joined.insert(joined.end(), group.begin(), group.end());
            return related;
        });
        joined.push_back(person);
        std::ranges::sort(joined);
        groups.push_back(std::move(joined));
    }
    std::ranges::sort(groups);
    return groups;
}

}  // namespace fairlead::family
