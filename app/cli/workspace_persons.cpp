#include "app/cli/workspace_persons.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/workspace/person_changes.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct PersonsOptions {
    SessionOptions session;
    bool changes = false;
    bool json = false;
};

std::string wordsOf(const workspace::LoggedChange& change) {
    const std::string count = change.records == 1 ? std::string("1 record") : fmt::format("{} records", change.records);
    if (change.kind == "merged")
        return fmt::format("person {} took in person {} with {}", change.person.value, change.other.value, count);
    if (change.kind == "split")
        return fmt::format("person {} is new, with {} that person {} held", change.person.value, count,
                           change.other.value);
    if (change.kind == "moved")
        return fmt::format("person {} took over {} from person {}", change.person.value, count, change.other.value);
    return fmt::format("person {} has no records any more", change.person.value);
}

json::object jsonOf(const workspace::RunChanges& run, bool withChanges) {
    json::object entry{{"run", run.run},
                       {"after_load", run.afterLoad},
                       {"at", utcTime(run.atMs)},
                       {"model", run.modelSha256},
                       {"source_persons", run.sourcePersons},
                       {"persons", run.persons},
                       {"merged", run.merged},
                       {"split", run.split}};
    if (!withChanges) return entry;
    json::array changes;
    for (const workspace::LoggedChange& change : run.changes)
        changes.push_back({{"kind", change.kind},
                           {"person", change.person.value},
                           {"other", change.other.value},
                           {"records", change.records}});
    entry["changes"] = std::move(changes);
    return entry;
}

int run(const PersonsOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto runs = workspace::personChanges(**session);
    if (!runs) return explainFailure("Not shown", runs.error());
    if (options.json) {
        json::array list;
        for (const workspace::RunChanges& run : *runs) list.push_back(jsonOf(run, options.changes));
        printJson(list);
        return kDone;
    }
    if (runs->empty()) fmt::print("not linked yet\n");
    for (const workspace::RunChanges& run : *runs) {
        fmt::print("run {} after load {}, {}, model {}: {} records are {} persons; {} merged, {} split\n", run.run,
                   run.afterLoad, utcTime(run.atMs), run.modelSha256.substr(0, 12), run.sourcePersons, run.persons,
                   run.merged, run.split);
        if (!options.changes) continue;
        for (const workspace::LoggedChange& change : run.changes) fmt::print("  {}\n", wordsOf(change));
    }
    return kDone;
}

}  // namespace

void addPersonsCommand(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("persons", "Linkage runs, and what they did to persons, by key alone");
    const auto options = std::make_shared<PersonsOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--changes", options->changes, "Every person merged, split or given another's records");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
