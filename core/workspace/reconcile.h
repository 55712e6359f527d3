// Two files cannot commit at one instant. Identity commits first, and core names the loads that count: what
// identity.db holds of a load that core.db does not know was never loaded.

#pragma once

#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// Keeps in identity.db the newest load and run that it has rows of. Errors: those of a statement.
Status writeLastKnown(store::Database& identity, std::int64_t load, std::int64_t run);

/// Forgets the links of the run before: core.db knows the last one. Errors: those of a statement.
Status forgetLinksBefore(store::Database& identity);

/// Removes rows of unknown loads from identity.db and undoes what such a load marked as gone. Puts back the
/// links of the run before where core.db does not know the last one, and forgets them where it does. Does nothing when
/// there is nothing to do.
/// Errors: those of a statement.
Status removeUnknownLoads(store::Database& core, store::Database& identity);

}  // namespace fairlead::workspace
