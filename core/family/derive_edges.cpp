#include "core/family/derive_edges.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace fairlead::family {
namespace {

using record::PersonKey;
using Pair = std::pair<PersonKey, PersonKey>;

Pair ordered(PersonKey a, PersonKey b) { return a < b ? Pair{a, b} : Pair{b, a}; }

Interval overlap(const Interval& x, const Interval& y) {
    return {std::max(x.from, y.from), std::min(x.until, y.until)};
}

// Known from when both rows are known; withdrawn as soon as one is.
record::LoadId laterOf(record::LoadId x, record::LoadId y) { return std::max(x, y); }
record::LoadId firstWithdrawn(record::LoadId x, record::LoadId y) {
    if (x.value == 0 || y.value == 0) return x.value == 0 ? y : x;
    return std::min(x, y);
}

bool everKnown(const FamilyEdge& edge) { return edge.withdrawn.value == 0 || edge.received < edge.withdrawn; }

void addTies(const std::vector<RecordedTie>& ties, std::vector<FamilyEdge>& edges) {
    for (const RecordedTie& tie : ties) {
        if (tie.person == tie.other || tie.during.isEmpty()) continue;
        const bool directed = tie.relation == Relation::ParentOf || tie.relation == Relation::CarerOf;
        const Pair pair = directed ? Pair{tie.person, tie.other} : ordered(tie.person, tie.other);
        edges.push_back({pair.first, pair.second, Basis::RecordedRelationship, tie.relation, tie.during, tie.received,
                         tie.withdrawn});
    }
}

// An edge of two rows (of one family, of one place) for the time and the loads they have in common.
template <typename Row>
void addShared(const Row& x, const Row& y, Interval during, Basis basis, Relation relation,
               std::vector<FamilyEdge>& edges) {
    if (x.person == y.person || during.isEmpty()) return;
    const Pair pair = ordered(x.person, y.person);
    const FamilyEdge edge{pair.first,
                          pair.second,
                          basis,
                          relation,
                          during,
                          laterOf(x.received, y.received),
                          firstWithdrawn(x.withdrawn, y.withdrawn)};
    if (everKnown(edge)) edges.push_back(edge);
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
        for (; end < rows.size() && rows[end].family == rows[begin].family; ++end) members.insert(rows[end].person);
        if (members.size() > options.maxFamilySize) {
            ++out.report.oversizeFamilies;
        } else {
            for (std::size_t i = begin; i < end; ++i) {
                for (std::size_t j = i + 1; j < end; ++j) {
                    addShared(rows[i], rows[j], overlap(rows[i].during, rows[j].during), Basis::FamilyId,
                              Relation::SameFamily, out.edges);
                }
            }
        }
        begin = end;
    }
    return {};
}

// Who is a relative by record, whatever the time: these do not count as strangers in a full house.
class Relatives {
public:
    explicit Relatives(const std::vector<FamilyEdge>& edges) {
        for (const FamilyEdge& edge : edges) m_pairs.push_back(ordered(edge.a, edge.b));
        std::ranges::sort(m_pairs);
        m_pairs.erase(std::unique(m_pairs.begin(), m_pairs.end()), m_pairs.end());
    }
    [[nodiscard]] bool contains(PersonKey a, PersonKey b) const {
        return std::ranges::binary_search(m_pairs, ordered(a, b));
    }

private:
    std::vector<Pair> m_pairs;
};

// The number of groups of relatives among people; stops counting above `most`.
std::size_t groupsOf(const std::vector<PersonKey>& people, const Relatives& relatives, std::size_t most) {
    std::vector<std::vector<PersonKey>> groups;
    for (const PersonKey person : people) {
        std::vector<PersonKey> joined{person};
        std::erase_if(groups, [&](const std::vector<PersonKey>& group) {
            const bool related =
                std::ranges::any_of(group, [&](PersonKey other) { return relatives.contains(person, other); });
            if (related) joined.insert(joined.end(), group.begin(), group.end());
            return related;
        });
        groups.push_back(std::move(joined));
        // Later people can still join groups, but a house of hundreds need not be looked at to the end.
        if (groups.size() > 4 * most) break;
    }
    return groups.size();
}

// The residences of one place.
class Place {
public:
    Place(std::vector<Residence> rows, const Relatives& relatives, const DeriveOptions& options)
        : m_rows(std::move(rows)), m_relatives(relatives), m_options(options) {}

    // Goes from one day of change to the next; gives whether the place was ever crowded.
    bool addEdges(std::vector<FamilyEdge>& edges) {
        std::set<Date> days;
        for (const Residence& row : m_rows) {
            days.insert(row.during.from);
            days.insert(row.during.until);
        }
        std::ranges::sort(m_rows, {}, [](const Residence& row) {
            return std::tuple(row.during, row.person, row.received, row.withdrawn);
        });
        bool crowded = false;
        std::size_t next = 0;
        std::vector<std::size_t> living;
        for (auto day = days.begin(); day != days.end() && std::next(day) != days.end(); ++day) {
            std::erase_if(living, [&](std::size_t i) { return m_rows[i].during.until <= *day; });
            for (; next < m_rows.size() && m_rows[next].during.from <= *day; ++next) living.push_back(next);
            if (isCrowded(living)) {
                crowded = true;
                continue;
            }
            addSegment(living, {*day, *std::next(day)}, edges);
        }
        return crowded;
    }

private:
    [[nodiscard]] bool isCrowded(const std::vector<std::size_t>& living) const {
        if (living.size() <= m_options.maxUnrelatedResidents) return false;
        std::vector<PersonKey> people;
        for (const std::size_t i : living) people.push_back(m_rows[i].person);
        std::ranges::sort(people);
        people.erase(std::unique(people.begin(), people.end()), people.end());
        return groupsOf(people, m_relatives, m_options.maxUnrelatedResidents) > m_options.maxUnrelatedResidents;
    }

    void addSegment(const std::vector<std::size_t>& living, Interval segment, std::vector<FamilyEdge>& edges) const {
        for (std::size_t i = 0; i < living.size(); ++i) {
            for (std::size_t j = i + 1; j < living.size(); ++j) {
                addShared(m_rows[living[i]], m_rows[living[j]], segment, Basis::SharedHousehold,
                          Relation::SameHousehold, edges);
            }
        }
    }

    std::vector<Residence> m_rows;
    const Relatives& m_relatives;
    const DeriveOptions& m_options;
};

Status addResidences(const std::vector<Residence>& residences, const DeriveOptions& options, DerivedEdges& out,
                     TaskContext& task) {
    const Relatives relatives(out.edges);
    std::map<std::uint64_t, std::vector<Residence>> places;
    for (const Residence& row : residences) {
        if (row.communal) {
            ++out.report.communalResidences;
        } else if (!row.during.isEmpty()) {
            places[row.place].push_back(row);
        }
    }
    task.begin(Phase::Computing, places.size());
    for (auto& [number, rows] : places) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        task.advance(1);
        if (rows.size() > 1 && Place(std::move(rows), relatives, options).addEdges(out.edges))
            ++out.report.crowdedPlaces;
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

}  // namespace

bool isCommunalKind(std::string_view addressKind) {
    constexpr std::array<std::string_view, 4> kCommunal = {"placement", "hostel", "refuge", "childrens_home"};
    return std::ranges::find(kCommunal, addressKind) != kCommunal.end();
}

Result<DerivedEdges> deriveEdges(const FamilySources& sources, const DeriveOptions& options, TaskContext& task) {
    DerivedEdges out;
    addTies(sources.ties, out.edges);
    FAIRLEAD_OK(addMemberships(sources.memberships, options, out, task));
    FAIRLEAD_OK(addResidences(sources.residences, options, out, task));
    merge(out.edges);
    return out;
}

}  // namespace fairlead::family
