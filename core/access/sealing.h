// For core/access alone: what the header's boxes, signatures and MAC are made of.

#pragma once

#include <string>
#include <string_view>

#include "core/access/document.h"

namespace fairlead::access {

/// A principal's secret halves, the key of the header's MAC and the authority that is trusted: what a slot wraps.
struct Secrets {
    crypto::SealKeyPair seal;
    crypto::SignKeyPair sign;
    crypto::Secret headerKey;
    crypto::SignPublicKey officerKey;

    /// New pairs for a principal of the same workspace.
    static Secrets newFor(const crypto::Secret& headerKey, const crypto::SignPublicKey& officerKey);
    [[nodiscard]] crypto::Secret joined() const;
    /// Errors: Corrupt.
    static Result<Secrets> from(const crypto::Secret& joined);
};

/// 32 random hex digits.
std::string newId();

/// Corrupt, about the header.
std::unexpected<Error> corruptHeader(std::string detail);

/// A principal with new keys. Errors: InvalidArgument (name).
Result<PrincipalEntry> newPrincipal(std::string_view name, const Roles& roles, const Secrets& secrets);

/// Wraps the secrets for a passphrase, under a new salt. The owner is in the charter. Errors: those of checkPassphrase
/// and crypto::deriveKey.
Status wrapSlot(const Charter& charter, Slot& slot, std::string_view passphrase, const Secrets& secrets,
                KdfPolicy policy);

/// Who hands a key over.
struct Giver {
    const std::string& id;
    const crypto::SignKeyPair& sign;
};

/// A key sealed to a principal, with the giver's word for it. `epoch` 0: that of the key's other grants.
Grant grantFor(const Charter& charter, const PrincipalEntry& to, FileKey key, const crypto::Secret& secret,
               const Giver& giver, std::int64_t epoch = 0);

/// Sets whether roles are separated, and both signatures. Errors: InvalidArgument (the officer key is none).
Status signCharter(Document& document, const Giver& officer, const crypto::Secret& officerKey);

/// The last step of every change: the MAC, and the bytes of the file.
std::string finishHeader(Document& document, const crypto::Secret& headerKey);

/// Form and signatures are sound. The keys are the header's own, so this shows damage and not who wrote it: that is the
/// MAC's part and the pinned authority's, once a slot is open. Errors: Corrupt, NewerFormat, OlderFormat.
Result<Document> soundDocument(std::string_view header);

/// The MAC is the one of this key.
bool macFits(const Document& document, const crypto::Secret& headerKey);

}  // namespace fairlead::access
