#include "core/access/header.h"

#include <algorithm>
#include <optional>

#include "core/access/document.h"
#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::size_t kSealSecretBytes = 32;
constexpr std::size_t kSignSecretBytes = 64;
constexpr std::size_t kHeaderKeyBytes = 32;
constexpr std::size_t kSaltBytes = 16;

std::unexpected<Error> corrupt(std::string detail) { return fail(ErrorCode::Corrupt, "header", std::move(detail)); }

/// A principal's secret halves and the key of the header's MAC: what a slot wraps.
struct Secrets {
    crypto::SealKeyPair seal;
    crypto::SignKeyPair sign;
    crypto::Secret headerKey;

    [[nodiscard]] crypto::Secret joined() const {
        crypto::Secret bytes(kSealSecretBytes + kSignSecretBytes + kHeaderKeyBytes);
        auto* out = std::ranges::copy(seal.secretKey.view(), bytes.data()).out;
        out = std::ranges::copy(sign.secretKey.view(), out).out;
        std::ranges::copy(headerKey.view(), out);
        return bytes;
    }
    static Result<Secrets> from(const crypto::Secret& joined) {
        if (joined.size() != kSealSecretBytes + kSignSecretBytes + kHeaderKeyBytes) return corrupt("slot size");
        const auto bytes = joined.view();
        FAIRLEAD_TRY(auto seal,
                     crypto::SealKeyPair::fromSecret(crypto::Secret::copyOf(bytes.substr(0, kSealSecretBytes))));
        FAIRLEAD_TRY(auto sign, crypto::SignKeyPair::fromSecret(
                                    crypto::Secret::copyOf(bytes.substr(kSealSecretBytes, kSignSecretBytes))));
        return Secrets{.seal = std::move(seal),
                       .sign = std::move(sign),
                       .headerKey = crypto::Secret::copyOf(bytes.substr(kSealSecretBytes + kSignSecretBytes))};
    }
};

std::string headerSignatureText(const Document& document) { return "fairlead header 1\n" + signedText(document); }

std::string macOf(const Document& document, const crypto::Secret& headerKey) {
    return hex(
        crypto::mac("fairlead header mac 1\n" + signedText(document) + crypto::base64(document.signature), headerKey));
}

std::string grantSignatureText(const Document& document, const Grant& grant) {
    return "fairlead grant 1\n" + grantMeaning(document, grant) + "\n" + grant.sealed;
}

/// Wraps the secrets for a passphrase, under a new salt.
Status wrap(Document& document, Slot& slot, std::string_view passphrase, const crypto::KdfCost& cost,
            const Secrets& secrets, KdfPolicy policy) {
    FAIRLEAD_OK(checkPassphrase(passphrase));
    slot.cost = cost;
    slot.salt = crypto::randomBytes(kSaltBytes);
    FAIRLEAD_TRY(const auto key, crypto::deriveKey(passphrase, slot.salt, cost, 32, policy.isForTests()));
    slot.wrapped = crypto::encrypt(secrets.joined().view(), slotContext(document, slot), key);
    return {};
}

/// The last step of every change.
std::string finish(Document& document, std::string_view principalId, const Secrets& secrets) {
    document.signedBy = principalId;
    document.signature = crypto::sign(headerSignatureText(document), secrets.sign);
    document.mac = macOf(document, secrets.headerKey);
    return fileText(document);
}

Grant grantFor(const Document& document, const PrincipalEntry& to, std::string_view name, const crypto::Secret& key,
               const Secrets& granter) {
    Grant grant{.key = std::string(name),
                .principal = to.principal.id,
                .epoch = 1,
                .sealed = {},
                .signedBy = to.principal.id,
                .signature = {}};
    // The meaning goes into the box as well, so that a box cannot be passed off as another key's.
    const auto meaning = grantMeaning(document, grant);
    crypto::Secret plain(meaning.size() + 1 + key.size());
    auto* const out = std::ranges::copy(meaning, plain.data()).out;
    std::ranges::copy(key.view(), out + 1);
    grant.sealed = crypto::seal(plain.view(), to.sealKey);
    grant.signature = crypto::sign(grantSignatureText(document, grant), granter.sign);
    return grant;
}

/// Form and signature are sound. The signature's key is the header's own, so this shows damage and not who wrote it:
/// that is the MAC's part, once a slot is open.
Result<Document> soundDocument(std::string_view header) {
    FAIRLEAD_TRY(auto document, parseDocument(header));
    const auto* const signer = document.find(document.signedBy);
    if (signer == nullptr || document.slots.empty()) return corrupt("no signer or no slot");
    if (!crypto::verify(headerSignatureText(document), document.signature, signer->signKey))
        return corrupt("signature");
    return document;
}

struct Opened {
    const Slot* slot = nullptr;
    Secrets secrets;
};

/// Tries each slot. Errors: WrongKey when none opens.
Result<Opened> openSlot(const Document& document, std::string_view passphrase, KdfPolicy policy) {
    for (const auto& slot : document.slots) {
        const auto* const owner = document.find(slot.principal);
        if (owner == nullptr) return corrupt("a slot of nobody");
        if (!policy.allows(slot.cost)) return corrupt("the key derivation is cheaper than allowed");
        const auto key = crypto::deriveKey(passphrase, slot.salt, slot.cost, 32, policy.isForTests());
        if (!key)
            return key.error().code == ErrorCode::InvalidArgument ? corrupt(key.error().detail) : fail(key.error());
        const auto joined = crypto::decrypt(slot.wrapped, slotContext(document, slot), *key);
        if (!joined) continue;
        auto secrets = Secrets::from(*joined);
        if (!secrets || secrets->seal.publicKey != owner->sealKey || secrets->sign.publicKey != owner->signKey) {
            return corrupt("a slot does not fit its principal");
        }
        return Opened{.slot = &slot, .secrets = std::move(*secrets)};
    }
    return fail(ErrorCode::WrongKey, "header");
}

/// A sound header with the slot that the passphrase opens, its MAC checked.
struct Unlocked {
    Document document;
    std::size_t slot = 0;
    Secrets secrets;
};

Result<Unlocked> unlockDocument(std::string_view header, std::string_view passphrase, KdfPolicy policy) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_TRY(auto opened, openSlot(document, passphrase, policy));
    if (!crypto::equalInConstantTime(macOf(document, opened.secrets.headerKey), document.mac)) return corrupt("MAC");
    const auto index = static_cast<std::size_t>(opened.slot - document.slots.data());
    return Unlocked{.document = std::move(document), .slot = index, .secrets = std::move(opened.secrets)};
}

Result<crypto::Secret> granted(const Unlocked& unlocked, std::string_view name, const std::string& principalId) {
    const auto& document = unlocked.document;
    const auto grant = std::ranges::find_if(
        document.grants, [&](const Grant& g) { return g.key == name && g.principal == principalId; });
    if (grant == document.grants.end()) return corrupt("a grant is missing");
    const auto* const granter = document.find(grant->signedBy);
    if (granter == nullptr ||
        !crypto::verify(grantSignatureText(document, *grant), grant->signature, granter->signKey)) {
        return corrupt("a grant's signature");
    }
    const auto plain = crypto::unseal(grant->sealed, unlocked.secrets.seal);
    const auto meaning = grantMeaning(document, *grant);
    if (!plain || plain->size() <= meaning.size() + 1 || !plain->view().starts_with(meaning))
        return corrupt("a grant's box");
    return crypto::Secret::copyOf(plain->view().substr(meaning.size() + 1));
}

std::string newId() { return hex(crypto::randomBytes(16)); }

}  // namespace

Result<std::string> createHeader(std::string_view name, std::string_view passphrase, const FileKeys& keys,
                                 const crypto::KdfCost& cost, KdfPolicy policy) {
    if (name.empty() || name.size() > 200 || !isValidUtf8(name) || hasControlCharacters(name)) {
        return fail(ErrorCode::InvalidArgument, "name", "1 to 200 bytes of text");
    }
    if (keys.core.size() != 48 || keys.identity.size() != 48 || keys.audit.size() != 32) {
        return fail(ErrorCode::InvalidArgument, "header", "key size");
    }
    const Secrets secrets{.seal = crypto::SealKeyPair::generate(),
                          .sign = crypto::SignKeyPair::generate(),
                          .headerKey = crypto::Secret::random(kHeaderKeyBytes)};
    Document document;
    document.workspaceId = newId();
    document.name = name;
    PrincipalEntry owner;
    owner.principal = {.id = newId(), .name = std::string(name), .roles = {std::begin(kRoles), std::end(kRoles)}};
    owner.sealKey = secrets.seal.publicKey;
    owner.signKey = secrets.sign.publicKey;
    document.principals.push_back(owner);
    Slot slot{.id = newId(), .principal = owner.principal.id, .cost = cost, .salt = {}, .wrapped = {}};
    FAIRLEAD_OK(wrap(document, slot, passphrase, cost, secrets, policy));
    document.slots.push_back(std::move(slot));
    document.grants = {grantFor(document, owner, "core", keys.core, secrets),
                       grantFor(document, owner, "identity", keys.identity, secrets),
                       grantFor(document, owner, "audit", keys.audit, secrets)};
    return finish(document, owner.principal.id, secrets);
}

Result<Keyring> unlock(std::string_view header, std::string_view passphrase, KdfPolicy policy) {
    FAIRLEAD_TRY(auto unlocked, unlockDocument(header, passphrase, policy));
    const auto principal = unlocked.document.find(unlocked.document.slots[unlocked.slot].principal)->principal;
    FAIRLEAD_TRY(auto core, granted(unlocked, "core", principal.id));
    FAIRLEAD_TRY(auto identity, granted(unlocked, "identity", principal.id));
    FAIRLEAD_TRY(auto audit, granted(unlocked, "audit", principal.id));
    return Keyring{.keys = {.core = std::move(core), .identity = std::move(identity), .audit = std::move(audit)},
                   .principal = principal,
                   .seal = std::move(unlocked.secrets.seal),
                   .sign = std::move(unlocked.secrets.sign),
                   .workspaceId = unlocked.document.workspaceId,
                   .generation = static_cast<std::uint64_t>(unlocked.document.generation),
                   .rolesSeparated = unlocked.document.rolesSeparated};
}

Result<std::string> changePassphrase(std::string_view header, std::string_view current, std::string_view next,
                                     const crypto::KdfCost& cost, KdfPolicy policy) {
    FAIRLEAD_OK(checkPassphrase(next));
    FAIRLEAD_TRY(auto unlocked, unlockDocument(header, current, policy));
    auto& document = unlocked.document;
    auto& slot = document.slots[unlocked.slot];
    FAIRLEAD_OK(wrap(document, slot, next, cost, unlocked.secrets, policy));
    ++document.generation;
    return finish(document, slot.principal, unlocked.secrets);
}

Result<HeaderFace> inspect(std::string_view header) {
    FAIRLEAD_TRY(const auto document, soundDocument(header));
    HeaderFace face{.workspaceId = document.workspaceId,
                    .principals = {},
                    .sealKey = document.principals.front().sealKey,
                    .rolesSeparated = document.rolesSeparated};
    for (const auto& entry : document.principals) face.principals.push_back(entry.principal);
    return face;
}

}  // namespace fairlead::access
