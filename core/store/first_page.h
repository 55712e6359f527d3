// The first page of a file, opened here before SQLCipher sees it. SQLCipher 4.6.1 takes the page size that an
// authenticated header names and then decrypts pages of 4096 bytes into smaller buffers: whoever holds the key could
// make it write past them. So the header is looked at first.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::store {

/// The raw key (32 bytes of key, 16 of salt) that a passphrase makes of a file's salt, by SQLCipher 4's own derivation
/// (PBKDF2-HMAC-SHA512, 256,000 rounds). Errors: Io, Internal.
Result<crypto::Secret> rawKeyFor(const std::filesystem::path& path, const crypto::Secret& passphrase);

/// Whose file it is: ours may have no table yet.
enum class Origin : std::uint8_t { Extract, Ours };

/// Authenticates page 1 and looks at what its header says of the pages. `key`: 32 bytes of key, 16 of salt.
/// Errors: Io; WrongKey (the page is not authentic under this key); ExtractSchema, of ours Corrupt (another page size,
/// version, reserve or schema format than we write); Internal.
Status checkFirstPage(const std::filesystem::path& path, const crypto::Secret& key, Origin origin = Origin::Extract);

}  // namespace fairlead::store
