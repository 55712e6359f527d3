#include "core/access/header.h"

#include <algorithm>

#include "core/access/sealing.h"

namespace fairlead::access {

namespace {

struct Opened {
    std::size_t slot = 0;
    Secrets secrets;
};

bool isOf(const Document& document, const Slot& slot, std::string_view user) {
    return user.empty() || document.charter.find(slot.principal)->principal.name == user;
}

/// Tries each slot of the user. Errors: WrongKey when none opens.
Result<Opened> openSlot(const Document& document, const Login& login, KdfPolicy policy) {
    for (std::size_t i = 0; i < document.slots.size(); ++i) {
        const Slot& slot = document.slots[i];
        if (!isOf(document, slot, login.user)) continue;
        if (!policy.allows(slot.cost)) return corruptHeader("the key derivation is cheaper than allowed");
        const auto key = crypto::deriveKey(login.passphrase, slot.salt, slot.cost, 32, policy.isForTests());
        if (!key && key.error().code == ErrorCode::InvalidArgument) return corruptHeader(key.error().detail);
        if (!key) return fail(key.error());
        const auto joined = crypto::decrypt(slot.wrapped, slotContext(document.charter, slot), *key);
        if (!joined) continue;
        auto secrets = Secrets::from(*joined);
        const PrincipalEntry& owner = *document.charter.find(slot.principal);
        if (!secrets || secrets->seal.publicKey != owner.sealKey || secrets->sign.publicKey != owner.signKey)
            return corruptHeader("a slot does not fit its principal");
        return Opened{.slot = i, .secrets = std::move(*secrets)};
    }
    return fail(ErrorCode::WrongKey, "header");
}

/// A sound header with the slot that the passphrase opens, its MAC and authority checked.
struct Unlocked {
    Document document;
    Opened opened;

    [[nodiscard]] const Slot& slot() const { return document.slots[opened.slot]; }
    [[nodiscard]] const PrincipalEntry& owner() const { return *document.charter.find(slot().principal); }
};

Result<Unlocked> unlockDocument(std::string_view header, const Login& login, KdfPolicy policy) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    FAIRLEAD_TRY(auto opened, openSlot(document, login, policy));
    if (!macFits(document, opened.secrets.headerKey)) return corruptHeader("MAC");
    if (opened.secrets.officerKey != document.charter.officerKey) return corruptHeader("another authority");
    return Unlocked{.document = std::move(document), .opened = std::move(opened)};
}

Result<crypto::Secret> granted(const Unlocked& unlocked, FileKey key) {
    const Charter& charter = unlocked.document.charter;
    const std::string& owner = unlocked.owner().principal.id;
    const auto grant = std::ranges::find_if(
        charter.grants, [&](const Grant& candidate) { return candidate.key == key && candidate.principal == owner; });
    if (grant == charter.grants.end()) return corruptHeader("a grant is missing");
    const auto plain = crypto::unseal(grant->sealed, unlocked.opened.secrets.seal);
    const auto meaning = grantMeaning(charter, *grant);
    if (!plain || plain->size() <= meaning.size() + 1 || !plain->view().starts_with(meaning))
        return corruptHeader("a grant's box");
    return crypto::Secret::copyOf(plain->view().substr(meaning.size() + 1));
}

/// The key of constant and other keys alike.
template <typename Keys>
auto& keyIn(Keys& keys, FileKey key) {
    switch (key) {
        case FileKey::Core: return keys.core;
        case FileKey::Identity: return keys.identity;
        case FileKey::Audit: return keys.audit;
        case FileKey::AuditRead: return keys.auditRead;
        case FileKey::Officer: break;
    }
    return keys.officer;
}

}  // namespace

const crypto::Secret& FileKeys::of(FileKey key) const { return keyIn(*this, key); }

crypto::Secret& FileKeys::of(FileKey key) { return keyIn(*this, key); }

Result<std::string> createHeader(std::string_view name, std::string_view passphrase, const FileKeys& keys,
                                 const crypto::KdfCost& cost, KdfPolicy policy) {
    if (keys.core.size() != 48 || keys.identity.size() != 48 || keys.audit.size() != 32)
        return fail(ErrorCode::InvalidArgument, "header", "key size");
    const auto officer = crypto::SignKeyPair::generate();
    const auto auditRead = crypto::SealKeyPair::generate();
    const Secrets secrets = Secrets::newFor(crypto::Secret::random(32), officer.publicKey);
    Document document;
    Charter& charter = document.charter;
    charter.workspaceId = newId();
    charter.name = name;
    charter.officerKey = officer.publicKey;
    charter.auditReadKey = auditRead.publicKey;
    FAIRLEAD_TRY(const PrincipalEntry owner, newPrincipal(name, allRoles(), secrets));
    charter.principals.push_back(owner);
    const Giver giver{owner.principal.id, secrets.sign};
    const auto give = [&](FileKey key, const crypto::Secret& secret) {
        charter.grants.push_back(grantFor(charter, owner, key, secret, giver));
    };
    give(FileKey::Core, keys.core);
    give(FileKey::Identity, keys.identity);
    give(FileKey::Audit, keys.audit);
    give(FileKey::AuditRead, auditRead.secretKey);
    give(FileKey::Officer, officer.secretKey);
    Slot slot;
    slot.id = newId();
    slot.principal = owner.principal.id;
    slot.cost = cost;
    FAIRLEAD_OK(wrapSlot(charter, slot, passphrase, secrets, policy));
    document.slots.push_back(std::move(slot));
    FAIRLEAD_OK(signCharter(document, giver, officer.secretKey));
    return finishHeader(document, secrets.headerKey);
}

Result<Keyring> unlock(std::string_view header, const Login& login, KdfPolicy policy) {
    FAIRLEAD_TRY(auto unlocked, unlockDocument(header, login, policy));
    Keyring ring;
    ring.principal = unlocked.owner().principal;
    for (const FileKey key : kFileKeys) {
        if (!holds(ring.principal.roles, key)) continue;
        FAIRLEAD_TRY(ring.keys.of(key), granted(unlocked, key));
    }
    Secrets& secrets = unlocked.opened.secrets;
    const Charter& charter = unlocked.document.charter;
    ring.seal = std::move(secrets.seal);
    ring.sign = std::move(secrets.sign);
    ring.headerKey = std::move(secrets.headerKey);
    ring.officerKey = charter.officerKey;
    ring.auditReadKey = charter.auditReadKey;
    ring.workspaceId = charter.workspaceId;
    ring.generation = static_cast<std::uint64_t>(unlocked.document.generation);
    ring.fileEpoch = charter.epochOf(FileKey::Core);
    ring.rolesSeparated = charter.rolesSeparated;
    return ring;
}

Result<std::string> changePassphrase(std::string_view header, const PassphraseChange& change,
                                     const crypto::KdfCost& cost, KdfPolicy policy) {
    FAIRLEAD_OK(checkPassphrase(change.next));
    FAIRLEAD_TRY(auto unlocked, unlockDocument(header, change.current, policy));
    Document& document = unlocked.document;
    Slot& slot = document.slots[unlocked.opened.slot];
    slot.cost = cost;
    FAIRLEAD_OK(wrapSlot(document.charter, slot, change.next, unlocked.opened.secrets, policy));
    ++document.generation;
    return finishHeader(document, unlocked.opened.secrets.headerKey);
}

Result<PublicKeys> publicKeysOf(std::string_view header, const Keyring& reader, std::string_view principalId) {
    FAIRLEAD_TRY(const auto document, soundDocument(header));
    if (document.charter.workspaceId != reader.workspaceId || document.charter.officerKey != reader.officerKey ||
        !macFits(document, reader.headerKey))
        return corruptHeader("not the header that was opened");
    const auto* const entry = document.charter.find(principalId);
    if (entry == nullptr) return fail(ErrorCode::NotFound, "user");
    return PublicKeys{.seal = entry->sealKey, .sign = entry->signKey};
}

Result<HeaderFace> inspect(std::string_view header) {
    FAIRLEAD_TRY(const auto document, soundDocument(header));
    HeaderFace face{.workspaceId = document.charter.workspaceId,
                    .principals = {},
                    .rolesSeparated = document.charter.rolesSeparated,
                    .generation = static_cast<std::uint64_t>(document.generation)};
    for (const auto& entry : document.charter.principals) face.principals.push_back(entry.principal);
    return face;
}

}  // namespace fairlead::access
