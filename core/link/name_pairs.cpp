#include "core/link/name_pairs.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace fairlead::link {
namespace {

// So many people of the whole population are added to the bearers of a surname: rare surnames then say nothing of
// their forenames.
constexpr double kSurnamePeople = 20.0;

std::uint64_t nameOf(std::uint32_t surname, std::uint32_t forename) {
    return (static_cast<std::uint64_t>(surname) << 32U) | forename;
}

}  // namespace

NamePairs::NamePairs(const Columns& columns, const ValueFrequencies& forenames, double datesPerPerson)
    : m_datesPerPerson(datesPerPerson) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> seen;  // name, birth date
    seen.reserve(columns.rows);
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        for (const std::uint32_t f : columns.forename.of(row)) {
            for (const std::uint32_t s : columns.surname.of(row)) {
                const std::uint64_t name = nameOf(columns.surnames[s].whole, columns.forenames[f].first);
                for (const std::uint32_t date : columns.birthDate.of(row)) seen.emplace_back(name, date);
            }
        }
    }
    std::ranges::sort(seen);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    m_ofSurname.assign(columns.words.size(), 0);
    for (const auto& [name, date] : seen) {
        if (m_full.empty() || m_full.back().name != name) m_full.push_back({name, 0});
        ++m_full.back().people;
        ++m_ofSurname[name >> 32U];
    }
    m_forename.reserve(forenames.counts.size());
    for (const std::uint32_t count : forenames.counts) {
        m_forename.push_back(
            forenames.records == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(forenames.records));
    }
}

double NamePairs::bits(std::uint32_t forename, std::uint32_t surname) const {
    if (forename >= m_forename.size() || surname >= m_ofSurname.size() || m_forename[forename] <= 0.0) return 0.0;
    const std::uint64_t name = nameOf(surname, forename);
    const auto found = std::ranges::lower_bound(m_full, name, {}, &Count::name);
    if (found == m_full.end() || found->name != name || found->people < 2) return 0.0;
    // The two records themselves are one of the people.
    const double others = std::max(0.0, found->people / m_datesPerPerson - 1.0);
    const double bearers = std::max(others, m_ofSurname[surname] / m_datesPerPerson - 1.0);
    const double given = (others + kSurnamePeople * m_forename[forename]) / (bearers + kSurnamePeople);
    return std::min(0.0, std::log2(m_forename[forename] / given));
}

}  // namespace fairlead::link
