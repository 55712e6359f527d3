// The workspace header: who may open a workspace, and with what. One file beside the databases.
//
// It says for each principal the public keys and roles; for each slot how a passphrase opens the principal's secret
// keys (Argon2id, then XChaCha20-Poly1305 that binds workspace, slot, cost and public keys); for each grant a file key
// sealed to a principal and signed by the one who granted it. The whole is signed by the last who changed it and MACed
// by a key that every slot holds. Canonical JSON: sorted keys, no white space, integers only.
//
// Today there is one principal with every role, and the header says that roles are not separated.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/passphrase.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::access {

/// The keys of the workspace's files: 48 bytes each for the databases (key and salt), 32 for the audit log.
struct FileKeys {
    crypto::Secret core;
    crypto::Secret identity;
    crypto::Secret audit;
};

/// A person who can open the workspace.
struct Principal {
    std::string id;                  ///< 32 hex digits; the audit log's actor.
    std::string name;                ///< As given when the workspace was made: the workspace's name, today.
    std::vector<std::string> roles;  ///< Names of kRoles.
};

/// aggregate_reader, analyst, link_reviewer, data_steward, governance_auditor, key_officer (design: access.md).
inline constexpr std::string_view kRoles[] = {"aggregate_reader",   "analyst",    "link_reviewer", "data_steward",
                                              "governance_auditor", "key_officer"};

/// Everything that an unlocked header gives. Move-only; wiped when it goes.
struct Keyring {
    FileKeys keys;
    Principal principal;
    crypto::SealKeyPair seal;  ///< Receives keys, also of extracts sealed to this workspace.
    crypto::SignKeyPair sign;
    std::string workspaceId;       ///< 32 hex digits.
    std::uint64_t generation = 0;  ///< Counts the changes of the header.
    bool rolesSeparated = false;   ///< False: one person holds every role; say so on screen and in every briefing.
};

/// A new header for one person with every role: its bytes. `name`: 1 to 200 bytes of UTF-8, no control characters.
/// `cost` is recorded; use crypto::calibratedCost(1 s). Errors: WeakPassphrase, InvalidArgument, Internal (no memory).
Result<std::string> createHeader(std::string_view name, std::string_view passphrase, const FileKeys& keys,
                                 const crypto::KdfCost& cost, KdfPolicy policy = KdfPolicy::normal());

/// Opens a header. Errors: WrongKey (the passphrase), Corrupt (any change), NewerFormat, Internal (no memory).
Result<Keyring> unlock(std::string_view header, std::string_view passphrase, KdfPolicy policy = KdfPolicy::normal());

/// The same header with another passphrase, salt and cost: its bytes. The old header still opens with the old
/// passphrase: delete it, and know that backups keep it. Errors: as unlock() and createHeader().
Result<std::string> changePassphrase(std::string_view header, std::string_view current, std::string_view next,
                                     const crypto::KdfCost& cost, KdfPolicy policy = KdfPolicy::normal());

/// What can be read without a passphrase: for the list of workspaces, and for agencies that seal extracts to it.
struct HeaderFace {
    std::string workspaceId;
    std::vector<Principal> principals;
    crypto::SealPublicKey sealKey;  ///< Of the first principal.
    bool rolesSeparated = false;
};

/// The face of a header whose form and signature are sound. Errors: Corrupt, NewerFormat.
Result<HeaderFace> inspect(std::string_view header);

}  // namespace fairlead::access
