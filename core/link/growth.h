// How much heavier a pair can have become by the growth of the data: what makes an increment exact.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/link/engine.h"
#include "core/link/prepare.h"

namespace fairlead::link {

/// How an increment can be done, or why not.
struct IncrementPlan {
    std::string obstacle;             ///< Empty: it can be done.
    std::vector<std::uint8_t> marks;  ///< Per row: 1 = compare with all others.
    double driftBits = 0.0;           ///< No pair of unmarked rows weighs more than this above its weight before.
};

/// Plans. Values only become more frequent as records are added, and the number of records grows; hence for a level
/// whose value has full weight the bits of a pair of old records rise by at most those of the value's frequency now
/// taken from the records of before. A forename that goes with a surname can become rarer among its bearers: rows
/// with such a name are marked. The drift is the sum of the most that each comparison, the names, the prior and the
/// odds of relatives can give.
IncrementPlan planIncrement(const Prepared& prepared, const Model& model, const Scorer& scorer,
                            const LinkOptions& options);

/// What identifies a way of linking: the model, the name variants, and the options that decide which records meet.
std::uint64_t fingerprintOf(const Prepared& prepared, const Model& model, const LinkOptions& options);

/// The names of the rules that were not left out.
std::vector<std::string> rulesInUse(const CandidatePairs& candidates);

}  // namespace fairlead::link
