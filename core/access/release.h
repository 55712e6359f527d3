// A release as cryptography: names in envelopes, each under a key of its own that one recipient can open, and a text
// about all of it that two people sign. Where rows are kept and who may ask is not its business.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/header.h"
#include "core/base/date.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::access {

/// What two people agree to. Principals by id.
struct ReleaseTerms {
    std::string workspaceId;
    std::int64_t number = 0;
    std::string recipient;
    std::string releasedBy;
    std::string secondedBy;
    std::int64_t atMs = 0;                   ///< Milliseconds since 1970, UTC.
    Date until;                              ///< The first day on which it is over.
    std::vector<std::int64_t> involvements;  ///< Ascending: what it rests on.
    std::int64_t budget = 0;  ///< How many names it may show in all, each once a sitting; 0: of before there were any.
};

/// One record's name under a key of its own, and that key for the recipient.
struct Envelope {
    std::int64_t record = 0;
    std::string box;        ///< XChaCha20-Poly1305, bound to workspace, release and record.
    std::string sealedKey;  ///< The key with what it is for, sealed to the recipient.
};

/// The whole, with both signatures.
struct Release {
    ReleaseTerms terms;
    std::vector<Envelope> envelopes;  ///< By record, ascending.
    std::string signature;            ///< 64 bytes, by `releasedBy`.
    std::string secondSignature;      ///< 64 bytes, by `secondedBy`.
};

/// A name for one recipient, under a new key that is kept nowhere else.
Envelope enclose(const ReleaseTerms& terms, std::int64_t record, std::string_view name,
                 const crypto::SealPublicKey& recipient);
/// The name. Errors: WrongKey when pair, terms or any byte are not the ones.
Result<crypto::Secret> openEnvelope(const ReleaseTerms& terms, const Envelope& envelope,
                                    const crypto::SealKeyPair& recipient);

/// What both sign: the terms, and the digest of each envelope.
std::string releaseText(const Release& release);
/// SHA-256 of it, 32 raw bytes: how the audit log names the release.
std::string releaseDigest(const Release& release);
/// The two who sign; the same one twice where one person has every role.
struct ReleaseSigners {
    const Keyring& releasedBy;
    const Keyring& secondedBy;
};

/// Both signatures. Errors: InvalidArgument (envelopes out of order; one of two signers is the recipient).
Status signRelease(Release& release, const ReleaseSigners& signers);
/// Both signatures are those of the principals in the header. Errors: Corrupt, those of publicKeysOf().
Status checkRelease(const Release& release, std::string_view header, const Keyring& reader);

}  // namespace fairlead::access
