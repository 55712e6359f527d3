// Who is in a workspace's header: adding, changing and retiring users.
//
// Two different people where roles are separated: the officer decides and signs, and somebody who holds the keys hands
// them over. Neither can do it alone, for the officer holds no key of the data and the holder cannot sign.
// Each function takes the header's bytes as they are now and gives the new ones.

#pragma once

#include <string>
#include <string_view>

#include "core/access/header.h"

namespace fairlead::access {

/// Who acts. One person with all roles may be both.
struct Authors {
    const Keyring& officer;
    const Keyring& holder;
};

/// A user to be.
struct NewUser {
    std::string_view name;  ///< Not that of another active user.
    Roles roles;            ///< At least one.
    std::string_view passphrase;
    crypto::KdfCost cost;
};

/// Errors: Denied (an author lacks the role, or a key that the roles need; the same person twice), AlreadyExists (the
/// name), InvalidArgument (no role; roles that one person must not have together), WeakPassphrase, Corrupt, those of
/// the formats.
Result<std::string> addUser(std::string_view header, const Authors& authors, const NewUser& user,
                            KdfPolicy policy = KdfPolicy::normal());

/// Gives an active user, by name, other roles: keys that they need are handed over, others taken back. What was copied
/// with a key stays readable to whoever copied it: encrypt the files anew for that. Errors: as addUser; NotFound;
/// InvalidArgument when nobody would be left with a role that the workspace cannot do without.
Result<std::string> changeRoles(std::string_view header, const Authors& authors, std::string_view user,
                                const Roles& roles);

/// Keys of core.db and identity.db that are new, and the log's where there is one: those of `fresh`, sealed by the
/// holder to everybody whose roles need them, signed by the officer, one epoch on. The old header still opens copies of
/// the old files. Errors: as addUser; InvalidArgument (size of a key).
Result<std::string> withNewFileKeys(std::string_view header, const Authors& authors, const FileKeys& fresh);

/// Takes slot and keys from a user; the name stays for the audit log. Errors: as changeRoles.
Result<std::string> retireUser(std::string_view header, const Keyring& officer, std::string_view user);

}  // namespace fairlead::access
