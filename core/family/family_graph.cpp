#include "core/family/family_graph.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fairlead::family {
namespace {

using record::PersonKey;

bool holds(const FamilyEdge& edge, const FamilyAsAt& asAt) {
    const bool known = edge.received <= asAt.known && (edge.withdrawn.value == 0 || asAt.known < edge.withdrawn);
    return known && edge.during.contains(asAt.at);
}

PersonKey otherEnd(const FamilyEdge& edge, PersonKey person) { return edge.a == person ? edge.b : edge.a; }

}  // namespace

FamilyGraph::FamilyGraph(std::vector<FamilyEdge> edges) : m_edges(std::move(edges)) {
    std::ranges::sort(m_edges);
    std::vector<std::pair<PersonKey, std::uint32_t>> ends;
    ends.reserve(2 * m_edges.size());
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        ends.emplace_back(m_edges[i].a, i);
        ends.emplace_back(m_edges[i].b, i);
    }
    std::ranges::sort(ends);
    m_incident.reserve(ends.size());
    for (const auto& [person, edge] : ends) {
        if (m_persons.empty() || m_persons.back() != person) {
            m_persons.push_back(person);
            m_offsets.push_back(static_cast<std::uint32_t>(m_incident.size()));
        }
        m_incident.push_back(edge);
    }
    m_offsets.push_back(static_cast<std::uint32_t>(m_incident.size()));
}

std::span<const std::uint32_t> FamilyGraph::edgesOf(PersonKey person) const {
    const auto found = std::ranges::lower_bound(m_persons, person);
    if (found == m_persons.end() || *found != person) return {};
    const auto at = static_cast<std::size_t>(found - m_persons.begin());
    return {m_incident.data() + m_offsets[at], m_offsets[at + 1] - m_offsets[at]};
}

std::vector<FamilyMember> FamilyGraph::members(PersonKey person, FamilyAsAt asAt) const {
    std::map<PersonKey, std::vector<FamilyEdge>> found;
    for (const std::uint32_t i : edgesOf(person)) {
        const FamilyEdge& edge = m_edges[i];
        if (!holds(edge, asAt)) continue;
        found[otherEnd(edge, person)].push_back(edge);
        // Siblings that nobody recorded as such: the other children of a recorded parent. The one place where two
        // steps are taken.
        if (edge.relation != Relation::ParentOf || edge.b != person) continue;
        for (const std::uint32_t j : edgesOf(edge.a)) {
            const FamilyEdge& child = m_edges[j];
            if (child.relation != Relation::ParentOf || child.a != edge.a || child.b == person || !holds(child, asAt))
                continue;
            found[child.b].push_back(edge);
            found[child.b].push_back(child);
        }
    }
    std::vector<FamilyMember> members;
    members.reserve(found.size());
    for (auto& [key, edges] : found) {
        std::ranges::sort(edges);
        edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
        members.push_back({key, std::move(edges)});
    }
    return members;
}

std::vector<PersonKey> FamilyGraph::memberKeys(PersonKey person, FamilyAsAt asAt) const {
    std::vector<PersonKey> keys;
    for (const FamilyMember& member : members(person, asAt)) keys.push_back(member.person);
    return keys;
}

}  // namespace fairlead::family
