#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/workspace_info.h"
#include "core/custody/upgrade.h"
#include "core/extract/reader_process.h"

namespace fairlead::cli {

namespace {

struct UpgradeOptions {
    SessionOptions session;
    std::filesystem::path to;
};

int upgrade(const UpgradeOptions& options) {
    const auto resources = findResources(options.session.resources);
    if (!resources) return explainFailure("Not upgraded", resources.error());
    const auto passphrase = readPassphrase(options.session.passphraseFile, "Passphrase", false);
    if (!passphrase) return explainFailure("Not upgraded", passphrase.error());
    const auto to = options.to.empty() ? custody::upgradedName(options.session.folder) : options.to;
    RunningTask task("Copying");
    const auto done = custody::upgrade({.folder = options.session.folder,
                                        .to = to,
                                        .credentials = {*passphrase, options.session.user},
                                        .resources = {*resources, extract::thisProgram()}},
                                       std::make_shared<SystemClock>(), task.context());
    if (!done) return explainFailure("Not upgraded", done.error());
    fmt::print("{} is the workspace now: brought forward from schema version {}, {} tables compared row by row.\n",
               to.string(), done->fromVersion, done->tables);
    fmt::print(
        "{} is as it was. What is purged from the new one stays in it, and its passphrases open it: delete it, and "
        "its backups, as soon as you rely on the new one.\n",
        options.session.folder.string());
    return kDone;
}

}  // namespace

void addUpgradeCommand(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("upgrade", "A workspace of an older format as a copy of today's");
    const auto options = std::make_shared<UpgradeOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--to", options->to, "The new workspace; else NAME-format-N.fairlead beside it");
    command->callback([options] { finish(upgrade(*options)); });
}

}  // namespace fairlead::cli
