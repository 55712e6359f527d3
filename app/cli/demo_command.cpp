#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "core/demo/city.h"

namespace fairlead::cli {

namespace {

struct DemoCommandOptions {
    demo::DemoOptions city;
    std::filesystem::path resources;
};

int create(DemoCommandOptions options) {
    const auto resources = findResources(options.resources);
    if (!resources) return explainFailure("Not made", resources.error());
    options.city.namesFolder = *resources / "names";
    RunningTask task("Inventing a city");
    const auto city = demo::createCity(options.city, task.context());
    if (!city) return explainFailure("Not made", city.error());
    fmt::print("{}: an invented city of {} pupils and {} persons, seed {}; it ends on {}\n",
               options.city.folder.string(), city->pupils, city->persons, city->seed, city->asAt.iso());
    for (const demo::DemoSchool& school : city->schools)
        fmt::print("  {}  {:>5} pupils  {}\n", school.urn, school.pupils, school.name);
    std::int64_t rows = 0;
    for (const demo::DemoExtract& extract : city->extracts) rows += extract.rows;
    fmt::print("{} extracts with {} rows, in {:.1f} s\n", city->extracts.size(), rows, task.seconds());
    return kDone;
}

}  // namespace

void addDemoCommand(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("demo", "An invented city to try everything on");
    parent->require_subcommand(1);
    CLI::App* command = parent->add_subcommand("create", "Makes the city's extracts, keys and truth");
    const auto options = std::make_shared<DemoCommandOptions>();
    command->add_option("DIR", options->city.folder, "New or empty folder")->required();
    command->add_option("--pupils", options->city.pupils, "Pupils on roll on the last day")->capture_default_str();
    command->add_option("--seed", options->city.seed, "Another seed is another city")->capture_default_str();
    command->add_option("--resources", options->resources, "Folder with names");
    command->callback([options] { finish(create(*options)); });
}

}  // namespace fairlead::cli
