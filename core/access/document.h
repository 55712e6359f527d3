// For core/access alone: the header as a value, and as canonical JSON.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/header.h"

namespace fairlead::access {

/// A principal with what others need to seal to and verify them.
struct PrincipalEntry {
    Principal principal;
    crypto::SealPublicKey sealKey;
    crypto::SignPublicKey signKey;
};

/// How one passphrase opens one principal's secret keys. Texts of bytes are raw here, base64 in the file.
struct Slot {
    std::string id;
    std::string principal;
    crypto::KdfCost cost;
    std::string salt;
    std::string wrapped;
    std::string signature;  ///< By the principal, over slotText().
};

/// A file key sealed to a principal.
struct Grant {
    FileKey key = FileKey::Core;
    std::string principal;
    std::int64_t epoch = 1;  ///< Of the key: grows when the file is encrypted anew.
    std::string sealed;
    std::string handedOverBy;  ///< Who held the key and sealed it.
    std::string signature;     ///< By that principal, over meaning and box.
};

/// What officers decide. The text of it is signed twice: with the workspace's officer key, which is the authority, and
/// by the officer in person, who answers for it.
struct Charter {
    std::string workspaceId;
    std::string name;
    std::int64_t edition = 1;  ///< Counts its changes.
    bool rolesSeparated = false;
    crypto::SignPublicKey officerKey;
    crypto::SealPublicKey auditReadKey;
    std::vector<PrincipalEntry> principals;  ///< Those who left too: the audit log names them by id.
    std::vector<Grant> grants;
    std::string signedBy;

    /// Null when there is no such principal.
    [[nodiscard]] const PrincipalEntry* find(std::string_view principalId) const;
    /// The newest among the grants of a key; 1 when nobody holds it.
    [[nodiscard]] std::int64_t epochOf(FileKey key) const;
};

/// Everything in the file.
struct Document {
    Charter charter;
    std::string authority;        ///< Raw; by the officer key.
    std::string signature;        ///< Raw; by the officer in person.
    std::vector<Slot> slots;      ///< Each changed by its own principal alone.
    std::int64_t generation = 1;  ///< Counts every change, of a passphrase too.
    std::string mac;              ///< 64 hex digits, over macText().
};

/// Canonical JSON of the charter: what is signed.
std::string charterText(const Charter& charter);
/// Canonical JSON of everything but the MAC.
std::string macText(const Document& document);
/// The bytes of the file.
std::string fileText(const Document& document);
/// Reads what fileText() writes and nothing else. Errors: Corrupt, NewerFormat, OlderFormat.
Result<Document> parseDocument(std::string_view text);

/// What a slot's box is bound to.
std::string slotContext(const Charter& charter, const Slot& slot);
/// What a slot's principal signs.
std::string slotText(const Charter& charter, const Slot& slot);
/// What a grant means: inside the box, and under the signature together with it.
std::string grantMeaning(const Charter& charter, const Grant& grant);

}  // namespace fairlead::access
