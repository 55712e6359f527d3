// The key of one extract file, and the box in which it travels.

#pragma once

#include <string>

#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "core/extract/manifest.h"

namespace fairlead::extract {

/// Bytes of a raw SQLCipher key with its salt.
inline constexpr std::size_t kFileKeyBytes = 48;

/// Base64 of the sealed box: the key, and which delivery it belongs to, so that a box moved to another manifest is
/// found. The signature of the manifest binds box and file hash.
std::string sealFileKey(const crypto::Secret& key, const Manifest& manifest, const crypto::SealPublicKey& unit);

/// The key that the manifest carries for this unit. Errors: WrongKey (nothing for this unit, or the box does not
/// open), ManifestInvalid (the box belongs to another delivery).
Result<crypto::Secret> openFileKey(const Manifest& manifest, const crypto::SealKeyPair& unit,
                                   const std::string& subject);

}  // namespace fairlead::extract
