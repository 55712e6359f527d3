// Files: read whole, write whole or not at all.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace fairlead {

/// The whole file. Errors: NotFound, Io; InvalidArgument when it is larger than `maxBytes`.
Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t maxBytes = 1ULL << 30U);

/// Writes a new file with mode 0600 beside `path`, syncs it, renames it over `path` and syncs the folder:
/// afterwards there is either the old content or the new, never a part. Errors: Io, DiskFull.
Status writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// Makes durable which names a folder holds. Errors: NotFound, Io.
Status syncFolder(const std::filesystem::path& folder);

}  // namespace fairlead
