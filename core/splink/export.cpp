#include "core/splink/export.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/compare.h"
#include "core/link/score.h"
#include "core/link/standardise.h"
#include "core/splink/export_sql.h"
#include "core/splink/export_table.h"

namespace fairlead::splink {
namespace {

constexpr std::string_view kMarker = " | fairlead: ";
constexpr double kSmallest = 1e-12;  // our models know no certainty; Splink's training may give it
constexpr double kSettled = 1e-12;   // probabilities that differ by less were not trained anew

// What carries our own model: a label that no chart of parameters shows. Splink 4 drops the descriptions of comparisons
// when it saves a model that it has loaded; labels of levels it keeps.
template <typename AnyModel>
auto carrierIn(AnyModel& model) -> decltype(&model.comparisons.front().levels.front().label) {
    if (model.comparisons.empty()) return nullptr;
    auto& levels = model.comparisons.front().levels;
    const auto found = std::ranges::find_if(levels, &Level::isNull);
    return found == levels.end() ? nullptr : &found->label;
}

// On one line, as Splink keeps it.
std::string compactDocument(const link::Model& model) {
    boost::system::error_code problem;
    const std::string text = link::writeModel(model);
    return boost::json::serialize(boost::json::parse({text.data(), text.size()}, problem));
}

std::vector<IdentifierColumn> identifiersOf(const link::Columns& columns) {
    std::vector<IdentifierColumn> out;
    for (std::uint32_t kind = 0; kind < columns.identifierKinds.size(); ++kind) {
        const std::string name(columns.identifierKinds.text(kind));
        out.push_back({name, identifierColumn(name), link::isUniqueIdentifierKind(name)});
    }
    return out;
}

/// What the scorer takes a value to be worth, as the share that Splink would divide by.
class Shares {
public:
    Shares(const link::Model& model, const link::EncodedInput& input, const std::vector<link::ComparisonPlan>& plans,
           link::PriorOdds prior)
        : m_model(model), m_columns(input.columns), m_plans(plans), m_scorer(model, input.columns, plans, prior) {}

    FrequencyTable of(std::size_t comparison, std::size_t level, std::string column) const {
        const link::Comparison& compared = m_model.comparisons[comparison];
        FrequencyTable out{std::move(column), {}};
        const link::Level& parameters = compared.levels[level];
        const double plain = std::log2(parameters.m / parameters.u);
        link::PairOutcome outcome;
        outcome.values.fill(link::kNoValue);
        outcome.pattern &= ~(15ULL << (4 * comparison));
        outcome.pattern |= static_cast<std::uint64_t>(level) << (4 * comparison);
        const auto& counts = m_plans[comparison].frequenciesOf(level)->counts;
        for (std::uint32_t value = 0; value < counts.size(); ++value) {
            if (counts[value] == 0) continue;
            outcome.values[comparison] = value;
            const double adjustment = m_scorer.evidence(outcome, comparison).match - plain;
            out.shares.emplace(textOf(compared.kind, level, comparison, value),
                               parameters.u * std::exp2(-adjustment / parameters.termFrequencyWeight));
        }
        return out;
    }

private:
    [[nodiscard]] std::string textOf(link::ComparisonKind kind, std::size_t level, std::size_t comparison,
                                     std::uint32_t value) const {
        switch (kind) {
            case link::ComparisonKind::Forename:
            case link::ComparisonKind::Surname: return std::string(m_columns.words.text(value));
            case link::ComparisonKind::BirthDate: return dateText(m_columns.dates[value]);
            case link::ComparisonKind::Address:
                return std::string(level == 0 ? m_columns.homes.text(value) : m_columns.addressParts.text(value));
            case link::ComparisonKind::Text:
                return std::string(m_columns.attributeTexts[m_plans[comparison].attribute].text(value));
            case link::ComparisonKind::Sex:
            case link::ComparisonKind::Identifier: break;
        }
        return {};
    }

    const link::Model& m_model;
    const link::Columns& m_columns;
    const std::vector<link::ComparisonPlan>& m_plans;
    link::Scorer m_scorer;
};

LinkType linkTypeOf(link::PairScope scope) {
    switch (scope) {
        case link::PairScope::BetweenDatasets: return LinkType::LinkOnly;
        case link::PairScope::WithinDatasets: return LinkType::DedupeOnly;
        case link::PairScope::Everything: break;
    }
    return LinkType::LinkAndDedupe;
}

// A text column may have the name of another comparison.
std::string nameOf(const link::Comparison& comparison) {
    return comparison.kind == link::ComparisonKind::Text ? attributeColumn(comparison.column) : comparison.column;
}

// Databases take names for the same whatever their case.
Status checkNames(const std::vector<std::string>& names) {
    std::map<std::string, std::string> seen;
    for (const std::string& name : names) {
        const auto [place, isNew] = seen.emplace(lowerAscii(name), name);
        if (!isNew)
            return fail(ErrorCode::InvalidArgument, name,
                        fmt::format("a database does not tell it from {}", place->second));
    }
    return {};
}

// What is written must have names of its own: the comparisons, and the columns that are named after the input's.
Status checkNames(const Model& model, const link::LinkSetup& setup, const std::vector<IdentifierColumn>& identifiers) {
    std::vector<std::string> comparisons, columns;
    for (const Comparison& comparison : model.comparisons) comparisons.push_back(comparison.name);
    for (const IdentifierColumn& identifier : identifiers) columns.push_back(identifier.column);
    for (const std::string& attribute : setup.attributeColumns) columns.push_back(attributeColumn(attribute));
    FAIRLEAD_OK(checkNames(comparisons));
    return checkNames(columns);
}

Result<Comparison> exportComparison(const link::Comparison& comparison, const link::ComparisonPlan& plan,
                                    const SqlWriter& sql) {
    Comparison out{nameOf(comparison), comparison.title, {}};
    const std::vector<LevelSql> levels = sql.levelsOf(comparison);
    if (levels.empty())
        return fail(ErrorCode::NotFound, comparison.column, "a level of this comparison has no form in SQL");
    for (const LevelSql& written : levels) {
        Level level;
        level.condition = written.condition;
        level.isNull = !written.level;
        level.label = "no evidence";
        if (written.level) {
            const link::Level& ours = comparison.levels[*written.level];
            level.label = ours.label;
            level.m = ours.m;
            level.u = ours.u;
            if (plan.frequenciesOf(*written.level) != nullptr && ours.termFrequencyWeight > 0.0) {
                level.frequencyColumn = fmt::format("value_{}_{}", out.name, ours.id);
                level.frequencyWeight = ours.termFrequencyWeight;
                level.ownFrequencyU = true;
            }
        }
        out.levels.push_back(std::move(level));
    }
    return out;
}

// The cells of a column once more under another name.
void addCopy(Table& table, std::string_view column, const std::string& name) {
    TextColumn copy = table.columns[table.column(column)];
    copy.name = name;
    table.columns.push_back(std::move(copy));
}

void addNotes(const link::Model& model, Export& out) {
    if (model.relativesPerRecord > 0.0) {
        out.notes.emplace_back(
            "The weight of relatives under one roof is not in the Splink model: it knows two classes of "
            "pairs only.");
    }
    out.notes.emplace_back(
        "The correction for forenames and surnames that often go together is not in the Splink model.");
}

// Levels that agree on one value divide by different amounts: a column and a table for each.
void addFrequencies(const link::Model& model, const Shares& shares, Export& out) {
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        std::size_t level = 0;
        for (const Level& written : out.model.comparisons[c].levels) {
            if (written.isNull) continue;
            if (!written.frequencyColumn.empty()) {
                addCopy(out.table, SqlWriter::valueColumnOf(model.comparisons[c], level), written.frequencyColumn);
                out.table.frequencies.push_back(shares.of(c, level, written.frequencyColumn));
            }
            ++level;
        }
    }
}

link::PriorOdds priorOddsOf(const link::Model& model, const link::EncodedInput& input) {
    return link::priorOdds(model, static_cast<double>(input.columns.rows),
                           link::possiblePairs(input.columns, input.setup.datasets.size(), input.setup.scope));
}

}  // namespace

Result<Export> exportSettings(const link::Model& model, const link::EncodedInput& input) {
    FAIRLEAD_TRY(const std::vector<link::ComparisonPlan> plans,
                 link::planComparisons(model, input.setup, input.columns));
    const link::PriorOdds prior = priorOddsOf(model, input);
    const std::vector<IdentifierColumn> identifiers = identifiersOf(input.columns);
    const SqlWriter sql(model, identifiers);
    Export out;
    out.model.linkType = linkTypeOf(input.setup.scope);
    if (input.setup.datasets.size() < 2) out.model.linkType = LinkType::DedupeOnly;
    out.model.prior = prior.match / (1.0 + prior.match);
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        FAIRLEAD_TRY(Comparison comparison, exportComparison(model.comparisons[c], plans[c], sql));
        out.model.comparisons.push_back(std::move(comparison));
    }
    FAIRLEAD_OK(checkNames(out.model, input.setup, identifiers));
    std::vector<std::string> leftOut;
    for (const link::BlockingRule& rule : model.rules) {
        if (rule.mostPairsPerRecord > 0.0) {
            leftOut.push_back(rule.name);
            continue;
        }
        for (std::string& condition : sql.rulesOf(rule)) out.model.rules.push_back(std::move(condition));
    }
    if (std::string* place = carrierIn(out.model)) place->append(kMarker).append(compactDocument(model));
    if (!leftOut.empty())
        out.notes.push_back(
            fmt::format("Rules for small files alone are not in the Splink model: {}.", fmt::join(leftOut, ", ")));
    addNotes(model, out);
    return out;
}

Status addTable(const link::Model& model, const link::EncodedInput& input, std::span<const std::string> ids,
                Export& settings) {
    FAIRLEAD_TRY(const std::vector<link::ComparisonPlan> plans,
                 link::planComparisons(model, input.setup, input.columns));
    std::uint32_t severalValues = 0;
    settings.table = standardisedTable(input, ids, identifiersOf(input.columns), severalValues);
    addFrequencies(model, Shares(model, input, plans, priorOddsOf(model, input)), settings);
    if (severalValues > 0) {
        settings.notes.push_back(
            fmt::format("{} records have several names, dates, addresses or identifiers of a kind; the "
                        "standardised columns hold the first of each.",
                        severalValues));
    }
    return {};
}

Result<Export> exportModel(const link::Model& model, const link::EncodedInput& input,
                           std::span<const std::string> ids) {
    FAIRLEAD_TRY(Export out, exportSettings(model, input));
    FAIRLEAD_OK(addTable(model, input, ids, out));
    return out;
}

std::string tableCsv(const Model& model, const Table& table) {
    std::vector<std::string> cells = {model.idColumn, model.datasetColumn};
    for (const TextColumn& column : table.columns) cells.push_back(column.name);
    std::string out = csvLine(cells);
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        cells = {table.ids[row], table.datasetNames[table.datasets[row]]};
        for (const TextColumn& column : table.columns)
            cells.push_back(column.cells[row] == kNull ? std::string() : column.texts[column.cells[row]]);
        out += csvLine(cells);
    }
    return out;
}

std::string frequenciesCsv(const FrequencyTable& frequencies) {
    const std::vector<std::string> header = {frequencies.column, "tf_" + frequencies.column};
    std::string out = csvLine(header);
    const std::map<std::string, double> ordered(frequencies.shares.begin(), frequencies.shares.end());
    for (const auto& [value, share] : ordered) {
        const std::vector<std::string> cells = {value, fmt::format("{}", share)};
        out += csvLine(cells);
    }
    return out;
}

Result<std::optional<link::Model>> ownModelIn(const Model& model, std::string_view subject) {
    const std::string* carrier = carrierIn(model);
    const std::size_t at = carrier == nullptr ? std::string::npos : carrier->find(kMarker);
    if (at == std::string::npos) return std::optional<link::Model>();
    FAIRLEAD_TRY(link::Model ours, link::parseModel(std::string_view(*carrier).substr(at + kMarker.size()), subject));
    for (std::size_t c = 0; c < std::min(ours.comparisons.size(), model.comparisons.size()); ++c) {
        std::size_t next = 0;
        auto& levels = ours.comparisons[c].levels;
        for (const Level& level : model.comparisons[c].levels) {
            if (level.isNull || next == levels.size()) continue;
            link::Level& own = levels[next++];
            const auto take = [](double& place, const std::optional<double>& now, link::ParameterSource& source) {
                if (!now || std::abs(*now - place) <= kSettled) return;
                place = std::clamp(*now, kSmallest, 1.0);
                source = link::ParameterSource::Estimated;
            };
            take(own.m, level.m, own.mSource);
            take(own.u, level.u, own.uSource);
        }
    }
    FAIRLEAD_OK(link::checkModel(ours));
    return std::optional<link::Model>(std::move(ours));
}

Result<std::optional<link::Model>> ownModelIn(std::string_view text, std::string_view subject) {
    boost::system::error_code failed;
    const boost::json::value document = boost::json::parse({text.data(), text.size()}, failed);
    const auto* object = document.if_object();
    if (failed || object == nullptr || !object->contains("comparisons") || object->contains("fairlead")) {
        FAIRLEAD_TRY(link::Model ours, link::parseModel(text, subject));
        return std::optional<link::Model>(std::move(ours));
    }
    // A model of Splink's own need not be read twice.
    if (!text.contains(kMarker)) return std::optional<link::Model>();
    FAIRLEAD_TRY(const Model settings, readModel(text, subject));
    return ownModelIn(settings, subject);
}

}  // namespace fairlead::splink
