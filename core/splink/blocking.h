// Blocking rules as joins: equalities between the two rows are keys, what remains is asked of each pair.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/splink/bind.h"
#include "core/splink/conditions.h"
#include "core/splink/evaluate.h"

namespace fairlead::splink {

/// One rule over one table, its keys worked out. Immutable.
struct Join {
    PreparedRule rule;
    Binding binding;
    bool keyed = false;
    std::vector<std::uint32_t> leftKeys;   ///< Per row as l: its key, kNull where a part is NULL.
    std::vector<std::uint32_t> rightKeys;  ///< Per row as r.
    std::uint32_t keys = 0;
    std::vector<std::uint32_t> residual;  ///< Conditions that must hold too.
};

/// Works out a rule's keys. Errors: ParseError, Cancelled.
Result<Join> makeJoin(std::string_view condition, Dialect dialect, std::string_view subject, ColumnValues& values,
                      TaskContext& task);

/// The rows in the order of ids, for each key those that may be r.
struct RightRows {
    std::vector<std::uint32_t> offsets;  ///< Per key; one more at the end.
    std::vector<std::uint32_t> ranks;    ///< Ascending within a key.
};
/// `order` gives the row of each rank. Without keys all rows are one key.
RightRows rightRowsOf(const Join& join, const std::vector<std::uint32_t>& order);

/// Asks pairs whether rules hold. One per thread.
class JoinChecker {
public:
    JoinChecker(const std::vector<Join>& joins, const ColumnValues& values, Dialect dialect);
    /// What the keys leave open of a rule, for a pair with equal keys.
    bool residualHolds(std::size_t join, std::uint32_t left, std::uint32_t right);
    /// A rule before `join` brings the pair too.
    bool broughtBefore(std::size_t join, std::uint32_t left, std::uint32_t right);
    [[nodiscard]] bool gaveUp() const;

private:
    const std::vector<Join>& m_joins;
    const ColumnValues& m_values;
    std::vector<std::vector<Value>> m_inputs;
    std::vector<std::unique_ptr<Evaluator>> m_evaluators;
};

}  // namespace fairlead::splink
