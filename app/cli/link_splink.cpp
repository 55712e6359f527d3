#include "app/cli/link_splink.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/link/csv_detect.h"
#include "core/link/score.h"
#include "core/splink/model.h"
#include "core/splink/score.h"
#include "core/splink/table.h"

namespace fairlead::cli {

namespace {

// Splink's files hold no thresholds: a link is made where it is more likely than not.
constexpr double kAcceptBits = 0.0, kReviewBits = -4.0;

std::string idColumnOf(const CsvJobOptions& options, const splink::Model& model, const CsvTable& first) {
    if (!options.idColumn.empty()) return options.idColumn;
    if (first.column(model.idColumn) != CsvTable::npos) return model.idColumn;
    return link::detectIdColumn(first.header);
}

Result<splink::Table> readFiles(const CsvJobOptions& options, const splink::Model& model, CsvJob& job,
                                TaskContext& task) {
    std::vector<CsvTable> tables;
    for (const std::filesystem::path& path : options.files) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const std::string bytes, readFile(path, std::uintmax_t{4} << 30U));
        job.files.push_back(path.filename().string());
        FAIRLEAD_OK(checkCsvText(bytes, job.files.back()));
        FAIRLEAD_TRY(CsvTable table, parseCsv(bytes, job.files.back()));
        tables.push_back(std::move(table));
    }
    std::vector<splink::NamedCsv> named;
    for (std::size_t i = 0; i < tables.size(); ++i) named.push_back({job.files[i], &tables[i]});
    job.layout.idColumn = idColumnOf(options, model, tables.front());
    FAIRLEAD_TRY(splink::Table table, splink::tableOf(named, job.layout.idColumn));
    job.datasets = table.datasets;
    for (const std::string& id : table.ids) job.ids.add(id);
    return table;
}

/// The cells of a column, numbered.
Result<std::vector<std::uint32_t>> numbersOf(const splink::Table& table, const std::string& name) {
    const std::size_t at = table.column(name);
    if (at == splink::Table::npos) return fail(ErrorCode::UnknownColumn, table.datasetNames.front(), name);
    return table.columns[at].cells;
}

Status readTruth(const CsvJobOptions& options, const splink::Table& table, CsvJob& job) {
    if (!options.truthIdPattern.empty()) {
        FAIRLEAD_TRY(job.truth, personsInIds(options.truthIdPattern, job.ids));
    } else if (!options.truthColumn.empty()) {
        FAIRLEAD_TRY(job.truth, numbersOf(table, options.truthColumn));
        // A row without a truth is a person of its own.
        std::uint32_t next = table.rows();
        for (std::uint32_t& person : job.truth)
            if (person == splink::kNull) person = next++;
    }
    if (options.groupColumn.empty()) return {};
    job.layout.groupColumn = options.groupColumn;
    FAIRLEAD_TRY(const auto cells, numbersOf(table, options.groupColumn));
    const auto& texts = table.columns[table.column(options.groupColumn)].texts;
    return numberGroups(cells, splink::kNull, texts, job);
}

link::PairScope scopeOf(splink::LinkType type) {
    switch (type) {
        case splink::LinkType::DedupeOnly: return link::PairScope::WithinDatasets;
        case splink::LinkType::LinkOnly: return link::PairScope::BetweenDatasets;
        case splink::LinkType::LinkAndDedupe: return link::PairScope::Everything;
    }
    return link::PairScope::Everything;
}

link::LinkResult resultOf(const splink::ScoreResult& scored, const CsvJob& job, splink::Persons persons) {
    link::LinkResult result;
    result.model = job.model;
    result.clusters = std::move(persons.ofRow);
    for (std::size_t i = 0; i < scored.pairs.size(); ++i) {
        const splink::ScoredPair& pair = scored.pairs[i];
        link::ScoredLink found;
        found.a = {static_cast<std::int64_t>(pair.a)};
        found.b = {static_cast<std::int64_t>(pair.b)};
        found.bits = pair.bits;
        found.probability = pair.probability;
        found.rule = pair.rule;
        found.joined = persons.joined[i];
        // Only a register that holds each person once keeps such a pair apart.
        if (pair.bits >= job.model.acceptBits)
            found.state = result.clusters[pair.a] == result.clusters[pair.b] ? link::LinkState::Accepted
                                                                             : link::LinkState::HeldOnePersonPerRow;
        result.links.push_back(found);
    }
    result.report.records = job.ids.size();
    result.report.pairsCompared = scored.pairsCompared;
    result.report.clusters =
        result.clusters.empty() ? 0 : *std::ranges::max_element(result.clusters) + std::uint64_t{1};
    for (const splink::RuleReport& rule : scored.rules)
        result.report.rules.push_back({rule.condition, rule.pairs, 0, 0, false});
    result.report.notes = scored.notes;
    return result;
}

std::vector<UsedParameter> parametersOf(const splink::Model& model) {
    std::vector<UsedParameter> parameters;
    const auto source = [](const std::optional<double>& value) {
        return std::string(value ? "model file" : "never observed");
    };
    for (const splink::Comparison& comparison : model.comparisons)
        for (const splink::Level& level : comparison.levels)
            if (!level.isNull)
                parameters.push_back({comparison.name, level.condition, level.label, level.m, level.u, std::nullopt,
                                      source(level.m), source(level.u)});
    return parameters;
}

}  // namespace

Result<SplinkLinked> scoreWithSplinkModel(const CsvJobOptions& options, std::string_view text,
                                          const RunningTask& running, TaskContext& task) {
    SplinkLinked out;
    FAIRLEAD_TRY(out.model, splink::readModel(text, options.modelFile.filename().string()));
    CsvJob& job = out.job;
    job.model.acceptBits = kAcceptBits;
    job.model.reviewBits = kReviewBits;
    job.model.priorTwoRandomRecordsMatch = out.model.prior;
    FAIRLEAD_OK(setThresholds(options, job.model));
    job.scope = scopeOf(out.model.linkType);
    if (!options.mode.empty()) {
        FAIRLEAD_TRY(job.scope, scopeOf(options));
    }
    FAIRLEAD_TRY(out.table, readFiles(options, out.model, job, task));
    FAIRLEAD_OK(readTruth(options, out.table, job));
    const double readSeconds = running.seconds();
    out.scoring.threads = options.threads;
    out.scoring.floorProbability = link::probabilityOf(job.model.reviewBits);
    out.scoring.scope = job.scope;
    FAIRLEAD_TRY(out.scored, splink::scoreTables(out.table, out.model, out.scoring, task));
    const double scoreSeconds = running.seconds() - readSeconds;
    std::vector<link::DatasetTraits> traits;
    for (const std::string& file : job.files) traits.push_back({file, options.uniqueRows});
    auto persons = splink::clustersOf(out.table, out.scored.pairs, job.model.acceptBits, traits);
    out.result = resultOf(out.scored, job, std::move(persons));
    out.result.report.stages = {{"read", readSeconds},
                                {"compare and score", scoreSeconds},
                                {"resolve", running.seconds() - readSeconds - scoreSeconds}};
    return out;
}

void printColumns(const SplinkLinked& linked) {
    fmt::print("Columns: id = {}; the model looks at {}\n",
               linked.job.layout.idColumn.empty() ? "(line number)" : linked.job.layout.idColumn,
               fmt::join(splink::columnsOf(linked.model), ", "));
}

Result<LinkOutcome> linkWithSplinkModel(const CsvJobOptions& options, std::string_view text, const RunningTask& running,
                                        TaskContext& task) {
    FAIRLEAD_TRY(SplinkLinked linked, scoreWithSplinkModel(options, text, running, task));
    printColumns(linked);
    LinkOutcome outcome{std::move(linked.job),      std::move(linked.result),         {}, {},
                        parametersOf(linked.model), splink::writeModel(linked.model), {}, {}};
    for (const splink::Comparison& comparison : linked.model.comparisons)
        outcome.comparisons.push_back(comparison.name);
    const auto kept = std::make_shared<const std::pair<splink::Model, splink::ScoreResult>>(std::move(linked.model),
                                                                                            std::move(linked.scored));
    outcome.levelOf = [kept](std::size_t at, const link::ScoredLink&, std::size_t comparison) -> std::string_view {
        return splink::labelOf(kept->first.comparisons[comparison], kept->second.levelsOf(at)[comparison]);
    };
    return outcome;
}

Result<link::Explanation> explainPair(const SplinkLinked& linked, std::pair<std::uint32_t, std::uint32_t> rows,
                                      TaskContext& task) {
    FAIRLEAD_TRY(const splink::PairExplanation found,
                 splink::explainPair(linked.table, linked.model, linked.scoring, rows, task));
    link::Explanation why;
    why.steps.push_back({"Start", "two records taken at random", found.priorBits, 0.0});
    for (std::size_t c = 0; c < found.parts.size(); ++c) {
        const splink::Comparison& comparison = linked.model.comparisons[c];
        const auto& part = found.parts[c];
        why.steps.push_back({comparison.name, splink::labelOf(comparison, part.gamma), part.bits, part.frequencyBits});
    }
    why.bits = found.bits;
    why.probability = link::probabilityOf(found.bits);
    why.rules = found.rules;
    why.sentence = link::sentenceOf(why);
    return why;
}

}  // namespace fairlead::cli
