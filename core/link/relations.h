// Recorded relations as evidence: who two records are recorded to stand to, once records are provisionally persons.
// Collective linkage in the sense of Bhattacharya and Getoor (2007): links between relatives inform links.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/link/encode.h"
#include "core/link/model.h"

namespace fairlead::link {

/// What the recorded relations of two records say; the levels of Model::relationLevels. Nothing where neither is known.
enum class RelationLevel : std::uint8_t {
    InCommon,  ///< Both are recorded as standing to one person in the same way: as parent, child, sibling, partner.
    RelativesHome,  ///< One lives, or lived, where a recorded relative of the other does; no home of their own in
                    ///< common.
    NoneInCommon,   ///< Both have recorded relatives, and nobody in common.
};
/// How many there are.
inline constexpr std::size_t kRelationLevels = 3;

/// The recorded relations of an input, by row. Immutable.
class RowRelatives {
public:
    /// How a row stands to the other. A carer stands as a parent does: schools hardly tell the two apart.
    enum class Standing : std::uint8_t { Elder, Younger, Sibling, Partner };
    struct Tie {
        std::uint32_t other = 0;
        Standing standing = Standing::Sibling;
        bool isParent = false;  ///< Recorded as the very parent, not as a carer; with Standing::Elder.
        friend auto operator<=>(const Tie&, const Tie&) = default;
    };

    /// Relations of ids that are not in the input, or of one with itself, are passed over.
    explicit RowRelatives(const EncodedInput& input);
    /// The ties of a row, ascending, each once.
    [[nodiscard]] std::span<const Tie> of(std::uint32_t row) const;
    [[nodiscard]] bool empty() const { return m_ties.empty(); }

private:
    std::vector<Tie> m_ties;
    std::vector<std::uint32_t> m_offsets;  // empty when there are no ties
};

/// Compares two rows by their recorded relations. Immutable; the same whatever the order of the relations.
class RelationComparer {
public:
    using RowPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    /// `clusters`: per row, the provisional person.
    RelationComparer(const Columns& columns, const RowRelatives& relatives, std::span<const std::uint32_t> clusters);

    /// The level; nothing where the relations say nothing.
    [[nodiscard]] std::optional<RelationLevel> level(std::uint32_t a, std::uint32_t b) const;
    /// Which levels two rows could be at, by what is known of them.
    [[nodiscard]] std::array<bool, kRelationLevels> possible(std::uint32_t a, std::uint32_t b) const;

    /// Pairs of rows of two provisional persons at InCommon or RelativesHome: what relations bring together beyond
    /// the blocking rules. Ascending. A person or a home with more rows than a family has brings none.
    [[nodiscard]] RowPairs pairs() const;

    /// Of all pairs of rows that could be at a level, how many are, counted from relatives and homes.
    struct Chance {
        double pairs = 0.0;
        double of = 0.0;
    };
    [[nodiscard]] std::array<Chance, kRelationLevels> chances() const;

private:
    using Keys = std::span<const std::uint64_t>;
    // Per row some keys, ascending.
    struct KeyTable {
        std::vector<std::uint64_t> keys;
        std::vector<std::uint32_t> offsets{0};
        [[nodiscard]] Keys of(std::uint32_t row) const {
            return {keys.data() + offsets[row], offsets[row + 1] - offsets[row]};
        }
        void endRow(std::vector<std::uint64_t>& row);
    };
    // A key, and a row under it.
    using KeyedRow = std::pair<std::uint64_t, std::uint32_t>;
    void addPair(std::uint32_t x, std::uint32_t y, RowPairs& pairs) const;
    [[nodiscard]] RowPairs pairsOfRelatives() const;  // what pairs() is made of, ascending
    [[nodiscard]] RowPairs pairsOfHomes() const;
    void fillHomes(const Columns& columns);
    void fillRelatives(const RowRelatives& relatives);
    template <typename Take>
    void eachHome(Take take) const;

    std::vector<std::uint32_t> m_clusters;
    KeyTable m_homes;                        // where the row's record lived
    KeyTable m_relatives;                    // standing and provisional person of each relative
    KeyTable m_relativeHomes;                // where the relatives lived, as anybody recorded
    std::vector<KeyedRow> m_byRelative;      // rows by m_relatives
    std::vector<KeyedRow> m_byRelativeHome;  // rows by m_relativeHomes
    std::vector<KeyedRow> m_byHome;          // rows by m_homes, of homes of relatives alone
};

/// The levels with the chances of two rows taken at random for u, as many pairs of the model's own population added as
/// a hundred records have, since a few rows say little; and with the shares of relatives: m where that is more than u,
/// since relatives have relatives and homes in common as one person's records have, and only the rest of the evidence
/// tells them from one person; u otherwise, since they often stand to nobody in the same way, as mother and son.
std::vector<Level> levelsFor(std::vector<Level> levels,
                             const std::array<RelationComparer::Chance, kRelationLevels>& chances);

/// How often pairs of one person were at each level, and how often they could have been.
class RelationTally {
public:
    /// Counts a pair that is one person.
    void add(const RelationComparer& comparer, std::uint32_t a, std::uint32_t b);
    /// The levels with m estimated; a level keeps its m, marked as never observed, where no pair could have had it.
    [[nodiscard]] std::vector<Level> estimated(std::vector<Level> levels) const;

private:
    std::array<double, kRelationLevels> m_found{};
    std::array<double, kRelationLevels> m_possible{};
};

}  // namespace fairlead::link
