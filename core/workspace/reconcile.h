// Two files cannot commit at one instant. Identity commits first, and core names the loads that count: what
// identity.db holds of a load that core.db does not know was never loaded.

#pragma once

#include "core/base/result.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// Keeps in identity.db the newest load and run that it has rows of. Errors: those of a statement.
Status writeLastKnown(store::Database& identity, std::int64_t load, std::int64_t run);

/// Removes rows of unknown loads from identity.db and undoes what such a load marked as gone. Also forgets links of
/// a run that core.db does not know. Does nothing when there is nothing to do.
/// Errors: those of a statement.
Status removeUnknownLoads(store::Database& core, store::Database& identity);

}  // namespace fairlead::workspace
