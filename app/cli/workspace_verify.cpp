// workspace verify: pages, audit log, and whether the rows are those that the log knows.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/workspace_info.h"
#include "core/workspace/freshness.h"

namespace fairlead::cli {

namespace {

struct VerifyOptions {
    SessionOptions session;
    bool deep = false;
    bool json = false;
};

void print(const workspace::Freshness& found) {
    if (found.batchEntry == 0) {
        fmt::print("Nothing was loaded since row digests are kept: there is nothing to compare the rows with.\n");
    } else if (found.isFresh) {
        fmt::print("Every row of loads, links and registers is as entries {} and {} of the audit log say.\n",
                   found.batchEntry, found.registerEntry);
    }
    if (found.differing.empty()) return;
    fmt::print("NOT as the audit log says (entries {} and {}): {}.\n", found.batchEntry, found.registerEntry,
               fmt::join(found.differing, ", "));
    fmt::print("An older page or file was put back, or somebody with the key changed rows outside this program.\n");
    if (found.wasInterrupted) fmt::print("An act was broken off after that: what it left may be the reason.\n");
}

int verify(const VerifyOptions& options) {
    // Opening checks every entry of the log, with its key.
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not intact, or not opened", session.error());
    for (auto* database : {&(*session)->core(), &(*session)->identity()}) {
        if (const auto sound = database->check(); !sound) return explainFailure("Not intact", sound.error());
    }
    const std::uint64_t entries = (*session)->audit().head().size;
    if (!options.json) fmt::print("Both databases and the audit log of {} entries are intact.\n", entries);
    workspace::Freshness found;
    if (options.deep) {
        RunningTask task("Comparing");
        auto compared = workspace::checkFreshness(**session, task.context());
        if (!compared) return explainFailure("Not compared", compared.error());
        found = std::move(*compared);
        if (!options.json) print(found);
    }
    if (options.json)
        printJson(boost::json::object{{"entries", entries},
                                      {"deep", options.deep},
                                      {"fresh", found.isFresh},
                                      {"batch_entry", found.batchEntry},
                                      {"register_entry", found.registerEntry},
                                      {"differing", boost::json::array(found.differing.begin(), found.differing.end())},
                                      {"interrupted", found.wasInterrupted}});
    return found.differing.empty() ? kDone : kRefused;
}

}  // namespace

void addVerifyCommand(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("verify", "Checks pages, structure and the audit log");
    const auto options = std::make_shared<VerifyOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--deep", options->deep, "Compares every row with the digests in the audit log too");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(verify(*options)); });
}

}  // namespace fairlead::cli
