// Estimation without labels: expectation-maximisation over counts of patterns (Enamorado, Fifield and Imai 2019),
// with three classes: same person, relatives under one roof, unrelated. What "unrelated" looks like is known
// from the whole population and only corrected for the pairs the other classes explain.

#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/link/model.h"
#include "core/link/passes.h"

namespace fairlead::link {

/// What is known of the population before estimation.
struct PatternStatistics {
    std::vector<PatternCount> patterns;  ///< Of the candidate pairs.
    double weight = 1.0;                 ///< Candidates that each counted pair stands for.
    double pairs = 0.0;                  ///< All possible pairs.
    double records = 0.0;
    /// Per comparison and level: expected number of pairs of the whole population; [15] = missing.
    std::vector<std::array<double, 16>> population;
    /// Per comparison and level: whether `population` comes from value frequencies rather than a sample.
    std::vector<std::array<bool, 16>> fromFrequencies;
};

/// The estimated model.
struct Estimate {
    Model model;
    bool converged = false;
    int iterations = 0;
    double matches = 0.0;    ///< Expected true pairs among all possible pairs.
    double relatives = 0.0;  ///< Expected pairs of relatives.
    /// Why what was found are not persons but probably households, in words; empty when they look like persons.
    std::string doubt;
    std::vector<std::string> notes;
};

/// Estimates m, u, the relatives' shares of surname, address and text columns, and both priors. Levels of which
/// fewer than one true pair is expected keep their starting m, are marked NeverObserved and noted. Where the pairs
/// taken for one person are mostly nothing alike in forename or birth date, the run has settled on households: it is
/// repeated with relatives as a class, where the model had none, and what remains is said in `doubt` and the notes.
Estimate estimate(const Model& start, const PatternStatistics& statistics);

/// The population counts from random pairs, with the exact shares where value frequencies give them.
void fillPopulation(PatternStatistics& statistics, const Model& start, const std::vector<ComparisonPlan>& plans,
                    const std::vector<LevelCounts>& sample);

/// The population counts from the patterns themselves: right when every possible pair was compared.
void fillPopulationFromPatterns(PatternStatistics& statistics, std::size_t comparisons);

}  // namespace fairlead::link
