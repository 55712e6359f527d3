// Key files for agencies, for the demo and for the command line: text with BEGIN and END lines.
// NAME.pub holds public keys and may be handed out; NAME.key holds secret keys in the clear, readable by its owner
// only. The keys of a workspace are not kept like this: they are wrapped by a passphrase.

#pragma once

#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::extract {

/// What a NAME.pub holds: an agency has a signing key, a unit a sealing key, some have both.
struct PublicKeys {
    std::optional<crypto::SealPublicKey> seal;
    std::optional<crypto::SignPublicKey> sign;
};

/// What a NAME.key holds.
struct KeyPairs {
    std::optional<crypto::SealKeyPair> seal;
    std::optional<crypto::SignKeyPair> sign;
    /// The public halves.
    [[nodiscard]] PublicKeys publicKeys() const;
};

/// Writes or replaces a NAME.pub. Errors: Io, DiskFull; InvalidArgument when there is no key in `keys`.
Status writePublicKeys(const std::filesystem::path& path, const PublicKeys& keys);

/// Errors: NotFound, Io; ParseError with what is wrong.
Result<PublicKeys> readPublicKeys(const std::filesystem::path& path);

/// Writes a new NAME.key with mode 0600. Errors: AlreadyExists (a secret is never overwritten), Io, DiskFull,
/// InvalidArgument when there is no key in `keys`.
Status writeKeyPairs(const std::filesystem::path& path, const KeyPairs& keys);

/// Errors: NotFound, Io; ParseError with what is wrong (also when the halves of a pair do not belong together);
/// InvalidArgument when others than the owner may read the file.
Result<KeyPairs> readKeyPairs(const std::filesystem::path& path);

}  // namespace fairlead::extract
