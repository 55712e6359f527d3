#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/link_csv.h"
#include "app/cli/link_csv_output.h"
#include "app/cli/link_splink.h"
#include "app/cli/output.h"
#include "app/cli/output_files.h"
#include "app/cli/running_task.h"
#include "core/base/file.h"

namespace fairlead::cli {

namespace {

struct LinkOptions {
    CsvJobOptions job;
    LinkFiles files;
};

// Better said before the work than after it.
Status checkFolders(const LinkFiles& files) {
    for (const auto& path : {files.pairs, files.clusters, files.model, files.report}) {
        if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path()))
            return fail(ErrorCode::NotFound, path.parent_path().string());
    }
    if (!files.splinkTables.empty() && !std::filesystem::is_directory(files.splinkTables))
        return fail(ErrorCode::NotFound, files.splinkTables.string());
    return {};
}

// The model as Splink reads it; in our own form where a level has none there.
Status exportFor(const LinkFiles& files, const link::EncodedInput& input, LinkOutcome& outcome) {
    const link::Model& model = outcome.result.model;
    std::vector<std::string>& notes = outcome.result.report.notes;
    Result<splink::Export> settings = splink::exportSettings(model, input);
    if (!settings && !files.splinkTables.empty()) return std::unexpected(settings.error());
    if (!settings) {
        notes.push_back(fmt::format("The model is saved in our own form, which Splink does not read: {}: {}.",
                                    settings.error().subject, settings.error().detail));
        return {};
    }
    outcome.modelText = splink::writeModel(settings->model);
    if (!files.splinkTables.empty()) {
        std::vector<std::string> ids;
        ids.reserve(outcome.job.ids.size());
        for (std::size_t row = 0; row < outcome.job.ids.size(); ++row) ids.emplace_back(outcome.job.ids[row]);
        FAIRLEAD_OK(splink::addTable(model, input, ids, *settings));
        outcome.forSplink = std::move(*settings);
    }
    const std::vector<std::string>& more = outcome.forSplink ? outcome.forSplink->notes : settings->notes;
    notes.insert(notes.end(), more.begin(), more.end());
    return {};
}

Result<LinkOutcome> linkWithOwnModel(const LinkOptions& given, const RunningTask& running, TaskContext& task) {
    FAIRLEAD_TRY(CsvJob job, readCsvJob(given.job, task));
    printLayout(job);
    const double readSeconds = running.seconds();
    // Linking takes the columns; what is written for Splink is made of them.
    const bool forSplink = !given.files.model.empty() || !given.files.splinkTables.empty();
    const std::optional<link::EncodedInput> kept = forSplink ? std::optional(job.input) : std::nullopt;
    FAIRLEAD_TRY(link::LinkResult result, link::link(std::move(job.input), job.model, {}, job.link, task));
    result.report.notes.insert(result.report.notes.begin(), job.notes.begin(), job.notes.end());
    result.report.stages.insert(result.report.stages.begin(), {"read", readSeconds});
    LinkOutcome outcome = outcomeOf(std::move(job), std::move(result));
    if (kept) FAIRLEAD_OK(exportFor(given.files, *kept, outcome));
    return outcome;
}

Result<LinkOutcome> linkFiles(const LinkOptions& given, const RunningTask& running, TaskContext& task) {
    if (given.job.modelFile.empty()) return linkWithOwnModel(given, running, task);
    FAIRLEAD_TRY(const std::string text, readFile(given.job.modelFile));
    FAIRLEAD_TRY(const auto ours, splink::ownModelIn(text, given.job.modelFile.filename().string()));
    if (ours) return linkWithOwnModel(given, running, task);
    if (!given.files.splinkTables.empty())
        return fail(ErrorCode::InvalidArgument, "--splink-tables",
                    "is for a model of ours: a model of Splink works on the files as they are");
    return linkWithSplinkModel(given.job, text, running, task);
}

Status run(const LinkOptions& options) {
    FAIRLEAD_OK(checkFolders(options.files));
    RunningTask running("link");
    TaskContext& task = running.context();
    FAIRLEAD_TRY(LinkOutcome outcome, linkFiles(options, running, task));
    if (!outcome.job.truth.empty()) {
        const double before = running.seconds();
        outcome.evaluation = link::evaluate(outcome.job.truthView(), outcome.result);
        outcome.result.report.stages.push_back({"evaluate", running.seconds() - before});
    }
    printOutcome(outcome);
    OutputFiles files;
    FAIRLEAD_OK(writeLinkFiles(options.files, outcome, running, files));
    // From here on the files get their names: too late to stop.
    if (task.cancelled()) return fail(ErrorCode::Cancelled);
    return files.publish();
}

}  // namespace

void addLinkCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("link", "Links or dedupes plain CSV files; needs no workspace");
    const auto options = std::make_shared<LinkOptions>();
    addCsvJobOptions(*command, options->job);
    command->add_option("--truth", options->job.truthColumn,
                        "Column that says who is who: measured against, never compared");
    command->add_option("--truth-id-pattern", options->job.truthIdPattern,
                        "Regular expression whose first group is the person, e.g. 'rec-(\\d+)-.*'");
    command->add_option("--by", options->job.groupColumn, "Column to give the figures by, e.g. ethnicity");
    command->add_option("--pairs", options->files.pairs, "Write the links with weight, probability and levels");
    command->add_option("--clusters", options->files.clusters, "Write each row's person");
    command->add_option("--save-model", options->files.model, "Write the model as it was used; Splink 4 loads it too");
    command->add_option("--splink-tables", options->files.splinkTables,
                        "A folder for the columns and frequencies that the model works on in Splink");
    command->add_option("--report", options->files.report, "Write what was done and how good it is, as JSON");
    command->callback([options] {
        const Status status = run(*options);
        finish(status ? kDone : explainCsvFailure("link", status.error()));
    });
}

}  // namespace fairlead::cli
