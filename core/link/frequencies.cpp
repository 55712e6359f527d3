#include "core/link/frequencies.h"

#include <algorithm>
#include <utility>

#include "core/link/similarity.h"

namespace fairlead::link {
namespace {

double pairsOf(double n) { return n * (n - 1.0) / 2.0; }

// Pairs within the scope among records counted per dataset.
double scopedPairs(const std::vector<std::uint64_t>& perDataset, PairScope scope) {
    double all = 0.0, within = 0.0;
    for (const std::uint64_t n : perDataset) {
        all += static_cast<double>(n);
        within += pairsOf(static_cast<double>(n));
    }
    all = pairsOf(all);
    if (scope == PairScope::Everything) return all;
    return scope == PairScope::WithinDatasets ? within : all - within;
}

// `valueOf(id)` maps a dictionary id of the column to the value that a level agrees on.
template <typename ValueOf>
ValueFrequencies frequencies(const Columns& columns, const MultiColumn& column, std::size_t values,
                             std::size_t datasets, PairScope scope, ValueOf valueOf) {
    ValueFrequencies out;
    out.counts.assign(values, 0);
    std::vector<std::uint64_t> having(datasets, 0);
    std::vector<std::pair<std::uint32_t, std::uint16_t>> cells;
    std::vector<std::uint32_t> ofRow;
    cells.reserve(column.valuesAtMost());
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
        ofRow.clear();
        for (const std::uint32_t id : column.of(row)) {
            const std::uint32_t value = valueOf(id);
            if (value == kNoValue || std::ranges::find(ofRow, value) != ofRow.end()) continue;
            ofRow.push_back(value);
            ++out.counts[value];
            cells.emplace_back(value, columns.datasets[row]);
        }
        if (!ofRow.empty()) {
            ++out.records;
            ++having[columns.datasets[row]];
        }
    }
    if (scope != PairScope::Everything) std::ranges::sort(cells);
    double agreeing = 0.0;
    if (scope == PairScope::Everything) {
        for (const std::uint32_t count : out.counts) agreeing += pairsOf(static_cast<double>(count));
    } else {
        std::vector<std::uint64_t> perDataset(datasets, 0);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            ++perDataset[cells[i].second];
            if (i + 1 == cells.size() || cells[i + 1].first != cells[i].first) {
                agreeing += scopedPairs(perDataset, scope);
                std::ranges::fill(perDataset, 0);
            }
        }
    }
    const double possible = scopedPairs(having, scope);
    out.agreement = possible > 0.0 ? std::min(1.0, agreeing / possible) : 0.0;
    return out;
}

constexpr auto kSame = [](std::uint32_t id) { return id; };

void addFrequencies(ComparisonPlan& plan, const Columns& columns, std::size_t datasets, PairScope scope) {
    switch (plan.kind) {
        case ComparisonKind::Forename:
            plan.exact = frequencies(columns, columns.forename, columns.words.size(), datasets, scope,
                                     [&](std::uint32_t id) { return columns.forenames[id].first; });
            plan.lastExact = kLastSameForename;
            plan.acrossExact = (1U << static_cast<unsigned>(ForenameLevel::Swapped)) |
                               (1U << static_cast<unsigned>(ForenameLevel::Crossed));
            break;
        case ComparisonKind::Surname:
            plan.exact = frequencies(columns, columns.surname, columns.words.size(), datasets, scope,
                                     [&](std::uint32_t id) { return columns.surnames[id].whole; });
            break;
        case ComparisonKind::BirthDate:
            plan.exact = frequencies(columns, columns.birthDate, columns.dates.size(), datasets, scope, kSame);
            break;
        case ComparisonKind::Address:
            plan.exact = frequencies(columns, columns.address, columns.homes.size(), datasets, scope,
                                     [&](std::uint32_t id) { return columns.addresses[id].home; });
            plan.second = frequencies(columns, columns.address, columns.addressParts.size(), datasets, scope,
                                      [&](std::uint32_t id) { return columns.addresses[id].postcode; });
            break;
        case ComparisonKind::Text:
            plan.exact = frequencies(columns, columns.attributes[plan.attribute],
                                     columns.attributeTexts[plan.attribute].size(), datasets, scope, kSame);
            break;
        case ComparisonKind::Sex:
        case ComparisonKind::Identifier: break;
    }
}

}  // namespace

Result<std::vector<ComparisonPlan>> planComparisons(const Model& model, const LinkSetup& input,
                                                    const Columns& columns) {
    std::vector<ComparisonPlan> plans;
    for (const Comparison& comparison : model.comparisons) {
        ComparisonPlan plan;
        plan.kind = comparison.kind;
        if (comparison.kind == ComparisonKind::Text) {
            const auto found = std::ranges::find(input.attributeColumns, comparison.column);
            if (found == input.attributeColumns.end())
                return fail(ErrorCode::UnknownColumn, comparison.column, "named by the model");
            plan.attribute = static_cast<std::uint16_t>(found - input.attributeColumns.begin());
        }
        addFrequencies(plan, columns, input.datasets.size(), input.scope);
        plans.push_back(std::move(plan));
    }
    return plans;
}

int positionOf(const std::vector<ComparisonPlan>& plans, ComparisonKind kind) {
    const auto found = std::ranges::find(plans, kind, &ComparisonPlan::kind);
    return found == plans.end() ? -1 : static_cast<int>(found - plans.begin());
}

double possiblePairs(const Columns& columns, std::size_t datasets, PairScope scope) {
    std::vector<std::uint64_t> perDataset(datasets, 0);
    for (const std::uint16_t dataset : columns.datasets) ++perDataset[dataset];
    return scopedPairs(perDataset, scope);
}

}  // namespace fairlead::link
