#include "core/workspace/change.h"

#include <set>

#include "core/workspace/moment.h"
#include "core/workspace/pseudonym.h"
#include "core/workspace/schools.h"
#include "core/workspace/world_reading.h"

namespace fairlead::workspace {

namespace {

std::vector<record::PersonKey> pupilsNamed(const indicator::ChangeExplanation& explanation) {
    std::set<record::PersonKey> pupils;
    for (const indicator::ChangePart& part : explanation.parts) {
        pupils.insert(part.gained.begin(), part.gained.end());
        pupils.insert(part.lost.begin(), part.lost.end());
        for (const auto* events : {&part.eventsGained, &part.eventsLost})
            for (const indicator::ChangedEvent& event : *events)
                pupils.insert(event.pupils.begin(), event.pupils.end());
    }
    return {pupils.begin(), pupils.end()};
}

}  // namespace

Result<ChangePage> explainChange(Workspace& workspace, const ChangeRequest& request, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    task.begin(Phase::Reading, 0);
    ChangePage page;
    FAIRLEAD_TRY(page.from, momentOf(workspace, request.from.asAt, request.from.knownAt));
    FAIRLEAD_TRY(page.to, momentOf(workspace, request.to.asAt, request.to.knownAt));
    FAIRLEAD_TRY(page.schoolName, schoolName(core, request.school));
    FAIRLEAD_TRY(auto read, readWorld(core, request.school, page.from, page.to, task));
    read.world.yearGroup = request.yearGroup;
    page.yearGroup = request.yearGroup;
    task.begin(Phase::Computing, 0);
    FAIRLEAD_TRY(page.explanation, indicator::explainChange(read.world, read.from, read.to, request.figure, task));
    FAIRLEAD_TRY(page.bounds, indicator::linkBounds(read.world, read.to, request.figure, read.waiting, task));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.core()));
    FAIRLEAD_TRY(page.pseudonyms, pseudonyms(core, hash, request.school, pupilsNamed(page.explanation)));
    return page;
}

}  // namespace fairlead::workspace
