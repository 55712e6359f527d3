// Step 14 of opening, on the side that keeps the rows: every value checked, every row digested, counts and digests
// compared with the manifest's. Where the values come from is not trusted.

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/extract/extract.h"
#include "core/extract/row_check.h"
#include "core/extract/row_digest.h"

namespace fairlead::extract {

/// Takes the rows of an extract, table by table in the order of contractTables(), and puts them into it.
class RowIntake {
public:
    /// `extract` has its manifest, and outlives this.
    RowIntake(Extract& extract, std::string subject, TaskContext& task);

    /// The next row of table `table` (a position in contractTables()). The cells are read before it returns.
    /// Errors: ExtractDamaged (a table that is not promised, or one that was left before), Cancelled.
    Status add(std::size_t table, std::int64_t rowId, std::span<const Cell> cells);
    /// After the last row. Errors: ExtractValue, RowCountMismatch, HashMismatch.
    Status finish();

private:
    Status enter(std::size_t table);
    void leave();

    Extract& m_extract;
    std::string m_subject;
    TaskContext& m_task;
    std::optional<std::size_t> m_table;  ///< The one whose rows come now.
    std::int64_t m_promised = 0;
    std::int64_t m_seen = 0;
    RowDigest m_digest;
    RowProblems m_problems;
    std::map<std::string, TableDigest> m_found;
};

}  // namespace fairlead::extract
