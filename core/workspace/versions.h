// Versioned tables of identity.db: rows that a delivery repeats are kept, new ones are added, missing ones are
// marked as gone. Nothing is deleted.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/store/database.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

/// One value of a row: NULL, a number or borrowed text.
using Cell = std::variant<std::monostate, std::int64_t, std::string_view>;

/// A table with the columns source_person, id, <columns>, first_delivery, gone_delivery, load, gone_load.
struct VersionedTable {
    std::string_view name;
    std::vector<std::string_view> columns;
};

/// What a delivery says in one table.
struct SuppliedVersions {
    std::vector<std::int64_t> persons;                                ///< Per row: its source person.
    std::function<void(std::size_t row, std::vector<Cell>&)> append;  ///< Appends the cells of a row.
};

/// Compares and writes. `delivered` are the source persons that the delivery speaks about, ascending: only
/// their versions can go. Errors: Cancelled, those of a statement.
Status mergeVersions(store::Database& identity, const VersionedTable& table, const SuppliedVersions& supplied,
                     std::span<const std::int64_t> delivered, const Intake& intake, TaskContext& task);

}  // namespace fairlead::workspace
