#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/left_out_output.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/workspace_info.h"
#include "app/cli/workspace_persons.h"
#include "core/workspace/load.h"
#include "core/workspace/load_preview.h"
#include "core/workspace/passphrase.h"
#include "core/workspace/relink.h"

namespace fairlead::cli {

namespace {

struct CreateOptions {
    SessionOptions session;
    std::string name;
    std::filesystem::path trust;
    bool allowUnsigned = false;
};

int create(const CreateOptions& options) {
    const auto resources = findResources(options.session.resources);
    if (!resources) return explainFailure("Not made", resources.error());
    const auto passphrase = readPassphrase(options.session.passphraseFile, "New passphrase", true);
    if (!passphrase) return explainFailure("Not made", passphrase.error());
    workspace::NewWorkspace wanted;
    wanted.folder = options.session.folder;
    wanted.name = options.name.empty() ? wanted.folder.stem().string() : options.name;
    wanted.keysFolder = options.trust;
    wanted.allowUnsigned = options.allowUnsigned;
    const auto made = workspace::Workspace::create(wanted, *passphrase, {*resources}, std::make_shared<SystemClock>());
    if (!made) return explainFailure("Not made", made.error());
    fmt::print("{}: workspace \"{}\" made. Roles are not separated: one person holds all of them.\n",
               wanted.folder.string(), wanted.name);
    return kDone;
}

std::string_view wordsOf(workspace::LoadNote::Kind kind) {
    switch (kind) {
        case workspace::LoadNote::Kind::AlreadyHeld: return "held already, passed over";
        case workspace::LoadNote::Kind::SequenceGap:
            return "deliveries before it are missing; figures for that time may be incomplete";
        case workspace::LoadNote::Kind::StartsLate: return "the first delivery held of this dataset is not number 1";
        case workspace::LoadNote::Kind::NotAuthenticated: return "not authenticated: nobody that we trust signed it";
        case workspace::LoadNote::Kind::WeakGateway: return "nothing bars it, and its legal gateways are weak in this";
    }
    return "";
}

struct LoadOptions {
    SessionOptions session;
    std::vector<std::filesystem::path> files;
    std::filesystem::path extractPassphraseFile;
    bool check = false;
};

void print(const workspace::OfferedFile& file) {
    fmt::print("{}: {} {} {}, data to {}, keep until {}, {}\n", file.fileName, file.agency, file.dataset, file.sequence,
               file.dataAsAt.iso(), file.retainUntil.iso(), file.authenticated ? "verified" : "not authenticated");
    fmt::print("  gateways: {}; agreement: {}\n", fmt::join(file.gateways, " "),
               file.agreement.empty() ? "not supplied" : file.agreement);
    for (const workspace::OfferedTable& table : file.tables)
        fmt::print("  {}: {} rows{}\n", table.name, table.rows,
                   table.before ? fmt::format(" ({} in the delivery before)", *table.before) : "");
    for (const workspace::OfferedCheck& check : file.checks)
        if (check.broken.part > 0)
            fmt::print("  check {}: {} of {}\n", workspace::name(check.rule), check.broken.part, check.broken.of);
}

void print(const std::vector<workspace::LoadNote>& notes) {
    for (const workspace::LoadNote& note : notes)
        fmt::print("note: {} ({}): {}\n", note.fileName, note.detail, wordsOf(note.kind));
}

int checkOnly(workspace::Workspace& workspace, const LoadOptions& options, const crypto::Secret* extractPassphrase) {
    RunningTask task("Checking");
    const auto preview = workspace::previewLoad(workspace, options.files, task.context(), extractPassphrase);
    if (!preview) return explainFailure("Not loadable", preview.error());
    for (const workspace::OfferedFile& file : preview->files) print(file);
    print(preview->notes);
    fmt::print("{} files could be loaded; nothing was: without --check they are\n", preview->files.size());
    return kDone;
}

int load(const LoadOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    crypto::Secret extractPassphrase;
    if (!options.extractPassphraseFile.empty()) {
        auto read = readPassphrase(options.extractPassphraseFile, "Passphrase of the extracts", false);
        if (!read) return explainFailure("Not loaded", read.error());
        extractPassphrase = std::move(*read);
    }
    const crypto::Secret* given = extractPassphrase.size() > 0 ? &extractPassphrase : nullptr;
    if (options.check) return checkOnly(**session, options, given);
    RunningTask task("Loading");
    const auto report = workspace::load(**session, options.files, task.context(), given);
    if (!report) return explainFailure("Not loaded", report.error());
    for (const workspace::LoadedFile& file : report->files)
        fmt::print("{}: {} persons, {} facts ({} new, {} changed, {} withdrawn){}\n", file.manifestLabel, file.persons,
                   file.facts, file.newFacts, file.changedFacts, file.withdrawnFacts,
                   file.authenticated ? "" : ", not authenticated");
    print(report->notes);
    fmt::print("load {}: {} files in {:.1f} s\n", report->load.value, report->files.size(), task.seconds());
    return kDone;
}

struct RelinkOptions {
    SessionOptions session;
    bool estimate = false;
    bool again = false;
};

int estimate(workspace::Workspace& workspace) {
    RunningTask task("Estimating");
    const auto report = workspace::estimateLinkModel(workspace, task.context());
    if (!report) return explainFailure("Not estimated", report.error());
    const std::string digest = report->model.sha256.substr(0, 12);
    fmt::print("draft model {}: {}{}{}\n", digest, report->model.name, report->converged ? "" : "; NOT CONVERGED",
               report->doubt.empty() ? "" : "; SETTLED ON HOUSEHOLDS, NOT PERSONS");
    fmt::print("with it {} records would be {} persons (now {}), with {} links accepted and {} for a reader\n",
               report->sourcePersons, report->persons, report->personsNow, report->linksAccepted,
               report->linksForReview);
    for (const std::string& note : report->notes) fmt::print("note: {}\n", note);
    fmt::print("nothing was changed: `model approve` and `model use` it to link with it\n{:.1f} s\n", task.seconds());
    return kDone;
}

int link(const RelinkOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    if (options.estimate) return estimate(**session);
    RunningTask task("Linking");
    const auto report = workspace::relink(**session, task.context(), options.again);
    if (!report) return explainFailure("Not linked", report.error());
    fmt::print("run {} with model {} ({}, {}): {} records are {} persons\n", report->run,
               report->modelSha256.substr(0, 12), report->modelName, workspace::name(report->modelOrigin),
               report->sourcePersons, report->persons);
    if (report->incremental) fmt::print("only pairs with a new or changed record were compared\n");
    if (!report->whyEverything.empty()) fmt::print("everything was compared: {}\n", report->whyEverything);
    fmt::print(
        "{} pairs compared, {} links accepted, {} wait for a reader; {} persons merged, {} split; {} family edges\n",
        report->pairsCompared, report->linksAccepted, report->linksForReview, report->merged, report->split,
        report->familyEdges);
    fmt::print("families: {}\n", leftOutWords(report->familiesLeftOut));
    for (const std::string& note : report->notes) fmt::print("note: {}\n", note);
    fmt::print("{:.1f} s (reading {:.1f}, linking {:.1f}, writing {:.1f})\n", task.seconds(), report->readSeconds,
               report->linkSeconds, report->writeSeconds);
    return kDone;
}

void addCreate(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("create", "Makes a new workspace");
    const auto options = std::make_shared<CreateOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--name", options->name, "Who works with it, as briefings show it");
    command->add_option("--trust", options->trust, "Folder with unit.key and the agencies' NAME.pub");
    command->add_flag("--allow-unsigned", options->allowUnsigned,
                      "Policy: extracts without a signature load, marked as not authenticated");
    command->callback([options] { finish(create(*options)); });
}

void addLoad(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("load", "Takes in extracts: all of them or none");
    const auto options = std::make_shared<LoadOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("FILES", options->files, "NAME.fxt, each with NAME.fxm beside it")->required();
    command->add_option("--extract-passphrase-file", options->extractPassphraseFile,
                        "For extracts that were not sealed to a key");
    command->add_flag("--check", options->check, "Verifies the files and says what they would bring; loads nothing");
    command->callback([options] { finish(load(*options)); });
}

void addLink(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("link", "Works out which records are about one person");
    const auto options = std::make_shared<RelinkOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--again", options->again, "Compares every record again, not only new and changed ones");
    command->add_flag("--estimate", options->estimate,
                      "Links nothing, but estimates the model's parameters from these records, as a draft model");
    command->callback([options] { finish(link(*options)); });
}

int changePassphrase(const SessionOptions& session, const std::filesystem::path& newPassphraseFile) {
    const auto resources = findResources(session.resources);
    if (!resources) return explainFailure("Not changed", resources.error());
    const auto current = readPassphrase(session.passphraseFile, "Passphrase", false);
    if (!current) return explainFailure("Not changed", current.error());
    const auto workspace = workspace::Workspace::open(session.folder, {*current, session.user}, {*resources},
                                                      std::make_shared<SystemClock>());
    if (!workspace) return explainFailure("Not opened", workspace.error());
    const auto next = newPassphraseFile.empty() ? askPassphrase("New passphrase", true)
                                                : readPassphrase(newPassphraseFile, "New passphrase", true);
    if (!next) return explainFailure("Not changed", next.error());
    if (const auto changed = workspace::changePassphrase(**workspace, *current, *next); !changed)
        return explainFailure("Not changed", changed.error());
    fmt::print("The passphrase is changed. Copies of the workspace made before still open with the old one.\n");
    return kDone;
}

void addPasswd(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand("passwd", "Gives the one who opens it another passphrase");
    const auto options = std::make_shared<std::pair<SessionOptions, std::filesystem::path>>();
    addSessionOptions(*command, options->first);
    command->add_option("--new-passphrase-file", options->second,
                        "File with the new passphrase in its first line; else asked for");
    command->callback([options] { finish(changePassphrase(options->first, options->second)); });
}

}  // namespace

void addWorkspaceCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("workspace", "Makes, fills, links and describes a workspace");
    parent->require_subcommand(1);
    addCreate(*parent);
    addLoad(*parent);
    addLink(*parent);
    addPersonsCommand(*parent);
    addFamiliesCommand(*parent);
    addPasswd(*parent);
    addInfoCommand(*parent);
    addVerifyCommand(*parent);
    addUpgradeCommand(*parent);
}

}  // namespace fairlead::cli
