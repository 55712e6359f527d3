// The keys that extracts are opened and checked with: the unit's own pair and the agencies' public keys. They come
// from a folder when a workspace is made and live in identity.db from then on.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "core/extract/extract.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// What intake needs.
struct IntakeKeys {
    std::optional<crypto::SealKeyPair> unit;                 ///< Opens what was sealed to us.
    std::map<std::string, extract::TrustedAgency> agencies;  ///< By fingerprint.
};

/// unit.key and every other NAME.pub of a folder; an empty path gives no keys.
/// Errors: NotFound (no such folder), those of the key files.
Result<IntakeKeys> readKeysFolder(const std::filesystem::path& folder);

/// Errors of both: those of a statement.
Status writeIntakeKeys(store::Database& identity, const IntakeKeys& keys);
Result<IntakeKeys> readIntakeKeys(store::Database& identity);

}  // namespace fairlead::workspace
