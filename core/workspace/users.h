// Use cases: who may open the workspace. Two people for each change where roles are separated: the key officer who
// opened it, and a second one who hands the keys over (core/access/users.h). Both are in the audit entry.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/users.h"
#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Everybody who is in a workspace's header, those who left too; needs no passphrase. Errors: NotFound, Corrupt,
/// NewerFormat, OlderFormat.
Result<access::HeaderFace> users(const std::filesystem::path& folder);

/// The second person of a change: unlocked for it and forgotten. One person alone (roles not separated) is both.
struct SecondPerson {
    std::optional<Credentials> credentials;
    access::KdfPolicy policy = access::KdfPolicy::normal();
};

/// The header's bytes as they are now. Errors: NotFound, Io.
Result<std::string> readHeader(const std::filesystem::path& folder);

/// The second person's keys; nothing when nobody was named. Errors: those of access::unlock.
Result<std::optional<access::Keyring>> unlockSecond(const Workspace& workspace, const SecondPerson& second);

/// For an act of two: the second may do it and is somebody else, or the one person who has every role. A refusal is on
/// record. Errors: Denied. REQUIRES: the mutex is held.
Status checkSecond(Workspace& workspace, const access::Keyring& second, access::Action action);

/// A user to be, as the second person or the user types it.
struct UserWanted {
    std::string name;
    access::Roles roles;
    const crypto::Secret& passphrase;
    std::optional<crypto::KdfCost> cost;  ///< Empty: about a second on this computer.
};

/// Errors: Denied, WrongKey (the second person), those of access::addUser, Io, DiskFull and of the audit log.
Status addUser(Workspace& workspace, const SecondPerson& second, const UserWanted& wanted);
/// Takes effect when the user opens the workspace next. Errors: as addUser, NotFound.
Status changeRoles(Workspace& workspace, const SecondPerson& second, const std::string& user,
                   const access::Roles& roles);
/// Errors: as changeRoles.
Status retireUser(Workspace& workspace, const std::string& user);

/// True when another active user may do it too: then a person does not approve what they made themselves.
Result<bool> othersMay(const Workspace& workspace, access::Action action);

}  // namespace fairlead::workspace
