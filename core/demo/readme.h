// The two files that describe a city: README.txt for people, demo.json for programs.

#pragma once

#include <string>
#include <vector>

#include "core/demo/city.h"
#include "core/demo/special_cases.h"

namespace fairlead::demo {

/// What the folder is, how to load it, and where the special cases are.
std::string readmeText(const DemoSummary& summary, const std::vector<SpecialCase>& cases);

/// as_at, seed, pupils, persons, schools and extracts.
std::string summaryJson(const DemoSummary& summary);

}  // namespace fairlead::demo
