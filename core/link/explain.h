// Why two records are, or are not, one person; why not; and how a person came together: as values.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/link/encode.h"
#include "core/link/engine.h"

namespace fairlead::link {

/// One step of the waterfall.
struct WaterfallStep {
    std::string title;           ///< "Birth date", "Start", "Names together", "Relatives".
    std::string label;           ///< The level in words, "not known on both sides" where nothing is known.
    double bits = 0.0;           ///< log2(m/u) of the level, or the prior, or a correction.
    double frequencyBits = 0.0;  ///< Further bits for a rare (+) or common (-) value.
};

/// Everything about one pair under a model. No value of either record is in it.
struct Explanation {
    std::vector<WaterfallStep> steps;
    double bits = 0.0;  ///< Sum of all steps.
    double probability = 0.0;
    std::uint64_t pattern = 0;
    bool identifierAgrees = false;
    bool twinFlag = false;
    std::vector<std::string> rules;  ///< Blocking rules that bring the two together; empty: none does.
    std::string sentence;            ///< The same in one sentence.
};

/// The persons that the last run made, for what recorded relations say of two records.
struct KnownPersons {
    std::vector<std::uint32_t> clusters;   ///< As LinkResult::clusters. Empty: relations are left out.
    std::optional<std::uint64_t> pattern;  ///< Of the link that the run kept between the two: its level stands.
};

/// Explains the pair under a model: `input` gives the frequencies. Errors: NotFound when an id is not in it,
/// InvalidArgument as link(), Cancelled.
Result<Explanation> explain(EncodedInput input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task,
                            const KnownPersons& persons = {});
/// The same for an input that is not encoded yet.
Result<Explanation> explain(const LinkInput& input, const Model& model, const LinkOptions& options,
                            record::SourcePersonId a, record::SourcePersonId b, TaskContext& task,
                            const KnownPersons& persons = {});

/// The sum, what speaks most for one person and what most against it, in one sentence. The first step is the start.
std::string sentenceOf(const Explanation& explanation);

/// What a state means, as a part of a sentence: "a reader decides: the weight lies between the two thresholds".
std::string_view meaning(LinkState state);

/// What became of two records.
struct Verdict {
    bool together = false;           ///< One person.
    std::optional<ScoredLink> link;  ///< The link between the two, when one was kept.
    std::string sentence;            ///< Why they are together, or what keeps them apart.
};
/// `link`: the run's link between the two, if it kept one. `together`: the run made them one person.
Verdict verdictOf(const Explanation& why, const Model& model, const std::optional<ScoredLink>& link, bool together);

/// The link between two records in a result, in whatever order they are given.
std::optional<ScoredLink> linkBetween(std::span<const ScoredLink> links, record::SourcePersonId a,
                                      record::SourcePersonId b);

/// One step by which a person came together.
struct JoinStep {
    ScoredLink link;
    std::uint32_t left = 1;   ///< Records on the side of link.a before the step.
    std::uint32_t right = 1;  ///< Records on the side of link.b.
};
/// The steps that built a person: readers' decisions, then identifiers, then scored links by falling weight.
/// `members` are its records, ascending. A record alone has no step.
std::vector<JoinStep> joinsOf(std::span<const ScoredLink> links, std::span<const record::SourcePersonId> members);

}  // namespace fairlead::link
