#include "app/cli/link_csv_output.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "core/base/csv.h"
#include "core/base/file.h"

namespace fairlead::cli {
namespace {

namespace json = boost::json;

json::object shareJson(const link::Share& share) {
    return {{"value", share.value}, {"low", share.low}, {"high", share.high}};
}

json::object metricsJson(const link::PairMetrics& metrics) {
    return {{"true_positives", metrics.truePositives},
            {"false_positives", metrics.falsePositives},
            {"false_negatives", metrics.falseNegatives},
            {"precision", metrics.precision().value},
            {"recall", metrics.recall().value},
            {"f1", metrics.f1().value},
            {"intervals", json::object{{"precision", shareJson(metrics.precision())},
                                       {"recall", shareJson(metrics.recall())},
                                       {"f1", shareJson(metrics.f1())}}}};
}

void printMetrics(std::string_view title, const link::PairMetrics& metrics) {
    const link::Share precision = metrics.precision(), recall = metrics.recall(), f1 = metrics.f1();
    fmt::print("{:<22} precision {:.4f} ({:.4f}-{:.4f})  recall {:.4f} ({:.4f}-{:.4f})  F1 {:.4f} ({:.4f}-{:.4f})\n",
               title, precision.value, precision.low, precision.high, recall.value, recall.low, recall.high, f1.value,
               f1.low, f1.high);
}

std::uint64_t peakBytes() {
    rusage usage{};
    return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<std::uint64_t>(usage.ru_maxrss) * 1024U : 0U;
}

json::array parametersJson(const link::Model& model) {
    json::array out;
    for (const link::Comparison& comparison : model.comparisons) {
        for (const link::Level& level : comparison.levels) {
            out.push_back(json::object{{"comparison", comparison.column},
                                       {"level", level.id},
                                       {"m", level.m},
                                       {"u", level.u},
                                       {"relative", level.relative},
                                       {"m_source", std::string(link::name(level.mSource))},
                                       {"u_source", std::string(link::name(level.uSource))}});
        }
    }
    return out;
}

}  // namespace

void printLayout(const link::CsvLayout& layout) {
    fmt::print("Columns: id = {}", layout.idColumn.empty() ? "(line number)" : layout.idColumn);
    for (const link::CsvColumn& column : layout.columns) fmt::print(", {} = {}", name(column.role), column.column);
    fmt::print("\n");
}

void printResult(const link::LinkResult& result, const std::optional<link::Evaluation>& evaluation) {
    const link::LinkReport& report = result.report;
    std::uint64_t accepted = 0, review = 0;
    for (const link::ScoredLink& found : result.links) {
        accepted += found.state == link::LinkState::Accepted ? 1U : 0U;
        review += found.state == link::LinkState::Review ? 1U : 0U;
    }
    fmt::print("{} records, {} pairs compared, {} links accepted, {} for review, {} held back, {} persons\n",
               report.records, report.pairsCompared, accepted, review, result.links.size() - accepted - review,
               report.clusters);
    for (const link::RuleReport& rule : report.rules)
        fmt::print("  {:<55} {:>12} pairs{}\n", rule.name, rule.pairs,
                   rule.leftOut ? " (left out: too wide for this file)" : "");
    if (report.estimated)
        fmt::print("Parameters estimated from the data; {}.\n", report.converged ? "converged" : "NOT CONVERGED");
    for (const std::string& note : report.notes) fmt::print("  note: {}\n", note);
    for (const auto& stage : report.stages) fmt::print("  {:<20} {:8.3f} s\n", stage.name, stage.seconds);
    if (!evaluation) return;
    fmt::print("Against the truth ({} true pairs), accepting from {:.2f} bits:\n", evaluation->truePairs,
               result.model.acceptBits);
    printMetrics("  pairs at accept", evaluation->atAccept);
    printMetrics(fmt::format("  pairs best ({:.2f})", evaluation->bestThresholdBits), evaluation->best);
    printMetrics("  persons, pairwise", evaluation->clusters);
    fmt::print("  persons, B-cubed       precision {:.4f}  recall {:.4f}  F1 {:.4f}\n", evaluation->bcubed.precision,
               evaluation->bcubed.recall, evaluation->bcubed.f1);
    fmt::print("  of {} links with probability >= 0.99, {:.4f} are true\n", evaluation->linksAtHighProbability,
               evaluation->truthAtHighProbability);
}

Status writePairs(const std::filesystem::path& path, const link::CsvInput& csv, const link::LinkResult& result) {
    if (path.empty()) return {};
    std::vector<std::string> cells = {"id_l",        "id_r", "file_l", "file_r",   "bits",
                                      "probability", "kind", "state",  "twin_flag"};
    for (const link::Comparison& comparison : result.model.comparisons) cells.push_back(comparison.column + "_level");
    std::string out = csvLine(cells);
    for (const link::ScoredLink& found : result.links) {
        // Records of a CSV input are numbered by position.
        const auto a = static_cast<std::size_t>(found.a.value), b = static_cast<std::size_t>(found.b.value);
        cells = {csv.ids[a],
                 csv.ids[b],
                 csv.input.datasets[csv.input.records[a].dataset].name,
                 csv.input.datasets[csv.input.records[b].dataset].name,
                 fmt::format("{:.6f}", found.bits),
                 fmt::format("{:.9f}", found.probability),
                 std::string(link::name(found.kind)),
                 std::string(link::name(found.state)),
                 found.twinFlag ? "1" : "0"};
        for (std::size_t c = 0; c < result.model.comparisons.size(); ++c) {
            const int level = link::patternLevel(found.pattern, c);
            cells.push_back(level < 0 ? std::string("missing")
                                      : result.model.comparisons[c].levels[static_cast<std::size_t>(level)].id);
        }
        out += csvLine(cells);
    }
    return writeFileAtomically(path, out);
}

Status writeClusters(const std::filesystem::path& path, const link::CsvInput& csv, const link::LinkResult& result) {
    if (path.empty()) return {};
    const std::vector<std::string> header = {"person", "file", "id"};
    std::string out = csvLine(header);
    for (std::size_t i = 0; i < csv.ids.size(); ++i) {
        const std::vector<std::string> cells = {fmt::format("{}", result.clusters[i]),
                                                csv.input.datasets[csv.input.records[i].dataset].name, csv.ids[i]};
        out += csvLine(cells);
    }
    return writeFileAtomically(path, out);
}

Status writeReport(const std::filesystem::path& path, const link::LinkResult& result,
                   const std::optional<link::Evaluation>& evaluation, double totalSeconds) {
    if (path.empty()) return {};
    json::object seconds{{"total", totalSeconds}};
    for (const auto& stage : result.report.stages) seconds[stage.name] = stage.seconds;
    json::array rules, notes, quality;
    for (const link::RuleReport& rule : result.report.rules) {
        rules.push_back(json::object{{"rule", rule.name},
                                     {"pairs", rule.pairs},
                                     {"blocks_split", rule.blocksSplit},
                                     {"records_skipped", rule.recordsSkipped},
                                     {"left_out", rule.leftOut}});
    }
    for (const std::string& note : result.report.notes) notes.emplace_back(note);
    for (const link::QualityCount& count : result.report.quality) {
        quality.push_back(json::object{{"column", count.column}, {"what", count.what}, {"count", count.count}});
    }
    json::object document{{"records", result.report.records},
                          {"pairs_compared", result.report.pairsCompared},
                          {"persons", result.report.clusters},
                          {"seconds", seconds},
                          {"peak_rss_bytes", peakBytes()},
                          {"estimated", result.report.estimated},
                          {"converged", result.report.converged},
                          {"accept_bits", result.model.acceptBits},
                          {"review_bits", result.model.reviewBits},
                          {"prior", result.model.priorTwoRandomRecordsMatch},
                          {"rules", rules},
                          {"notes", notes},
                          {"quality", quality},
                          {"parameters", parametersJson(result.model)}};
    if (evaluation) {
        json::object best = metricsJson(evaluation->best);
        best["threshold_bits"] = evaluation->bestThresholdBits;
        document["pairwise"] = json::object{{"true_pairs", evaluation->truePairs},
                                            {"at_accept", metricsJson(evaluation->atAccept)},
                                            {"best", best},
                                            {"true_share_at_probability_0.99", evaluation->truthAtHighProbability}};
        const link::BCubed& bcubed = evaluation->bcubed;
        document["clusters"] = json::object{
            {"pairwise", metricsJson(evaluation->clusters)},
            {"bcubed", json::object{{"precision", bcubed.precision}, {"recall", bcubed.recall}, {"f1", bcubed.f1}}}};
    }
    return writeFileAtomically(path, json::serialize(document) + "\n");
}

}  // namespace fairlead::cli
