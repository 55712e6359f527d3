#include "core/link/passes.h"

#include <algorithm>
#include <memory>

#include "core/link/block_keys.h"
#include "core/link/parallel.h"

namespace fairlead::link {
namespace {

constexpr std::uint64_t kPairsBetweenLooks = 4096;

// A comparer for each thread, made once.
std::vector<std::unique_ptr<PairComparer>> comparers(const CompareContext& context, unsigned threads) {
    std::vector<std::unique_ptr<PairComparer>> made;
    for (unsigned i = 0; i < threads; ++i) made.push_back(std::make_unique<PairComparer>(context));
    return made;
}

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
    const auto perThread = comparers(context, used);
    const KeptAnyway anyway(context.plans, limits.crossed);
    std::vector<std::vector<ScoredPair>> found(units.size());
    std::vector<std::uint64_t> counts(units.size(), 0);
    task.begin(Phase::Comparing, units.size());
    forEachUnit(units.size(), used, [&](unsigned thread, std::size_t unit) {
        PairOutcome outcome;
        ScoredPair pair;
        pair.rule = units[unit].rule;
        const auto soon = [&](std::uint32_t row) { context.prefetch(row); };
        candidates.forEach(units[unit], kAll, soon, [&](std::uint32_t a, std::uint32_t b) {
            if (++counts[unit] % kPairsBetweenLooks == 0 && task.cancelled()) return false;
            perThread[thread]->compare(a, b, outcome);
            pair.a = a;
            pair.b = b;
            pair.pattern = outcome.pattern;
            pair.bits = scorer.bits(outcome, limits.floorBits);
            if (pair.bits >= limits.floorBits || anyway.holds(pair.pattern)) found[unit].push_back(pair);
            return true;
        });
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
    const auto perThread = comparers(context, used);
    const KeptAnyway anyway(context.plans, limits.crossed);
    std::vector<std::vector<ScoredPair>> found(units);
    forEachUnit(units, used, [&](unsigned thread, std::size_t unit) {
        if (task.cancelled()) return;
        PairOutcome outcome;
        for (std::size_t i = unit * kUnit; i < std::min(pairs.size(), (unit + 1) * kUnit); ++i) {
            const auto [a, b] = pairs[i];
            const int rule = candidates.firstRuleOf(a, b);
            if (rule < 0) continue;
            perThread[thread]->compare(a, b, outcome);
            const double bits = scorer.bits(outcome, limits.floorBits);
            if (bits >= limits.floorBits || anyway.holds(outcome.pattern))
                found[unit].push_back({a, b, outcome.pattern, bits, static_cast<std::uint16_t>(rule)});
        }
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
    const auto perThread = comparers(context, used);
    std::vector<PatternTally> tallies(used);
    task.begin(Phase::Comparing, units.size());
    forEachUnit(units.size(), used, [&](unsigned thread, std::size_t unit) {
        PairOutcome outcome;
        std::uint64_t seen = 0;
        const auto soon = [&](std::uint32_t row) { context.prefetch(row); };
        bool stopped = false;
        const auto wanted = [&](std::uint32_t a, std::uint32_t b) {
            if (++seen % kPairsBetweenLooks == 0) stopped = task.cancelled();
            // The upper half of the hash, as a number below the stride.
            return stopped || stride == 1 || ((mixKey(a, b) >> 32U) * stride) >> 32U == 0;
        };
        candidates.forEach(units[unit], wanted, soon, [&](std::uint32_t a, std::uint32_t b) {
            if (stopped) return false;
            perThread[thread]->compare(a, b, outcome);
            tallies[thread].add(outcome.pattern);
            return true;
        });
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
    const auto perThread = comparers(context, used);
    std::vector<std::vector<LevelCounts>> counts(used, std::vector<LevelCounts>(comparisons, LevelCounts{}));
    task.begin(Phase::Preparing, units);
    forEachUnit(units, used, [&](unsigned thread, std::size_t unit) {
        if (task.cancelled()) return;
        PairOutcome outcome;
        for (std::uint64_t k = unit * kUnit; k < std::min(pairs, (unit + 1) * kUnit); ++k) {
            const auto a = static_cast<std::uint32_t>(mixKey(1, k) % rows),
                       b = static_cast<std::uint32_t>(mixKey(2, k) % rows);
            const bool sameDataset = context.columns.datasets[a] == context.columns.datasets[b];
            if (a == b || (scope == PairScope::BetweenDatasets && sameDataset) ||
                (scope == PairScope::WithinDatasets && !sameDataset))
                continue;
            perThread[thread]->compare(a, b, outcome);
            for (std::size_t c = 0; c < comparisons; ++c) ++counts[thread][c][(outcome.pattern >> (4 * c)) & 15U];
        }
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
