// How often each value occurs, and how often two records taken at random share one: exact, from the dictionaries.

#pragma once

#include <cstdint>
#include <vector>

#include "core/link/columns.h"
#include "core/link/input.h"
#include "core/link/model.h"

namespace fairlead::link {

/// Frequencies of the values that one level of one comparison agrees on.
struct ValueFrequencies {
    std::vector<std::uint32_t> counts;  ///< Records that have the value, by value id.
    std::uint64_t records = 0;          ///< Records that have any value.
    double agreement = 0.0;             ///< Of random pairs within the scope that both have one: share that agrees.

    [[nodiscard]] bool empty() const { return counts.empty(); }
};

/// What a comparison of a model looks at in the columns.
struct ComparisonPlan {
    ComparisonKind kind = ComparisonKind::Text;
    std::uint16_t attribute = 0;    ///< For Text: position in Columns::attributes.
    ValueFrequencies exact;         ///< For level 0 (address: same home). Empty for sex and identifiers.
    ValueFrequencies second;        ///< Address, level 1: same postcode.
    std::size_t lastExact = 0;      ///< Levels 0 to this agree on a value of `exact` in its own column ...
    std::uint32_t acrossExact = 0;  ///< ... and these (bit = level) on one that stands in another column.

    /// The frequencies behind a level, null when the level agrees on no value.
    [[nodiscard]] const ValueFrequencies* frequenciesOf(std::size_t level) const {
        if ((level <= lastExact || ((acrossExact >> level) & 1U) != 0) && !exact.empty()) return &exact;
        return level == 1 && !second.empty() ? &second : nullptr;
    }
};

/// Plans every comparison of the model. Errors: UnknownColumn (a text comparison whose column the input lacks).
Result<std::vector<ComparisonPlan>> planComparisons(const Model& model, const LinkSetup& input, const Columns& columns);

/// The position of the comparison of a kind, -1 when there is none.
int positionOf(const std::vector<ComparisonPlan>& plans, ComparisonKind kind);

/// Pairs that the scope allows.
double possiblePairs(const Columns& columns, std::size_t datasets, PairScope scope);

}  // namespace fairlead::link
