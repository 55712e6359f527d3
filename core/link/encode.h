// From source records to dictionary-encoded columns, with the quality counts.

#pragma once

#include <cstdint>
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
    Columns columns;
    std::vector<std::uint32_t> order;   ///< Row of the columns -> position in LinkInput::records.
    std::vector<QualityCount> quality;  ///< Ascending by (column, what).
};

/// Encodes in ascending order of record id. Errors: InvalidArgument (an id twice, dataset or attribute column out
/// of range), Cancelled.
Result<EncodedInput> encode(const LinkInput& input, const NameVariants& variants, TaskContext& task);

}  // namespace fairlead::link
