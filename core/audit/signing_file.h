// For core/audit alone: the file that keeps the secret signing key between two openings of the log.

#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// Replaces the file by one with these secrets, encrypted: the key in use, and while it hands over the next one. What
/// the file held is overwritten where it lay; a disk that writes elsewhere, and a copy of the folder, may keep it.
/// Errors: Io, DiskFull.
Status keepSigningKeys(const std::filesystem::path& file, const std::vector<const crypto::SignKeyPair*>& pairs,
                       const crypto::Secret& sealing);

/// Errors: NotFound, Io, WrongKey, Corrupt.
Result<std::vector<crypto::SignKeyPair>> readSigningKeys(const std::filesystem::path& file,
                                                         const crypto::Secret& sealing);

}  // namespace fairlead::audit
