#include "core/link/missed_pairs.h"

#include <algorithm>
#include <array>

namespace fairlead::link {
namespace {

constexpr std::size_t kMostLookedAt = 100'000;  // pairs; of more, every so many is taken

}  // namespace

std::optional<double> missedPairs(const CandidatePairs& candidates, std::span<const ScoredPair> pairs) {
    if (candidates.isComplete()) return std::nullopt;
    const std::size_t stride = std::max<std::size_t>(1, pairs.size() / kMostLookedAt);
    std::array<double, 3> brought{};  // by none, one, two
    for (std::size_t i = 0; i < pairs.size(); i += stride) {
        const std::size_t rules = candidates.rulesOf(pairs[i].a, pairs[i].b).size();
        if (rules < brought.size()) brought[rules] += probabilityOf(pairs[i].bits);
    }
    const double one = brought[1] * static_cast<double>(stride), two = brought[2] * static_cast<double>(stride);
    // As Chao corrects for small counts, where two may be none.
    return std::max(0.0, one * (one - 1.0) / (2.0 * (two + 1.0)));
}

}  // namespace fairlead::link
