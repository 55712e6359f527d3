// The second look: pairs weighed again with what recorded relations say, once records are provisionally persons.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/compare.h"
#include "core/link/passes.h"
#include "core/link/relations.h"
#include "core/link/score.h"

namespace fairlead::link {

/// The name under which the pairs are reported that recorded relations bring.
inline constexpr std::string_view kRelationRule = "recorded_relation";

/// Weighs pairs of rows, with their relations or without. One per thread: it holds a comparer.
class PairWeigher {
public:
    /// Without relations.
    PairWeigher(const CompareContext& context, const Scorer& scorer) : m_comparer(context), m_scorer(scorer) {}
    /// With relations; `levels` as levelsFor gives them. `relations` outlives this.
    PairWeigher(const CompareContext& context, const Scorer& scorer, const RelationComparer& relations,
                const std::vector<Level>& levels);

    /// The pair, a < b. The level of its relations stands in the pattern behind the model's comparisons.
    ScoredPair weigh(std::uint32_t a, std::uint32_t b, std::uint16_t rule = 0);

private:
    PairComparer m_comparer;
    const Scorer& m_scorer;
    const RelationComparer* m_relations = nullptr;
    std::size_t m_position = 0;
    std::array<EvidenceBits, kRelationLevels> m_evidence{};
};

/// A pattern with the level of the relations at a position, that is behind the model's comparisons.
std::uint64_t withRelationLevel(std::uint64_t pattern, std::size_t position, RelationLevel level);

/// What a level is as evidence.
EvidenceBits relationEvidence(const Level& level);

/// How pairs are weighed again.
struct SecondLook {
    const CompareContext& context;
    const Scorer& scorer;
    const RelationComparer& relations;
    const std::vector<Level>& levels;  ///< As levelsFor gives them.
    double floorBits = 0.0;            ///< What relations bring below this is dropped.
    std::uint16_t rule = 0;            ///< The number under which it is reported.
    unsigned threads = 0;              ///< 0 = as many as the computer has.
};

/// The pairs of the first look, ascending, and those that relations bring, weighed again. Ascending. Error: Cancelled.
Result<std::vector<ScoredPair>> weighAgain(const std::vector<ScoredPair>& first, const SecondLook& look,
                                           TaskContext& task);

}  // namespace fairlead::link
