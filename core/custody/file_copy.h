// Copies that survive a power cut and were read back.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace fairlead::custody {

/// How much a file holds, and what.
struct FileDigest {
    std::uint64_t bytes = 0;
    std::string sha256;  ///< 64 hex digits.

    friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

/// Errors: Io; NotFound.
Result<FileDigest> digestOf(const std::filesystem::path& path);

/// A new file with the same bytes and mode 0600, durable but for its name: syncFolder() is for who has copied all.
/// Errors: AlreadyExists, Corrupt (read back it differs), Io, DiskFull.
Result<FileDigest> copyDurably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace fairlead::custody
