// The register of indicator definitions in core.db.

#pragma once

#include "core/base/result.h"
#include "core/store/database.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Takes definitions of resources/indicators into the register that are new, or of a higher version than the ones
/// there. They are in force for readings as known at `fromLoad` and later; what was there stays for earlier ones.
/// A text that changed under the same version is not taken. Errors: NotFound (no such folder or nothing in it),
/// those of a definition file.
Status registerDefinitions(store::Database& core, const Resources& resources, std::int64_t fromLoad);

}  // namespace fairlead::workspace
