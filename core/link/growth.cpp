#include "core/link/growth.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/link/block_keys.h"
#include "core/link/parallel.h"

namespace fairlead::link {
namespace {

// Names whose weight can have risen by more are compared again instead of being counted into the drift.
constexpr double kNamesDriftBits = 0.25;
constexpr std::uint32_t kRowsInUnit = 1U << 15U;
constexpr double kTooMuch = std::numeric_limits<double>::infinity();

// Values as an old record may have seen them: as frequent as now, among the records that surely were there.
ValueFrequencies before(const ValueFrequencies& now, std::uint64_t records) {
    ValueFrequencies then = now;
    then.records = records;
    return then;
}

template <typename ValueOf>
std::uint64_t unmarkedWithValue(const MultiColumn& column, const std::vector<std::uint8_t>& marks, ValueOf valueOf) {
    std::uint64_t records = 0;
    for (std::uint32_t row = 0; row < marks.size(); ++row) {
        if (marks[row] != 0) continue;
        const auto values = column.of(row);
        records += std::ranges::any_of(values, [&](std::uint32_t id) { return valueOf(id) != kNoValue; }) ? 1U : 0U;
    }
    return records;
}

// Unmarked records that have a value the level agrees on.
std::uint64_t recordsBefore(const Columns& columns, const ComparisonPlan& plan, std::size_t level,
                            const std::vector<std::uint8_t>& marks) {
    const auto same = [](std::uint32_t id) { return id; };
    switch (plan.kind) {
        case ComparisonKind::Forename: return unmarkedWithValue(columns.forename, marks, same);
        case ComparisonKind::Surname: return unmarkedWithValue(columns.surname, marks, same);
        case ComparisonKind::BirthDate: return unmarkedWithValue(columns.birthDate, marks, same);
        case ComparisonKind::Text: return unmarkedWithValue(columns.attributes[plan.attribute], marks, same);
        case ComparisonKind::Address:
            return unmarkedWithValue(columns.address, marks, [&](std::uint32_t id) {
                return level == 0 ? columns.addresses[id].home : columns.addresses[id].postcode;
            });
        case ComparisonKind::Sex:
        case ComparisonKind::Identifier: break;
    }
    return 0;
}

// The most that agreeing on a value of the comparison can have gained.
double driftOf(const Columns& columns, const Comparison& comparison, const ComparisonPlan& plan,
               const std::vector<std::uint8_t>& marks, const PriorOdds& then, const PriorOdds& now) {
    double most = 0.0;
    for (std::size_t l = 0; l < comparison.levels.size(); ++l) {
        const Level& level = comparison.levels[l];
        const ValueFrequencies* values = plan.frequenciesOf(l);
        if (values == nullptr || level.termFrequencyWeight == 0.0 || values->records == 0) continue;
        // With less than full weight a rarer value could gain by what relatives no longer explain.
        if (level.termFrequencyWeight != 1.0) return kTooMuch;
        const ValueFrequencies old = before(*values, recordsBefore(columns, plan, l, marks));
        for (std::uint32_t value = 0; value < values->counts.size(); ++value) {
            if (values->counts[value] == 0) continue;
            const AgreedLevel agreed{comparison.levels, plan, l};
            most = std::max(
                most, valueEvidence(agreed, *values, value, now).match - valueEvidence(agreed, old, value, then).match);
        }
    }
    return most;
}

// Marks the rows with a forename that goes with their surname less than it may have done.
void markNames(const Prepared& prepared, const NamePairs& now, double datesThen, unsigned threads,
               std::vector<std::uint8_t>& marks) {
    const int position = positionOf(prepared.plans, ComparisonKind::Forename);
    if (position < 0 || positionOf(prepared.plans, ComparisonKind::Surname) < 0) return;
    const Columns& columns = prepared.encoded.columns;
    ValueFrequencies least = prepared.plans[static_cast<std::size_t>(position)].exact;
    std::ranges::fill(least.counts, 0U);
    std::vector<std::uint32_t> seen;
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        if (marks[row] != 0) continue;
        seen.clear();
        for (const std::uint32_t id : columns.forename.of(row)) {
            const std::uint32_t first = columns.forenames[id].first;
            if (std::ranges::find(seen, first) != seen.end()) continue;
            seen.push_back(first);
            ++least.counts[first];
        }
    }
    const NamePairs then(columns, least, datesThen, &marks);
    const auto rises = [&](std::uint32_t row) {
        for (const std::uint32_t f : columns.forename.of(row)) {
            for (const std::uint32_t s : columns.surname.of(row)) {
                if (now.mostRise(then, columns.forenames[f].first, columns.surnames[s].whole) > kNamesDriftBits)
                    return true;
            }
        }
        return false;
    };
    const std::size_t units = (columns.rows + kRowsInUnit - 1) / kRowsInUnit;
    forEachUnit(units, threadCount(threads, units), [&](unsigned, std::size_t unit) {
        const auto begin = static_cast<std::uint32_t>(unit) * kRowsInUnit;
        for (std::uint32_t row = begin; row < std::min(columns.rows, begin + kRowsInUnit); ++row)
            if (marks[row] == 0 && rises(row)) marks[row] = 1;
    });
}

std::string obstacleTo(const Prepared& prepared, const Model& model, const LinkOptions& options,
                       const std::vector<std::uint8_t>& marks) {
    const KeptPairs& kept = options.increment->before;
    const auto unchanged = static_cast<std::uint64_t>(std::ranges::count(marks, 0));
    if (options.estimate) return "the parameters are estimated anew";
    if (kept.fingerprint != fingerprintOf(prepared, model, options)) return "the model or the way of linking changed";
    if (kept.everyPair != prepared.candidates.isComplete()) return "the data have outgrown comparing every pair";
    if (kept.rules != rulesInUse(prepared.candidates)) return "other blocking rules are in use now";
    if (kept.records < unchanged || kept.records > marks.size()) return "records of before are missing";
    return {};
}

}  // namespace

std::uint64_t fingerprintOf(const Prepared& prepared, const Model& model, const LinkOptions& options) {
    const auto hashed = [](std::uint64_t key, std::string_view text) {
        for (const char c : text) key = mixKey(key, static_cast<unsigned char>(c));
        return mixKey(key, text.size());
    };
    const LinkSetup& setup = prepared.encoded.setup;
    std::uint64_t print = hashed(0, writeModel(model));
    print = mixKey(print, options.blockCap);
    print = mixKey(print, static_cast<std::uint64_t>(setup.scope));
    for (const std::string& column : setup.attributeColumns) print = hashed(print, column);
    std::uint64_t variants = 0;  // names come in no order: a sum does not mind
    for (const auto& [name, groups] : options.variants.names()) {
        std::uint64_t one = hashed(1, name);
        for (const std::uint32_t group : groups) one = mixKey(one, group);
        variants += one;
    }
    return mixKey(print, variants);
}

std::vector<std::string> rulesInUse(const CandidatePairs& candidates) {
    std::vector<std::string> names;
    for (const RuleReport& rule : candidates.rules()) {
        if (!rule.leftOut) names.push_back(rule.name);
    }
    return names;
}

IncrementPlan planIncrement(const Prepared& prepared, const Model& model, const Scorer& scorer,
                            const LinkOptions& options) {
    IncrementPlan plan;
    const EncodedInput& encoded = prepared.encoded;
    plan.marks.assign(encoded.columns.rows, 0);
    for (const record::SourcePersonId id : options.increment->changed) {
        if (const auto row = encoded.rowOf(id)) plan.marks[*row] = 1;
    }
    plan.obstacle = obstacleTo(prepared, model, options, plan.marks);
    if (!plan.obstacle.empty()) return plan;
    const KeptPairs& kept = options.increment->before;
    const PriorOdds now = priorOdds(model, static_cast<double>(encoded.columns.rows), prepared.possiblePairs);
    const PriorOdds then = priorOdds(model, static_cast<double>(kept.records), kept.possiblePairs);
    plan.driftBits = std::log2(now.match / then.match);
    if (now.relatives > 0.0) plan.driftBits += std::max(0.0, std::log2(then.relatives / now.relatives));
    for (std::size_t c = 0; c < prepared.plans.size(); ++c)
        plan.driftBits += driftOf(encoded.columns, model.comparisons[c], prepared.plans[c], plan.marks, then, now);
    plan.driftBits += kNamesDriftBits;
    markNames(prepared, scorer.namePairs(), datesPerPerson(model, prepared.plans, then), options.threads, plan.marks);
    if (kept.floorBits + plan.driftBits > model.reviewBits) {
        plan.obstacle =
            fmt::format("the data have grown by so much that a pair not kept could weigh {:.2f} bits more than it did",
                        plan.driftBits);
    }
    return plan;
}

}  // namespace fairlead::link
