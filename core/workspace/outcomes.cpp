#include "core/workspace/outcomes.h"

#include "core/workspace/school_page.h"

namespace fairlead::workspace {

Result<OutcomesPage> outcomes(Workspace& workspace, const OverviewRequest& request, TaskContext& task) {
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const SchoolReading& reading = school->reading;
    return OutcomesPage{indicator::outcomes(reading.slice, reading.moment.asAt, {request.yearGroup}),
                        school->schoolName, reading.moment};
}

}  // namespace fairlead::workspace
