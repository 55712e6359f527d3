// The workspace header: who may open a workspace, and with what. One file beside the databases.
//
// The charter says for each principal the public keys and roles, and for each file key to whom it is sealed, by whom
// it was handed over. It is signed with the workspace's officer key, which only key officers hold, and by the officer
// in person. A slot says how a passphrase opens a principal's secret keys (Argon2id, then XChaCha20-Poly1305 that binds
// workspace, slot, cost and public keys); inside it the officer key's public half is pinned, so that a header with
// another authority does not open. The whole is MACed by a key that every slot holds. Canonical JSON: sorted keys, no
// white space, integers only. users.h changes who is in it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/passphrase.h"
#include "core/access/roles.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::access {

/// The keys of the workspace's files; one that is not held is empty.
struct FileKeys {
    crypto::Secret core;       ///< 48 bytes: key and salt.
    crypto::Secret identity;   ///< 48 bytes: key and salt.
    crypto::Secret audit;      ///< 32 bytes.
    crypto::Secret auditRead;  ///< 32 bytes: X25519.
    crypto::Secret officer;    ///< 64 bytes: Ed25519.

    /// The one of these.
    [[nodiscard]] const crypto::Secret& of(FileKey key) const;
    /// For filling it.
    [[nodiscard]] crypto::Secret& of(FileKey key);
};

/// A person who can open the workspace, or could.
struct Principal {
    std::string id;  ///< 32 hex digits; the audit log's actor.
    std::string name;
    Roles roles;
    bool active = true;  ///< False: has left, and holds nothing.
};

/// Everything that an unlocked header gives. Move-only; wiped when it goes.
struct Keyring {
    FileKeys keys;  ///< Those of the principal's roles.
    Principal principal;
    crypto::SealKeyPair seal;  ///< Receives keys.
    crypto::SignKeyPair sign;
    crypto::Secret headerKey;            ///< Of the header's MAC.
    crypto::SignPublicKey officerKey;    ///< The authority that this principal trusts.
    crypto::SealPublicKey auditReadKey;  ///< The audit log's details are sealed to it.
    std::string workspaceId;             ///< 32 hex digits.
    std::uint64_t generation = 0;        ///< Counts the changes of the header.
    std::int64_t fileEpoch = 1;          ///< Counts how often the two databases got new keys.
    bool rolesSeparated = false;         ///< False: somebody holds roles that keep each other in check; say so.
};

/// A new header for one person with every role: its bytes. `name`: 1 to 200 bytes of UTF-8, no control characters.
/// `keys`: core, identity and audit; the others are made. `cost` is recorded; use crypto::calibratedCost(1 s).
/// Errors: WeakPassphrase, InvalidArgument, Internal (no memory).
Result<std::string> createHeader(std::string_view name, std::string_view passphrase, const FileKeys& keys,
                                 const crypto::KdfCost& cost, KdfPolicy policy = KdfPolicy::normal());

/// Who wants to open it.
struct Login {
    std::string_view passphrase;
    std::string_view user;  ///< Name of an active principal; empty: whoever's the passphrase is, each slot tried.
};

/// Opens a header. Errors: WrongKey (the passphrase, or nobody of that name), Corrupt (any change), NewerFormat,
/// OlderFormat, Internal (no memory).
Result<Keyring> unlock(std::string_view header, const Login& login, KdfPolicy policy = KdfPolicy::normal());

/// What a change of passphrase needs.
struct PassphraseChange {
    Login current;
    std::string_view next;
};

/// The same header with another passphrase, salt and cost for one principal: its bytes. The old header still opens with
/// the old passphrase: delete it, and know that backups keep it. Errors: as unlock() and createHeader().
Result<std::string> changePassphrase(std::string_view header, const PassphraseChange& change,
                                     const crypto::KdfCost& cost, KdfPolicy policy = KdfPolicy::normal());

/// What can be read without a passphrase: for the list of workspaces and of those who may open one.
struct HeaderFace {
    std::string workspaceId;
    std::vector<Principal> principals;
    bool rolesSeparated = false;
    std::uint64_t generation = 0;
};

/// What others need to seal to a principal, and to check what they signed.
struct PublicKeys {
    crypto::SealPublicKey seal;
    crypto::SignPublicKey sign;
};

/// Those of a principal by id, who may have left, as the authority that the reader trusts has signed them.
/// Errors: NotFound, Corrupt (not the header that the reader opened, or a later one of it), NewerFormat, OlderFormat.
Result<PublicKeys> publicKeysOf(std::string_view header, const Keyring& reader, std::string_view principalId);

/// The face of a header whose form and signatures are sound. Errors: Corrupt, NewerFormat, OlderFormat.
Result<HeaderFace> inspect(std::string_view header);

}  // namespace fairlead::access
