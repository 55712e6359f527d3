#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/second_person.h"
#include "app/cli/session.h"
#include "core/workspace/users.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct AccessOptions {
    SessionOptions session;
    std::string user;
    std::vector<std::string> roles;
    std::filesystem::path newPassphraseFile;
    SecondOptions second;
    bool json = false;
};

std::vector<std::string_view> namesOf(const access::Roles& roles) {
    std::vector<std::string_view> names;
    for (const access::Role role : roles) names.push_back(access::name(role));
    return names;
}

/// "all" or names of roles.
Result<access::Roles> rolesOf(const std::vector<std::string>& names) {
    access::Roles roles;
    for (const std::string& text : names) {
        if (text == "all") return access::allRoles();
        const auto role = access::roleNamed(text);
        if (!role) return fail(ErrorCode::InvalidArgument, text, "not a role: see `access table`");
        roles.insert(*role);
    }
    return roles;
}

int list(const AccessOptions& options) {
    const auto face = workspace::users(options.session.folder);
    if (!face) return explainFailure("Not read", face.error());
    if (options.json) {
        json::array users;
        for (const access::Principal& user : face->principals) {
            json::array roles;
            for (const std::string_view role : namesOf(user.roles)) roles.emplace_back(role);
            users.push_back(json::object{
                {"id", user.id}, {"name", user.name}, {"active", user.active}, {"roles", std::move(roles)}});
        }
        fmt::print("{}\n", json::serialize(json::object{{"roles_separated", face->rolesSeparated},
                                                        {"generation", face->generation},
                                                        {"users", std::move(users)}}));
        return kDone;
    }
    for (const access::Principal& user : face->principals)
        fmt::print("{:<30} {}\n", user.name,
                   user.active ? fmt::format("{}", fmt::join(namesOf(user.roles), ", ")) : "has left");
    fmt::print("{}\n", face->rolesSeparated
                           ? "Roles are separated."
                           : "Roles are not separated: somebody holds roles that keep each other in check.");
    return kDone;
}

int table() {
    fmt::print("{:<24}", "");
    for (const access::Role role : access::kRoles) fmt::print("{:>20}", access::name(role));
    fmt::print("\n");
    for (const access::Action action : access::kActions) {
        fmt::print("{:<24}", access::name(action));
        for (const access::Role role : access::kRoles)
            fmt::print("{:>20}", access::allows({role}, action) ? "yes" : "-");
        fmt::print("\n");
    }
    for (const access::FileKey key : access::kFileKeys) {
        fmt::print("{:<24}", fmt::format("key {}", access::name(key)));
        for (const access::Role role : access::kRoles) fmt::print("{:>20}", access::holds({role}, key) ? "yes" : "-");
        fmt::print("\n");
    }
    return kDone;
}

using Change = Status (*)(workspace::Workspace&, const workspace::SecondPerson&, const AccessOptions&);

Status add(workspace::Workspace& workspace, const workspace::SecondPerson& second, const AccessOptions& options) {
    FAIRLEAD_TRY(const access::Roles roles, rolesOf(options.roles));
    FAIRLEAD_TRY(const auto passphrase,
                 readPassphrase(options.newPassphraseFile, fmt::format("Passphrase of {}", options.user), true));
    return workspace::addUser(workspace, second,
                              {.name = options.user, .roles = roles, .passphrase = passphrase, .cost = std::nullopt});
}

Status changeRoles(workspace::Workspace& workspace, const workspace::SecondPerson& second,
                   const AccessOptions& options) {
    FAIRLEAD_TRY(const access::Roles roles, rolesOf(options.roles));
    return workspace::changeRoles(workspace, second, options.user, roles);
}

Status retire(workspace::Workspace& workspace, const workspace::SecondPerson&, const AccessOptions& options) {
    return workspace::retireUser(workspace, options.user);
}

int change(const AccessOptions& options, Change apply) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto second = readSecond(options.second);
    if (!second) return explainFailure("Not changed", second.error());
    if (const auto changed = apply(**session, (*second)->person, options); !changed)
        return explainFailure("Not changed", changed.error());
    AccessOptions shown;
    shown.session.folder = options.session.folder;
    return list(shown);
}

std::shared_ptr<AccessOptions> addChange(CLI::App& parent, const char* name, const char* words, Change apply) {
    CLI::App* command = parent.add_subcommand(name, words);
    auto options = std::make_shared<AccessOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--of", options->user, "Whom it is about, by name")->required();
    if (apply != &retire) {
        command->add_option("--roles", options->roles, "Roles, with commas between; or all")
            ->delimiter(',')
            ->required();
        addSecondOptions(*command, options->second);
    }
    if (apply == &add)
        command->add_option("--new-passphrase-file", options->newPassphraseFile,
                            "File with the new user's passphrase in its first line; else asked for");
    command->callback([options, apply] { finish(change(*options, apply)); });
    return options;
}

}  // namespace

void addAccessCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("access", "Who may open a workspace, and what each may do");
    parent->require_subcommand(1);
    CLI::App* command = parent->add_subcommand("list", "Users and their roles; needs no passphrase");
    const auto options = std::make_shared<AccessOptions>();
    command->add_option("WORKSPACE", options->session.folder, "Folder of the workspace (NAME.fairlead)")->required();
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(list(*options)); });
    parent->add_subcommand("table", "Which role may do what, and holds which key")->callback([] { finish(table()); });
    addChange(*parent, "add", "Adds a user", &add);
    addChange(*parent, "roles", "Gives a user other roles", &changeRoles);
    addReleaseCommands(*parent);
    addReaderCommands(*parent);
    addDecisionCommands(*parent);
    addRecoveryCommands(*parent);
    addRotateCommand(*parent);
    addChange(*parent, "retire", "Takes every key from a user who leaves", &retire);
}

}  // namespace fairlead::cli
