// Mutated extracts by the hundred thousand: each ends in a refusal, or in rows that satisfy the contract.

#pragma once

#include <cstddef>
#include <cstdint>

#include "tests/hostile/supplier.h"

namespace fairlead::hostile {

/// What to run. Case number k of a seed is always the same file but for its keys.
struct MutationPlan {
    std::uint64_t seed = 1;
    std::size_t first = 0;
    std::size_t cases = 200'000;
    std::size_t everyInWorker = 2'000;  ///< So many cases apart, one is read by a process of its own.
    std::size_t everyWhole = 40;        ///< So many cases apart, one goes through all fifteen steps, signed.
};

/// Runs them and prints what became of them; how many broke the rule.
std::size_t runMutations(Supplier& supplier, const MutationPlan& plan);

}  // namespace fairlead::hostile
