#include "core/link/explain.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/link/pair_rules.h"
#include "core/link/prepare.h"

namespace fairlead::link {
namespace {

WaterfallStep stepOf(const Comparison& comparison, const Scorer& scorer, const PairOutcome& outcome,
                     std::size_t position) {
    WaterfallStep step;
    step.title = comparison.title;
    const int level = patternLevel(outcome.pattern, position);
    if (level < 0) {
        step.label = "not known on both sides";
        return step;
    }
    const Level& found = comparison.levels[static_cast<std::size_t>(level)];
    step.label = found.label;
    if (scorer.isImplied(outcome, position)) {
        step.label += "; the forename says so already";
        return step;
    }
    step.bits = std::log2(found.m / found.u);
    step.frequencyBits = scorer.evidence(outcome, position).match - step.bits;
    return step;
}

std::string sentenceOf(const Explanation& explanation) {
    const WaterfallStep* strongest = nullptr;
    const WaterfallStep* against = nullptr;
    for (std::size_t i = 1; i < explanation.steps.size(); ++i) {
        const WaterfallStep& step = explanation.steps[i];
        const double bits = step.bits + step.frequencyBits;
        if (bits > 0.0 && (strongest == nullptr || bits > strongest->bits + strongest->frequencyBits))
            strongest = &step;
        if (bits < 0.0 && (against == nullptr || bits < against->bits + against->frequencyBits)) against = &step;
    }
    std::string sentence =
        fmt::format("The records are {} one person ({:.1f} bits)",
                    explanation.bits >= 0.0 ? "more likely than not" : "probably not", explanation.bits);
    if (strongest != nullptr)
        sentence += fmt::format("; most speaks for it: {} ({:+.1f})", strongest->label,
                                strongest->bits + strongest->frequencyBits);
    if (against != nullptr)
        sentence += fmt::format("; most speaks against it: {} ({:+.1f})", against->label,
                                against->bits + against->frequencyBits);
    return sentence + ".";
}

}  // namespace

Result<Explanation> explain(const LinkInput& input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task) {
    FAIRLEAD_TRY(EncodedInput encoded, encode(input, options.variants, task));
    FAIRLEAD_TRY(const std::unique_ptr<Prepared> prepared, prepare(std::move(encoded), model, options, task));
    const auto one = prepared->encoded.rowOf(a), other = prepared->encoded.rowOf(b);
    if (!one || !other) return fail(ErrorCode::NotFound, "records", fmt::format("id {}", one ? b.value : a.value));
    const double records = static_cast<double>(prepared->encoded.columns.rows);
    const Scorer scorer(model, prepared->encoded.columns, prepared->plans,
                        priorOdds(model, records, prepared->possiblePairs));
    PairComparer comparer(*prepared->context);
    PairOutcome outcome;
    comparer.compare(std::min(*one, *other), std::max(*one, *other), outcome);
    Explanation out;
    out.pattern = outcome.pattern;
    out.steps.push_back({"Start", "two records taken at random", scorer.priorBits(), 0.0});
    double sum = scorer.priorBits();
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        out.steps.push_back(stepOf(model.comparisons[c], scorer, outcome, c));
        sum += out.steps.back().bits + out.steps.back().frequencyBits;
    }
    const double together = scorer.namesTogether(outcome);
    out.steps.push_back({"Names together", "this forename and surname often go together", together, 0.0});
    sum += together;
    out.bits = scorer.bits(outcome);
    out.steps.push_back({"Relatives", "what relatives under one roof share anyway", out.bits - sum, 0.0});
    out.probability = probabilityOf(out.bits);
    const PairRules rules(prepared->encoded.columns, prepared->plans);
    out.identifierAgrees = rules.identifierAgrees(outcome.pattern);
    out.twinFlag = rules.twinFlag(outcome.pattern);
    for (const std::uint16_t rule : prepared->candidates.rulesOf(*one, *other))
        out.rules.push_back(model.rules[rule].name);
    out.sentence = sentenceOf(out);
    return out;
}

}  // namespace fairlead::link
