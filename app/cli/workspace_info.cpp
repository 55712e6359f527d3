#include "app/cli/workspace_info.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/workspace/summary.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

json::object jsonOf(const workspace::Summary& summary) {
    json::array datasets;
    for (const workspace::DatasetEntry& entry : summary.datasets) {
        json::array gateways;
        for (const std::string& gateway : entry.gateways) gateways.emplace_back(gateway);
        datasets.push_back({{"agency", entry.agency},
                            {"dataset", entry.dataset},
                            {"deliveries", entry.deliveries},
                            {"data_as_at", entry.latestDataAsAt.iso()},
                            {"period_from", entry.periodFrom.iso()},
                            {"period_until", entry.periodUntil.iso()},
                            {"rows", entry.rows},
                            {"authenticated", entry.authenticated},
                            {"retain_until", entry.retainUntil.iso()},
                            {"gateways", std::move(gateways)}});
    }
    return {{"name", summary.name},
            {"load", summary.latest.value},
            {"as_at", summary.defaultAsAt ? json::value(summary.defaultAsAt->iso()) : json::value()},
            {"source_persons", summary.sourcePersons},
            {"persons", summary.persons},
            {"linked_share", summary.linkedShare},
            {"link_is_current", summary.linkIsCurrent},
            {"links_accepted", summary.run ? summary.run->linksAccepted : 0},
            {"links_for_review", summary.run ? summary.run->linksForReview : 0},
            {"definitions", summary.definitions},
            {"roles_separated", summary.rolesSeparated},
            {"datasets", std::move(datasets)}};
}

void print(const workspace::Summary& summary) {
    fmt::print("{}\n", summary.name);
    if (summary.datasets.empty()) fmt::print("nothing is loaded\n");
    for (const workspace::DatasetEntry& entry : summary.datasets)
        fmt::print("  {} {}: {} deliveries, data as at {}, {} rows, to be kept until {}{}\n    gateways: {}\n",
                   entry.agency, entry.dataset, entry.deliveries, entry.latestDataAsAt.uk(), entry.rows,
                   entry.retainUntil.uk(), entry.authenticated ? "" : ", not authenticated",
                   fmt::join(entry.gateways, ", "));
    if (summary.defaultAsAt)
        fmt::print("default date {}: the last day for which every dataset speaks\n", summary.defaultAsAt->uk());
    fmt::print("load {}; {} records, {} persons, {:.1f} % of the records share a person with another\n",
               summary.latest.value, summary.sourcePersons, summary.persons, summary.linkedShare * 100.0);
    if (summary.run)
        fmt::print("linkage run {}: {} links accepted, {} wait for a reader{}\n", summary.run->run,
                   summary.run->linksAccepted, summary.run->linksForReview,
                   summary.linkIsCurrent ? "" : "; deliveries came in since: link again");
    else
        fmt::print("not linked yet\n");
    fmt::print("{}\n{}\n", summary.definitionsNote, summary.rolesSeparated ? "roles separated" : "roles not separated");
}

int info(const SessionOptions& options, bool asJson) {
    auto session = openSession(options);
    if (!session) return explainFailure("Not opened", session.error());
    const auto summary = workspace::summary(**session);
    if (!summary) return explainFailure("Not shown", summary.error());
    if (asJson)
        printJson(jsonOf(*summary));
    else
        print(*summary);
    return kDone;
}

}  // namespace

void addInfoCommand(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("info", "What a workspace holds");
    const auto options = std::make_shared<std::pair<SessionOptions, bool>>();
    addSessionOptions(*command, options->first);
    command->add_flag("--json", options->second, "As JSON");
    command->callback([options] { finish(info(options->first, options->second)); });
}

}  // namespace fairlead::cli
