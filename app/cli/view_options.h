// Which school, and the two clocks: options of every command about a school.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/workspace/overview.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace fairlead::cli {

/// As typed.
struct ViewOptions {
    std::int64_t school = 0;
    std::string asAt;
    std::string knownAt;
    std::string yearGroup;
};

/// Adds --school, --as-at, --as-known-at and --year; gives the first, which has to be named unless it is freed.
CLI::Option* addViewOptions(CLI::App& command, ViewOptions& options);

/// Errors: InvalidArgument for a date that is none.
Result<workspace::OverviewRequest> requestOf(const ViewOptions& options);

/// The number of a load, or YYYY-MM-DD; nothing when it is neither.
std::optional<workspace::KnownAt> knownAtOf(std::string_view text);

/// "load 3", or "22/11/2026 (load 3)" where a day was asked for.
std::string knownAtInWords(record::LoadId load, std::optional<Date> day);

}  // namespace fairlead::cli
