// register show, approve, retiring, retire: the definitions of a workspace and what became of them.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/workspace/definition_register.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using indicator::DefinitionStatus;

struct RegisterOptions {
    SessionOptions session;
    std::string id;
    int version = 0;
    std::string reason;
    bool json = false;
};

json::array textsOf(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object jsonOf(const workspace::RegisterEntry& entry) {
    return {{"id", entry.definition.id},
            {"version", entry.definition.version},
            {"status", indicator::name(entry.definition.status)},
            {"note", entry.definition.statusNote},
            {"from_load", entry.from.value},
            {"newest", entry.isNewest},
            {"used_in", textsOf(entry.usedIn)},
            {"gaps", textsOf(entry.gaps)},
            {"weak", textsOf(entry.weak)},
            {"review_due", entry.isReviewDue}};
}

json::object jsonOf(const workspace::DefinitionChange& change) {
    return {{"id", change.definition.id},
            {"version", change.definition.version},
            {"status", indicator::name(change.status)},
            {"principal", change.principal},
            {"at_ms", change.atMs},
            {"note", change.note},
            {"from_load", change.from.value},
            {"roles_separated", change.separated}};
}

void print(const workspace::DefinitionRegister& all) {
    for (const workspace::RegisterEntry& entry : all.entries) {
        fmt::print("{:<24} v{:<3} {:<9} from load {:<4} {}{}\n", entry.definition.id, entry.definition.version,
                   indicator::name(entry.definition.status), entry.from.value,
                   entry.isNewest ? fmt::format("{}", fmt::join(entry.usedIn, ", ")) : "replaced",
                   entry.isReviewDue ? "; review is due" : "");
        for (const std::string& gap : entry.gaps) fmt::print("  - {}\n", gap);
        for (const std::string& weak : entry.weak) fmt::print("  ! {}\n", weak);
    }
    for (const workspace::DefinitionChange& change : all.changes)
        fmt::print("{} v{} {} from load {} by {}{}: {}\n", change.definition.id, change.definition.version,
                   indicator::name(change.status), change.from.value, change.principal,
                   change.separated ? "" : " (roles not separated)", change.note);
    if (!all.rolesSeparated) fmt::print("Roles are not separated: one person holds all of them.\n");
}

int runShow(const RegisterOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto all = workspace::definitionRegister(**session);
    if (!all) return explainFailure("Not shown", all.error());
    if (!options.json) {
        print(*all);
        return kDone;
    }
    json::array entries;
    json::array changes;
    for (const workspace::RegisterEntry& entry : all->entries) entries.push_back(jsonOf(entry));
    for (const workspace::DefinitionChange& change : all->changes) changes.push_back(jsonOf(change));
    printJson({{"definitions", std::move(entries)},
               {"changes", std::move(changes)},
               {"roles_separated", all->rolesSeparated}});
    return kDone;
}

int runChange(const RegisterOptions& options, DefinitionStatus status) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto done = workspace::changeStatus(**session, {{options.id, options.version}, status, options.reason});
    if (!done) return explainFailure("Not changed", done.error());
    fmt::print("{} version {} is {} from the next load on.{}\n", options.id, options.version, indicator::name(status),
               (*session)->rolesSeparated() ? "" : " Roles are not separated.");
    return kDone;
}

void addChange(CLI::App& parent, const char* name, const char* title, DefinitionStatus status) {
    CLI::App* command = parent.add_subcommand(name, title);
    const auto options = std::make_shared<RegisterOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--indicator", options->id, "Id of the definition")->required();
    command->add_option("--version", options->version, "Its version")->required();
    command->add_option("--reason", options->reason, "Why, for the change log")->required();
    command->callback([options, status] { finish(runChange(*options, status)); });
}

}  // namespace

void addRegisterCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("register", "The definitions of a workspace and what became of them");
    command->require_subcommand(1);
    CLI::App* show = command->add_subcommand("show", "Every version, its status, what uses it, and the change log");
    const auto options = std::make_shared<RegisterOptions>();
    addSessionOptions(*show, options->session);
    show->add_flag("--json", options->json, "As JSON");
    show->callback([options] { finish(runShow(*options)); });
    addChange(*command, "approve", "Approves a draft", DefinitionStatus::Approved);
    addChange(*command, "retiring", "Says that an approved definition will be retired", DefinitionStatus::Retiring);
    addChange(*command, "retire", "Retires a definition; it stays in the register", DefinitionStatus::Retired);
}

}  // namespace fairlead::cli
