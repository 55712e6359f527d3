#include "core/link/second_look.h"

#include <algorithm>
#include <cmath>

#include "core/link/engine.h"

namespace fairlead::link {
namespace {

constexpr std::size_t kPairsBetweenLooks = 4096;

}  // namespace

EvidenceBits relationEvidence(const Level& level) {
    return {std::log2(level.m / level.u), std::log2(level.relative / level.u)};
}

std::uint64_t withRelationLevel(std::uint64_t pattern, std::size_t position, RelationLevel level) {
    const auto shift = static_cast<unsigned>(4 * position);
    return (pattern & ~(15ULL << shift)) | (static_cast<std::uint64_t>(level) << shift);
}

PairWeigher::PairWeigher(const CompareContext& context, const Scorer& scorer, const RelationComparer& relations,
                         const std::vector<Level>& levels)
    : m_comparer(context), m_scorer(scorer), m_relations(&relations), m_position(context.plans.size()) {
    for (std::size_t l = 0; l < kRelationLevels; ++l) m_evidence.at(l) = relationEvidence(levels[l]);
}

ScoredPair PairWeigher::weigh(std::uint32_t a, std::uint32_t b, std::uint16_t rule) {
    PairOutcome outcome;
    m_comparer.compare(a, b, outcome);
    EvidenceBits further;
    if (m_relations != nullptr) {
        if (const auto level = m_relations->level(a, b)) {
            further = m_evidence.at(static_cast<std::size_t>(*level));
            outcome.pattern = withRelationLevel(outcome.pattern, m_position, *level);
        }
    }
    return {a, b, outcome.pattern, m_scorer.bits(outcome, -1e300, further), rule};
}

Result<std::vector<ScoredPair>> weighAgain(const std::vector<ScoredPair>& first, const RelationComparer& relations,
                                           PairWeigher& weigher, double floorBits, std::uint16_t rule,
                                           TaskContext& task) {
    const auto brought = relations.pairs();
    task.begin(Phase::Comparing, first.size() + brought.size());
    std::vector<ScoredPair> pairs;
    pairs.reserve(first.size());
    const auto isStopped = [&](std::size_t done) {
        if (done % kPairsBetweenLooks != 0) return false;
        task.advance(kPairsBetweenLooks);
        return task.cancelled();
    };
    auto known = first.begin();
    for (std::size_t i = 0; i < brought.size(); ++i) {
        if (isStopped(i)) return fail(ErrorCode::Cancelled);
        const auto [a, b] = brought[i];
        while (known != first.end() && std::pair(known->a, known->b) < brought[i]) ++known;
        if (known != first.end() && known->a == a && known->b == b) continue;
        const ScoredPair pair = weigher.weigh(a, b, rule);
        if (pair.bits >= floorBits) pairs.push_back(pair);
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (isStopped(i)) return fail(ErrorCode::Cancelled);
        const ScoredPair& pair = first[i];
        pairs.push_back(relations.level(pair.a, pair.b) ? weigher.weigh(pair.a, pair.b, pair.rule) : pair);
    }
    std::ranges::sort(
        pairs, [](const ScoredPair& x, const ScoredPair& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    return pairs;
}

}  // namespace fairlead::link
