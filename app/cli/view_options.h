// Which school, and the two clocks: options of every command about a school.

#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/workspace/overview.h"

namespace CLI {
class App;
}

namespace fairlead::cli {

/// As typed.
struct ViewOptions {
    std::int64_t school = 0;
    std::string asAt;
    std::int64_t knownAt = 0;
    std::string yearGroup;
};

/// Adds --school, --as-at, --known-at and --year.
void addViewOptions(CLI::App& command, ViewOptions& options);

/// Errors: InvalidArgument for a date that is none.
Result<workspace::OverviewRequest> requestOf(const ViewOptions& options);

}  // namespace fairlead::cli
