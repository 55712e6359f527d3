#include <algorithm>
#include <numeric>

#include "core/splink/score.h"

namespace fairlead::splink {
namespace {

/// Sets of rows that know which data sets with one person per row they have a row of.
class JoinedRows {
public:
    JoinedRows(const Table& table, std::span<const link::DatasetTraits> datasets)
        : m_parents(table.rows()), m_datasets(table.rows()) {
        std::iota(m_parents.begin(), m_parents.end(), 0U);
        for (std::uint32_t row = 0; row < table.rows(); ++row) {
            if (datasets[table.datasets[row]].onePersonPerRow) m_datasets[row].push_back(table.datasets[row]);
        }
    }

    std::uint32_t of(std::uint32_t row) {
        while (m_parents[row] != row) {
            m_parents[row] = m_parents[m_parents[row]];
            row = m_parents[row];
        }
        return row;
    }

    // Whether the two were two, and are one now.
    bool join(std::uint32_t a, std::uint32_t b) {
        a = of(a);
        b = of(b);
        std::vector<std::uint16_t> both;
        std::ranges::set_intersection(m_datasets[a], m_datasets[b], std::back_inserter(both));
        if (a == b || !both.empty()) return false;
        if (b < a) std::swap(a, b);
        std::ranges::set_union(m_datasets[a], m_datasets[b], std::back_inserter(both));
        m_datasets[a] = std::move(both);
        m_parents[b] = a;
        return true;
    }

private:
    std::vector<std::uint32_t> m_parents;
    std::vector<std::vector<std::uint16_t>> m_datasets;  // of a set's first row, ascending
};

}  // namespace

Persons clustersOf(const Table& table, std::span<const ScoredPair> pairs, double acceptBits,
                   std::span<const link::DatasetTraits> datasets) {
    std::vector<std::size_t> links;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i].bits >= acceptBits) links.push_back(i);
    }
    // Ties stay in the order of the ids.
    std::ranges::sort(links, [&](std::size_t a, std::size_t b) {
        return pairs[a].bits != pairs[b].bits ? pairs[a].bits > pairs[b].bits : a < b;
    });
    JoinedRows rows(table, datasets);
    Persons out{std::vector<std::uint32_t>(table.rows()), std::vector<bool>(pairs.size())};
    for (const std::size_t i : links) out.joined[i] = rows.join(pairs[i].a, pairs[i].b);
    std::vector<std::uint32_t> numbers(table.rows(), kNull);
    std::uint32_t next = 0;
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        std::uint32_t& number = numbers[rows.of(row)];
        if (number == kNull) number = next++;
        out.ofRow[row] = number;
    }
    return out;
}

}  // namespace fairlead::splink
