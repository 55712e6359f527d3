// Use case: the schools, for the list that everything starts from.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A line of the list.
struct SchoolEntry {
    record::SchoolUrn urn;
    std::string name;   ///< "School 100001" where no delivery names it.
    std::string phase;  ///< "primary", "secondary" ...
    int onRoll = 0;     ///< Distinct pupils on the day.
    bool closed = false;
};

/// Every school of the workspace by name; `asAt` empty = the default date. As known at the latest load.
/// Errors: NotFound when nothing is loaded.
Result<std::vector<SchoolEntry>> schools(Workspace& workspace, std::optional<Date> asAt = std::nullopt);

/// The name of a school as lists show it. Errors: NotFound.
Result<std::string> schoolName(store::Database& core, record::SchoolUrn school);

}  // namespace fairlead::workspace
