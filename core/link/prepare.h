// An input made ready for one model: encoded, planned, with the candidate pairs.

#pragma once

#include <memory>
#include <vector>

#include "core/link/block.h"
#include "core/link/compare.h"
#include "core/link/encode.h"
#include "core/link/score.h"

namespace fairlead::link {

/// Everything that scoring needs and that does not depend on the model's probabilities. Not movable: parts point
/// at each other.
struct Prepared {
    EncodedInput encoded;
    std::vector<ComparisonPlan> plans;
    std::unique_ptr<CompareContext> context;
    CandidatePairs candidates;
    double possiblePairs = 0.0;
};

/// Prepares. Errors: as link().
Result<std::unique_ptr<Prepared>> prepare(EncodedInput input, const Model& model, const LinkOptions& options,
                                          TaskContext& task);

}  // namespace fairlead::link
