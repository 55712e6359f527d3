// Folders: what lies in them.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace fairlead {

/// Names of what lies in a folder, ascending. Errors: NotFound, Io. In place of std::filesystem::directory_iterator,
/// which ends the program when there is no memory for a name.
Result<std::vector<std::string>> namesIn(const std::filesystem::path& folder);

}  // namespace fairlead
