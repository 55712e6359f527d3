// From the outcome of a comparison to a match weight.
//
// Three kinds of pairs are told apart: same person, relatives under one roof, unrelated. With A = prior odds of
// "same person" and R = of "relatives" against "unrelated",
//     weight = log2( A * prod m/u  /  (1 + R * prod r/u) ),
// so that surname and address, which relatives share, are counted as one piece of evidence between relatives and
// not as two. Forename and surname that often go together are corrected by NamePairs. With R = 0 it is the weight of
// Fellegi and Sunter, as Splink computes it. The frequency of the value agreed on comes in by m/u -> (m/u) (u/f)^w
// (Winkler 1989), and r/u -> (1-s) + s/f with r = u + s (1-u). f is how often *other* people have the value: of the
// records that have it, those expected to be one person's own are left out.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/link/compare.h"
#include "core/link/frequencies.h"
#include "core/link/model.h"
#include "core/link/name_pairs.h"
#include "core/link/pair_rules.h"

namespace fairlead::link {

/// The prior odds of a model for an input of so many possible pairs.
struct PriorOdds {
    double match = 1e-6;
    double relatives = 0.0;
    double recordsPerPerson = 1.0;  ///< Expected records of the person a record is of, itself included.
};
/// `records` and `pairs` of the input; the model's per-record rates are used where it has them.
PriorOdds priorOdds(const Model& model, double records, double pairs);

/// log2 likelihood ratios against "unrelated".
struct EvidenceBits {
    double match = 0.0;
    double relatives = 0.0;
};

/// Distinct birth dates under which one person is expected to be known.
double datesPerPerson(const Model& model, const std::vector<ComparisonPlan>& plans, const PriorOdds& prior);
/// A level of a comparison at which two records agree on a value.
struct AgreedLevel {
    const std::vector<Level>& levels;
    const ComparisonPlan& plan;
    std::size_t level = 0;
};
/// What agreeing on a value is as evidence. REQUIRES: a record has the value.
EvidenceBits valueEvidence(const AgreedLevel& agreed, const ValueFrequencies& values, std::uint32_t value,
                           const PriorOdds& prior);

/// Tables of one model over one input. Immutable: shared by threads.
class Scorer {
public:
    Scorer(const Model& model, const Columns& columns, const std::vector<ComparisonPlan>& plans, PriorOdds prior);

    /// The match weight of an outcome, in bits, prior included. Below `floorBits` any number below it may be given.
    /// `further`: evidence that is no comparison of values (relations.h).
    [[nodiscard]] double bits(const PairOutcome& outcome, double floorBits = -1e300, EvidenceBits further = {}) const;
    /// At least the match weight of any outcome with this pattern, whatever the values agreed on.
    [[nodiscard]] double mostBits(std::uint64_t pattern) const;
    /// The two parts that one comparison contributes; none where another comparison says it already.
    [[nodiscard]] EvidenceBits evidence(const PairOutcome& outcome, std::size_t comparison) const;
    /// True when another comparison says already what this one would say.
    [[nodiscard]] bool isImplied(const PairOutcome& outcome, std::size_t comparison) const {
        return m_implied.silences(outcome.pattern, comparison);
    }
    /// What is taken away (0 or below) because the forename and the surname agreed on often go together.
    [[nodiscard]] double namesTogether(const PairOutcome& outcome) const;
    [[nodiscard]] const NamePairs& namePairs() const { return m_namePairs; }
    /// log2 of the prior odds of "same person".
    [[nodiscard]] double priorBits() const { return m_priorBits; }

private:
    struct LevelTable {
        EvidenceBits plain;
        std::vector<EvidenceBits> byValue;  // empty: no adjustment
        double mostMatch = 0.0;             // of plain and byValue
    };
    std::size_t m_comparisons;
    std::array<std::array<LevelTable, 16>, kMaxComparisons> m_tables;
    NamePairs m_namePairs;
    ImpliedEvidence m_implied;
    int m_forename = -1, m_surname = -1;  // positions; -1 when the model lacks one of the two
    double m_priorBits;
    double m_relativesOdds;
};

/// 1 / (1 + 2^-bits).
double probabilityOf(double bits);

}  // namespace fairlead::link
