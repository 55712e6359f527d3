// Why two records are, or are not, one person: the waterfall as values.

#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/link/engine.h"

namespace fairlead::link {

/// One step of the waterfall.
struct WaterfallStep {
    std::string title;           ///< "Birth date", "Start: two records at random", "Same household".
    std::string label;           ///< The level in words, "missing" where nothing is known.
    double bits = 0.0;           ///< log2(m/u) of the level, or the prior, or the household correction.
    double frequencyBits = 0.0;  ///< Further bits for a rare (+) or common (-) value.
};

/// Everything about one pair.
struct Explanation {
    std::vector<WaterfallStep> steps;
    double bits = 0.0;  ///< Sum of all steps.
    double probability = 0.0;
    std::uint64_t pattern = 0;
    bool identifierAgrees = false;
    bool twinFlag = false;
    std::vector<std::string> rules;  ///< Blocking rules that bring the two together; empty: none does.
    std::string sentence;            ///< The same in one sentence.
};

/// Explains the pair under a model: `input` gives the frequencies. Errors: NotFound when an id is not in it,
/// InvalidArgument as link().
Result<Explanation> explain(const LinkInput& input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task);

}  // namespace fairlead::link
