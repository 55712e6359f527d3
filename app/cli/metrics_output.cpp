#include "app/cli/metrics_output.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace fairlead::cli {

namespace {

namespace json = boost::json;

void add(json::object& object, std::string_view key, const link::Share& share) {
    object[key] = share.value;
    object[std::string(key) + "_interval"] = json::array{share.low, share.high};
}

std::string valueOf(const link::Share& share) {
    return fmt::format("{:.4f} ({:.4f}-{:.4f})", share.value, share.low, share.high);
}

}  // namespace

json::object metricsJson(const link::PairMetrics& metrics) {
    json::object object{{"true_positives", metrics.truePositives},
                        {"false_positives", metrics.falsePositives},
                        {"false_negatives", metrics.falseNegatives}};
    add(object, "precision", metrics.precision());
    add(object, "recall", metrics.recall());
    add(object, "f1", metrics.f1());
    return object;
}

json::object bcubedJson(const link::BCubed& bcubed) {
    return {{"precision", bcubed.precision}, {"recall", bcubed.recall}, {"f1", bcubed.f1}};
}

void printMetrics(std::string_view title, const link::PairMetrics& metrics) {
    fmt::print("  {:<22} precision {}  recall {}  F1 {}\n", title, valueOf(metrics.precision()),
               valueOf(metrics.recall()), valueOf(metrics.f1()));
}

void printBCubed(std::string_view title, const link::BCubed& bcubed) {
    fmt::print("  {:<22} precision {:.4f}  recall {:.4f}  F1 {:.4f}\n", title, bcubed.precision, bcubed.recall,
               bcubed.f1);
}

json::array groupsJson(const std::vector<NamedGroup>& groups, bool atAccept) {
    json::array list;
    for (const NamedGroup& group : groups) {
        const link::GroupMetrics& figures = group.figures;
        json::object entry{{"value", group.value},
                           {"records", figures.records},
                           {"true_pairs", figures.truePairs},
                           {"small", figures.isSmall()},
                           {"clusters", json::object{{"pairwise", metricsJson(figures.clusters.pairs)},
                                                     {"bcubed", bcubedJson(figures.clusters.bcubed)}}}};
        if (atAccept) entry["pairwise"] = json::object{{"at_accept", metricsJson(figures.atAccept)}};
        list.push_back(std::move(entry));
    }
    return list;
}

void printGroups(std::string_view column, const std::vector<NamedGroup>& groups) {
    if (groups.empty()) return;
    std::vector<NamedGroup> largest = groups;
    std::ranges::sort(largest, [](const NamedGroup& x, const NamedGroup& y) {
        return x.figures.records != y.figures.records ? x.figures.records > y.figures.records : x.value < y.value;
    });
    constexpr std::size_t kShown = 40;
    const std::size_t left = largest.size() - std::min(largest.size(), kShown);
    largest.resize(largest.size() - left);
    fmt::print("Persons by {}, pairwise; a pair counts for the groups of both of its records:\n", column);
    fmt::print("  {:<24} {:>9} {:>10}  {:<22}  {:<22}  {:<22}  {}\n", column, "records", "true pairs", "precision",
               "recall", "F1", "B-cubed F1");
    for (const NamedGroup& group : largest) {
        const link::GroupMetrics& figures = group.figures;
        const link::PairMetrics& pairs = figures.clusters.pairs;
        fmt::print("  {:<24} {:>9} {:>10}  {}  {}  {}  {:.4f}{}\n",
                   group.value.empty() ? std::string("(none)") : group.value, figures.records, figures.truePairs,
                   valueOf(pairs.precision()), valueOf(pairs.recall()), valueOf(pairs.f1()), figures.clusters.bcubed.f1,
                   figures.isSmall() ? "  small group: read the intervals" : "");
    }
    if (left > 0) fmt::print("  and {} smaller groups\n", left);
}

}  // namespace fairlead::cli
