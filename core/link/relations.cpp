#include "core/link/relations.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <unordered_map>

#include "core/base/beside.h"
#include "core/link/block_keys.h"

namespace fairlead::link {
namespace {

using Standing = RowRelatives::Standing;

// More rows than this in one standing to one person, or at one home, are a filing error or no home.
constexpr std::size_t kMostRowsTogether = 64;
// Pairs of a hundred records (score.cpp does the same for values).
constexpr double kPopulationPairs = 100.0 * 99.0 / 2.0;
// Chances and shares stay within what a finite count can tell.
constexpr double kLeastChance = 1e-7;
constexpr double kMostShare = 0.99;
// Before any pair is seen, the model's m counts as so many pairs.
constexpr double kPriorPairs = 8.0;

bool haveCommon(std::span<const std::uint64_t> x, std::span<const std::uint64_t> y) {
    auto a = x.begin();
    for (const std::uint64_t key : y) {
        while (a != x.end() && *a < key) ++a;
        if (a == x.end()) return false;
        if (*a == key) return true;
    }
    return false;
}

std::uint64_t keyOf(Standing standing, std::uint32_t cluster) {
    return (static_cast<std::uint64_t>(standing) << 32U) | cluster;
}

// The doors of a row's addresses: by number, and by postcode, house and flat. Blocks of flats are many homes.
void addHomes(const Columns& columns, std::uint32_t row, std::vector<std::uint64_t>& homes) {
    for (const std::uint32_t id : columns.address.of(row)) {
        const AddressEntry& entry = columns.addresses[id];
        if (entry.uprn != kNoValue) homes.push_back(mixKey(1, entry.uprn));
        if (entry.postcode == kNoValue || entry.house == kNoValue) continue;
        homes.push_back(mixKey(mixKey(mixKey(2, entry.postcode), entry.house), entry.flat));
    }
}

using KeyedRows = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

// Rows by key, ascending by key and row; of the keys that are wanted.
template <typename IsWanted>
KeyedRows rowsByKey(std::span<const std::uint64_t> keys, std::span<const std::uint32_t> offsets, IsWanted isWanted) {
    KeyedRows rows;
    for (std::uint32_t row = 0; row + 1 < offsets.size(); ++row) {
        for (std::uint32_t i = offsets[row]; i < offsets[row + 1]; ++i)
            if (isWanted(keys[i])) rows.emplace_back(keys[i], row);
    }
    std::ranges::sort(rows);
    return rows;
}

constexpr auto kEveryKey = [](std::uint64_t) { return true; };

// Says of keys that are not among some others that they are not, of nearly all of them.
class KeySieve {
public:
    explicit KeySieve(const KeyedRows& rows) : m_bits(std::bit_ceil(16 * rows.size() + 64)) {
        for (const auto& [key, row] : rows) m_bits[placeOf(key)] = true;
    }
    [[nodiscard]] bool lets(std::uint64_t key) const { return m_bits[placeOf(key)]; }

private:
    [[nodiscard]] std::size_t placeOf(std::uint64_t key) const { return key & (m_bits.size() - 1); }
    std::vector<bool> m_bits;
};

// Calls `take(begin, end)` for each run of one key.
template <typename Rows, typename Take>
void eachKey(const Rows& rows, Take take) {
    for (auto begin = rows.begin(); begin != rows.end();) {
        auto end = begin;
        while (end != rows.end() && end->first == begin->first) ++end;
        take(begin, end);
        begin = end;
    }
}

}  // namespace

RowRelatives::RowRelatives(const EncodedInput& input) {
    std::vector<std::pair<std::uint32_t, Tie>> ties;
    for (const RecordedRelation& relation : input.setup.relations) {
        const auto person = input.rowOf(relation.person), other = input.rowOf(relation.other);
        if (!person || !other || *person == *other) continue;
        const bool parent = relation.role == RecordedRole::ParentOf;
        if (parent || relation.role == RecordedRole::CarerOf) {
            ties.push_back({*person, {*other, Standing::Elder, parent}});
            ties.push_back({*other, {*person, Standing::Younger, false}});
        } else {
            const Standing standing = relation.role == RecordedRole::SiblingOf ? Standing::Sibling : Standing::Partner;
            ties.push_back({*person, {*other, standing, false}});
            ties.push_back({*other, {*person, standing, false}});
        }
    }
    if (ties.empty()) return;
    std::ranges::sort(ties);
    ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
    m_offsets.assign(input.columns.rows + 1U, 0);
    m_ties.reserve(ties.size());
    for (const auto& [row, tie] : ties) {
        ++m_offsets[row + 1];
        m_ties.push_back(tie);
    }
    for (std::size_t row = 1; row < m_offsets.size(); ++row) m_offsets[row] += m_offsets[row - 1];
}

std::span<const RowRelatives::Tie> RowRelatives::of(std::uint32_t row) const {
    if (m_offsets.empty()) return {};
    return {m_ties.data() + m_offsets[row], m_offsets[row + 1] - m_offsets[row]};
}

void RelationComparer::KeyTable::endRow(std::vector<std::uint64_t>& row) {
    std::ranges::sort(row);
    keys.insert(keys.end(), row.begin(), std::ranges::unique(row).begin());
    offsets.push_back(static_cast<std::uint32_t>(keys.size()));
    row.clear();
}

RelationComparer::RelationComparer(const Columns& columns, const RowRelatives& relatives,
                                   std::span<const std::uint32_t> clusters)
    : m_clusters(clusters.begin(), clusters.end()) {
    fillHomes(columns);
    fillRelatives(relatives);
    Beside<KeyedRows> byRelative([this] { return rowsByKey(m_relatives.keys, m_relatives.offsets, kEveryKey); });
    m_byRelativeHome = rowsByKey(m_relativeHomes.keys, m_relativeHomes.offsets, kEveryKey);
    const KeySieve sieve(m_byRelativeHome);
    m_byHome = rowsByKey(m_homes.keys, m_homes.offsets, [&](std::uint64_t key) { return sieve.lets(key); });
    m_byRelative = byRelative.take();
}

// Calls `take(begin, end, living)` for each home of relatives: rows whose relatives lived there, rows that did.
template <typename Take>
void RelationComparer::eachHome(Take take) const {
    auto at = m_byHome.begin();
    eachKey(m_byRelativeHome, [&](auto begin, auto end) {
        while (at != m_byHome.end() && at->first < begin->first) ++at;
        auto last = at;
        while (last != m_byHome.end() && last->first == begin->first) ++last;
        take(begin, end, std::span(at, last));
        at = last;
    });
}

void RelationComparer::fillHomes(const Columns& columns) {
    std::vector<std::uint64_t> homes;
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        addHomes(columns, row, homes);
        m_homes.endRow(homes);
    }
}

void RelationComparer::fillRelatives(const RowRelatives& relatives) {
    const auto rows = static_cast<std::uint32_t>(m_clusters.size());
    // Where the records of each provisional person lived; of those whom somebody is related to.
    std::vector<std::vector<std::uint64_t>> livedAt(rows);
    std::vector<bool> isRelative(rows, false);
    for (std::uint32_t row = 0; row < rows; ++row)
        for (const RowRelatives::Tie& tie : relatives.of(row)) isRelative[m_clusters[tie.other]] = true;
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (!isRelative[m_clusters[row]]) continue;
        const Keys lived = m_homes.of(row);
        livedAt[m_clusters[row]].insert(livedAt[m_clusters[row]].end(), lived.begin(), lived.end());
    }
    std::vector<std::uint64_t> keys, homes;
    for (std::uint32_t row = 0; row < rows; ++row) {
        for (const RowRelatives::Tie& tie : relatives.of(row)) {
            const std::uint32_t cluster = m_clusters[tie.other];
            keys.push_back(keyOf(tie.standing, cluster));
            homes.insert(homes.end(), livedAt[cluster].begin(), livedAt[cluster].end());
        }
        m_relatives.endRow(keys);
        m_relativeHomes.endRow(homes);
    }
}

std::array<bool, kRelationLevels> RelationComparer::possible(std::uint32_t a, std::uint32_t b) const {
    const bool both = !m_relatives.of(a).empty() && !m_relatives.of(b).empty();
    const bool homeKnown = (!m_relativeHomes.of(a).empty() && !m_homes.of(b).empty()) ||
                           (!m_relativeHomes.of(b).empty() && !m_homes.of(a).empty());
    return {both, homeKnown && !haveCommon(m_homes.of(a), m_homes.of(b)), both};
}

std::optional<RelationLevel> RelationComparer::level(std::uint32_t a, std::uint32_t b) const {
    const auto could = possible(a, b);
    if (could[0] && haveCommon(m_relatives.of(a), m_relatives.of(b))) return RelationLevel::InCommon;
    const bool atRelatives = could[1] && (haveCommon(m_relativeHomes.of(a), m_homes.of(b)) ||
                                          haveCommon(m_relativeHomes.of(b), m_homes.of(a)));
    if (atRelatives) return RelationLevel::RelativesHome;
    return could[2] ? std::optional(RelationLevel::NoneInCommon) : std::nullopt;
}

void RelationComparer::addPair(std::uint32_t x, std::uint32_t y, RowPairs& pairs) const {
    if (m_clusters[x] != m_clusters[y]) pairs.emplace_back(std::min(x, y), std::max(x, y));
}

RelationComparer::RowPairs RelationComparer::pairsOfRelatives() const {
    RowPairs pairs;
    eachKey(m_byRelative, [&](auto begin, auto end) {
        if (static_cast<std::size_t>(end - begin) > kMostRowsTogether) return;
        for (auto x = begin; x != end; ++x) {
            for (auto y = std::next(x); y != end; ++y) addPair(x->second, y->second, pairs);
        }
    });
    std::ranges::sort(pairs);
    return pairs;
}

RelationComparer::RowPairs RelationComparer::pairsOfHomes() const {
    RowPairs pairs;
    eachHome([&](auto begin, auto end, std::span<const KeyedRow> living) {
        const bool isHome =
            static_cast<std::size_t>(end - begin) <= kMostRowsTogether && living.size() <= kMostRowsTogether;
        for (auto x = begin; isHome && x != end; ++x) {
            for (const auto& lodger : living) {
                if (!haveCommon(m_homes.of(x->second), m_homes.of(lodger.second)))
                    addPair(x->second, lodger.second, pairs);
            }
        }
    });
    std::ranges::sort(pairs);
    return pairs;
}

RelationComparer::RowPairs RelationComparer::pairs() const {
    Beside<RowPairs> ofRelatives([this] { return pairsOfRelatives(); });
    const RowPairs ofHomes = pairsOfHomes();
    RowPairs pairs;
    std::ranges::merge(ofRelatives.value(), ofHomes, std::back_inserter(pairs));
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

std::array<RelationComparer::Chance, kRelationLevels> RelationComparer::chances() const {
    const auto rowsWith = [](const KeyTable& table) {
        double rows = 0.0;
        for (std::size_t row = 0; row + 1 < table.offsets.size(); ++row)
            rows += table.offsets[row] < table.offsets[row + 1] ? 1.0 : 0.0;
        return rows;
    };
    double together = 0.0;
    eachKey(m_byRelative, [&](auto begin, auto end) {
        const auto rows = static_cast<double>(end - begin);
        together += rows * (rows - 1.0) / 2.0;
    });
    double lodging = 0.0;
    eachHome([&](auto begin, auto end, std::span<const KeyedRow> living) {
        lodging += static_cast<double>(end - begin) * static_cast<double>(living.size());
    });
    const double related = rowsWith(m_relatives);
    const double relatedPairs = related * (related - 1.0) / 2.0;
    together = std::min(together, relatedPairs);
    return {{{together, relatedPairs},
             {lodging, rowsWith(m_relativeHomes) * rowsWith(m_homes)},
             {relatedPairs - together, relatedPairs}}};
}

std::vector<Level> levelsFor(std::vector<Level> levels,
                             const std::array<RelationComparer::Chance, kRelationLevels>& chances) {
    for (std::size_t l = 0; l < levels.size(); ++l) {
        const double share =
            (chances.at(l).pairs + kPopulationPairs * levels[l].u) / (chances.at(l).of + kPopulationPairs);
        levels[l].u = std::clamp(share, kLeastChance, 1.0);
        levels[l].relative = std::max(levels[l].m, levels[l].u);
        levels[l].uSource = ParameterSource::Frequencies;
    }
    return levels;
}

void RelationTally::add(const RelationComparer& comparer, std::uint32_t a, std::uint32_t b) {
    const auto level = comparer.level(a, b);
    const auto possible = comparer.possible(a, b);
    for (std::size_t l = 0; l < kRelationLevels; ++l) m_possible.at(l) += possible.at(l) ? 1.0 : 0.0;
    // Whom relations have in common says all that the home of one of them could say.
    if (level == RelationLevel::InCommon && possible[1]) m_possible[1] -= 1.0;
    if (level) m_found.at(static_cast<std::size_t>(*level)) += 1.0;
}

std::vector<Level> RelationTally::estimated(std::vector<Level> levels) const {
    for (std::size_t l = 0; l < levels.size(); ++l) {
        const bool seen = m_possible.at(l) >= 1.0;
        const double share = (m_found.at(l) + kPriorPairs * levels[l].m) / (m_possible.at(l) + kPriorPairs);
        if (seen) levels[l].m = std::clamp(share, 1.0 - kMostShare, kMostShare);
        levels[l].mSource = seen ? ParameterSource::Estimated : ParameterSource::NeverObserved;
    }
    return levels;
}

}  // namespace fairlead::link
