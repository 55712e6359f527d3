#include "core/link/second_look.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/link/engine.h"
#include "core/link/parallel.h"

namespace fairlead::link {
namespace {

constexpr std::size_t kPairsInUnit = 4096;

bool isBefore(const ScoredPair& x, const ScoredPair& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); }

// What relations bring and the first look has not. Ascending.
std::vector<RowPair> broughtBeyond(const std::vector<ScoredPair>& first, const RelationComparer& relations) {
    std::vector<RowPair> beyond;
    auto known = first.begin();
    for (const auto& [a, b] : relations.pairs()) {
        while (known != first.end() && std::pair(known->a, known->b) < std::pair(a, b)) ++known;
        if (known == first.end() || known->a != a || known->b != b) beyond.push_back({a, b});
    }
    return beyond;
}

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

Result<std::vector<ScoredPair>> weighAgain(const std::vector<ScoredPair>& first, const SecondLook& look,
                                           TaskContext& task) {
    const std::vector<RowPair> brought = broughtBeyond(first, look.relations);
    const std::size_t all = first.size() + brought.size();
    const std::size_t units = (all + kPairsInUnit - 1) / kPairsInUnit;
    const unsigned used = threadCount(look.threads, units);
    std::vector<std::unique_ptr<PairWeigher>> weighers;
    for (unsigned i = 0; i < used; ++i)
        weighers.push_back(std::make_unique<PairWeigher>(look.context, look.scorer, look.relations, look.levels));
    std::vector<ScoredPair> pairs(all);
    task.begin(Phase::Comparing, all);
    forEachUnit(units, used, [&](unsigned thread, std::size_t unit) {
        if (task.cancelled()) return;
        PairWeigher& weigher = *weighers[thread];
        const std::size_t end = std::min(all, (unit + 1) * kPairsInUnit);
        for (std::size_t i = unit * kPairsInUnit; i < end; ++i) {
            if (i >= first.size()) {
                const RowPair& pair = brought[i - first.size()];
                pairs[i] = weigher.weigh(pair.a, pair.b, look.rule);
            } else {
                const ScoredPair& pair = first[i];
                pairs[i] = look.relations.level(pair.a, pair.b) ? weigher.weigh(pair.a, pair.b, pair.rule) : pair;
            }
        }
        task.advance(end - unit * kPairsInUnit);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    const auto firstBrought = pairs.begin() + static_cast<std::ptrdiff_t>(first.size());
    pairs.erase(
        std::remove_if(firstBrought, pairs.end(), [&](const ScoredPair& pair) { return pair.bits < look.floorBits; }),
        pairs.end());
    // Not inplace_merge: its buffer comes from a function that the standard has withdrawn.
    std::vector<ScoredPair> inOrder;
    inOrder.reserve(pairs.size());
    std::merge(pairs.begin(), firstBrought, firstBrought, pairs.end(), std::back_inserter(inOrder), isBefore);
    return inOrder;
}

}  // namespace fairlead::link
