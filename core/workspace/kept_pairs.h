// What a linkage run leaves for the next one, in identity.db: the pairs that may matter, and under what they were
// found.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/increment.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// How far below the review threshold pairs are kept, in bits: some growth of the data before all must meet again.
inline constexpr double kKeepMarginBits = 1.5;

/// What the last run left, and the newest load that it knew.
struct LastRun {
    link::KeptPairs kept;
    std::int64_t afterLoad = 0;
};

/// Nothing when the last run left nothing. Errors: those of a statement, Cancelled.
Result<std::optional<LastRun>> readLastRun(store::Database& core, store::Database& identity, TaskContext& task);

/// Two records.
using RecordPair = std::pair<record::SourcePersonId, record::SourcePersonId>;

/// Makes a table of pairs hold these, ascending and each once: what differs is written. REQUIRES: inside a transaction.
/// Errors: those of a statement, Cancelled.
Status writePairs(store::Database& identity, std::string_view table, std::span<const RecordPair> pairs,
                  TaskContext& task);

/// Replaces what an earlier run left. REQUIRES: inside a transaction. Errors: those of a statement, Cancelled.
Status writeKept(store::Database& identity, const link::KeptPairs& kept, std::int64_t run, std::int64_t afterLoad,
                 TaskContext& task);

}  // namespace fairlead::workspace
