#include "core/family/present_homes.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace fairlead::family {
namespace {

using record::PersonKey;
using PersonAtPlace = std::pair<PersonKey, std::uint64_t>;

bool isUndated(const Residence& row) {
    return row.during.from == Date::beginning() && row.during.until == Date::never();
}
bool isSupplied(const Residence& row) { return !row.communal && row.withdrawn.value == 0; }

// What the records that are still supplied say of one person at one place.
struct Attested {
    PersonAtPlace where;
    std::uint32_t records = 0;      // that name it as a home to this day
    bool isDated = false;           // one of them says since when
    Date left = Date::beginning();  // the last day of those that say until when
};

std::vector<Attested> attestedHomes(const std::vector<Residence>& residences) {
    std::vector<Attested> homes;
    for (const Residence& row : residences) {
        if (!isSupplied(row) || row.during.isEmpty()) continue;
        Attested home{{row.person, row.place}};
        if (row.during.until == Date::never()) {
            home.records = 1;
            home.isDated = !isUndated(row);
        } else {
            home.left = row.during.until;
        }
        homes.push_back(home);
    }
    std::ranges::sort(homes, {}, [](const Attested& home) { return std::tuple(home.where, home.left, home.isDated); });
    std::size_t kept = 0;
    for (const Attested& home : homes) {
        if (kept > 0 && homes[kept - 1].where == home.where) {
            Attested& last = homes[kept - 1];
            last.records += home.records;
            last.isDated = last.isDated || home.isDated;
            last.left = std::max(last.left, home.left);
        } else {
            homes[kept++] = home;
        }
    }
    homes.resize(kept);
    // Who is known to have left lives there no more, whoever still says so.
    for (Attested& home : homes) {
        if (!home.isDated && home.left != Date::beginning()) home.records = 0;
    }
    return homes;
}

class Homes {
public:
    Homes(const std::vector<Residence>& residences, const Relatives& relatives)
        : m_homes(attestedHomes(residences)), m_relatives(relatives) {}

    [[nodiscard]] const Attested* find(const PersonAtPlace& where) const {
        const auto found = std::ranges::lower_bound(m_homes, where, {}, &Attested::where);
        return found != m_homes.end() && found->where == where ? &*found : nullptr;
    }

    // Another home is named by more records of the person and of relatives.
    [[nodiscard]] bool isOutvoted(const PersonAtPlace& where) const {
        const auto [first, last] =
            std::ranges::equal_range(m_homes, where.first, {}, [](const Attested& home) { return home.where.first; });
        if (last - first < 2) return false;
        const std::uint32_t own = votesFor(where);
        return std::any_of(first, last, [&](const Attested& other) { return votesFor(other.where) > own; });
    }

private:
    [[nodiscard]] std::uint32_t recordsAt(const PersonAtPlace& where) const {
        const Attested* home = find(where);
        return home == nullptr ? 0 : home->records;
    }
    [[nodiscard]] std::uint32_t votesFor(const PersonAtPlace& where) const {
        std::uint32_t votes = recordsAt(where);
        if (votes == 0) return 0;  // a former home
        for (const auto& [person, relative] : m_relatives.of(where.first)) votes += recordsAt({relative, where.second});
        return votes;
    }

    std::vector<Attested> m_homes;  // ascending by person and place
    const Relatives& m_relatives;
};

}  // namespace

std::vector<Residence> presentHomes(const std::vector<Residence>& residences, const Relatives& relatives,
                                    std::uint64_t& former) {
    const Homes homes(residences, relatives);
    std::vector<Residence> present;
    present.reserve(residences.size());
    for (Residence row : residences) {
        if (isSupplied(row) && isUndated(row)) {
            const PersonAtPlace where{row.person, row.place};
            const Attested* home = homes.find(where);
            const bool hasLeft = home != nullptr && !home->isDated && home->left != Date::beginning();
            if (hasLeft) {
                row.during.until = home->left;
            } else if (home != nullptr && !home->isDated && homes.isOutvoted(where)) {
                ++former;
                continue;
            }
        }
        present.push_back(row);
    }
    return present;
}

}  // namespace fairlead::family
