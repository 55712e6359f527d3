#include "core/access/sealing.h"

#include <algorithm>

#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::size_t kSealSecretBytes = 32;
constexpr std::size_t kSignSecretBytes = 64;
constexpr std::size_t kHeaderKeyBytes = 32;
constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kLongestName = 200;

std::string signedText(const Charter& charter) { return "fairlead charter 2\n" + charterText(charter); }

std::string grantText(const Charter& charter, const Grant& grant) {
    return "fairlead grant 2\n" + grantMeaning(charter, grant) + "\n" + grant.sealed;
}

std::string macOf(const Document& document, const crypto::Secret& headerKey) {
    return hex(crypto::mac("fairlead header mac 2\n" + macText(document), headerKey));
}

bool isSeparated(const Charter& charter) {
    return std::ranges::none_of(charter.principals, [](const PrincipalEntry& entry) {
        const Roles& roles = entry.principal.roles;
        return entry.principal.active && (roles.size() == kRoles.size() || conflictIn(roles));
    });
}

Status checkSlots(const Document& document) {
    for (const Slot& slot : document.slots) {
        const auto* const owner = document.charter.find(slot.principal);
        if (owner == nullptr || !owner->principal.active) return corruptHeader("a slot of nobody");
        if (!crypto::verify(slotText(document.charter, slot), slot.signature, owner->signKey))
            return corruptHeader("a slot's signature");
    }
    return {};
}

Status checkGrants(const Charter& charter) {
    for (const Grant& grant : charter.grants) {
        const auto* const giver = charter.find(grant.handedOverBy);
        const auto* const owner = charter.find(grant.principal);
        if (giver == nullptr || owner == nullptr || !holds(owner->principal.roles, grant.key))
            return corruptHeader("a grant of nobody");
        if (!crypto::verify(grantText(charter, grant), grant.signature, giver->signKey))
            return corruptHeader("a grant's signature");
    }
    return {};
}

}  // namespace

std::unexpected<Error> corruptHeader(std::string detail) {
    return fail(ErrorCode::Corrupt, "header", std::move(detail));
}

Secrets Secrets::newFor(const crypto::Secret& headerKey, const crypto::SignPublicKey& officerKey) {
    return {.seal = crypto::SealKeyPair::generate(),
            .sign = crypto::SignKeyPair::generate(),
            .headerKey = headerKey.clone(),
            .officerKey = officerKey};
}

crypto::Secret Secrets::joined() const {
    crypto::Secret bytes(kSealSecretBytes + kSignSecretBytes + kHeaderKeyBytes + kPublicKeyBytes);
    auto* out = std::ranges::copy(seal.secretKey.view(), bytes.data()).out;
    out = std::ranges::copy(sign.secretKey.view(), out).out;
    out = std::ranges::copy(headerKey.view(), out).out;
    std::ranges::copy(officerKey.view(), out);
    return bytes;
}

Result<Secrets> Secrets::from(const crypto::Secret& joined) {
    std::string_view rest = joined.view();
    if (rest.size() != kSealSecretBytes + kSignSecretBytes + kHeaderKeyBytes + kPublicKeyBytes)
        return corruptHeader("slot size");
    const auto next = [&](std::size_t size) {
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        return part;
    };
    FAIRLEAD_TRY(auto seal, crypto::SealKeyPair::fromSecret(crypto::Secret::copyOf(next(kSealSecretBytes))));
    FAIRLEAD_TRY(auto sign, crypto::SignKeyPair::fromSecret(crypto::Secret::copyOf(next(kSignSecretBytes))));
    auto headerKey = crypto::Secret::copyOf(next(kHeaderKeyBytes));
    FAIRLEAD_TRY(const auto officerKey, crypto::SignPublicKey::fromBytes(next(kPublicKeyBytes)));
    return Secrets{
        .seal = std::move(seal), .sign = std::move(sign), .headerKey = std::move(headerKey), .officerKey = officerKey};
}

std::string newId() { return hex(crypto::randomBytes(16)); }

Result<PrincipalEntry> newPrincipal(std::string_view name, const Roles& roles, const Secrets& secrets) {
    if (name.empty() || name.size() > kLongestName || !isValidUtf8(name) || hasControlCharacters(name))
        return fail(ErrorCode::InvalidArgument, "name", "1 to 200 bytes of text");
    PrincipalEntry entry;
    entry.principal = {.id = newId(), .name = std::string(name), .roles = roles, .active = true};
    entry.sealKey = secrets.seal.publicKey;
    entry.signKey = secrets.sign.publicKey;
    return entry;
}

Status wrapSlot(const Charter& charter, Slot& slot, std::string_view passphrase, const Secrets& secrets,
                KdfPolicy policy) {
    FAIRLEAD_OK(checkPassphrase(passphrase));
    slot.salt = crypto::randomBytes(kSaltBytes);
    FAIRLEAD_TRY(const auto key, crypto::deriveKey(passphrase, slot.salt, slot.cost, 32, policy.isForTests()));
    slot.wrapped = crypto::encrypt(secrets.joined().view(), slotContext(charter, slot), key);
    slot.signature = crypto::sign(slotText(charter, slot), secrets.sign);
    return {};
}

Grant grantFor(const Charter& charter, const PrincipalEntry& to, FileKey key, const crypto::Secret& secret,
               const Giver& giver, std::int64_t epoch) {
    Grant grant{.key = key,
                .principal = to.principal.id,
                .epoch = epoch == 0 ? charter.epochOf(key) : epoch,
                .sealed = {},
                .handedOverBy = giver.id,
                .signature = {}};
    // The meaning goes into the box as well, so that a box cannot be passed off as another key's.
    const auto meaning = grantMeaning(charter, grant);
    crypto::Secret plain(meaning.size() + 1 + secret.size());
    auto* const out = std::ranges::copy(meaning, plain.data()).out;
    std::ranges::copy(secret.view(), out + 1);
    grant.sealed = crypto::seal(plain.view(), to.sealKey);
    grant.signature = crypto::sign(grantText(charter, grant), giver.sign);
    return grant;
}

Status signCharter(Document& document, const Giver& officer, const crypto::Secret& officerKey) {
    FAIRLEAD_TRY(const auto authority, crypto::SignKeyPair::fromSecret(officerKey.clone()));
    document.charter.rolesSeparated = isSeparated(document.charter);
    document.charter.signedBy = officer.id;
    const std::string text = signedText(document.charter);
    document.authority = crypto::sign(text, authority);
    document.signature = crypto::sign(text, officer.sign);
    return {};
}

std::string finishHeader(Document& document, const crypto::Secret& headerKey) {
    document.mac = macOf(document, headerKey);
    return fileText(document);
}

Result<Document> soundDocument(std::string_view header) {
    FAIRLEAD_TRY(auto document, parseDocument(header));
    const Charter& charter = document.charter;
    const auto* const signer = charter.find(charter.signedBy);
    if (signer == nullptr || document.slots.empty()) return corruptHeader("no signer or no slot");
    const std::string text = signedText(charter);
    if (!crypto::verify(text, document.authority, charter.officerKey) ||
        !crypto::verify(text, document.signature, signer->signKey))
        return corruptHeader("signature");
    FAIRLEAD_OK(checkSlots(document));
    FAIRLEAD_OK(checkGrants(charter));
    return document;
}

bool macFits(const Document& document, const crypto::Secret& headerKey) {
    return crypto::equalInConstantTime(macOf(document, headerKey), document.mac);
}

}  // namespace fairlead::access
