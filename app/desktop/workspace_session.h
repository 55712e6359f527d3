// WorkspaceSession: the Session over core/workspace: turns its use cases' values into those of the pages.

#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/workspace/workspace.h"
#include "ui/shell/session.h"

namespace fairlead::desktop {

/// Adds a user by both recovery sheets to a workspace that is closed. Errors: those of custody::useSheets.
Status recoverBySheets(const std::filesystem::path& folder, const ui::RecoveryWanted& wanted, const Clock& clock,
                       access::KdfPolicy policy = access::KdfPolicy::normal());

/// Makers of sessions over real workspaces. `resources` is where definitions, gateways and models lie; `synthetic` is
/// the folder of demo.sh, or empty.
ui::SessionMakers workspaceMakers(const workspace::Resources& resources, const std::shared_ptr<const Clock>& clock,
                                  const std::filesystem::path& synthetic);

}  // namespace fairlead::desktop
