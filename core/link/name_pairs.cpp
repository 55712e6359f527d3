#include "core/link/name_pairs.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace fairlead::link {
namespace {

// So many people of the whole population are added to the bearers of a surname: rare surnames then say nothing of
// their forenames.
constexpr double kSurnamePeople = 20.0;

std::uint64_t nameOf(std::uint32_t surname, std::uint32_t forename) {
    return (static_cast<std::uint64_t>(surname) << 32U) | forename;
}

}  // namespace

NamePairs::NamePairs(const Columns& columns, const ValueFrequencies& forenames, double datesPerPerson,
                     const std::vector<std::uint8_t>* marks)
    : m_datesPerPerson(datesPerPerson) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> seen;  // name, birth date
    seen.reserve(columns.rows);
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        if (marks != nullptr && (*marks)[row] != 0) continue;
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
    m_begins.assign(columns.words.size() + 1, 0);
    for (const auto& [name, date] : seen) {
        if (m_full.empty() || m_full.back().name != name) {
            m_full.push_back({name, 0});
            ++m_begins[(name >> 32U) + 1];
        }
        ++m_full.back().people;
        ++m_ofSurname[name >> 32U];
    }
    std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
    m_forename.reserve(forenames.counts.size());
    for (const std::uint32_t count : forenames.counts) {
        m_forename.push_back(
            forenames.records == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(forenames.records));
    }
}

std::uint32_t NamePairs::peopleOf(std::uint32_t forename, std::uint32_t surname) const {
    if (surname + std::size_t{1} >= m_begins.size()) return 0;
    const std::uint64_t name = nameOf(surname, forename);
    const auto ofSurname = std::span(m_full).subspan(m_begins[surname], m_begins[surname + 1] - m_begins[surname]);
    const auto found = std::ranges::lower_bound(ofSurname, name, {}, &Count::name);
    return found == ofSurname.end() || found->name != name ? 0 : found->people;
}

double NamePairs::bits(std::uint32_t forename, std::uint32_t surname) const {
    if (forename >= m_forename.size() || surname >= m_ofSurname.size() || m_forename[forename] <= 0.0) return 0.0;
    const std::uint32_t people = peopleOf(forename, surname);
    if (people < 2) return 0.0;
    // The two records themselves are one of the people.
    const double others = std::max(0.0, people / m_datesPerPerson - 1.0);
    const double bearers = std::max(others, m_ofSurname[surname] / m_datesPerPerson - 1.0);
    const double given = (others + kSurnamePeople * m_forename[forename]) / (bearers + kSurnamePeople);
    return std::min(0.0, std::log2(m_forename[forename] / given));
}

double NamePairs::mostRise(const NamePairs& least, std::uint32_t forename, std::uint32_t surname) const {
    const std::uint32_t people = peopleOf(forename, surname);
    const double share = forename < least.m_forename.size() ? least.m_forename[forename] : 0.0;
    if (people < 2 || share <= 0.0) return 0.0;
    // bits() grows with the bearers of the surname and the forename's share, and falls with the others of the name.
    const double others = std::max(0.0, people / least.m_datesPerPerson - 1.0);
    const double bearers = std::max(0.0, least.m_ofSurname[surname] / least.m_datesPerPerson - 1.0);
    const double given = (others + kSurnamePeople * share) / (bearers + kSurnamePeople);
    return bits(forename, surname) - std::min(0.0, std::log2(share / given));
}

}  // namespace fairlead::link
