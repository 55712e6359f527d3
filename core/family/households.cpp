#include "core/family/households.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/family/edge_making.h"
#include "core/family/present_homes.h"
#include "core/family/relatives.h"

namespace fairlead::family {
namespace {

using record::PersonKey;

// Two families are two parents and two children at the least.
constexpr std::size_t kFewestInTwoFamilies = 4;

/// Why people of one place were left out, over all its days.
class LeftOutOfPlace {
public:
    void add(LeftOutBecause reason, std::size_t people, Interval during) {
        auto& found = m_found.at(static_cast<std::size_t>(reason));
        if (!found) found = LeftOut{reason, 0, 0, during};
        found->people = std::max(found->people, static_cast<std::uint32_t>(people));
        found->during = {std::min(found->during.from, during.from), std::max(found->during.until, during.until)};
    }
    void report(std::uint64_t place, std::vector<LeftOut>& leftOut) const {
        for (const auto& found : m_found) {
            if (!found) continue;
            leftOut.push_back(*found);
            leftOut.back().number = place;
        }
    }

private:
    std::array<std::optional<LeftOut>, kLeftOutReasons> m_found;
};

// The residences of one place that are not of a communal kind.
class Place {
public:
    Place(std::vector<Residence> rows, const Relatives& relatives, const DeriveOptions& options)
        : m_rows(std::move(rows)), m_relatives(relatives), m_options(options) {}

    // Goes from one day of change to the next.
    void addEdges(std::vector<FamilyEdge>& edges, LeftOutOfPlace& leftOut) {
        std::vector<Date> days;
        for (const Residence& row : m_rows) {
            days.push_back(row.during.from);
            days.push_back(row.during.until);
        }
        std::ranges::sort(days);
        days.erase(std::unique(days.begin(), days.end()), days.end());
        std::ranges::sort(m_rows, {}, [](const Residence& row) {
            return std::tuple(row.during, row.person, row.received, row.withdrawn);
        });
        std::size_t next = 0;
        std::vector<std::size_t> living;
        for (auto day = days.begin(); day != days.end() && std::next(day) != days.end(); ++day) {
            std::erase_if(living, [&](std::size_t i) { return m_rows[i].during.until <= *day; });
            for (; next < m_rows.size() && m_rows[next].during.from <= *day; ++next) living.push_back(next);
            addSegment(living, {*day, *std::next(day)}, edges, leftOut);
        }
    }

private:
    [[nodiscard]] std::vector<PersonKey> peopleOf(const std::vector<std::size_t>& living) const {
        std::vector<PersonKey> people;
        for (const std::size_t i : living) people.push_back(m_rows[i].person);
        std::ranges::sort(people);
        people.erase(std::unique(people.begin(), people.end()), people.end());
        return people;
    }

    [[nodiscard]] bool isFamily(const std::vector<PersonKey>& group) const {
        for (std::size_t i = 0; i < group.size(); ++i) {
            for (std::size_t j = i + 1; j < group.size(); ++j) {
                if (m_relatives.areParentAndChild(group[i], group[j])) return true;
            }
        }
        return false;
    }

    void addSegment(const std::vector<std::size_t>& living, Interval segment, std::vector<FamilyEdge>& edges,
                    LeftOutOfPlace& leftOut) const {
        const std::vector<PersonKey> people = peopleOf(living);
        std::vector<std::vector<PersonKey>> groups;
        if (people.size() >= kFewestInTwoFamilies) groups = groupsOf(people, m_relatives);
        if (groups.size() > m_options.maxUnrelatedResidents) {
            leftOut.add(LeftOutBecause::Crowded, people.size(), segment);
            return;
        }
        const bool apart = std::ranges::count_if(groups, [&](const auto& group) { return isFamily(group); }) > 1;
        if (apart) leftOut.add(LeftOutBecause::SeveralFamilies, people.size(), segment);
        const auto groupOf = [&](PersonKey person) {
            return std::ranges::find_if(groups, [&](const auto& g) { return std::ranges::binary_search(g, person); });
        };
        for (std::size_t i = 0; i < living.size(); ++i) {
            for (std::size_t j = i + 1; j < living.size(); ++j) {
                const Residence &x = m_rows[living[i]], &y = m_rows[living[j]];
                if (apart && groupOf(x.person) != groupOf(y.person)) continue;
                addSharedEdge(x, y, {Basis::SharedHousehold, Relation::SameHousehold, segment}, edges);
            }
        }
    }

    std::vector<Residence> m_rows;
    const Relatives& m_relatives;
    const DeriveOptions& m_options;
};

void reportCommunal(std::span<const Residence> rows, LeftOutOfPlace& leftOut) {
    std::set<PersonKey> people;
    for (const Residence& row : rows) {
        people.insert(row.person);
        leftOut.add(LeftOutBecause::CommunalKind, people.size(), row.during);
    }
}

// (place, position of the row), ascending.
std::vector<std::pair<std::uint64_t, std::size_t>> byPlace(const std::vector<Residence>& rows) {
    std::vector<std::pair<std::uint64_t, std::size_t>> places;
    places.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) places.emplace_back(rows[i].place, i);
    std::ranges::sort(places);
    return places;
}

}  // namespace

Status addHouseholds(const std::vector<Residence>& residences, const DeriveOptions& options, DerivedEdges& out,
                     TaskContext& task) {
    const Relatives relatives(out.edges);
    std::vector<Residence> rows = presentHomes(residences, relatives, out.report.formerHomes);
    std::erase_if(rows, [](const Residence& row) { return row.during.isEmpty(); });
    out.report.communalResidences += static_cast<std::uint64_t>(std::ranges::count(rows, true, &Residence::communal));
    const auto places = byPlace(rows);
    task.begin(Phase::Computing, places.size());
    for (std::size_t begin = 0, end = 0; begin < places.size(); begin = end) {
        while (end < places.size() && places[end].first == places[begin].first) ++end;
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        task.advance(end - begin);
        if (end - begin == 1 && !rows[places[begin].second].communal) continue;
        std::vector<Residence> communal, homes;
        for (std::size_t i = begin; i < end; ++i) {
            const Residence& row = rows[places[i].second];
            (row.communal ? communal : homes).push_back(row);
        }
        LeftOutOfPlace leftOut;
        reportCommunal(communal, leftOut);
        if (homes.size() > 1) Place(std::move(homes), relatives, options).addEdges(out.edges, leftOut);
        leftOut.report(places[begin].first, out.report.leftOut);
    }
    return {};
}

}  // namespace fairlead::family
