// Dates and ids in and out of columns, and the few questions that several use cases ask a database.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// The day as a column holds it: NULL when there is none.
inline std::optional<std::int64_t> dayValue(const std::optional<Date>& day) {
    return day ? std::optional<std::int64_t>(day->days) : std::nullopt;
}

/// The day of a column. REQUIRES: not NULL.
inline Date dayAt(const store::Statement& row, int column) {
    return Date{static_cast<std::int32_t>(row.integer(column))};
}

/// The day of a column, or `otherwise` when it is NULL.
inline Date dayAt(const store::Statement& row, int column, Date otherwise) {
    return row.isNull(column) ? otherwise : dayAt(row, column);
}

/// The day of a column, or nothing when it is NULL.
inline std::optional<Date> optionalDayAt(const store::Statement& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional<Date>(dayAt(row, column));
}

/// The first column of the first row of a query without parameters; `otherwise` when there is no row or it is NULL.
Result<std::int64_t> scalar(store::Database& database, std::string_view sql, std::int64_t otherwise = 0);

/// Runs a query without parameters and hands every row to `take`; counts them in the task. Errors: Cancelled, those of
/// a statement.
template <typename Take>
Status eachRow(store::Database& database, std::string_view sql, TaskContext& task, const Take& take) {
    FAIRLEAD_TRY(auto query, database.prepare(sql));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        take(query);
        task.advance(1);
    }
}

/// The value of a row in the file's `setting` table, or nothing.
Result<std::optional<std::string>> setting(store::Database& database, std::string_view name);
/// Writes a row of the file's `setting` table.
Status setSetting(store::Database& database, std::string_view name, std::string_view value);

}  // namespace fairlead::workspace
