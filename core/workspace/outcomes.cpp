#include "core/workspace/outcomes.h"

#include <vector>

#include "core/workspace/school_page.h"

namespace fairlead::workspace {

Result<OutcomesPage> outcomes(Workspace& workspace, const OverviewRequest& request, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const SchoolReading& reading = school->reading;
    return OutcomesPage{indicator::outcomes(reading.slice, reading.moment.asAt, {request.yearGroup}),
                        school->schoolName, 1, reading.moment};
}

Result<OutcomesPage> areaOutcomes(Workspace& workspace, const AreaRequest& request, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const Moment moment, momentOf(workspace, request.asAt, request.knownAt));
    std::vector<record::SchoolUrn> schools;
    {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT urn FROM school ORDER BY urn"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            schools.push_back({query.integer(0)});
        }
    }
    FAIRLEAD_TRY(const auto definitions, definitionsAt(core, moment.knownAt));
    indicator::OutcomeTally tally(*definitions, moment.asAt, {request.yearGroup});
    OutcomesPage page{{}, {}, 0, moment};
    task.begin(Phase::Computing, schools.size());
    for (const record::SchoolUrn school : schools) {
        // Reading reports phases of its own: it gets a context that listens to the same stop.
        TaskContext part(task.token());
        FAIRLEAD_TRY(const SchoolReading reading, readSchool(core, school, moment, part, Reach::PupilsAlone));
        if (!reading.pupils.empty()) ++page.schools;
        tally.add(reading.slice);
        task.advance(1);
    }
    page.reading = tally.reading();
    return page;
}

}  // namespace fairlead::workspace
