// A database written anew under another key: row by row into a new file, so that not a byte of the old one comes along,
// and read back before anybody relies on it. Never in place.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/store/database.h"

namespace fairlead::custody {

/// How many rows of a table were left behind, and how many were written.
struct RowsLeft {
    std::int64_t went = 0;
    std::int64_t stayed = 0;

    friend bool operator==(const RowsLeft&, const RowsLeft&) = default;
};
/// By table.
using TablesLeft = std::map<std::string, RowsLeft>;

/// Gives, for a table, which rows stay. Errors stop the copy.
using Chooser =
    std::function<Result<std::function<bool(const store::Statement&)>>(store::Database& from, std::string_view table)>;

/// Counts what copyRows() would write. Errors: those of the chooser and of a statement, Cancelled.
Result<TablesLeft> countRows(store::Database& from, const Chooser& choose, TaskContext& task);

/// The tables of `from` in the order in which they were made, without those of SQLite and those made anew.
Result<std::vector<std::string>> copiedTables(store::Database& from);

/// Copies rows into `to`, which has the same tables, empty; row sums stay empty and facts' reach is made anew from the
/// facts. Afterwards each table is read back and compared with what was read. Errors: Corrupt (what was read back is
/// not what was written), those of the chooser and of a statement, Cancelled.
Result<TablesLeft> copyRows(store::Database& from, store::Database& to, const Chooser& choose, TaskContext& task);

}  // namespace fairlead::custody
