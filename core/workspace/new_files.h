// Both databases written anew under new keys, and put in the place of the old ones so that a crash leaves either all of
// the old or all of the new (resources/docs/decisions/0013-retention.md): the header is the commit. Until it says the
// epoch of the new files they are left-overs; from then on the old ones are.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::workspace {

/// The files of a workspace that have a key of their own.
inline constexpr std::array<std::string_view, 2> kDatabaseFiles = {"core.db", "identity.db"};

/// Where a file of the next epoch is written: "core.db.epoch-2".
std::filesystem::path newFilePath(const std::filesystem::path& folder, std::string_view file, std::int64_t epoch);

/// Finishes or undoes what was under way: files of the header's epoch take their places, others go. Call it under the
/// lock, while no database is open. Errors: Io.
Status settleNewFiles(const std::filesystem::path& folder, std::int64_t epoch);

}  // namespace fairlead::workspace
