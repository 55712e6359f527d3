#include "core/family/derive_edges.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "core/family/edge_making.h"
#include "core/family/households.h"

namespace fairlead::family {
namespace {

using record::PersonKey;
using Pair = std::pair<PersonKey, PersonKey>;

Pair ordered(PersonKey a, PersonKey b) { return a < b ? Pair{a, b} : Pair{b, a}; }

void addTies(const std::vector<RecordedTie>& ties, std::vector<FamilyEdge>& edges) {
    for (const RecordedTie& tie : ties) {
        if (tie.person == tie.other || tie.during.isEmpty()) continue;
        const bool directed = tie.relation == Relation::ParentOf || tie.relation == Relation::CarerOf;
        const Pair pair = directed ? Pair{tie.person, tie.other} : ordered(tie.person, tie.other);
        edges.push_back({pair.first, pair.second, Basis::RecordedRelationship, tie.relation, tie.during, tie.received,
                         tie.withdrawn});
    }
}

Status addMemberships(std::vector<FamilyMembership> rows, const DeriveOptions& options, DerivedEdges& out,
                      TaskContext& task) {
    std::ranges::sort(rows, {}, [](const FamilyMembership& row) {
        return std::tuple(row.family, row.person, row.during, row.received, row.withdrawn);
    });
    for (std::size_t begin = 0; begin < rows.size();) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        std::size_t end = begin;
        std::set<PersonKey> members;
        Interval days = rows[begin].during;
        for (; end < rows.size() && rows[end].family == rows[begin].family; ++end) {
            members.insert(rows[end].person);
            days = {std::min(days.from, rows[end].during.from), std::max(days.until, rows[end].during.until)};
        }
        if (members.size() > options.maxFamilySize) {
            out.report.leftOut.push_back(
                {LeftOutBecause::OversizeFamily, rows[begin].family, static_cast<std::uint32_t>(members.size()), days});
        } else {
            for (std::size_t i = begin; i < end; ++i) {
                for (std::size_t j = i + 1; j < end; ++j) {
                    addSharedEdge(rows[i], rows[j],
                                  {Basis::FamilyId, Relation::SameFamily, commonDays(rows[i].during, rows[j].during)},
                                  out.edges);
                }
            }
        }
        begin = end;
    }
    return {};
}

// Sorts, and joins edges that differ only in touching or overlapping times.
void merge(std::vector<FamilyEdge>& edges) {
    const auto pair = [](const FamilyEdge& edge) { return std::tuple(edge.a, edge.b, edge.basis, edge.relation); };
    const auto what = [&](const FamilyEdge& edge) { return std::tuple(pair(edge), edge.received, edge.withdrawn); };
    std::ranges::sort(edges, {}, [&](const FamilyEdge& edge) { return std::tuple(what(edge), edge.during); });
    std::size_t kept = 0;
    for (const FamilyEdge& edge : edges) {
        if (kept > 0 && what(edges[kept - 1]) == what(edge) && edge.during.from <= edges[kept - 1].during.until)
            edges[kept - 1].during.until = std::max(edges[kept - 1].during.until, edge.during.until);
        else
            edges[kept++] = edge;
    }
    edges.resize(kept);
    // The order of edges has the days before the loads: few have more than one of either.
    for (auto begin = edges.begin(), end = begin; begin != edges.end(); begin = end) {
        while (end != edges.end() && pair(*end) == pair(*begin)) ++end;
        std::sort(begin, end);
    }
}

// Persons numbered: by their distance from the smallest key where keys are dense, else by their order.
class PersonNumbers {
public:
    explicit PersonNumbers(const std::vector<FamilyEdge>& edges) {
        constexpr std::int64_t kDense = 16;
        std::int64_t last = edges.empty() ? -1 : edges.front().a.value;
        m_first = edges.empty() ? 0 : last;
        for (const FamilyEdge& edge : edges) {
            m_first = std::min({m_first, edge.a.value, edge.b.value});
            last = std::max({last, edge.a.value, edge.b.value});
        }
        m_count = static_cast<std::size_t>(last - m_first + 1);
        if (last - m_first < kDense * static_cast<std::int64_t>(edges.size())) return;
        for (const FamilyEdge& edge : edges) m_people.insert(m_people.end(), {edge.a, edge.b});
        std::ranges::sort(m_people);
        m_people.erase(std::unique(m_people.begin(), m_people.end()), m_people.end());
        m_count = m_people.size();
    }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::size_t of(PersonKey person) const {
        if (m_people.empty()) return static_cast<std::size_t>(person.value - m_first);
        return static_cast<std::size_t>(std::ranges::lower_bound(m_people, person) - m_people.begin());
    }

private:
    std::int64_t m_first = 0;
    std::size_t m_count = 0;
    std::vector<PersonKey> m_people;  // empty where keys are dense
};

// The size of the largest group that chains of edges connect.
std::uint64_t largestChainOf(const std::vector<FamilyEdge>& edges) {
    if (edges.empty()) return 0;
    const PersonNumbers numbers(edges);
    std::vector<std::size_t> parent(numbers.count()), size(numbers.count(), 1);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto rootOf = [&](PersonKey person) {
        std::size_t at = numbers.of(person);
        while (parent[at] != at) at = parent[at] = parent[parent[at]];
        return at;
    };
    for (const FamilyEdge& edge : edges) {
        std::size_t one = rootOf(edge.a), other = rootOf(edge.b);
        if (one == other) continue;
        if (size[one] < size[other]) std::swap(one, other);
        parent[other] = one;
        size[one] += size[other];
    }
    return std::ranges::max(size);
}

}  // namespace

bool isCommunalKind(std::string_view addressKind) {
    constexpr std::array<std::string_view, 4> kCommunal = {"placement", "hostel", "refuge", "childrens_home"};
    return std::ranges::find(kCommunal, addressKind) != kCommunal.end();
}

std::string_view name(LeftOutBecause reason) {
    constexpr std::array<std::string_view, kLeftOutReasons> kNames = {"communal_kind", "crowded", "several_families",
                                                                      "oversize_family"};
    return kNames.at(static_cast<std::size_t>(reason));
}

std::uint64_t DeriveReport::count(LeftOutBecause reason) const {
    return static_cast<std::uint64_t>(std::ranges::count(leftOut, reason, &LeftOut::because));
}

Result<DerivedEdges> deriveEdges(const FamilySources& sources, const DeriveOptions& options, TaskContext& task) {
    DerivedEdges out;
    addTies(sources.ties, out.edges);
    FAIRLEAD_OK(addMemberships(sources.memberships, options, out, task));
    FAIRLEAD_OK(addHouseholds(sources.residences, options, out, task));
    merge(out.edges);
    out.report.largestChain = largestChainOf(out.edges);
    std::ranges::sort(out.report.leftOut);
    return out;
}

}  // namespace fairlead::family
