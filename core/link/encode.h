// From source records to dictionary-encoded columns, with the quality counts.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/columns.h"
#include "core/link/engine.h"
#include "core/link/input.h"
#include "core/link/name_variants.h"

namespace fairlead::link {

/// Columns and what was wrong with the values.
struct EncodedInput {
    LinkSetup setup;
    Columns columns;
    std::vector<record::SourcePersonId> ids;  ///< Per row, ascending. Empty: a row's number is its id.
    std::vector<std::uint32_t> order;         ///< Row -> position in LinkInput::records. Empty: the same.
    std::vector<QualityCount> quality;        ///< Ascending by (column, what).

    /// The id of a row.
    [[nodiscard]] record::SourcePersonId idOf(std::uint32_t row) const {
        return ids.empty() ? record::SourcePersonId{row} : ids[row];
    }
    /// Where the row stands in the input.
    [[nodiscard]] std::uint32_t positionOf(std::uint32_t row) const { return order.empty() ? row : order[row]; }
    /// The row of an id; nothing when it is not there.
    [[nodiscard]] std::optional<std::uint32_t> rowOf(record::SourcePersonId id) const;
};

/// Encodes in ascending order of record id. `threads` 0: as many as the computer has. Errors: InvalidArgument (an id
/// twice, dataset or attribute column out of range), Cancelled.
Result<EncodedInput> encode(const LinkInput& input, const NameVariants& variants, TaskContext& task,
                            unsigned threads = 0);

}  // namespace fairlead::link
