// Use case: another passphrase for the one who opened the workspace.

#pragma once

#include <optional>

#include "core/access/passphrase.h"
#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Writes the header anew. The old header, in a backup say, still opens with the old passphrase. `cost` empty: about a
/// second on this computer. Errors: WrongKey (`current`), WeakPassphrase, InvalidArgument, Io, DiskFull.
Status changePassphrase(Workspace& workspace, const crypto::Secret& current, const crypto::Secret& next,
                        const std::optional<crypto::KdfCost>& cost = std::nullopt,
                        access::KdfPolicy policy = access::KdfPolicy::normal());

}  // namespace fairlead::workspace
