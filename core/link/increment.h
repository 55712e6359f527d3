// Linking a delivery against what was linked before: what a run leaves behind, and what the next one makes of it.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/record/ids.h"

namespace fairlead::link {

/// What a run leaves for the next one (LinkOptions::keepMarginBits). Plain values, to be stored as they are.
struct KeptPairs {
    std::uint64_t fingerprint = 0;   ///< Of the model, the name variants and all that decides which records meet.
    std::uint64_t records = 0;       ///< Records linked.
    double possiblePairs = 0.0;      ///< Pairs of them within the scope.
    double floorBits = 0.0;          ///< `pairs` holds every pair that the rules bring and that weighs this or more.
    bool everyPair = false;          ///< No rules: all records were compared with each other.
    std::vector<std::string> rules;  ///< Names of the blocking rules in use; one left out as too wide is not here.
    /// a < b; ascending. Also every pair with an identifier in common or crossed names.
    std::vector<std::pair<record::SourcePersonId, record::SourcePersonId>> pairs;

    friend bool operator==(const KeptPairs&, const KeptPairs&) = default;
};

/// A run that compares only what is new. REQUIRES, as every version of a record stays evidence: no record of before
/// has gone, and none has lost a value; decisions may have changed.
struct Increment {
    KeptPairs before;
    /// Records that are new, or have a value they did not have. Ids that are not in the input are ignored.
    std::vector<record::SourcePersonId> changed;
};

/// Which of the two was done.
struct IncrementReport {
    bool asked = false;        ///< LinkOptions::increment was given.
    bool incremental = false;  ///< Only pairs with a new or changed record were compared.
    std::string reason;        ///< Why everything was compared all the same; empty when it was not.
    std::uint64_t pairsWeighedAgain = 0;
    /// A pair that was not kept can have become heavier by no more than this. Records whose names have become less
    /// telling than that are compared again as if they were new.
    double driftBits = 0.0;
    std::uint64_t recordsComparedAgain = 0;  ///< New, changed, or for that reason.
};

}  // namespace fairlead::link
