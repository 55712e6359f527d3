#include "core/link/unique_rows.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

namespace fairlead::link {
namespace {

constexpr double kSureBits = 6.63;              // probability 0.99
constexpr std::uint64_t kFewestLinks = 50;      // below, nothing is concluded
constexpr std::uint64_t kOneRepeatIn = 50;      // more repeats than that are no mistakes
constexpr std::size_t kLargestGroupSide = 200;  // the exact solution grows with the cube

// Rows of one side of a group, numbered from 0.
class Side {
public:
    std::size_t add(std::uint32_t row) {
        const auto [found, isNew] = m_numbers.try_emplace(row, m_numbers.size());
        return found->second;
    }
    [[nodiscard]] std::size_t size() const { return m_numbers.size(); }

private:
    std::map<std::uint32_t, std::size_t> m_numbers;
};

// The assignment problem over a dense matrix of costs, rows <= columns: shortest augmenting paths with potentials.
// Gives the column of each row.
class Assignment {
public:
    explicit Assignment(const std::vector<std::vector<double>>& cost)
        : m_cost(cost),
          m_columns(cost.front().size()),
          m_u(cost.size() + 1),
          m_v(m_columns + 1),
          m_rowOf(m_columns + 1) {}

    std::vector<std::size_t> solve() {
        for (std::size_t row = 1; row <= m_cost.size(); ++row) augment(row);
        std::vector<std::size_t> columnOf(m_cost.size());
        for (std::size_t column = 1; column <= m_columns; ++column) {
            if (m_rowOf[column] != 0) columnOf[m_rowOf[column] - 1] = column - 1;
        }
        return columnOf;
    }

private:
    void augment(std::size_t row) {
        constexpr double kInfinite = std::numeric_limits<double>::infinity();
        std::vector<double> least(m_columns + 1, kInfinite);
        std::vector<std::size_t> before(m_columns + 1, 0);
        std::vector<bool> used(m_columns + 1, false);
        m_rowOf[0] = row;
        std::size_t column = 0;
        while (m_rowOf[column] != 0) {
            used[column] = true;
            const std::size_t from = m_rowOf[column];
            double delta = kInfinite;
            std::size_t next = 0;
            for (std::size_t j = 1; j <= m_columns; ++j) {
                if (used[j]) continue;
                const double reduced = m_cost[from - 1][j - 1] - m_u[from] - m_v[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    before[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (std::size_t j = 0; j <= m_columns; ++j) {
                if (used[j]) {
                    m_u[m_rowOf[j]] += delta;
                    m_v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        for (; column != 0; column = before[column]) m_rowOf[column] = m_rowOf[before[column]];
    }

    const std::vector<std::vector<double>>& m_cost;
    std::size_t m_columns;
    std::vector<double> m_u, m_v;
    std::vector<std::size_t> m_rowOf;  // by column, 0 = free
};

void takeHeaviestFirst(std::span<const WeightedEdge> edges, std::vector<std::size_t> group, std::vector<bool>& taken) {
    std::ranges::sort(group, [&](std::size_t x, std::size_t y) {
        return edges[x].weight != edges[y].weight ? edges[x].weight > edges[y].weight : x < y;
    });
    std::unordered_map<std::uint32_t, bool> used;
    for (const std::size_t e : group) {
        if (used[edges[e].a] || used[edges[e].b]) continue;
        used[edges[e].a] = used[edges[e].b] = true;
        taken[e] = true;
    }
}

void assign(std::span<const WeightedEdge> edges, const std::vector<std::size_t>& group, std::vector<bool>& taken) {
    if (group.size() == 1) {
        taken[group.front()] = true;
        return;
    }
    Side left, right;
    for (const std::size_t e : group) {
        left.add(edges[e].a);
        right.add(edges[e].b);
    }
    if (std::max(left.size(), right.size()) > kLargestGroupSide) {
        takeHeaviestFirst(edges, group, taken);
        return;
    }
    // A column of its own for each row: a row may stay without a partner at no cost.
    std::vector<std::vector<double>> cost(left.size(), std::vector<double>(right.size() + left.size(), 0.0));
    for (const std::size_t e : group) cost[left.add(edges[e].a)][right.add(edges[e].b)] = -edges[e].weight;
    const std::vector<std::size_t> columnOf = Assignment(cost).solve();
    for (const std::size_t e : group) taken[e] = columnOf[left.add(edges[e].a)] == right.add(edges[e].b);
}

}  // namespace

bool RepeatCount::looksUnique() const { return linked >= kFewestLinks && repeated * kOneRepeatIn <= linked; }

std::vector<RepeatCount> countRepeats(const Columns& columns, std::size_t datasets, std::span<const ScoredPair> pairs) {
    std::vector<std::pair<std::uint32_t, std::uint16_t>> links;  // a row, and the dataset it has a sure link into
    for (const ScoredPair& pair : pairs) {
        if (pair.bits < kSureBits || columns.datasets[pair.a] == columns.datasets[pair.b]) continue;
        links.emplace_back(pair.a, columns.datasets[pair.b]);
        links.emplace_back(pair.b, columns.datasets[pair.a]);
    }
    std::ranges::sort(links);
    std::vector<RepeatCount> counts(datasets);
    for (std::size_t i = 0; i < links.size();) {
        std::size_t end = i;
        while (end < links.size() && links[end] == links[i]) ++end;
        RepeatCount& count = counts[links[i].second];
        ++count.linked;
        count.repeated += end - i > 1 ? 1U : 0U;
        i = end;
    }
    return counts;
}

std::vector<bool> heaviestAssignment(std::span<const WeightedEdge> edges) {
    // Groups of connected edges, by union of the rows they touch.
    std::unordered_map<std::uint32_t, std::size_t> firstOf;
    std::vector<std::size_t> parent(edges.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto find = [&](std::size_t e) {
        while (parent[e] != e) e = parent[e] = parent[parent[e]];
        return e;
    };
    for (std::size_t e = 0; e < edges.size(); ++e) {
        for (const std::uint32_t row : {edges[e].a, edges[e].b}) {
            const std::size_t other = find(firstOf.try_emplace(row, e).first->second), own = find(e);
            parent[std::max(own, other)] = std::min(own, other);
        }
    }
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t e = 0; e < edges.size(); ++e) groups[find(e)].push_back(e);
    std::vector<bool> taken(edges.size(), false);
    for (const auto& [root, group] : groups) assign(edges, group, taken);
    return taken;
}

}  // namespace fairlead::link
