#include "core/link/engine.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/beside.h"
#include "core/link/estimate.h"
#include "core/link/growth.h"
#include "core/link/missed_pairs.h"
#include "core/link/pair_rules.h"
#include "core/link/parallel.h"
#include "core/link/passes.h"
#include "core/link/prepare.h"
#include "core/link/resolve.h"
#include "core/link/second_look.h"
#include "core/link/unique_rows.h"

namespace fairlead::link {
namespace {

constexpr std::uint64_t kSampledPairs = 1'000'000;  // random pairs looked at for u
constexpr std::size_t kPairsOfThread = 4096;        // fewer are resolved sooner than a thread is there
constexpr std::uint64_t kPatternPairs = 4'000'000;  // candidate pairs counted for m, at most about this many

class StageTimer {
public:
    explicit StageTimer(std::vector<LinkReport::Stage>& stages)
        : m_stages(stages), m_start(std::chrono::steady_clock::now()) {}
    void done(std::string name) {
        const auto now = std::chrono::steady_clock::now();
        m_stages.push_back({std::move(name), std::chrono::duration<double>(now - m_start).count()});
        m_start = now;
    }

private:
    std::vector<LinkReport::Stage>& m_stages;
    std::chrono::steady_clock::time_point m_start;
};

std::vector<RowDecision> rowDecisions(const EncodedInput& encoded, const Decisions& decisions) {
    std::vector<RowDecision> rows;
    for (const Decision& decision : decisions.pairs) {
        const auto a = encoded.rowOf(decision.a), b = encoded.rowOf(decision.b);
        if (a && b && *a != *b) rows.push_back({std::min(*a, *b), std::max(*a, *b), decision.samePerson});
    }
    return rows;
}

Result<Estimate> estimateFrom(const Prepared& prepared, const Model& model, const LinkOptions& options,
                              TaskContext& task) {
    PatternStatistics statistics;
    statistics.pairs = prepared.possiblePairs;
    statistics.records = static_cast<double>(prepared.encoded.columns.rows);
    const std::uint64_t stride = prepared.candidates.isComplete()
                                     ? 1
                                     : std::max<std::uint64_t>(1, prepared.candidates.upperBound() / kPatternPairs);
    FAIRLEAD_TRY(statistics.patterns,
                 countPatterns(prepared.candidates, *prepared.context, stride, options.threads, task));
    statistics.weight = static_cast<double>(stride);
    if (prepared.candidates.isComplete()) {
        fillPopulationFromPatterns(statistics, prepared.plans.size());
    } else {
        FAIRLEAD_TRY(
            const std::vector<LevelCounts> sample,
            sampleLevels(*prepared.context, prepared.encoded.setup.scope, kSampledPairs, options.threads, task));
        fillPopulation(statistics, model, prepared.plans, sample);
    }
    return estimate(model, statistics);
}

void reportRules(const Prepared& prepared, const ScoredPairs& scored, LinkReport& report) {
    report.rules = prepared.candidates.rules();
    for (std::size_t rule = 0; rule < report.rules.size(); ++rule) {
        report.rules[rule].pairs = scored.pairsPerRule[rule];
        report.pairsCompared += scored.pairsPerRule[rule];
        if (report.rules[rule].recordsSkipped == 0) continue;
        report.notes.push_back(fmt::format(
            "rule {}: {} records are in blocks too large to compare; other rules may still bring them together",
            report.rules[rule].name, report.rules[rule].recordsSkipped));
    }
}

void noteMissed(const Prepared& prepared, const ScoredPairs& scored, LinkReport& report) {
    report.pairsMissed = missedPairs(prepared.candidates, scored.pairs);
    if (report.pairsMissed && *report.pairsMissed >= 1.0)
        report.notes.push_back(
            fmt::format("at least {:.0f} true pairs are expected that no rule brings", *report.pairsMissed));
}

void storeLinks(const Prepared& prepared, const PairRules& rules, Resolved resolved, LinkResult& result) {
    const EncodedInput& encoded = prepared.encoded;
    result.links.reserve(resolved.links.size());
    for (const RowLink& link : resolved.links) {
        ScoredLink out;
        out.a = encoded.idOf(link.pair.a);
        out.b = encoded.idOf(link.pair.b);
        out.bits = link.pair.bits;
        out.probability = probabilityOf(link.pair.bits);
        out.pattern = link.pair.pattern;
        out.rule = link.pair.rule;
        out.kind = link.kind;
        out.state = link.state;
        out.twinFlag = rules.twinFlag(link.pair.pattern);
        out.joined = link.joined;
        result.links.push_back(out);
    }
    result.clusters.resize(encoded.columns.rows);
    for (std::uint32_t row = 0; row < encoded.columns.rows; ++row) {
        result.clusters[encoded.positionOf(row)] = resolved.clusters[row];
        result.report.clusters = std::max<std::uint64_t>(result.report.clusters, resolved.clusters[row] + 1ULL);
    }
}

using RowPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// What the records alone say: found beside the weights of values, which one thread counts.
struct Ground {
    RowRelatives relatives;
    RowPairs kept;  // pairs of the run before
};

Ground groundOf(const EncodedInput& encoded, const Increment* increment) {
    Ground ground{RowRelatives(encoded), {}};
    if (increment == nullptr) return ground;
    ground.kept.reserve(increment->before.pairs.size());
    for (const auto& [a, b] : increment->before.pairs) {
        const auto x = encoded.rowOf(a), y = encoded.rowOf(b);
        if (x && y) ground.kept.emplace_back(std::min(*x, *y), std::max(*x, *y));
    }
    return ground;
}

// Puts the pairs of two lists, each in order, into one.
std::vector<ScoredPair> inOrder(const std::vector<ScoredPair>& some, const std::vector<ScoredPair>& others) {
    const auto isBefore = [](const ScoredPair& x, const ScoredPair& y) {
        return std::pair(x.a, x.b) < std::pair(y.a, y.b);
    };
    std::vector<ScoredPair> all;
    all.reserve(some.size() + others.size());
    std::ranges::merge(some, others, std::back_inserter(all), isBefore);
    if (!std::ranges::is_sorted(all, isBefore)) std::ranges::sort(all, isBefore);
    return all;
}

// Compares what is new and weighs again what was kept; nothing when that would not be exact.
Result<std::optional<ScoredPairs>> scoreIncrement(Prepared& prepared, const Scorer& scorer, const LinkOptions& options,
                                                  Beside<Ground>& ground, LinkResult& result, TaskContext& task) {
    const Model& model = result.model;
    IncrementReport& report = result.report.increment;
    report.asked = true;
    IncrementPlan plan = planIncrement(prepared, model, scorer, options);
    report.reason = plan.obstacle;
    report.driftBits = plan.driftBits;
    if (!plan.obstacle.empty()) return std::optional<ScoredPairs>();
    report.incremental = true;
    report.recordsComparedAgain =
        static_cast<std::uint64_t>(std::ranges::count_if(plan.marks, [](auto mark) { return mark != 0; }));
    RowPairs kept = std::move(ground.value().kept);
    // What is compared anew is not weighed again.
    std::erase_if(kept, [&](const auto& pair) { return plan.marks[pair.first] + plan.marks[pair.second] != 0; });
    report.pairsWeighedAgain = kept.size();
    prepared.candidates.restrictTo(std::move(plan.marks));
    const ScoringLimits limits{model.reviewBits - options.keepMarginBits.value_or(0.0), options.threads,
                               options.keepMarginBits.has_value()};
    FAIRLEAD_TRY(ScoredPairs scored, scorePairs(prepared.candidates, *prepared.context, scorer, limits, task));
    FAIRLEAD_TRY(const std::vector<ScoredPair> again,
                 scoreAgain(kept, prepared.candidates, *prepared.context, scorer, limits, task));
    scored.pairs = inOrder(scored.pairs, again);
    return std::optional(std::move(scored));
}

Result<ScoredPairs> scoreAll(Prepared& prepared, const Scorer& scorer, const LinkOptions& options,
                             Beside<Ground>& ground, LinkResult& result, TaskContext& task) {
    if (options.increment != nullptr) {
        FAIRLEAD_TRY(std::optional<ScoredPairs> scored,
                     scoreIncrement(prepared, scorer, options, ground, result, task));
        if (scored) return std::move(*scored);
    }
    const ScoringLimits limits{result.model.reviewBits - options.keepMarginBits.value_or(0.0), options.threads,
                               options.keepMarginBits.has_value()};
    return scorePairs(prepared.candidates, *prepared.context, scorer, limits, task);
}

// Takes out what only a later run needs, and keeps it for that.
void keepPairs(const Prepared& prepared, const LinkOptions& options, ScoredPairs& scored, LinkResult& result) {
    if (!options.keepMarginBits) return;
    KeptPairs& kept = result.kept.emplace();
    kept.fingerprint = fingerprintOf(prepared, result.model, options);
    kept.records = prepared.encoded.columns.rows;
    kept.possiblePairs = prepared.possiblePairs;
    kept.floorBits = result.model.reviewBits - *options.keepMarginBits;
    const IncrementReport& increment = result.report.increment;
    if (increment.incremental)
        kept.floorBits = std::max(kept.floorBits, options.increment->before.floorBits + increment.driftBits);
    kept.everyPair = prepared.candidates.isComplete();
    kept.rules = rulesInUse(prepared.candidates);
    kept.pairs.reserve(scored.pairs.size());
    for (const ScoredPair& pair : scored.pairs)
        kept.pairs.emplace_back(prepared.encoded.idOf(pair.a), prepared.encoded.idOf(pair.b));
    const KeptAnyway anyway(prepared.plans, false);
    std::erase_if(scored.pairs, [&](const ScoredPair& pair) {
        return pair.bits < result.model.reviewBits && !anyway.holds(pair.pattern);
    });
}

// Between sources, what nobody declared is seen from the links: whether a source holds each person once.
std::vector<DatasetTraits> observedTraits(const Prepared& prepared, std::span<const ScoredPair> pairs,
                                          LinkReport& report) {
    std::vector<DatasetTraits> traits = prepared.encoded.setup.datasets;
    if (prepared.encoded.setup.scope != PairScope::BetweenDatasets) return traits;
    const std::vector<RepeatCount> repeats = countRepeats(prepared.encoded.columns, traits.size(), pairs);
    for (std::size_t i = 0; i < traits.size(); ++i) {
        if (traits[i].onePersonPerRow) {
            report.notes.push_back(fmt::format("{}: each person once, as declared", traits[i].name));
            continue;
        }
        traits[i].onePersonPerRow = repeats[i].looksUnique();
        report.notes.push_back(fmt::format(
            "{}: taken to hold {} ({} records of other sources have a sure link into it, {} of them more than one)",
            traits[i].name, traits[i].onePersonPerRow ? "each person once" : "persons more than once",
            repeats[i].linked, repeats[i].repeated));
    }
    return traits;
}

// Pairs of the links that made one person of two records, and how their recorded relations stood.
std::vector<Level> estimatedRelations(const Resolved& first, const RelationComparer& relations,
                                      std::vector<Level> levels) {
    RelationTally tally;
    for (const RowLink& link : first.links) {
        if (link.state == LinkState::Accepted && link.kind != LinkKind::Decision)
            tally.add(relations, link.pair.a, link.pair.b);
    }
    return tally.estimated(std::move(levels));
}

// Resolves; and where sources recorded relations, a second and last time with what these say of the first result.
class ResolveRounds {
public:
    ResolveRounds(const Prepared& prepared, const PairRules& rules, const Scorer& scorer, const RowRelatives& relatives,
                  std::vector<RowDecision> decisions, unsigned threads)
        : m_prepared(prepared),
          m_rules(rules),
          m_scorer(scorer),
          m_decisions(std::move(decisions)),
          m_relatives(relatives),
          m_threads(threads) {}

    Result<Resolved> run(std::vector<ScoredPair> pairs, bool estimating, LinkResult& result, TaskContext& task) {
        m_traits = observedTraits(m_prepared, pairs, result.report);
        Model& model = result.model;
        const auto plain = [this] { return PairWeigher(*m_prepared.context, m_scorer); };
        if (m_relatives.empty() || model.relationLevels.empty()) return round(std::move(pairs), plain, model, task);
        FAIRLEAD_TRY(const Resolved first, round(pairs, plain, model, task));
        const RelationComparer relations(m_prepared.encoded.columns, m_relatives, first.clusters);
        std::vector<Level> levels = model.relationLevels;
        if (estimating) levels = estimatedRelations(first, relations, std::move(levels));
        levels = levelsFor(std::move(levels), relations.chances());
        if (estimating) model.relationLevels = levels;
        const auto withRelations = [&] { return PairWeigher(*m_prepared.context, m_scorer, relations, levels); };
        const std::size_t firstPairs = pairs.size();
        const auto rule = static_cast<std::uint16_t>(result.report.rules.size());
        const SecondLook look{*m_prepared.context, m_scorer, relations, levels, model.reviewBits, rule, m_threads};
        FAIRLEAD_TRY(pairs, weighAgain(pairs, look, task));
        result.report.rules.push_back({std::string(kRelationRule), pairs.size() - firstPairs});
        result.report.pairsCompared += pairs.size() - firstPairs;
        return round(std::move(pairs), withRelations, model, task);
    }

private:
    template <typename MakeWeigher>
    Result<Resolved> round(std::vector<ScoredPair> pairs, MakeWeigher weigher, const Model& model,
                           TaskContext& task) const {
        ResolveInput resolving{
            m_prepared.encoded.columns, m_rules,          m_traits,         m_relatives,         m_decisions,
            std::move(pairs),           model.acceptBits, model.reviewBits, model.relativesRule, {}};
        const std::size_t shares = resolving.pairs.size() / kPairsOfThread;
        const unsigned threads = m_threads != 0 ? m_threads : threadCount(0, shares);
        for (unsigned i = 0; i < threads; ++i)
            resolving.score.emplace_back([own = std::make_shared<PairWeigher>(weigher())](
                                             std::uint32_t a, std::uint32_t b) { return own->weigh(a, b); });
        return resolve(std::move(resolving), task);
    }

    const Prepared& m_prepared;
    const PairRules& m_rules;
    const Scorer& m_scorer;
    std::vector<RowDecision> m_decisions;
    const RowRelatives& m_relatives;
    unsigned m_threads;
    std::vector<DatasetTraits> m_traits;
};

}  // namespace

std::string_view name(LinkKind kind) {
    constexpr std::array<std::string_view, 3> kNames = {"exact_identifier", "scored", "decision"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(LinkState state) {
    constexpr std::array<std::string_view, 9> kNames = {"accepted",
                                                        "review",
                                                        "held_identifier_conflict",
                                                        "held_one_person_per_row",
                                                        "held_twins",
                                                        "held_parent_and_child",
                                                        "held_relatives",
                                                        "held_weak_bridge",
                                                        "held_decision"};
    return kNames[static_cast<std::size_t>(state)];
}

Result<LinkResult> link(const LinkInput& input, const Model& model, const Decisions& decisions,
                        const LinkOptions& options, TaskContext& task) {
    std::vector<LinkReport::Stage> encoding;
    StageTimer timer(encoding);
    FAIRLEAD_TRY(EncodedInput encoded, encode(input, options.variants, task, options.threads));
    timer.done("encode");
    FAIRLEAD_TRY(LinkResult result, link(std::move(encoded), model, decisions, options, task));
    result.report.stages.insert(result.report.stages.begin(), encoding.begin(), encoding.end());
    return result;
}

Result<LinkResult> link(EncodedInput input, const Model& model, const Decisions& decisions, const LinkOptions& options,
                        TaskContext& task) {
    LinkResult result;
    StageTimer timer(result.report.stages);
    FAIRLEAD_TRY(const std::unique_ptr<Prepared> prepared, prepare(std::move(input), model, options, task));
    timer.done("block");
    result.model = model;
    if (options.estimate) {
        FAIRLEAD_TRY(Estimate estimated, estimateFrom(*prepared, model, options, task));
        result.model = std::move(estimated.model);
        result.report.estimated = true;
        result.report.converged = estimated.converged;
        result.report.doubt = std::move(estimated.doubt);
        result.report.notes = std::move(estimated.notes);
        timer.done("estimate");
    }
    Beside<Ground> ground([&] { return groundOf(prepared->encoded, options.increment); });
    const double records = static_cast<double>(prepared->encoded.columns.rows);
    const Scorer scorer(result.model, prepared->encoded.columns, prepared->plans,
                        priorOdds(result.model, records, prepared->possiblePairs));
    FAIRLEAD_TRY(ScoredPairs scored, scoreAll(*prepared, scorer, options, ground, result, task));
    keepPairs(*prepared, options, scored, result);
    timer.done("compare and score");
    result.report.records = prepared->encoded.columns.rows;
    result.report.quality = prepared->encoded.quality;
    reportRules(*prepared, scored, result.report);
    if (!result.report.increment.incremental) noteMissed(*prepared, scored, result.report);
    const PairRules rules(prepared->encoded.columns, prepared->plans);
    FAIRLEAD_TRY(Resolved resolved, ResolveRounds(*prepared, rules, scorer, ground.value().relatives,
                                                  rowDecisions(prepared->encoded, decisions), options.threads)
                                        .run(std::move(scored.pairs), options.estimate, result, task));
    storeLinks(*prepared, rules, std::move(resolved), result);
    timer.done("resolve");
    return result;
}

}  // namespace fairlead::link
