#include "core/link/estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/link/pair_rules.h"
#include "core/link/similarity.h"

namespace fairlead::link {
namespace {

constexpr int kMostIterations = 300;
constexpr double kTolerance = 1e-5;
constexpr double kPseudoPairs = 8.0;     // weight of the starting m, in true pairs
constexpr double kLeastShareOfU = 0.05;  // u never falls below this part of the population's share
constexpr double kFewPairs = 10.0;       // too few true pairs to tell anything from
// Of the public sets the worst has 0.15 for forenames and 0.20 for birth dates; households have 0.9 and more.
constexpr double kMostDiffering = 0.5;
constexpr double kRelativesPerRecord = 0.5;  // where the model had none
constexpr double kSmallest = 1e-9;
constexpr double kSmallestM = 2e-4;  // nothing that a true pair did not show is taken as impossible

using Levels = std::array<double, 16>;
using LevelPairs = std::array<double, 256>;  // a level of each of two comparisons
constexpr std::size_t kMissing = 15;

bool isSharedByRelatives(ComparisonKind kind) {
    return kind == ComparisonKind::Surname || kind == ComparisonKind::Address || kind == ComparisonKind::Text;
}

int positionOf(const Model& model, ComparisonKind kind) {
    const auto found = std::ranges::find(model.comparisons, kind, &Comparison::kind);
    return found == model.comparisons.end() ? -1 : static_cast<int>(found - model.comparisons.begin());
}

// Forename and surname between strangers. In a community with its own names both agree by chance far more often than
// their frequencies multiplied. The pairs that were looked at are a lower bound of how often they do, and a close
// one where it matters: rules of names alone bring every pair that agrees in both. Without this the strangers of one
// name are left to "same person", and in a large population there are more of them than of true pairs.
class NamesTogether {
public:
    NamesTogether(const Model& start, const PatternStatistics& statistics)
        : m_forename(positionOf(start, ComparisonKind::Forename)),
          m_surname(positionOf(start, ComparisonKind::Surname)) {
        m_factor.fill(1.0);
        if (!compared()) return;
        for (const PatternCount& count : statistics.patterns)
            m_seen[cell(count.pattern)] += static_cast<double>(count.pairs) * statistics.weight;
        const double pairs = std::max(1.0, statistics.pairs);
        m_pairs = pairs;
        for (const int c : {m_forename, m_surname})
            m_pairs *= 1.0 - statistics.population[static_cast<std::size_t>(c)][kMissing] / pairs;
    }

    void clearExplained() { m_explained = {}; }
    // Of the pairs of a pattern, so many are no strangers.
    void explain(std::uint64_t pattern, double pairs) {
        if (compared()) m_explained[cell(pattern)] += pairs;
    }

    void update(const std::vector<Levels>& u) {
        if (!compared()) return;
        const Levels &forename = u[static_cast<std::size_t>(m_forename)],
                     &surname = u[static_cast<std::size_t>(m_surname)];
        for (std::size_t f = 0; f < kMissing; ++f) {
            for (std::size_t s = 0; s < kMissing; ++s) {
                const double independent = m_pairs * forename[f] * surname[s];
                const double seen = m_seen[f * 16 + s] - m_explained[f * 16 + s];
                m_factor[f * 16 + s] = independent > 0.0 ? std::max(1.0, seen / independent) : 1.0;
            }
        }
    }

    // What the product of both shares among strangers is to be multiplied with; 1 or above.
    [[nodiscard]] double factor(std::uint64_t pattern) const { return compared() ? m_factor[cell(pattern)] : 1.0; }

private:
    [[nodiscard]] bool compared() const { return m_forename >= 0 && m_surname >= 0; }
    [[nodiscard]] std::size_t cell(std::uint64_t pattern) const {
        return ((pattern >> (4U * static_cast<unsigned>(m_forename))) & 15U) * 16U +
               ((pattern >> (4U * static_cast<unsigned>(m_surname))) & 15U);
    }

    int m_forename, m_surname;  // positions; -1 = not compared
    double m_pairs = 0.0;       // with both names on both sides
    LevelPairs m_seen{}, m_explained{}, m_factor{};
};

// What families do not share, and one person's records do.
bool isPersonal(ComparisonKind kind) { return kind == ComparisonKind::Forename || kind == ComparisonKind::BirthDate; }

// Pairs that are nothing alike in a personal comparison.
double differing(ComparisonKind kind, const Levels& pairs) {
    if (kind == ComparisonKind::Forename) return pairs[static_cast<std::size_t>(ForenameLevel::Different)];
    return pairs[static_cast<std::size_t>(DateLevel::WithinTenYears)] +
           pairs[static_cast<std::size_t>(DateLevel::Different)];
}

// One run: parameters as arrays, patterns unpacked.
class Run {
public:
    Run(const Model& start, const PatternStatistics& statistics)
        : m_start(start), m_statistics(statistics), m_implied(start), m_names(start, statistics) {
        const std::size_t comparisons = start.comparisons.size();
        m_m.resize(comparisons);
        m_u.resize(comparisons);
        m_r.resize(comparisons);
        for (std::size_t c = 0; c < comparisons; ++c) {
            const auto& levels = start.comparisons[c].levels;
            for (std::size_t l = 0; l < levels.size(); ++l) {
                m_m[c][l] = levels[l].m;
                m_u[c][l] = levels[l].u;
                m_r[c][l] = levels[l].relative;
            }
            m_m[c][15] = m_u[c][15] = m_r[c][15] = 1.0;
        }
        const double pairs = std::max(1.0, statistics.pairs);
        m_matchShare = std::min(0.1, 0.3 * statistics.records / pairs);
        m_relativeShare = start.relativesPerRecord > 0.0 ? std::min(0.05, 0.3 * statistics.records / pairs) : 0.0;
        clearSums();
        updateU();
        updateFixedRelatives();
    }

    bool iterate(int& iterations) {
        for (iterations = 1; iterations <= kMostIterations; ++iterations) {
            expectation();
            if (maximisation() < kTolerance) return true;
        }
        return false;
    }

    // Where most of the pairs taken for one person are two people; nothing when they look like persons.
    [[nodiscard]] std::string doubt() const {
        bool known = false, families = false;
        for (std::size_t c = 0; c < m_m.size(); ++c) {
            const Comparison& comparison = m_start.comparisons[c];
            families |= comparison.kind == ComparisonKind::Surname || comparison.kind == ComparisonKind::Address;
            const double compared = m_matches - m_matchSums[c][kMissing];
            if (!isPersonal(comparison.kind) || compared < kFewPairs) continue;
            known = true;
            const double differs = differing(comparison.kind, m_matchSums[c]) / compared;
            if (differs > kMostDiffering) {
                return fmt::format("{} differs in {:.0f} % of the pairs taken for one person", comparison.title,
                                   100.0 * differs);
            }
        }
        if (known || !families || m_matches < kFewPairs) return {};
        return "neither forenames nor birth dates tell the people of a household apart";
    }

    void store(Estimate& out) const {
        out.matches = m_matchShare * m_statistics.pairs;
        out.relatives = m_relativeShare * m_statistics.pairs;
        Model& model = out.model;
        model.priorTwoRandomRecordsMatch = std::clamp(m_matchShare, 1e-12, 0.5);
        model.matchesPerRecord = out.matches / std::max(1.0, m_statistics.records);
        model.relativesPerRecord = out.relatives / std::max(1.0, m_statistics.records);
        for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
            Comparison& comparison = model.comparisons[c];
            for (std::size_t l = 0; l < comparison.levels.size(); ++l) {
                Level& level = comparison.levels[l];
                level.m = std::clamp(m_m[c][l], kSmallestM, 1.0);
                level.u = std::clamp(m_u[c][l], kSmallest, 1.0);
                level.relative = std::clamp(m_r[c][l], kSmallest, 1.0);
                level.uSource =
                    m_statistics.fromFrequencies[c][l] ? ParameterSource::Frequencies : ParameterSource::Sample;
                const bool observed = m_matchSums[c][l] >= 1.0;
                level.mSource = observed ? ParameterSource::Estimated : ParameterSource::NeverObserved;
                if (!observed && comparison.kind != ComparisonKind::Identifier) {
                    out.notes.push_back(fmt::format("{}: no true pair seen with \"{}\"; the starting value is kept",
                                                    comparison.title, level.label));
                }
            }
        }
    }

private:
    void clearSums() {
        m_matchSums.assign(m_m.size(), Levels{});
        m_relativeSums.assign(m_m.size(), Levels{});
        m_names.clearExplained();
        m_matches = m_relatives = 0.0;
    }

    void expectation() {
        clearSums();
        const double unrelatedShare = std::max(0.0, 1.0 - m_matchShare - m_relativeShare);
        const std::size_t comparisons = m_m.size();
        for (const PatternCount& count : m_statistics.patterns) {
            double match = m_matchShare, relative = m_relativeShare;
            double unrelated = unrelatedShare * m_names.factor(count.pattern);
            // What is implied is no evidence; how often it holds for one person is learnt from all the same.
            const std::uint64_t evidence = m_implied.reduced(count.pattern);
            for (std::size_t c = 0; c < comparisons; ++c) {
                const std::size_t l = (evidence >> (4 * c)) & 15U;
                match *= m_m[c][l];
                relative *= m_r[c][l];
                unrelated *= m_u[c][l];
            }
            const double sum = match + relative + unrelated;
            if (!(sum > 0.0)) continue;
            const double pairs = static_cast<double>(count.pairs) * m_statistics.weight;
            const double matched = pairs * match / sum, related = pairs * relative / sum;
            m_matches += matched;
            m_relatives += related;
            m_names.explain(count.pattern, matched + related);
            for (std::size_t c = 0; c < comparisons; ++c) {
                const std::size_t l = (count.pattern >> (4 * c)) & 15U;
                m_matchSums[c][l] += matched;
                m_relativeSums[c][l] += related;
            }
        }
    }

    // Gives the largest change of a parameter of "same person".
    double maximisation() {
        const double matchShare = std::min(0.5, m_matches / std::max(1.0, m_statistics.pairs));
        double change = std::abs(matchShare - m_matchShare) / std::max(matchShare, kSmallest);
        m_matchShare = matchShare;
        m_relativeShare = std::min(0.5, m_relatives / std::max(1.0, m_statistics.pairs));
        for (std::size_t c = 0; c < m_m.size(); ++c) {
            const auto& levels = m_start.comparisons[c].levels;
            const double observed = m_matches - m_matchSums[c][15];
            const double related = m_relatives - m_relativeSums[c][15];
            for (std::size_t l = 0; l < levels.size(); ++l) {
                const double m = (m_matchSums[c][l] + kPseudoPairs * levels[l].m) / (observed + kPseudoPairs);
                change = std::max(change, std::abs(m - m_m[c][l]));
                m_m[c][l] = m;
                if (isSharedByRelatives(m_start.comparisons[c].kind)) {
                    m_r[c][l] = (m_relativeSums[c][l] + kPseudoPairs * levels[l].relative) / (related + kPseudoPairs);
                }
            }
        }
        updateU();
        updateFixedRelatives();
        return change;
    }

    // The population less what the other two classes explain.
    void updateU() {
        for (std::size_t c = 0; c < m_u.size(); ++c) {
            const std::size_t levels = m_start.comparisons[c].levels.size();
            double sum = 0.0;
            for (std::size_t l = 0; l < levels; ++l) {
                const double all = m_statistics.population[c][l];
                const double rest = all - m_matchSums[c][l] - m_relativeSums[c][l];
                m_u[c][l] = std::max({rest, kLeastShareOfU * all, kSmallest * m_statistics.pairs});
                sum += m_u[c][l];
            }
            for (std::size_t l = 0; l < levels; ++l) m_u[c][l] /= sum;
            if (m_start.comparisons[c].kind == ComparisonKind::Forename) setCrossedU(c);
        }
        m_names.update(m_u);
    }

    // Names get into the wrong field whomever a record is of: between strangers the names then agree across the fields
    // as often as they would agree in place. Too rare to be seen in a sample, unless some names are both.
    void setCrossedU(std::size_t c) {
        double agree = 0.0;
        for (std::size_t l = 0; l <= kLastSameForename; ++l) agree += m_u[c][l];
        for (const ForenameLevel level : {ForenameLevel::Swapped, ForenameLevel::Crossed}) {
            const auto l = static_cast<std::size_t>(level);
            m_u[c][l] = std::max(m_u[c][l], m_m[c][l] * agree);
        }
    }

    // What relatives do not share by being relatives looks as between strangers, but for a known small part:
    // names handed down, twins.
    void updateFixedRelatives() {
        for (std::size_t c = 0; c < m_r.size(); ++c) {
            const Comparison& comparison = m_start.comparisons[c];
            if (isSharedByRelatives(comparison.kind) || comparison.kind == ComparisonKind::Identifier) continue;
            const std::size_t last = comparison.kind == ComparisonKind::Forename ? kLastSameForename : 0;
            double relative = 0.0, unrelated = 0.0;
            for (std::size_t l = 0; l <= last; ++l) {
                relative += comparison.levels[l].relative;
                unrelated += comparison.levels[l].u;
            }
            const double shared = std::clamp((relative - unrelated) / (1.0 - unrelated), 0.0, 1.0);
            for (std::size_t l = 0; l < comparison.levels.size(); ++l) {
                const double part = l <= last ? shared * comparison.levels[l].relative / relative : 0.0;
                m_r[c][l] = (1.0 - shared) * m_u[c][l] + part;
            }
        }
    }

    const Model& m_start;
    const PatternStatistics& m_statistics;
    ImpliedEvidence m_implied;
    NamesTogether m_names;
    std::vector<Levels> m_m, m_u, m_r, m_matchSums, m_relativeSums;
    double m_matchShare = 0.0, m_relativeShare = 0.0, m_matches = 0.0, m_relatives = 0.0;
};

Estimate estimateOnce(const Model& start, const PatternStatistics& statistics) {
    Estimate out;
    out.model = start;
    Run run(start, statistics);
    out.converged = run.iterate(out.iterations);
    out.doubt = run.doubt();
    run.store(out);
    return out;
}

}  // namespace

Estimate estimate(const Model& start, const PatternStatistics& statistics) {
    Estimate out = estimateOnce(start, statistics);
    if (!out.doubt.empty() && start.relativesPerRecord <= 0.0) {
        Model withRelatives = start;
        withRelatives.relativesPerRecord = kRelativesPerRecord;
        const std::string doubt = std::move(out.doubt);
        out = estimateOnce(withRelatives, statistics);
        out.notes.push_back(fmt::format(
            "settled on households at first ({}); estimated again with relatives as a class of their own", doubt));
    }
    if (!out.doubt.empty()) {
        out.notes.push_back(fmt::format(
            "SETTLED ON SOMETHING ELSE THAN PERSONS, households as it seems: {}; do not link with it", out.doubt));
    }
    if (!out.converged) out.notes.push_back(fmt::format("not converged after {} iterations", kMostIterations));
    if (out.matches < kFewPairs)
        out.notes.push_back("fewer than ten true pairs are expected: the estimates rest on the starting values");
    return out;
}

void fillPopulationFromPatterns(PatternStatistics& statistics, std::size_t comparisons) {
    statistics.population.assign(comparisons, Levels{});
    statistics.fromFrequencies.assign(comparisons, {});
    for (const PatternCount& count : statistics.patterns) {
        for (std::size_t c = 0; c < comparisons; ++c) {
            statistics.population[c][(count.pattern >> (4 * c)) & 15U] +=
                static_cast<double>(count.pairs) * statistics.weight;
        }
    }
}

void fillPopulation(PatternStatistics& statistics, const Model& start, const std::vector<ComparisonPlan>& plans,
                    const std::vector<LevelCounts>& sample) {
    constexpr double kSmoothing = 500.0;  // of the starting u, so that a level the sample lacks keeps a sensible u
    const std::size_t comparisons = plans.size();
    statistics.population.assign(comparisons, Levels{});
    statistics.fromFrequencies.assign(comparisons, {});
    for (std::size_t c = 0; c < comparisons; ++c) {
        double seen = 0.0, all = 0.0;
        for (std::size_t l = 0; l < 16; ++l) {
            all += static_cast<double>(sample[c][l]);
            if (l != 15) seen += static_cast<double>(sample[c][l]);
        }
        const double present = all > 0.0 ? seen / all * statistics.pairs : 0.0;
        const std::vector<Level>& levels = start.comparisons[c].levels;
        std::array<double, 16> share{};
        for (std::size_t l = 0; l < levels.size(); ++l) {
            share[l] = (static_cast<double>(sample[c][l]) + kSmoothing * levels[l].u) / (seen + kSmoothing);
            statistics.population[c][l] = share[l] * present;
        }
        const std::size_t last = plans[c].lastExact;
        const double sampled = std::accumulate(share.begin(), share.begin() + static_cast<int>(last) + 1, 0.0);
        for (std::size_t l = 0; l < levels.size(); ++l) {
            const ValueFrequencies* values = plans[c].frequenciesOf(l);
            if (values == nullptr || ((plans[c].acrossExact >> l) & 1U) != 0) continue;
            // Levels that agree on one value share its agreement as the sample has it; of a postcode in common, a home
            // in common is no part.
            const double part = l <= last ? share[l] / sampled : 1.0;
            const double finer = l > last ? plans[c].exact.agreement : 0.0;
            const double agreement = values->agreement * part;
            statistics.population[c][l] = std::max(agreement - finer, 0.05 * agreement) * present;
            statistics.fromFrequencies[c][l] = true;
        }
        statistics.population[c][15] = statistics.pairs - present;
    }
}

}  // namespace fairlead::link
