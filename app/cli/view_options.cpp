#include "app/cli/view_options.h"

#include <CLI/CLI.hpp>

namespace fairlead::cli {

void addViewOptions(CLI::App& command, ViewOptions& options) {
    command.add_option("--school", options.school, "The school's URN")->required();
    command.add_option("--as-at", options.asAt, "YYYY-MM-DD; else the last day for which every dataset speaks");
    command.add_option("--known-at", options.knownAt, "Number of a load: what was known then; else the latest");
    command.add_option("--year", options.yearGroup, "One year group only");
}

Result<workspace::OverviewRequest> requestOf(const ViewOptions& options) {
    workspace::OverviewRequest request;
    request.school = {options.school};
    if (!options.asAt.empty()) {
        request.asAt = Date::fromIso(options.asAt);
        if (!request.asAt) return fail(ErrorCode::InvalidArgument, "--as-at", "write the date as YYYY-MM-DD");
    }
    if (options.knownAt != 0) request.knownAt = record::LoadId{options.knownAt};
    request.yearGroup = options.yearGroup;
    return request;
}

}  // namespace fairlead::cli
