#include <memory>

#include <CLI/CLI.hpp>

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
    return {};
}

Result<LinkOutcome> linkWithOwnModel(const CsvJobOptions& options, const RunningTask& running, TaskContext& task) {
    FAIRLEAD_TRY(CsvJob job, readCsvJob(options, task));
    printLayout(job);
    const double readSeconds = running.seconds();
    FAIRLEAD_TRY(link::LinkResult result, link::link(std::move(job.input), job.model, {}, job.link, task));
    result.report.notes.insert(result.report.notes.begin(), job.notes.begin(), job.notes.end());
    result.report.stages.insert(result.report.stages.begin(), {"read", readSeconds});
    return outcomeOf(std::move(job), std::move(result));
}

Result<LinkOutcome> linkFiles(const CsvJobOptions& options, const RunningTask& running, TaskContext& task) {
    if (options.modelFile.empty()) return linkWithOwnModel(options, running, task);
    FAIRLEAD_TRY(const std::string text, readFile(options.modelFile));
    return isSplinkModel(text) ? linkWithSplinkModel(options, text, running, task)
                               : linkWithOwnModel(options, running, task);
}

Status run(const LinkOptions& options) {
    FAIRLEAD_OK(checkFolders(options.files));
    RunningTask running("link");
    TaskContext& task = running.context();
    FAIRLEAD_TRY(LinkOutcome outcome, linkFiles(options.job, running, task));
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
    command->add_option("--save-model", options->files.model, "Write the model as it was used");
    command->add_option("--report", options->files.report, "Write what was done and how good it is, as JSON");
    command->callback([options] {
        const Status status = run(*options);
        finish(status ? kDone : explainCsvFailure("link", status.error()));
    });
}

}  // namespace fairlead::cli
