#include "core/link/score.h"

#include <algorithm>
#include <cmath>

namespace fairlead::link {
namespace {

// A few records say little about how common a value is: as many records of the model's population are added.
constexpr double kPopulationRecords = 100.0;

// A value that only one person has been seen with is still had by others unseen: about half a person for each
// (the order of Good and Turing's estimate for names, whose frequencies fall off slowly).
constexpr double kUnseenBearers = 0.5;

// How often somebody else has the value; `own` records that have it are expected to be of one person.
double frequencyOf(const ValueFrequencies& values, std::uint32_t value, double own, double u) {
    const double others = std::max(static_cast<double>(values.counts[value]) - own, kUnseenBearers * own);
    return (others + kPopulationRecords * u) / (static_cast<double>(values.records) + kPopulationRecords);
}

// The levels that agree on one value, taken together.
struct Agreement {
    double u = 0.0;
    double relative = 0.0;
};

Agreement agreementOf(const std::vector<Level>& levels, const ComparisonPlan& plan, std::size_t level) {
    const bool across = ((plan.acrossExact >> level) & 1U) != 0;
    if (level > plan.lastExact && !across) return {levels[level].u, levels[level].relative};
    Agreement sum;
    for (std::size_t l = 0; l <= plan.lastExact; ++l) {
        sum.u += levels[l].u;
        sum.relative += levels[l].relative;
    }
    return sum;
}

// How many of a person's other records have the value too.
double keptBy(const std::vector<Level>& levels, const ComparisonPlan& plan, std::size_t level) {
    const bool across = ((plan.acrossExact >> level) & 1U) != 0;
    if (level > plan.lastExact && !across) return levels[level].m;
    double sum = 0.0;
    for (std::size_t l = 0; l <= plan.lastExact; ++l) sum += levels[l].m;
    return sum;
}

EvidenceBits adjusted(const Level& level, const Agreement& agreement, double frequency) {
    EvidenceBits bits;
    bits.match = std::log2(level.m / level.u) + level.termFrequencyWeight * std::log2(agreement.u / frequency);
    const double shared = (agreement.relative - agreement.u) / std::max(1e-12, 1.0 - agreement.u);
    const double ratio = shared > 0.0 ? (1.0 - shared) + shared / frequency : agreement.relative / agreement.u;
    bits.relatives = std::log2(ratio * (level.relative / agreement.relative) / (level.u / agreement.u));
    return bits;
}

}  // namespace

PriorOdds priorOdds(const Model& model, double records, double pairs) {
    PriorOdds odds;
    const double safePairs = std::max(1.0, pairs);
    double match = model.priorTwoRandomRecordsMatch;
    if (model.matchesPerRecord > 0.0) match = std::min(0.5, model.matchesPerRecord * records / safePairs);
    const double relatives = std::min(0.25, model.relativesPerRecord * records / safePairs);
    const double unrelated = std::max(0.01, 1.0 - match - relatives);
    odds.match = match / unrelated;
    odds.relatives = relatives / unrelated;
    if (records > 0.0) odds.recordsPerPerson = 1.0 + 2.0 * match * safePairs / records;
    return odds;
}

double datesPerPerson(const Model& model, const std::vector<ComparisonPlan>& plans, const PriorOdds& prior) {
    const int date = positionOf(plans, ComparisonKind::BirthDate);
    if (date < 0) return 1.0;
    return 1.0 + (prior.recordsPerPerson - 1.0) * (1.0 - model.comparisons[static_cast<std::size_t>(date)].levels[0].m);
}

EvidenceBits valueEvidence(const AgreedLevel& agreed, const ValueFrequencies& values, std::uint32_t value,
                           const PriorOdds& prior) {
    const double own = 1.0 + (prior.recordsPerPerson - 1.0) * keptBy(agreed.levels, agreed.plan, agreed.level);
    const Agreement agreement = agreementOf(agreed.levels, agreed.plan, agreed.level);
    return adjusted(agreed.levels[agreed.level], agreement, frequencyOf(values, value, own, agreement.u));
}

Scorer::Scorer(const Model& model, const Columns& columns, const std::vector<ComparisonPlan>& plans, PriorOdds prior)
    : m_comparisons(model.comparisons.size()),
      m_implied(model),
      m_priorBits(std::log2(prior.match)),
      m_relativesOdds(prior.relatives) {
    const int forename = positionOf(plans, ComparisonKind::Forename),
              surname = positionOf(plans, ComparisonKind::Surname);
    if (forename >= 0 && surname >= 0) {
        m_forename = forename;
        m_surname = surname;
        m_namePairs =
            NamePairs(columns, plans[static_cast<std::size_t>(forename)].exact, datesPerPerson(model, plans, prior));
    }
    for (std::size_t c = 0; c < m_comparisons; ++c) {
        const std::vector<Level>& levels = model.comparisons[c].levels;
        for (std::size_t l = 0; l < levels.size(); ++l) {
            LevelTable& table = m_tables[c][l];
            table.plain = {std::log2(levels[l].m / levels[l].u), std::log2(levels[l].relative / levels[l].u)};
            table.mostMatch = table.plain.match;
            const ValueFrequencies* values = plans[c].frequenciesOf(l);
            if (values == nullptr || levels[l].termFrequencyWeight == 0.0 || values->records == 0) continue;
            table.byValue.reserve(values->counts.size());
            for (std::uint32_t value = 0; value < values->counts.size(); ++value) {
                table.byValue.push_back(values->counts[value] == 0
                                            ? table.plain
                                            : valueEvidence({levels, plans[c], l}, *values, value, prior));
                table.mostMatch = std::max(table.mostMatch, table.byValue.back().match);
            }
        }
    }
}

EvidenceBits Scorer::evidence(const PairOutcome& outcome, std::size_t comparison) const {
    const auto level = (outcome.pattern >> (4 * comparison)) & 15U;
    if (level == kNoLevel || m_implied.silences(outcome.pattern, comparison)) return {};
    const LevelTable& table = m_tables[comparison][level];
    const std::uint32_t value = outcome.values[comparison];
    return value == kNoValue || table.byValue.empty() ? table.plain : table.byValue[value];
}

double Scorer::namesTogether(const PairOutcome& outcome) const {
    if (m_forename < 0) return 0.0;
    const std::uint32_t forename = outcome.values[static_cast<std::size_t>(m_forename)];
    const std::uint32_t surname = outcome.values[static_cast<std::size_t>(m_surname)];
    return forename == kNoValue || surname == kNoValue ? 0.0 : m_namePairs.bits(forename, surname);
}

double Scorer::bits(const PairOutcome& outcome, double floorBits, EvidenceBits further) const {
    EvidenceBits sum = further;
    for (std::size_t c = 0; c < m_comparisons; ++c) {
        const EvidenceBits part = evidence(outcome, c);
        sum.match += part.match;
        sum.relatives += part.relatives;
    }
    double base = m_priorBits + sum.match;
    // What follows only takes away: most pairs are settled without it.
    if (base < floorBits) return base;
    const double together = namesTogether(outcome);
    base += together;
    if (m_relativesOdds <= 0.0) return base;
    // A forename handed down in the family is as common among relatives as it is under their surname.
    if (together < 0.0) {
        const double handedDown = std::max(0.0, evidence(outcome, static_cast<std::size_t>(m_forename)).relatives);
        sum.relatives += std::max(together, -handedDown);
    }
    return base - std::log2(1.0 + m_relativesOdds * std::exp2(sum.relatives));
}

// The same sums as bits() in the same order: rounding keeps which of two is greater.
double Scorer::mostBits(std::uint64_t pattern) const {
    double sum = 0.0;
    for (std::size_t c = 0; c < m_comparisons; ++c) {
        const auto level = (pattern >> (4 * c)) & 15U;
        if (level != kNoLevel && !m_implied.silences(pattern, c)) sum += m_tables[c][level].mostMatch;
    }
    return m_priorBits + sum;
}

double probabilityOf(double bits) { return 1.0 / (1.0 + std::exp2(-bits)); }

}  // namespace fairlead::link
