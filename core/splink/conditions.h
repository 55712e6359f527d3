// The conditions of a model, parsed, and what each level weighs.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/splink/model.h"
#include "core/splink/program.h"

namespace fairlead::splink {

/// One level, ready to be asked and weighed.
struct PreparedLevel {
    std::optional<std::uint32_t> root;  ///< Of the condition; nothing for ELSE.
    std::int8_t gamma = -1;             ///< Splink's comparison vector value; -1 for a NULL level.
    double bits = 0.0;                  ///< log2(m / u); 0 for a NULL level.
    bool observed = true;               ///< False: m or u is Splink's default.
    std::string frequencyColumn;        ///< Empty = no adjustment.
    double frequencyWeight = 0.0;
    double frequencyMinimumU = 0.0;
    double exactU = 0.0;  ///< u of the exact match on the frequency column.
};

/// One comparison.
struct PreparedComparison {
    Program program;
    std::vector<PreparedLevel> levels;  ///< In the model's order; the first that holds is the outcome.
};

/// One blocking rule.
struct PreparedRule {
    Program program;
    std::uint32_t root = 0;
};

/// Parses and weighs a comparison. `subject` leads the errors: ParseError, InvalidArgument (a frequency column without
/// an exact-match level, levels after ELSE, no level but NULL levels), the comparison and the level in the detail.
Result<PreparedComparison> prepareComparison(const Comparison& comparison, Dialect dialect, std::string_view subject);

/// Parses a blocking rule. Errors: ParseError.
Result<PreparedRule> prepareRule(std::string_view condition, Dialect dialect, std::string_view subject);

}  // namespace fairlead::splink
