// Keeping what a linkage run found: as changes against the run before, so that the past stays readable.

#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/family_edge.h"
#include "core/link/engine.h"
#include "core/link/person_keys.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// A source person's place in this run.
struct Membership {
    record::SourcePersonId sourcePerson;
    record::PersonKey person;
    int strength = 100;  ///< Per cent: how sure the record is this person's.
};

/// The memberships that hold now, in ascending order of source persons.
Result<std::vector<Membership>> currentMemberships(store::Database& core);

/// The strength of every record: that of its best accepted link; 100 for a record alone, an identifier or a reader.
std::vector<int> strengths(std::span<const record::SourcePersonId> records, const std::vector<link::ScoredLink>& links);

/// Ends what changed and begins what is new; both spans ascend by source person.
Status writeMemberships(store::Database& core, std::span<const Membership> before, std::span<const Membership> now,
                        std::int64_t run);

/// Empties the links; they stay aside until core.db knows the new run: removeUnknownLoads() puts them back. Errors:
/// those of a statement.
Status setLinksAside(store::Database& identity);
/// Writes the links of this run with their evidence. REQUIRES: setLinksAside(). Errors: those of a statement,
/// Cancelled.
Status writeLinks(store::Database& identity, const std::vector<link::ScoredLink>& links, std::int64_t run,
                  TaskContext& task);

/// The links that the last run kept, in ascending order of (a, b); their rules are not kept and are 0.
/// Errors: Corrupt for a kind or state that this program does not know.
Result<std::vector<link::ScoredLink>> readLinks(store::Database& identity);

/// Pairs that wait for a reader, by number alone.
Status writePendingLinks(store::Database& core, const std::vector<link::ScoredLink>& links, std::int64_t run);

/// The merge and split log. `Created` keys are not news and are not logged.
Status writeChanges(store::Database& core, const std::vector<link::PersonChange>& changes, std::int64_t run);

/// Edges in ascending order; those of the last run that are not there any more end with this run.
Status writeFamilyEdges(store::Database& core, const std::vector<family::FamilyEdge>& edges, std::int64_t run,
                        TaskContext& task);

/// True when a pair is up to a reader: between the thresholds, or held back by a doubt that a reader can settle.
bool waitsForReader(const link::ScoredLink& link);

}  // namespace fairlead::workspace
