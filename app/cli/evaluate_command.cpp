#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/left_out_output.h"
#include "app/cli/metrics_output.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/workspace/evaluate.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

std::vector<NamedGroup> groupsOf(const workspace::Evaluation& evaluation) {
    std::vector<NamedGroup> groups;
    for (const workspace::GroupAgreement& group : evaluation.groups) groups.push_back({group.value, group.figures});
    return groups;
}

json::object jsonOf(const workspace::Evaluation& evaluation) {
    json::array spells;
    for (const workspace::SpellAgreement& line : evaluation.spells)
        spells.push_back({{"indicator", line.indicator},
                          {"expected", line.expected},
                          {"found", line.found},
                          {"missed", line.missed},
                          {"extra", line.extra},
                          {"shifted", line.shifted}});
    const link::PairMetrics& pairs = evaluation.linkage.all.pairs;
    return {{"linkage",
             {{"records", evaluation.records},
              {"true_pairs", evaluation.linkage.truePairs},
              {"found_pairs", pairs.truePositives},
              {"claimed_pairs", pairs.truePositives + pairs.falsePositives},
              {"pairwise", metricsJson(pairs)},
              {"bcubed", bcubedJson(evaluation.linkage.all.bcubed)},
              {"by", groupsJson(groupsOf(evaluation), false)}}},
            {"truth_only", evaluation.truthOnly},
            {"workspace_only", evaluation.workspaceOnly},
            {"families",
             {{"as_at", evaluation.families.on.iso()},
              {"pairs", metricsJson(evaluation.families.pairs)},
              {"true_pairs", evaluation.families.truePairs},
              {"found_pairs", evaluation.families.foundPairs},
              {"claimed_pairs", evaluation.families.claimedPairs},
              {"largest", evaluation.families.largest},
              {"connected_pairs", evaluation.families.connectedPairs},
              {"found_connected", evaluation.families.foundConnected},
              {"recall_ceiling", evaluation.families.ceiling()},
              {"left_out", leftOutJson(evaluation.families.report)}}},
            {"spells", std::move(spells)}};
}

void print(const workspace::Evaluation& evaluation, const std::string& by) {
    fmt::print("linkage of {} records, {} true pairs\n", evaluation.records, evaluation.linkage.truePairs);
    printMetrics("persons, pairwise", evaluation.linkage.all.pairs);
    printBCubed("persons, B-cubed", evaluation.linkage.all.bcubed);
    printGroups(by, groupsOf(evaluation));
    if (evaluation.truthOnly + evaluation.workspaceOnly > 0)
        fmt::print("{} records only in the truth, {} only in the workspace\n", evaluation.truthOnly,
                   evaluation.workspaceOnly);
    const workspace::FamilyAgreement& families = evaluation.families;
    if (families.truePairs > 0) {
        printMetrics("families", families.pairs);
        fmt::print("  of the {} true pairs that delivered rows connect, found: {} ({:.4f})\n", families.connectedPairs,
                   families.foundConnected,
                   static_cast<double>(families.foundConnected) /
                       static_cast<double>(std::max<std::int64_t>(1, families.connectedPairs)));
        fmt::print("  no rule can find more than {:.4f} of all true pairs: nobody wrote down the others\n",
                   families.ceiling());
        fmt::print("as at {}; the largest family has {} members beside the person; {}\n", families.on.uk(),
                   families.largest, leftOutWords(families.report));
    }
    fmt::print("{:<28} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "spells", "expected", "found", "missed", "extra", "shifted");
    for (const workspace::SpellAgreement& line : evaluation.spells)
        fmt::print("{:<28} {:>8} {:>8} {:>8} {:>8} {:>8}\n", line.indicator, line.expected, line.found, line.missed,
                   line.extra, line.shifted);
}

struct EvaluateOptions {
    SessionOptions session;
    std::filesystem::path truth;
    bool trueLinks = false;
    std::string by;
    bool json = false;
};

int run(const EvaluateOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Evaluation");
    const workspace::EvaluationRequest request{options.trueLinks ? workspace::Links::True : workspace::Links::Ours,
                                               options.by};
    const auto evaluation = workspace::evaluate(**session, options.truth, request, task.context());
    if (!evaluation) return explainFailure("Not evaluated", evaluation.error());
    if (options.json)
        printJson(jsonOf(*evaluation));
    else
        print(*evaluation, options.by);
    return kDone;
}

}  // namespace

void addEvaluateCommand(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("evaluate", "Compares persons and spells with the truth of a synthetic city");
    const auto options = std::make_shared<EvaluateOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("TRUTH_DIR", options->truth, "Folder with persons.csv and expected_spells.csv")->required();
    command->add_flag("--true-links", options->trueLinks,
                      "Join the records as the truth does: what differs then is not the fault of linkage");
    command->add_option("--by", options->by, "Column of persons.csv to give linkage figures by: community, agency ...");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
