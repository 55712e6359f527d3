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
};

/// A file key sealed to a principal.
struct Grant {
    std::string key;  ///< "core", "identity", "audit".
    std::string principal;
    std::int64_t epoch = 1;  ///< Of the key: grows when the file is encrypted anew.
    std::string sealed;
    std::string signedBy;
    std::string signature;
};

/// Everything in the file.
struct Document {
    std::string workspaceId;
    std::string name;
    std::int64_t generation = 1;
    bool rolesSeparated = false;
    std::vector<PrincipalEntry> principals;
    std::vector<Slot> slots;
    std::vector<Grant> grants;
    std::string signedBy;
    std::string mac;        ///< 64 hex digits, over signedText() and the signature.
    std::string signature;  ///< Raw; over signedText().

    /// Null when there is no such principal.
    [[nodiscard]] const PrincipalEntry* find(std::string_view principalId) const;
};

/// Canonical JSON of everything but MAC and signature.
std::string signedText(const Document& document);
/// The bytes of the file.
std::string fileText(const Document& document);
/// Reads what fileText() writes and nothing else. Errors: Corrupt, NewerFormat.
Result<Document> parseDocument(std::string_view text);

/// What a slot's box is bound to.
std::string slotContext(const Document& document, const Slot& slot);
/// What a grant means: inside the box, and under the signature together with it.
std::string grantMeaning(const Document& document, const Grant& grant);

}  // namespace fairlead::access
