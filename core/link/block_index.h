// The blocks of one rule: rows that share a key, grouped in parallel, the same whatever the number of threads.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/block_keys.h"
#include "core/link/engine.h"

namespace fairlead::link {

/// Blocks of at least two rows, numbered from 0.
struct RuleBlocks {
    std::vector<std::uint32_t> begins{0};  ///< Per block its first member, and the end.
    std::vector<std::uint32_t> members;    ///< Rows, ascending within a block.

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(begins.size() - 1); }
    /// The rows of a block.
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t block) const {
        return {members.data() + begins[block], begins[block + 1] - begins[block]};
    }
};

/// What bounds the blocks of a rule.
struct BlockLimits {
    std::uint32_t blockCap = 0;  ///< A larger block is split by birth date, then by forename, else left out.
    double mostPairs = 0.0;      ///< A rule that would bring more pairs brings nothing; 0 = no limit.
    unsigned threads = 0;
};

/// Builds them, and says in `report` what was split, skipped or left out. Error: Cancelled.
Result<RuleBlocks> buildBlocks(const KeyMaker& maker, std::uint32_t rows, const BlockLimits& limits, RuleReport& report,
                               TaskContext& task);

}  // namespace fairlead::link
