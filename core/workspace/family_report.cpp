#include "core/workspace/family_report.h"

#include "core/workspace/link_reading.h"
#include "core/workspace/relink_writing.h"

namespace fairlead::workspace {

Result<family::DeriveReport> familyReport(Workspace& workspace, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadQuality));
    const std::scoped_lock lock(workspace.mutex());
    PersonOf personOf;
    FAIRLEAD_TRY(const auto memberships, currentMemberships(workspace.core()));
    for (const Membership& membership : memberships) personOf.emplace(membership.sourcePerson.value, membership.person);
    FAIRLEAD_TRY(auto query, workspace.identity().prepare("SELECT source_person FROM person_ref"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        personOf.try_emplace(query.integer(0), record::PersonKey{-query.integer(0)});
    }
    FAIRLEAD_TRY(const auto records, FamilyRecords::read(workspace.identity(), task));
    FAIRLEAD_TRY(auto derived, family::deriveEdges(records.of(personOf), {}, task));
    FAIRLEAD_TRY(const auto hash, ReferenceHash::open(workspace.identity()));
    records.nameLeftOut(hash, derived.report);
    return std::move(derived.report);
}

}  // namespace fairlead::workspace
