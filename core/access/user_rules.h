// For core/access alone: what holds for every change of users, whoever's authority it is.

#pragma once

#include "core/access/sealing.h"
#include "core/access/users.h"

namespace fairlead::access {

/// Both may do what they do here, in the header as it is now, and are two where roles are separated. Errors: Denied,
/// Corrupt (not the header that was opened).
Status checkAuthors(const Document& document, const Authors& authors);

/// Name, roles and cost are allowed. Errors: as addUser().
Status checkNewUser(Document& document, const NewUser& user, KdfPolicy policy);

/// A slot for a user who is in the charter. Errors: WeakPassphrase, InvalidArgument, Internal.
Status addSlot(Document& document, const PrincipalEntry& entry, const NewUser& user, const Secrets& secrets,
               KdfPolicy policy);

}  // namespace fairlead::access
