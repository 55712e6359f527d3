#include "core/link/passes.h"

#include <algorithm>
#include <memory>

#include "core/link/block_keys.h"
#include "core/link/parallel.h"

namespace fairlead::link {
namespace {

constexpr std::uint64_t kPairsBetweenLooks = 4096;

// Counts of 64-bit patterns; few thousand distinct ones among millions.
class PatternTally {
public:
    void add(std::uint64_t pattern) {
        if (2 * (m_used + 1) > m_slots.size()) grow();
        std::size_t slot = mixKey(0, pattern) & (m_slots.size() - 1);
        while (m_slots[slot].pairs != 0 && m_slots[slot].pattern != pattern) slot = (slot + 1) & (m_slots.size() - 1);
        if (m_slots[slot].pairs == 0) {
            m_slots[slot].pattern = pattern;
            ++m_used;
        }
        ++m_slots[slot].pairs;
    }
    [[nodiscard]] const std::vector<PatternCount>& slots() const { return m_slots; }

private:
    void grow() {
        std::vector<PatternCount> old(m_slots.empty() ? 4096 : 2 * m_slots.size());
        old.swap(m_slots);
        for (const PatternCount& count : old) {
            if (count.pairs == 0) continue;
            std::size_t slot = mixKey(0, count.pattern) & (m_slots.size() - 1);
            while (m_slots[slot].pairs != 0) slot = (slot + 1) & (m_slots.size() - 1);
            m_slots[slot] = count;
        }
    }
    std::vector<PatternCount> m_slots;
    std::size_t m_used = 0;
};

std::vector<PatternCount> merged(const std::vector<PatternTally>& tallies) {
    std::vector<PatternCount> all;
    for (const PatternTally& tally : tallies) {
        for (const PatternCount& count : tally.slots()) {
            if (count.pairs != 0) all.push_back(count);
        }
    }
    std::ranges::sort(all);
    std::vector<PatternCount> out;
    for (const PatternCount& count : all) {
        if (!out.empty() && out.back().pattern == count.pattern) {
            out.back().pairs += count.pairs;
        } else {
            out.push_back(count);
        }
    }
    return out;
}

constexpr auto kAll = [](std::uint32_t, std::uint32_t) { return true; };
constexpr auto kByRows = [](const ScoredPair& x, const ScoredPair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; };

// Pairs gathered and compared many at a time: by then their rows are in the processor's cache.
class PairBatch {
public:
    explicit PairBatch(const CompareContext& context) : m_context(context), m_comparer(context) {}

    // Gathers a pair; calls `take(pair, pattern)` for all once there are enough.
    template <typename Take>
    void add(RowPair pair, Take take) {
        m_context.prefetch(pair.a);
        m_context.prefetch(pair.b);
        m_pairs[m_count++] = pair;
        if (m_count == kSize) flush(take);
    }
    // Calls `take` for what is left.
    template <typename Take>
    void flush(Take take) {
        m_comparer.patterns({m_pairs.data(), m_count}, {m_patterns.data(), m_count});
        for (std::size_t i = 0; i < m_count; ++i) take(m_pairs[i], m_patterns[i]);
        m_count = 0;
    }
    [[nodiscard]] PairComparer& comparer() { return m_comparer; }

private:
    static constexpr std::size_t kSize = 256;
    const CompareContext& m_context;
    PairComparer m_comparer;
    std::array<RowPair, kSize> m_pairs{};
    std::array<std::uint64_t, kSize> m_patterns{};
    std::size_t m_count = 0;
};

// A batch for each thread, made once.
std::vector<std::unique_ptr<PairBatch>> batches(const CompareContext& context, unsigned threads) {
    std::vector<std::unique_ptr<PairBatch>> made;
    for (unsigned i = 0; i < threads; ++i) made.push_back(std::make_unique<PairBatch>(context));
    return made;
}

// Weighs the pairs whose pattern could be heavy enough, and keeps those that are.
class Weigher {
public:
    Weigher(const CompareContext& context, const Scorer& scorer, const ScoringLimits& limits)
        : m_scorer(scorer), m_floorBits(limits.floorBits), m_anyway(context.plans, limits.crossed) {}

    void weigh(PairComparer& comparer, RowPair pair, std::uint64_t pattern, std::uint16_t rule,
               std::vector<ScoredPair>& kept) const {
        const bool anyway = m_anyway.holds(pattern);
        if (!anyway && m_scorer.mostBits(pattern) < m_floorBits) return;
        PairOutcome outcome;
        outcome.pattern = pattern;
        comparer.findValues(pair.a, pair.b, outcome);
        const double bits = m_scorer.bits(outcome, m_floorBits);
        if (anyway || bits >= m_floorBits) kept.push_back({pair.a, pair.b, pattern, bits, rule});
    }

private:
    const Scorer& m_scorer;
    double m_floorBits;
    KeptAnyway m_anyway;
};

}  // namespace

KeptAnyway::KeptAnyway(const std::vector<ComparisonPlan>& plans, bool crossed)
    : m_identifier(positionOf(plans, ComparisonKind::Identifier)),
      m_forename(crossed ? positionOf(plans, ComparisonKind::Forename) : -1) {}

bool KeptAnyway::holds(std::uint64_t pattern) const {
    const auto isWithin = [&](int comparison, int least, int most) {
        if (comparison < 0) return false;
        const int level = patternLevel(pattern, static_cast<std::size_t>(comparison));
        return level >= least && level <= most;
    };
    return isWithin(m_identifier, 0, static_cast<int>(IdentifierLevel::Mixed)) ||
           isWithin(m_forename, static_cast<int>(ForenameLevel::Swapped), static_cast<int>(ForenameLevel::Crossed));
}

Result<ScoredPairs> scorePairs(const CandidatePairs& candidates, const CompareContext& context, const Scorer& scorer,
                               const ScoringLimits& limits, TaskContext& task) {
    const auto& units = candidates.units();
    const unsigned used = threadCount(limits.threads, units.size());
    const auto perThread = batches(context, used);
    const Weigher weigher(context, scorer, limits);
    std::vector<std::vector<ScoredPair>> found(units.size());
    std::vector<std::uint64_t> counts(units.size(), 0);
    task.begin(Phase::Comparing, units.size());
    forEachUnit(units.size(), used, [&](unsigned thread, std::size_t unit) {
        PairBatch& batch = *perThread[thread];
        const auto take = [&](RowPair pair, std::uint64_t pattern) {
            weigher.weigh(batch.comparer(), pair, pattern, units[unit].rule, found[unit]);
        };
        candidates.forEach(units[unit], kAll, [&](std::uint32_t a, std::uint32_t b) {
            batch.add({a, b}, take);
            return ++counts[unit] % kPairsBetweenLooks != 0 || !task.cancelled();
        });
        batch.flush(take);
        task.advance(1);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    ScoredPairs out;
    out.pairsPerRule.assign(candidates.rules().size(), 0);
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        out.pairsPerRule[units[unit].rule] += counts[unit];
        out.pairs.insert(out.pairs.end(), found[unit].begin(), found[unit].end());
        found[unit] = {};
    }
    std::ranges::sort(out.pairs, kByRows);
    return out;
}

Result<std::vector<ScoredPair>> scoreAgain(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
                                           const CandidatePairs& candidates, const CompareContext& context,
                                           const Scorer& scorer, const ScoringLimits& limits, TaskContext& task) {
    constexpr std::size_t kUnit = kPairsBetweenLooks;
    const std::size_t units = (pairs.size() + kUnit - 1) / kUnit;
    const unsigned used = threadCount(limits.threads, units);
    const auto perThread = batches(context, used);
    const Weigher weigher(context, scorer, limits);
    std::vector<std::vector<ScoredPair>> found(units);
    forEachUnit(units, used, [&](unsigned thread, std::size_t unit) {
        if (task.cancelled()) return;
        PairBatch& batch = *perThread[thread];
        const auto take = [&](RowPair pair, std::uint64_t pattern) {
            const int rule = candidates.firstRuleOf(pair.a, pair.b);
            if (rule >= 0)
                weigher.weigh(batch.comparer(), pair, pattern, static_cast<std::uint16_t>(rule), found[unit]);
        };
        for (std::size_t i = unit * kUnit; i < std::min(pairs.size(), (unit + 1) * kUnit); ++i)
            batch.add({pairs[i].first, pairs[i].second}, take);
        batch.flush(take);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    std::vector<ScoredPair> out;
    for (const auto& part : found) out.insert(out.end(), part.begin(), part.end());
    return out;
}

Result<std::vector<PatternCount>> countPatterns(const CandidatePairs& candidates, const CompareContext& context,
                                                std::uint64_t stride, unsigned threads, TaskContext& task) {
    const auto& units = candidates.units();
    const unsigned used = threadCount(threads, units.size());
    const auto perThread = batches(context, used);
    std::vector<PatternTally> tallies(used);
    task.begin(Phase::Comparing, units.size());
    forEachUnit(units.size(), used, [&](unsigned thread, std::size_t unit) {
        std::uint64_t seen = 0;
        bool stopped = false;
        const auto wanted = [&](std::uint32_t a, std::uint32_t b) {
            if (++seen % kPairsBetweenLooks == 0) stopped = task.cancelled();
            // The upper half of the hash, as a number below the stride.
            return stopped || stride == 1 || ((mixKey(a, b) >> 32U) * stride) >> 32U == 0;
        };
        const auto take = [&](RowPair, std::uint64_t pattern) { tallies[thread].add(pattern); };
        candidates.forEach(units[unit], wanted, [&](std::uint32_t a, std::uint32_t b) {
            perThread[thread]->add({a, b}, take);
            return !stopped;
        });
        perThread[thread]->flush(take);
        task.advance(1);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    return merged(tallies);
}

Result<std::vector<LevelCounts>> sampleLevels(const CompareContext& context, PairScope scope, std::uint64_t pairs,
                                              unsigned threads, TaskContext& task) {
    constexpr std::uint64_t kUnit = 1U << 15U;
    const std::size_t comparisons = context.plans.size();
    const std::uint64_t rows = context.columns.rows;
    const std::size_t units = rows < 2 ? 0 : (pairs + kUnit - 1) / kUnit;
    const unsigned used = threadCount(threads, units);
    const auto perThread = batches(context, used);
    std::vector<std::vector<LevelCounts>> counts(used, std::vector<LevelCounts>(comparisons, LevelCounts{}));
    task.begin(Phase::Preparing, units);
    forEachUnit(units, used, [&](unsigned thread, std::size_t unit) {
        if (task.cancelled()) return;
        const auto take = [&](RowPair, std::uint64_t pattern) {
            for (std::size_t c = 0; c < comparisons; ++c) ++counts[thread][c][(pattern >> (4 * c)) & 15U];
        };
        for (std::uint64_t k = unit * kUnit; k < std::min(pairs, (unit + 1) * kUnit); ++k) {
            const auto a = static_cast<std::uint32_t>(mixKey(1, k) % rows),
                       b = static_cast<std::uint32_t>(mixKey(2, k) % rows);
            const bool sameDataset = context.columns.datasets[a] == context.columns.datasets[b];
            if (a == b || (scope == PairScope::BetweenDatasets && sameDataset) ||
                (scope == PairScope::WithinDatasets && !sameDataset))
                continue;
            perThread[thread]->add({a, b}, take);
        }
        perThread[thread]->flush(take);
        task.advance(1);
    });
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    for (unsigned thread = 1; thread < used; ++thread) {
        for (std::size_t c = 0; c < comparisons; ++c) {
            for (std::size_t l = 0; l < 16; ++l) counts[0][c][l] += counts[thread][c][l];
        }
    }
    return counts[0];
}

}  // namespace fairlead::link
