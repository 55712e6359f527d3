// How far a figure could move while links wait for a reader.

#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/change.h"

namespace fairlead::indicator {

/// "74 (72-76 while 4 links wait)".
struct LinkBounds {
    int now = 0;    ///< With none of the waiting links, as every page counts.
    int least = 0;  ///< The fewest and the most pupils that any of the readers' answers could give.
    int most = 0;
    int waiting = 0;      ///< Links between two persons that touch the figure's pupils, or could.
    bool isExact = true;  ///< False: too many links hang together to try every answer; the bounds are then too wide.
};

/// Tries every answer to every waiting pair. Pairs that do not hang together are independent, so that the cost grows
/// with the largest cluster of them. A figure that `at` does not have is 0 whatever the answers. Errors: Cancelled.
Result<LinkBounds> linkBounds(const FigureWorld& world, const ChangeEnd& at, std::string_view figureId,
                              const std::vector<std::pair<SourcePersonId, SourcePersonId>>& waiting, TaskContext& task);

}  // namespace fairlead::indicator
