// Special cases: where in a city the situations are that a linkage or an overview most often gets wrong.

#pragma once

#include <string>
#include <vector>

#include "core/demo/registers.h"
#include "core/demo/truth.h"
#include "core/demo/world.h"

namespace fairlead::demo {

/// One kind of situation with the first few places where it occurs.
struct SpecialCase {
    std::string id;                                ///< "twins", "refuge" ...
    std::string title;                             ///< In words.
    std::vector<std::vector<PersonIndex>> groups;  ///< The people of each occurrence; at most twelve occurrences.
};

/// Every kind, in a fixed order; only people whom some delivery mentions.
std::vector<SpecialCase> specialCases(const World& world, const Registers& registers, const Delivered& delivered);

}  // namespace fairlead::demo
