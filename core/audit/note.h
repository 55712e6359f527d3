// A checkpoint as a signed text: the notes that transparency logs use (C2SP signed-note and tlog-checkpoint), so that
// any verifier of such logs reads ours. resources/docs/audit.md gives the bytes.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/audit/merkle.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// The log's name: "fairlead.local/" and the fingerprint of the first key that signed for it. Another first key is
/// another log, so whoever holds one old checkpoint knows which log it was.
std::string originOf(const crypto::SignPublicKey& firstKey);

/// A checkpoint with one signature.
struct Note {
    std::string origin;
    Checkpoint checkpoint;
    std::string keyId;      ///< 4 bytes: which key signed.
    std::string signature;  ///< 64 bytes.
    friend bool operator==(const Note&, const Note&) = default;
};

/// The note of a checkpoint, signed.
Note signNote(const std::string& origin, const Checkpoint& checkpoint, const crypto::SignKeyPair& key);
/// Whether this key made the signature.
bool isSignedBy(const Note& note, const crypto::SignPublicKey& key);
/// The file: origin, size and root in three lines, an empty line, the signature's line.
std::string noteText(const Note& note);
/// Reads such a file. Signatures of others under it are passed over; nothing else is.
/// Errors: ParseError.
Result<Note> parseNote(std::string_view text);

/// What somebody kept of the log elsewhere.
struct Witness {
    Checkpoint checkpoint;       ///< The root may be its first 10 bytes or more: what a briefing prints.
    std::optional<Note> note{};  ///< Where the signature was kept too.
};

/// A checkpoint file, or "SIZE ROOT" with the root as 64 hex digits, as base64 or as the letters of a briefing
/// ("41 ABCD-EFGH-IJKL-MNOP"). Errors: ParseError.
Result<Witness> parseWitness(std::string_view text);

/// What a key change carries: the next public key (32 bytes), and the signature (64) of the key before it over the
/// checkpoint so far and that key.
std::string certificateOf(const std::string& origin, const Checkpoint& before, const crypto::SignPublicKey& next,
                          const crypto::SignKeyPair& signer);
/// The key that a certificate names, when `signer` made it. Nothing otherwise.
std::optional<crypto::SignPublicKey> certifiedKey(std::string_view certificate, const std::string& origin,
                                                  const Checkpoint& before, const crypto::SignPublicKey& signer);

}  // namespace fairlead::audit
