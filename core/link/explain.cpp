#include "core/link/explain.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "core/link/pair_rules.h"
#include "core/link/prepare.h"
#include "core/link/second_look.h"

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

// Adds the step of the recorded relations, where an input has any, and sets their level in the pattern.
EvidenceBits addRelations(const Prepared& prepared, const Model& model, std::pair<std::uint32_t, std::uint32_t> rows,
                          const KnownPersons& persons, PairOutcome& outcome, Explanation& out) {
    const EncodedInput& encoded = prepared.encoded;
    if (encoded.setup.relations.empty() || model.relationLevels.empty() || persons.clusters.empty()) return {};
    std::vector<std::uint32_t> clusters(encoded.columns.rows);
    for (std::uint32_t row = 0; row < clusters.size(); ++row) clusters[row] = persons.clusters[encoded.positionOf(row)];
    const RelationComparer relations(encoded.columns, RowRelatives(encoded), clusters);
    auto level = relations.level(rows.first, rows.second);
    const std::size_t position = model.comparisons.size();
    if (persons.pattern) {
        const int kept = patternLevel(*persons.pattern, position);
        level = kept < 0 ? std::nullopt : std::optional(static_cast<RelationLevel>(kept));
    }
    WaterfallStep step{"Recorded relations", "not recorded for both", 0.0, 0.0};
    EvidenceBits evidence;
    if (level) {
        const Level found = levelsFor(model.relationLevels, relations.chances())[static_cast<std::size_t>(*level)];
        evidence = relationEvidence(found);
        step.label = found.label;
        step.bits = evidence.match;
        outcome.pattern = withRelationLevel(outcome.pattern, position, *level);
        if (*level != RelationLevel::NoneInCommon) out.rules.emplace_back(kRelationRule);
    }
    out.steps.push_back(std::move(step));
    return evidence;
}

// In the order in which clusters are built: what people decided, identifiers, weight.
bool isBefore(const ScoredLink& x, const ScoredLink& y) {
    const auto rank = [](LinkKind kind) {
        if (kind == LinkKind::Decision) return 0;
        return kind == LinkKind::ExactIdentifier ? 1 : 2;
    };
    if (x.kind != y.kind) return rank(x.kind) < rank(y.kind);
    if (x.bits != y.bits) return x.bits > y.bits;
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
}

std::string whyApart(const Explanation& why, const Model& model, const std::optional<ScoredLink>& link) {
    if (link && link->state != LinkState::Accepted) return fmt::format("They are apart: {}.", meaning(link->state));
    const std::string weight =
        fmt::format("{:.1f} bits, below the {:.1f} from which links are kept for a reader", why.bits, model.reviewBits);
    if (why.bits >= model.reviewBits && !why.rules.empty())
        return "They are apart: the run did not know one of the two as it is now, or other records kept their persons "
               "apart.";
    if (why.rules.empty())
        return fmt::format(
            "They are apart: no blocking rule brings the two together; had they met, they would weigh {}.",
            why.bits < model.reviewBits ? weight : fmt::format("{:.1f} bits", why.bits));
    return fmt::format("They are apart: they were compared (rule {}) and weigh {}.", why.rules.front(), weight);
}

}  // namespace

Result<Explanation> explain(EncodedInput input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task,
                            const KnownPersons& persons) {
    FAIRLEAD_TRY(const std::unique_ptr<Prepared> prepared, prepare(std::move(input), model, options, task));
    const auto one = prepared->encoded.rowOf(a), other = prepared->encoded.rowOf(b);
    if (!one || !other || *one == *other)
        return fail(ErrorCode::NotFound, "records",
                    one && other ? "two different records are needed" : fmt::format("id {}", one ? b.value : a.value));
    const double records = static_cast<double>(prepared->encoded.columns.rows);
    const Scorer scorer(model, prepared->encoded.columns, prepared->plans,
                        priorOdds(model, records, prepared->possiblePairs));
    PairComparer comparer(*prepared->context);
    PairOutcome outcome;
    comparer.compare(std::min(*one, *other), std::max(*one, *other), outcome);
    Explanation out;
    out.steps.push_back({"Start", "two records taken at random", scorer.priorBits(), 0.0});
    for (std::size_t c = 0; c < model.comparisons.size(); ++c)
        out.steps.push_back(stepOf(model.comparisons[c], scorer, outcome, c));
    if (prepared->candidates.isComplete()) out.rules.emplace_back("every pair");
    for (const std::uint16_t rule : prepared->candidates.rulesOf(*one, *other))
        out.rules.push_back(model.rules[rule].name);
    const EvidenceBits relations = addRelations(*prepared, model, {*one, *other}, persons, outcome, out);
    const double together = scorer.namesTogether(outcome);
    out.steps.push_back({"Names together",
                         together < 0.0 ? "this forename and surname often go together"
                                        : "this forename and surname go together no more than by chance",
                         together, 0.0});
    out.pattern = outcome.pattern;
    out.bits = scorer.bits(outcome, -1e300, relations);
    double sum = 0.0;
    for (const WaterfallStep& step : out.steps) sum += step.bits + step.frequencyBits;
    out.steps.push_back({"Relatives", "what relatives under one roof share anyway", out.bits - sum, 0.0});
    out.probability = probabilityOf(out.bits);
    const PairRules rules(prepared->encoded.columns, prepared->plans);
    out.identifierAgrees = rules.identifierAgrees(outcome.pattern);
    out.twinFlag = rules.twinFlag(outcome.pattern);
    out.sentence = sentenceOf(out);
    return out;
}

Result<Explanation> explain(const LinkInput& input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task,
                            const KnownPersons& persons) {
    FAIRLEAD_TRY(EncodedInput encoded, encode(input, options.variants, task));
    return explain(std::move(encoded), model, options, a, b, task, persons);
}

std::string sentenceOf(const Explanation& explanation) {
    constexpr double kWorthSaying = 0.5;  // bits
    const WaterfallStep* strongest = nullptr;
    const WaterfallStep* against = nullptr;
    for (std::size_t i = 1; i < explanation.steps.size(); ++i) {
        const WaterfallStep& step = explanation.steps[i];
        const double bits = step.bits + step.frequencyBits;
        if (bits >= kWorthSaying && (strongest == nullptr || bits > strongest->bits + strongest->frequencyBits))
            strongest = &step;
        if (bits <= -kWorthSaying && (against == nullptr || bits < against->bits + against->frequencyBits))
            against = &step;
    }
    std::string sentence =
        fmt::format("The records are {} one person ({:.1f} bits)",
                    explanation.bits >= 0.0 ? "more likely than not" : "probably not", explanation.bits);
    if (strongest != nullptr)
        sentence += fmt::format("; most speaks for it: {}, {} ({:+.1f})", strongest->title, strongest->label,
                                strongest->bits + strongest->frequencyBits);
    if (against != nullptr)
        sentence += fmt::format("; most speaks against it: {}, {} ({:+.1f})", against->title, against->label,
                                against->bits + against->frequencyBits);
    return sentence + ".";
}

std::string_view meaning(LinkState state) {
    switch (state) {
        case LinkState::Accepted: return "the link was accepted";
        case LinkState::Review: return "a reader decides, because the weight lies between the two thresholds";
        case LinkState::HeldIdentifierConflict: return "their persons have different valid identifiers of one kind";
        case LinkState::HeldOnePersonPerRow:
            return "their persons both have a record of one register that holds each person once";
        case LinkState::HeldTwins:
            return "surname, birth date and address agree but not the forename, as with twins, and no identifier is in "
                   "common";
        case LinkState::HeldParentAndChild:
            return "the names and the address agree but the birth dates lie a generation apart, or one is too young to "
                   "be the recorded parent of the other's child";
        case LinkState::HeldRelatives: return "a source records their persons as relatives of each other";
        case LinkState::HeldWeakBridge: return "the other records of the two persons speak against this one link";
        case LinkState::HeldDecision: return "a reader decided that they are two persons";
    }
    return "";
}

Verdict verdictOf(const Explanation& why, const Model& model, const std::optional<ScoredLink>& link, bool together) {
    Verdict verdict{together, link, {}};
    if (!together) {
        verdict.sentence = whyApart(why, model, link);
    } else if (!link) {
        verdict.sentence = "They are one person through other records: the two alone were not linked.";
    } else {
        constexpr std::string_view kReasons[] = {"an identifier that both have", "their weight", "a reader's decision"};
        verdict.sentence = fmt::format("They are one person, by {}.", kReasons[static_cast<std::size_t>(link->kind)]);
    }
    return verdict;
}

std::optional<ScoredLink> linkBetween(std::span<const ScoredLink> links, record::SourcePersonId a,
                                      record::SourcePersonId b) {
    const auto wanted = std::minmax(a, b);
    const auto found =
        std::ranges::find_if(links, [&](const ScoredLink& link) { return std::minmax(link.a, link.b) == wanted; });
    return found == links.end() ? std::nullopt : std::optional(*found);
}

std::vector<JoinStep> joinsOf(std::span<const ScoredLink> links, std::span<const record::SourcePersonId> members) {
    const auto placeOf = [&](record::SourcePersonId id) {
        return static_cast<std::size_t>(std::ranges::lower_bound(members, id) - members.begin());
    };
    std::vector<ScoredLink> joining;
    for (const ScoredLink& link : links) {
        const bool within = std::ranges::binary_search(members, link.a) && std::ranges::binary_search(members, link.b);
        if (within && link.joined) joining.push_back(link);
    }
    std::ranges::sort(joining, isBefore);
    std::vector<std::size_t> part(members.size());
    std::iota(part.begin(), part.end(), std::size_t{0});
    std::vector<JoinStep> steps;
    for (const ScoredLink& link : joining) {
        const std::size_t left = part[placeOf(link.a)], right = part[placeOf(link.b)];
        steps.push_back({link, static_cast<std::uint32_t>(std::ranges::count(part, left)),
                         static_cast<std::uint32_t>(std::ranges::count(part, right))});
        std::ranges::replace(part, right, left);
    }
    return steps;
}

}  // namespace fairlead::link
