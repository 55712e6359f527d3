// The engine: source records in, persons out. Pure: no files, no clock but for timings, no global state.
// The same input gives the same result whatever the order of the records and the number of threads.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/increment.h"
#include "core/link/input.h"
#include "core/link/model.h"
#include "core/link/name_variants.h"

namespace fairlead::link {

/// Why a pair is a link.
enum class LinkKind : std::uint8_t { ExactIdentifier, Scored, Decision };
/// "exact_identifier", "scored", "decision".
std::string_view name(LinkKind kind);

/// What became of a link.
enum class LinkState : std::uint8_t {
    Accepted,                ///< Joined the two records' clusters (or found them joined already).
    Review,                  ///< Weight between the two thresholds: a person decides.
    HeldIdentifierConflict,  ///< Weight enough, but the persons have different valid identifiers of one kind.
    HeldOnePersonPerRow,     ///< Weight enough, but both persons have a record of a dataset without duplicates.
    HeldTwins,               ///< Same surname, birth date and address but another forename, no identifier in common.
    HeldParentAndChild,      ///< Same name and address, a generation apart; or too young to be the recorded parent.
    HeldRelatives,           ///< Weight enough, but a source records the two persons as relatives of each other.
    HeldWeakBridge,          ///< One link against the evidence of the other records of the two persons.
    HeldDecision,            ///< A reader decided that they are two persons.
};
/// The stable lower_snake_case name of a state.
std::string_view name(LinkState state);

/// One pair of records that says "same person", strongly enough to keep. a < b.
struct ScoredLink {
    record::SourcePersonId a;
    record::SourcePersonId b;
    double bits = 0.0;          ///< Match weight: log2 odds, prior included.
    double probability = 0.0;   ///< The same as a probability.
    std::uint64_t pattern = 0;  ///< Level of each comparison, 4 bits each from the lowest; 15 = missing (patternLevel).
    std::uint16_t rule = 0;     ///< First blocking rule that brought the pair together; see LinkReport::rules.
    LinkKind kind = LinkKind::Scored;
    LinkState state = LinkState::Review;
    bool twinFlag = false;  ///< Surname, birth date and address agree, the forename not exactly: look twice.
    bool joined = false;    ///< Brought two clusters together; the others of a person's links found them together.

    friend bool operator==(const ScoredLink&, const ScoredLink&) = default;
};

/// The level of a comparison in a pattern; -1 = missing.
[[nodiscard]] constexpr int patternLevel(std::uint64_t pattern, std::size_t comparison) {
    const auto level = static_cast<int>((pattern >> (4 * comparison)) & 15U);
    return level == 15 ? -1 : level;
}

/// What a blocking rule brought.
struct RuleReport {
    std::string name;
    std::uint64_t pairs = 0;           ///< Pairs that this rule was the first to bring.
    std::uint64_t blocksSplit = 0;     ///< Blocks above the cap that were split by a further key.
    std::uint64_t recordsSkipped = 0;  ///< Records in blocks still above the cap: not compared by this rule.
    bool leftOut = false;              ///< Too wide a rule for this input: it brought nothing.
};

/// A count of the quality report, e.g. {"identifier", "upn: wrong check character", 12}.
struct QualityCount {
    std::string column;
    std::string what;
    std::uint64_t count = 0;
    friend bool operator==(const QualityCount&, const QualityCount&) = default;
};

/// What happened, for the report and the audit.
struct LinkReport {
    std::uint64_t records = 0;
    std::uint64_t pairsCompared = 0;
    std::uint64_t clusters = 0;
    std::vector<RuleReport> rules;
    /// True pairs that no rule brought, at least, as expected from the others (missed_pairs.h); nothing where every
    /// pair or only what is new was compared.
    std::optional<double> pairsMissed;
    std::vector<QualityCount> quality;
    /// A stage and how long it took.
    struct Stage {
        std::string name;
        double seconds = 0.0;
    };
    std::vector<Stage> stages;
    bool estimated = false;  ///< Parameters were estimated from this input.
    bool converged = true;   ///< False: estimation stopped at its iteration limit; do not trust it blindly.
    std::string doubt;       ///< Why the estimate is of households and not of persons (Estimate::doubt), or empty.
    IncrementReport increment;
    std::vector<std::string> notes;  ///< Plain sentences: parameters never observed, blocks not compared ...
};

/// The result. Links are in ascending order of (a, b).
struct LinkResult {
    std::vector<ScoredLink> links;        ///< Accepted, for review and held back.
    std::vector<std::uint32_t> clusters;  ///< Per input record: its cluster, numbered from 0 by smallest id.
    Model model;                          ///< As used: the given one, or the estimated one.
    std::optional<KeptPairs> kept;        ///< For the next run, when LinkOptions::keepMarginBits is set.
    LinkReport report;
};

/// How to run.
struct LinkOptions {
    unsigned threads = 0;   ///< 0 = as many as the computer has. The result does not depend on it.
    bool estimate = false;  ///< Estimate the parameters from the input, the model gives start and rules.
    std::uint64_t fullProductPairs = 2'000'000;  ///< Up to this many possible pairs, all are compared: no blocking.
    std::uint32_t blockCap = 1500;               ///< A block with more records is split by a further key, or reported.
    NameVariants variants;                       ///< Empty = no nickname levels.
    /// Keep the pairs down to this far below the review threshold (LinkResult::kept): the wider, the longer later runs
    /// need not compare everything, and the more is kept. Nothing is kept without it.
    std::optional<double> keepMarginBits;
    /// Compare only what is new. The links, states and clusters are those of linking everything at once; where that
    /// cannot be promised, everything is linked at once, and the report says so. Must outlive the call.
    const Increment* increment = nullptr;
};

/// Links. Errors: InvalidArgument (two records with one id, a dataset or column out of range, a bad model),
/// Cancelled.
Result<LinkResult> link(const LinkInput& input, const Model& model, const Decisions& decisions,
                        const LinkOptions& options, TaskContext& task);

struct EncodedInput;
/// The same for an input that is encoded already (encode.h). Its `order` says what LinkResult::clusters is by.
Result<LinkResult> link(EncodedInput input, const Model& model, const Decisions& decisions, const LinkOptions& options,
                        TaskContext& task);

}  // namespace fairlead::link
