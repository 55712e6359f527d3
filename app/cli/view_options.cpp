#include "app/cli/view_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::cli {

CLI::Option* addViewOptions(CLI::App& command, ViewOptions& options) {
    CLI::Option* school = command.add_option("--school", options.school, "The school's URN")->required();
    command.add_option("--as-at", options.asAt, "YYYY-MM-DD; else the last day for which every dataset speaks");
    command.add_option("--as-known-at", options.knownAt,
                       "Number of a load, or YYYY-MM-DD: what had been recorded by then; else everything");
    command.add_option("--year", options.yearGroup, "One year group only");
    return school;
}

Result<workspace::OverviewRequest> requestOf(const ViewOptions& options) {
    workspace::OverviewRequest request;
    request.school = {options.school};
    if (!options.asAt.empty()) {
        request.asAt = Date::fromIso(options.asAt);
        if (!request.asAt) return fail(ErrorCode::InvalidArgument, "--as-at", "write the date as YYYY-MM-DD");
    }
    if (!options.knownAt.empty()) {
        request.knownAt = knownAtOf(options.knownAt);
        if (!request.knownAt)
            return fail(ErrorCode::InvalidArgument, "--as-known-at", "write the number of a load, or YYYY-MM-DD");
    }
    request.yearGroup = options.yearGroup;
    return request;
}

std::optional<workspace::KnownAt> knownAtOf(std::string_view text) {
    if (const auto day = Date::fromIso(text)) return *day;
    if (const auto load = parseInteger(text)) return record::LoadId{*load};
    return std::nullopt;
}

std::string knownAtInWords(record::LoadId load, std::optional<Date> day) {
    return day ? fmt::format("{} (load {})", day->uk(), load.value) : fmt::format("load {}", load.value);
}

}  // namespace fairlead::cli
