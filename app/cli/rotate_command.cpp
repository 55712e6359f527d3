// access rotate.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/second_person.h"
#include "app/cli/session.h"
#include "core/custody/rotate.h"

namespace fairlead::cli {

namespace {

struct RotateOptions {
    SessionOptions session;
    SecondOptions second;
    std::filesystem::path to;
};

int run(const RotateOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto second = readSecond(options.second);
    if (!second) return explainFailure("Not rotated", second.error());
    RunningTask task("Rotation");
    const auto report = custody::rotate(**session, (*second)->person, options.to, task.context());
    if (!report) return explainFailure("Not rotated", report.error());
    fmt::print(
        "{} rows of {} tables are in {} under new keys, and agree with those that were read. Passphrases are the "
        "same.\n"
        "Make new recovery sheets and a new pack there. The old folder is as it was: whoever has it and an old key "
        "opens it.\n",
        report->rows, report->tables, options.to.string());
    return kDone;
}

}  // namespace

void addRotateCommand(CLI::App& access) {
    CLI::App* const command = access.add_subcommand("rotate", "Everything into a new folder under new keys");
    const auto options = std::make_shared<RotateOptions>();
    addSessionOptions(*command, options->session);
    addSecondOptions(*command, options->second);
    command->add_option("--to", options->to, "The new folder (NAME.fairlead); must not be there")->required();
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
