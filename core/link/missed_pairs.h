// How many true pairs no blocking rule brings: what cannot be seen, from how often the seen are brought.

#pragma once

#include <optional>
#include <span>

#include "core/link/block.h"
#include "core/link/passes.h"

namespace fairlead::link {

/// Expected true pairs that no rule brings, at least: f1^2 / (2 f2), f1 and f2 being the true pairs that exactly one
/// and exactly two rules bring (A. Chao, Biometrics 43, 1987, 783-791: a lower bound, whatever makes some pairs easier
/// to bring than others), each scored pair counted with its probability. Nothing where every pair is compared.
std::optional<double> missedPairs(const CandidatePairs& candidates, std::span<const ScoredPair> pairs);

}  // namespace fairlead::link
