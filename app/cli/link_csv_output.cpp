#include "app/cli/link_csv_output.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "core/base/csv.h"

namespace fairlead::cli {
namespace {

namespace json = boost::json;

std::uint64_t peakBytes() {
    rusage usage{};
    return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<std::uint64_t>(usage.ru_maxrss) * 1024U : 0U;
}

struct LinkCounts {
    std::uint64_t accepted = 0, review = 0, held = 0;
};

LinkCounts countsOf(const link::LinkResult& result) {
    LinkCounts counts;
    for (const link::ScoredLink& found : result.links) {
        if (found.state == link::LinkState::Accepted)
            ++counts.accepted;
        else
            ++(found.state == link::LinkState::Review ? counts.review : counts.held);
    }
    return counts;
}

std::vector<NamedGroup> groupsOf(const LinkOutcome& outcome) {
    std::vector<NamedGroup> groups;
    for (const link::GroupMetrics& figures : outcome.evaluation->groups)
        groups.push_back({outcome.job.groupNames[figures.group], figures});
    return groups;
}

void printEvaluation(const LinkOutcome& outcome) {
    const link::Evaluation& found = *outcome.evaluation;
    fmt::print("Against the truth ({} true pairs), accepting from {:.2f} bits:\n", found.truePairs,
               outcome.result.model.acceptBits);
    printMetrics("pairs at accept", found.atAccept);
    printMetrics(fmt::format("pairs best ({:.2f})", found.bestThresholdBits), found.best);
    printMetrics("persons, pairwise", found.clusters);
    printBCubed("persons, B-cubed", found.bcubed);
    fmt::print("  of {} links with probability >= 0.99, {:.4f} are true\n", found.linksAtHighProbability,
               found.truthAtHighProbability);
    for (const link::CalibrationBand& band : found.calibration) {
        if (band.pairs == 0) continue;
        fmt::print("  probability {:.3f} to {:.3f}: {:>9} links, {:>11.1f} expected to be true, {:>9} are\n", band.low,
                   band.high, band.pairs, band.expected, band.trulySame);
    }
    printGroups(outcome.job.layout.groupColumn, groupsOf(outcome));
}

Status writePairs(OutputFile& file, const LinkOutcome& outcome, TaskContext& task) {
    const CsvJob& job = outcome.job;
    const std::vector<link::ScoredLink>& links = outcome.result.links;
    std::vector<std::string> cells = {"id_l",        "id_r", "file_l", "file_r",   "bits",
                                      "probability", "kind", "state",  "twin_flag"};
    for (const std::string& comparison : outcome.comparisons) cells.push_back(comparison + "_level");
    file.write(csvLine(cells));
    task.begin(Phase::Writing, links.size());
    for (std::size_t at = 0; at < links.size(); ++at) {
        const link::ScoredLink& found = links[at];
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        task.advance(1);
        // Records of a CSV input are numbered by position.
        const auto a = static_cast<std::size_t>(found.a.value), b = static_cast<std::size_t>(found.b.value);
        cells = {std::string(job.ids[a]),
                 std::string(job.ids[b]),
                 job.fileOf(a),
                 job.fileOf(b),
                 fmt::format("{:.12g}", found.bits),
                 fmt::format("{:.12g}", found.probability),
                 std::string(link::name(found.kind)),
                 std::string(link::name(found.state)),
                 found.twinFlag ? "1" : "0"};
        for (std::size_t c = 0; c < outcome.comparisons.size(); ++c) cells.emplace_back(outcome.levelOf(at, found, c));
        file.write(csvLine(cells));
    }
    return {};
}

Status writeClusters(OutputFile& file, const LinkOutcome& outcome, TaskContext& task) {
    const CsvJob& job = outcome.job;
    std::vector<std::string> cells = {"person", "file", "id"};
    file.write(csvLine(cells));
    task.begin(Phase::Writing, job.ids.size());
    for (std::size_t i = 0; i < job.ids.size(); ++i) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        task.advance(1);
        cells = {fmt::format("{}", outcome.result.clusters[i]), job.fileOf(i), std::string(job.ids[i])};
        file.write(csvLine(cells));
    }
    return {};
}

void writeTables(const std::filesystem::path& folder, const splink::Export& tables, OutputFiles& files) {
    files.add(folder / "columns.csv").write(splink::tableCsv(tables.model, tables.table));
    for (const splink::FrequencyTable& frequencies : tables.table.frequencies)
        files.add(folder / ("tf_" + frequencies.column + ".csv")).write(splink::frequenciesCsv(frequencies));
}

json::array parametersJson(const std::vector<UsedParameter>& parameters) {
    const auto number = [](const std::optional<double>& value) { return value ? json::value(*value) : json::value(); };
    json::array out;
    for (const UsedParameter& parameter : parameters) {
        out.push_back(json::object{{"comparison", parameter.comparison},
                                   {"level", parameter.level},
                                   {"label", parameter.label},
                                   {"m", number(parameter.m)},
                                   {"u", number(parameter.u)},
                                   {"relative", number(parameter.relative)},
                                   {"m_source", parameter.mSource},
                                   {"u_source", parameter.uSource}});
    }
    return out;
}

json::array columnsJson(const link::CsvLayout& layout) {
    json::array out;
    for (const link::CsvColumn& column : layout.columns)
        out.push_back(
            json::object{{"role", link::name(column.role)}, {"column", column.column}, {"format", column.format}});
    return out;
}

json::array rulesJson(const link::LinkReport& report) {
    json::array out;
    for (const link::RuleReport& rule : report.rules) {
        out.push_back(json::object{{"rule", rule.name},
                                   {"pairs", rule.pairs},
                                   {"blocks_split", rule.blocksSplit},
                                   {"records_skipped", rule.recordsSkipped},
                                   {"left_out", rule.leftOut}});
    }
    return out;
}

json::object linkedJson(const LinkOutcome& outcome, double totalSeconds) {
    const link::LinkReport& report = outcome.result.report;
    const link::Model& model = outcome.result.model;
    const LinkCounts counts = countsOf(outcome.result);
    json::object seconds{{"total", totalSeconds}};
    for (const auto& stage : report.stages) {
        std::string key = stage.name;
        std::ranges::replace(key, ' ', '_');
        seconds[key] = stage.seconds;
    }
    json::array quality;
    for (const link::QualityCount& count : report.quality)
        quality.push_back(json::object{{"column", count.column}, {"what", count.what}, {"count", count.count}});
    return {{"records", report.records},
            {"pairs_compared", report.pairsCompared},
            {"persons", report.clusters},
            {"links", json::object{{"accepted", counts.accepted}, {"review", counts.review}, {"held", counts.held}}},
            {"seconds", std::move(seconds)},
            {"peak_rss_bytes", peakBytes()},
            {"columns", columnsJson(outcome.job.layout)},
            {"estimated", report.estimated},
            {"converged", report.converged},
            {"persons_doubted", report.doubt},
            {"accept_bits", model.acceptBits},
            {"review_bits", model.reviewBits},
            {"prior", model.priorTwoRandomRecordsMatch},
            {"rules", rulesJson(report)},
            {"pairs_missed_at_least", report.pairsMissed ? json::value(*report.pairsMissed) : json::value()},
            {"notes", json::array(report.notes.begin(), report.notes.end())},
            {"quality", std::move(quality)},
            {"parameters", parametersJson(outcome.parameters)}};
}

void addEvaluation(json::object& document, const LinkOutcome& outcome) {
    const link::Evaluation& found = *outcome.evaluation;
    json::object best = metricsJson(found.best);
    best["threshold_bits"] = found.bestThresholdBits;
    best["searched_down_to_bits"] = found.lowestBits;
    document["pairwise"] = json::object{{"true_pairs", found.truePairs},
                                        {"at_accept", metricsJson(found.atAccept)},
                                        {"best", std::move(best)},
                                        {"links_at_probability_0.99", found.linksAtHighProbability},
                                        {"true_share_at_probability_0.99", found.truthAtHighProbability}};
    document["clusters"] =
        json::object{{"pairwise", metricsJson(found.clusters)}, {"bcubed", bcubedJson(found.bcubed)}};
    json::array bands;
    for (const link::CalibrationBand& band : found.calibration) {
        bands.push_back(json::object{{"low", band.low},
                                     {"high", band.high},
                                     {"pairs", band.pairs},
                                     {"expected", band.expected},
                                     {"true", band.trulySame}});
    }
    document["calibration"] = std::move(bands);
    if (found.groups.empty()) return;
    document["by"] = json::object{{"column", outcome.job.layout.groupColumn},
                                  {"small_below_true_pairs", link::kSmallGroupPairs},
                                  {"groups", groupsJson(groupsOf(outcome), true)}};
}

}  // namespace

LinkOutcome outcomeOf(CsvJob job, link::LinkResult result) {
    LinkOutcome outcome{std::move(job), std::move(result), {}, {}, {}, {}, {}, {}};
    outcome.modelText = link::writeModel(outcome.result.model);
    outcome.levelOf = [comparisons = outcome.result.model.comparisons](std::size_t link, const link::ScoredLink& found,
                                                                       std::size_t comparison) -> std::string_view {
        static_cast<void>(link);
        const int level = link::patternLevel(found.pattern, comparison);
        return level < 0 ? std::string_view("missing")
                         : comparisons[comparison].levels[static_cast<std::size_t>(level)].label;
    };
    for (const link::Comparison& comparison : outcome.result.model.comparisons) {
        outcome.comparisons.push_back(comparison.column);
        for (const link::Level& level : comparison.levels)
            outcome.parameters.push_back({comparison.column, level.id, level.label, level.m, level.u, level.relative,
                                          std::string(link::name(level.mSource)),
                                          std::string(link::name(level.uSource))});
    }
    return outcome;
}

void printLayout(const CsvJob& job) {
    fmt::print("Columns: id = {}", job.layout.idColumn.empty() ? "(line number)" : job.layout.idColumn);
    for (const link::CsvColumn& column : job.layout.columns) {
        fmt::print(", {} = {}", link::name(column.role), column.column);
        if (!column.format.empty()) fmt::print(" ({})", column.format);
    }
    fmt::print("\n");
    for (const link::LeftOutColumn& column : job.leftOut)
        fmt::print("  {} takes no part: {}\n", column.column, column.why);
}

void printOutcome(const LinkOutcome& outcome) {
    const link::LinkReport& report = outcome.result.report;
    const LinkCounts counts = countsOf(outcome.result);
    fmt::print("{} records, {} pairs compared, {} links accepted, {} for review, {} held back, {} persons\n",
               report.records, report.pairsCompared, counts.accepted, counts.review, counts.held, report.clusters);
    for (const link::RuleReport& rule : report.rules)
        fmt::print("  {:<55} {:>12} pairs{}\n", rule.name, rule.pairs,
                   rule.leftOut ? " (left out: too wide for this file)" : "");
    if (report.estimated)
        fmt::print("Parameters estimated from the data; {}{}.\n", report.converged ? "converged" : "NOT CONVERGED",
                   report.doubt.empty() ? "" : "; SETTLED ON HOUSEHOLDS, NOT PERSONS");
    for (const std::string& note : report.notes) fmt::print("  note: {}\n", note);
    for (const auto& stage : report.stages) fmt::print("  {:<20} {:8.3f} s\n", stage.name, stage.seconds);
    if (outcome.evaluation) printEvaluation(outcome);
}

Status writeLinkFiles(const LinkFiles& wanted, const LinkOutcome& outcome, RunningTask& running, OutputFiles& files) {
    TaskContext& task = running.context();
    if (!wanted.pairs.empty()) FAIRLEAD_OK(writePairs(files.add(wanted.pairs), outcome, task));
    if (!wanted.clusters.empty()) FAIRLEAD_OK(writeClusters(files.add(wanted.clusters), outcome, task));
    if (!wanted.model.empty()) files.add(wanted.model).write(outcome.modelText);
    if (outcome.forSplink) writeTables(wanted.splinkTables, *outcome.forSplink, files);
    if (wanted.report.empty()) return {};
    json::object document = linkedJson(outcome, running.seconds());
    if (outcome.evaluation) addEvaluation(document, outcome);
    files.add(wanted.report).write(json::serialize(document) + "\n");
    return {};
}

}  // namespace fairlead::cli
