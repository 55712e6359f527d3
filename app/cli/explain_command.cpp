#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/explain_output.h"
#include "app/cli/link_csv.h"
#include "app/cli/link_csv_output.h"
#include "app/cli/link_splink.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/base/file.h"
#include "core/workspace/pair_story.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct ExplainOptions {
    CsvJobOptions job;  // its files are the workspace's folder when --records is given
    std::vector<std::string> ids;
    std::vector<std::string> records;
    SessionOptions session;
    std::string reason;
    bool json = false;
};

/// FILE:ID names a row of one file; ID alone must be there once.
Result<record::SourcePersonId> rowNamed(const CsvJob& job, const std::string& text) {
    std::optional<std::size_t> found;
    for (std::size_t row = 0; row < job.ids.size(); ++row) {
        const std::string& file = job.fileOf(row);
        const bool full = text.size() == file.size() + 1 + job.ids[row].size() && text.starts_with(file) &&
                          text[file.size()] == ':' && text.ends_with(job.ids[row]);
        if (full) return record::SourcePersonId{static_cast<std::int64_t>(row)};
        if (job.ids[row] != text) continue;
        if (found)
            return fail(ErrorCode::InvalidArgument, "--ids", fmt::format("{} is in two files: write FILE:ID", text));
        found = row;
    }
    if (!found) return fail(ErrorCode::InvalidArgument, "--ids", fmt::format("there is no row {}", text));
    return record::SourcePersonId{static_cast<std::int64_t>(*found)};
}

/// Two rows of files, linked and explained.
struct ExplainedRows {
    CsvJob job;
    link::LinkResult result;
    record::SourcePersonId a, b;
    link::Explanation why;
};

Status nameRows(const ExplainOptions& options, ExplainedRows& rows) {
    FAIRLEAD_TRY(rows.a, rowNamed(rows.job, options.ids.at(0)));
    FAIRLEAD_TRY(rows.b, rowNamed(rows.job, options.ids.at(1)));
    if (rows.a == rows.b) return fail(ErrorCode::InvalidArgument, "--ids", "name two different rows");
    return {};
}

Result<ExplainedRows> explainedByOurs(const ExplainOptions& options, TaskContext& task) {
    ExplainedRows out;
    FAIRLEAD_TRY(out.job, readCsvJob(options.job, task));
    if (!options.json) printLayout(out.job);
    FAIRLEAD_OK(nameRows(options, out));
    FAIRLEAD_TRY(out.result, link::link(out.job.input, out.job.model, {}, out.job.link, task));
    FAIRLEAD_TRY(out.why, link::explain(std::move(out.job.input), out.result.model, out.job.link, out.a, out.b, task));
    return out;
}

Result<ExplainedRows> explainedBySplinks(const ExplainOptions& options, std::string_view model,
                                         const RunningTask& running, TaskContext& task) {
    ExplainedRows out;
    FAIRLEAD_TRY(SplinkLinked linked, scoreWithSplinkModel(options.job, model, running, task));
    if (!options.json) printColumns(linked);
    out.job = std::move(linked.job);
    FAIRLEAD_OK(nameRows(options, out));
    FAIRLEAD_TRY(
        out.why,
        explainPair(linked, {static_cast<std::uint32_t>(out.a.value), static_cast<std::uint32_t>(out.b.value)}, task));
    out.result = std::move(linked.result);
    return out;
}

Result<ExplainedRows> explained(const ExplainOptions& options, const RunningTask& running, TaskContext& task) {
    if (options.job.modelFile.empty()) return explainedByOurs(options, task);
    FAIRLEAD_TRY(const std::string text, readFile(options.job.modelFile));
    FAIRLEAD_TRY(const auto ours, splink::ownModelIn(text, options.job.modelFile.filename().string()));
    return ours ? explainedByOurs(options, task) : explainedBySplinks(options, text, running, task);
}

Status explainRows(const ExplainOptions& options) {
    RunningTask running("explain");
    FAIRLEAD_TRY(const ExplainedRows rows, explained(options, running, running.context()));
    const link::LinkResult& result = rows.result;
    const auto clusterOf = [&](record::SourcePersonId id) {
        return result.clusters[static_cast<std::size_t>(id.value)];
    };
    const bool together = clusterOf(rows.a) == clusterOf(rows.b);
    const auto verdict =
        link::verdictOf(rows.why, result.model, link::linkBetween(result.links, rows.a, rows.b), together);
    std::vector<link::JoinStep> how;
    for (const std::uint32_t cluster : {clusterOf(rows.a), clusterOf(rows.b)}) {
        std::vector<record::SourcePersonId> members;
        for (std::size_t row = 0; row < result.clusters.size(); ++row)
            if (result.clusters[row] == cluster) members.push_back({static_cast<std::int64_t>(row)});
        const auto steps = link::joinsOf(result.links, members);
        how.insert(how.end(), steps.begin(), steps.end());
        if (together) break;
    }
    const RecordName nameOf = [&](record::SourcePersonId id) {
        return std::string(rows.job.ids[static_cast<std::size_t>(id.value)]);
    };
    if (options.json) {
        json::object document = whyJson(rows.why, verdict);
        document["how"] = howJson(how, nameOf);
        printJson(document);
        return {};
    }
    printWhy(rows.why, verdict);
    fmt::print("{}\n", together ? "How the person came together:" : "How the two persons came together:");
    printHow(how, nameOf);
    return {};
}

json::object cardJson(const workspace::RecordCard& card) {
    json::object entry{{"record", card.id.value}, {"dataset", card.dataset}, {"person", card.person.value}};
    if (card.reference.empty()) return entry;
    entry["reference"] = card.reference;
    entry["names"] = json::array(card.names.begin(), card.names.end());
    return entry;
}

void print(const workspace::RecordCard& card) {
    fmt::print("record {} of {}, {}", card.id.value, card.dataset,
               card.person.value > 0 ? fmt::format("person {}", card.person.value) : std::string("not linked yet"));
    if (!card.reference.empty()) fmt::print(": {} ({})", fmt::join(card.names, "; "), card.reference);
    fmt::print("\n");
}

int explainRecords(ExplainOptions options) {
    if (options.job.files.size() != 1) {
        const Error several{ErrorCode::InvalidArgument, "WORKSPACE", "one workspace with --records"};
        return explainFailure("Not explained", several);
    }
    options.session.folder = options.job.files.front();
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Explanation");
    const auto story =
        workspace::pairStory(**session, {options.records.at(0), options.records.at(1), options.reason}, task.context());
    if (!story) return explainFailure("Not explained", story.error());
    std::vector<link::JoinStep> how;
    std::map<std::int64_t, std::string> datasets;
    for (const workspace::PersonStep& step : story->how) {
        how.push_back(step.step);
        datasets[step.step.link.a.value] = step.datasetA;
        datasets[step.step.link.b.value] = step.datasetB;
    }
    const RecordName nameOf = [&](record::SourcePersonId id) {
        return fmt::format("{} {}", datasets[id.value], id.value);
    };
    if (options.json) {
        json::object document = whyJson(story->why, story->verdict);
        document["records"] = json::array{cardJson(story->a), cardJson(story->b)};
        document["how"] = howJson(how, nameOf);
        document["model"] = story->modelSha256;
        document["model_of_the_run"] = story->modelOfTheRun;
        printJson(document);
        return kDone;
    }
    print(story->a);
    print(story->b);
    printWhy(story->why, story->verdict);
    if (!story->modelOfTheRun)
        fmt::print("The last run used another model than the one in use now: its links may weigh otherwise.\n");
    fmt::print("{}\n",
               story->verdict.together ? "How the person came together:" : "How the two persons came together:");
    printHow(how, nameOf);
    return kDone;
}

int run(const ExplainOptions& options) {
    if (!options.records.empty()) return explainRecords(options);
    const Status status = explainRows(options);
    return status ? kDone : explainCsvFailure("explain", status.error());
}

}  // namespace

void addExplainCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "explain", "Why two records are one person or not: rows of CSV files (--ids) or of a workspace (--records)");
    const auto options = std::make_shared<ExplainOptions>();
    addCsvJobOptions(*command, options->job);
    CLI::Option* ids =
        command->add_option("--ids", options->ids, "ID,ID or FILE:ID,FILE:ID: two rows of the CSV files");
    ids->delimiter(',')->expected(2);
    CLI::Option* records = command->add_option(
        "--records", options->records, "Two records of the workspace: numbers, or AGENCY/DATASET/KEY, a comma between");
    records->delimiter(',')->expected(2)->excludes(ids);
    command->add_option("--reason", options->reason, "Shows whom the workspace's records name; goes into the audit log")
        ->needs(records);
    command->add_option("--passphrase-file", options->session.passphraseFile, "Of the workspace; as in other commands");
    command->add_option("--resources", options->session.resources, "Folder with indicators, fonts and models");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options, ids, records] {
        if (ids->count() + records->count() == 0) throw CLI::RequiredError("--ids or --records");
        finish(run(*options));
    });
}

}  // namespace fairlead::cli
