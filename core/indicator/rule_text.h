// The rule of a definition in plain English, made from its criteria so that text and engine cannot differ.

#pragma once

#include <string>

#include "core/indicator/definition.h"

namespace fairlead::indicator {

/// One sentence for each criterion and one for what never counts. The `rule` of a definition file equals it.
std::string plainRule(const Definition& definition);

/// "new when it starts in the last 30 days and did not hold in the 90 days before".
std::string plainNewRule(const Definition& definition);

}  // namespace fairlead::indicator
