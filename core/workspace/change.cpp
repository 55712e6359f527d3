#include "core/workspace/change.h"

#include <algorithm>
#include <set>

#include "core/workspace/moment.h"
#include "core/workspace/pseudonym.h"
#include "core/workspace/schools.h"
#include "core/workspace/slice_reading.h"
#include "core/workspace/world_reading.h"

namespace fairlead::workspace {

namespace {

using indicator::ChangeEnd;

Result<ChangeEnd> endAt(store::Database& core, const Moment& moment, indicator::PersonOfSource links) {
    FAIRLEAD_TRY(auto definitions, definitionsAt(core, moment.knownAt));
    return ChangeEnd{moment.asAt, moment.knownAt, std::move(links), std::move(definitions)};
}

std::vector<record::PersonKey> pupilsNamed(const indicator::ChangeExplanation& explanation) {
    std::set<record::PersonKey> pupils;
    for (const indicator::ChangePart& part : explanation.parts) {
        pupils.insert(part.gained.begin(), part.gained.end());
        pupils.insert(part.lost.begin(), part.lost.end());
    }
    return {pupils.begin(), pupils.end()};
}

}  // namespace

Result<ChangePage> explainChange(Workspace& workspace, const ChangeRequest& request, TaskContext& task) {
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    task.begin(Phase::Reading, 0);
    FAIRLEAD_TRY(const Moment first, momentOf(core, request.from.asAt, request.from.knownAt));
    FAIRLEAD_TRY(const Moment second, momentOf(core, request.to.asAt, request.to.knownAt));
    ChangePage page;
    page.fromKnownAt = first.knownAt;
    page.toKnownAt = second.knownAt;
    FAIRLEAD_TRY(page.schoolName, schoolName(core, request.school));
    FAIRLEAD_TRY(auto reading, readWorld(core, request.school, first, second, task));
    task.begin(Phase::Computing, 0);
    FAIRLEAD_TRY(const ChangeEnd from, endAt(core, first, std::move(reading.firstLinks)));
    FAIRLEAD_TRY(const ChangeEnd to, endAt(core, second, std::move(reading.secondLinks)));
    FAIRLEAD_TRY(page.explanation, indicator::explainChange(reading.world, from, to, request.figure, task));
    FAIRLEAD_TRY(page.bounds, indicator::linkBounds(reading.world, to, request.figure, reading.waiting, task));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.identity()));
    FAIRLEAD_TRY(page.pseudonyms, pseudonyms(core, hash, request.school, pupilsNamed(page.explanation)));
    return page;
}

}  // namespace fairlead::workspace
