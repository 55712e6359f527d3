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
    const auto what = [](const FamilyEdge& edge) {
        return std::tuple(edge.a, edge.b, edge.basis, edge.relation, edge.received, edge.withdrawn);
    };
    std::ranges::sort(edges, {}, [&](const FamilyEdge& edge) { return std::tuple(what(edge), edge.during); });
    std::vector<FamilyEdge> merged;
    for (const FamilyEdge& edge : edges) {
        if (!merged.empty() && what(merged.back()) == what(edge) && edge.during.from <= merged.back().during.until) {
            merged.back().during.until = std::max(merged.back().during.until, edge.during.until);
        } else {
            merged.push_back(edge);
        }
    }
    std::ranges::sort(merged);
    edges = std::move(merged);
}

// The size of the largest group that chains of edges connect.
std::uint64_t largestChainOf(const std::vector<FamilyEdge>& edges) {
    std::vector<PersonKey> people;
    for (const FamilyEdge& edge : edges) {
        people.push_back(edge.a);
        people.push_back(edge.b);
    }
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::vector<std::size_t> parent(people.size()), size(people.size(), 1);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto rootOf = [&](PersonKey person) {
        auto at = static_cast<std::size_t>(std::ranges::lower_bound(people, person) - people.begin());
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
    return people.empty() ? 0 : std::ranges::max(size);
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
