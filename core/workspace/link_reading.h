// identity.db as the engines want it: the records to link, the decisions in force, what families rest on.

#pragma once

#include <unordered_map>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"
#include "core/link/input.h"
#include "core/link/name_variants.h"
#include "core/store/database.h"
#include "core/workspace/intake.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Every source person with every version of what is known of it, in ascending order of ids.
/// Errors: Cancelled, those of a statement.
Result<link::LinkInput> readLinkInput(store::Database& core, store::Database& identity, TaskContext& task);

/// The spellings of names that ship with the program; none where the file is not there. Errors: those of the file.
Result<link::NameVariants> nameVariants(const Resources& resources);

/// Decisions "same" and "different" that nobody has withdrawn; "unsure" keeps two records apart too.
Result<link::Decisions> readDecisions(store::Database& core);

/// Source person -> person.
using PersonOf = std::unordered_map<std::int64_t, record::PersonKey>;

/// Ties, filed families and residences of persons. Errors: Cancelled, those of a statement.
Result<family::FamilySources> readFamilySources(store::Database& identity, const PersonOf& personOf,
                                                const ReferenceHash& hash, TaskContext& task);

}  // namespace fairlead::workspace
