// Which figures would say "[x] purged" once deliveries are gone. It changes nothing.

#pragma once

#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/custody/retention.h"
#include "core/workspace/workspace.h"

namespace fairlead::custody {

/// A figure that would.
struct LostFigure {
    std::string id;              ///< "child_in_care".
    std::string title;           ///< "Child in care".
    std::vector<Interval> days;  ///< As at these, ascending and apart; the last may have no end.
    bool isNow = false;          ///< The workspace's own day is one of them: whoever opens a school sees it.
};

/// Those of the definitions in use, in their order, for readings as known now; days on which they are `[x] purged`
/// already are not counted. REQUIRES: the mutex is held. Errors: those of a statement and of a definition, Cancelled.
Result<std::vector<LostFigure>> lostFigures(workspace::Workspace& workspace, const std::vector<DeliveryEnd>& going,
                                            TaskContext& task);

/// True when times on a roll came with a delivery. Errors: those of a statement.
Result<bool> bringsRoll(store::Database& core, record::DeliveryId delivery);

}  // namespace fairlead::custody
