#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/base/file.h"
#include "core/splink/export.h"
#include "core/workspace/link_models.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using workspace::LinkModelDocument;

struct ModelOptions {
    SessionOptions session;
    std::string digest;
    std::filesystem::path file;
    std::string note;
    bool json = false;
};

/// What one of the commands does with the workspace.
using ModelStep = Result<LinkModelDocument> (*)(workspace::Workspace&, const ModelOptions&);

json::object jsonOf(const LinkModelDocument& model) {
    json::array history;
    for (const workspace::ModelEvent& event : model.history)
        history.push_back({{"what", event.what},
                           {"who", event.who},
                           {"at", utcTime(event.atMs)},
                           {"after_load", event.afterLoad},
                           {"note", event.note}});
    return {{"sha256", model.sha256},
            {"name", model.name},
            {"origin", workspace::name(model.origin)},
            {"status", workspace::name(model.status)},
            {"in_use", model.inUse},
            {"history", std::move(history)}};
}

void print(const LinkModelDocument& model) {
    constexpr std::size_t kShown = 12;
    fmt::print("{}  {:<9} {:<9} {}{}\n", model.sha256.substr(0, kShown), workspace::name(model.status),
               workspace::name(model.origin), model.name, model.inUse ? "  (in use)" : "");
}

int list(const ModelOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto models = workspace::linkModels(**session);
    if (!models) return explainFailure("Not shown", models.error());
    if (options.json) {
        json::array array;
        for (const LinkModelDocument& model : *models) array.push_back(jsonOf(model));
        printJson(array);
        return kDone;
    }
    if (models->empty()) fmt::print("no model yet: the first linkage takes the one that comes with the program\n");
    for (const LinkModelDocument& model : *models) print(model);
    return kDone;
}

int show(const ModelOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto model = workspace::linkModel(**session, options.digest);
    if (!model) return explainFailure("Not shown", model.error());
    if (options.json) {
        json::object document = jsonOf(*model);
        document["model"] = json::parse(model->json);
        printJson(document);
        return kDone;
    }
    print(*model);
    fmt::print("SHA-256 {}\n", model->sha256);
    for (const workspace::ModelEvent& event : model->history)
        fmt::print("  {}  {:<9} by {:<32} after load {}{}{}\n", utcTime(event.atMs), event.what,
                   event.who.empty() ? "the program" : event.who, event.afterLoad, event.note.empty() ? "" : ": ",
                   event.note);
    fmt::print("{}\n", model->json);
    return kDone;
}

int change(const ModelOptions& options, std::string_view lead, ModelStep step) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto model = step(**session, options);
    if (!model) return explainFailure(lead, model.error());
    print(*model);
    if (!(*session)->rolesSeparated() && model->history.back().what == "approved")
        fmt::print("roles not separated: the one who approved it may be the one who made it\n");
    return kDone;
}

std::shared_ptr<ModelOptions> addCommand(CLI::App& parent, const char* name, const char* words, bool ofOneModel,
                                         CLI::App** command) {
    *command = parent.add_subcommand(name, words);
    auto options = std::make_shared<ModelOptions>();
    addSessionOptions(**command, options->session);
    if (ofOneModel) (*command)->add_option("MODEL", options->digest, "First digits of its SHA-256")->required();
    return options;
}

Result<LinkModelDocument> addFile(workspace::Workspace& workspace, const ModelOptions& given) {
    FAIRLEAD_TRY(const std::string text, readFile(given.file));
    const std::string file = given.file.filename().string();
    FAIRLEAD_TRY(const auto ours, splink::ownModelIn(text, file));
    if (!ours) return fail(ErrorCode::InvalidArgument, file, "is a model of Splink; a workspace links with ours");
    // A model of ours keeps its text, and so its digest; one that was written for Splink is taken out of it.
    const bool carried = !link::parseModel(text, file);
    return workspace::importLinkModel(workspace, carried ? link::writeModel(*ours) : text, file);
}

void addReading(CLI::App& parent) {
    CLI::App* command = nullptr;
    auto options = addCommand(parent, "list", "The workspace's linkage models", false, &command);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(list(*options)); });
    options = addCommand(parent, "show", "One model, with its history", true, &command);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(show(*options)); });
}

}  // namespace

void addModelCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("model", "The linkage models of a workspace: documents with a history");
    parent->require_subcommand(1);
    addReading(*parent);
    CLI::App* command = nullptr;
    auto options = addCommand(*parent, "add", "Adds a model file as a draft", false, &command);
    command->add_option("FILE", options->file, "As `link --save-model` writes it")->required();
    command->callback([options] { finish(change(*options, "Not added", addFile)); });
    options = addCommand(*parent, "approve", "Approves a draft", true, &command);
    command->add_option("--note", options->note, "What was looked at");
    command->callback([options] {
        finish(change(*options, "Not approved", [](workspace::Workspace& workspace, const ModelOptions& given) {
            return workspace::approveLinkModel(workspace, given.digest, given.note);
        }));
    });
    options = addCommand(*parent, "use", "Links with an approved model from the next run on", true, &command);
    command->callback([options] {
        finish(change(*options, "Not changed", [](workspace::Workspace& workspace, const ModelOptions& given) {
            return workspace::useLinkModel(workspace, given.digest);
        }));
    });
    options = addCommand(*parent, "retire", "Retires a model that is not in use", true, &command);
    command->add_option("--note", options->note, "Why");
    command->callback([options] {
        finish(change(*options, "Not retired", [](workspace::Workspace& workspace, const ModelOptions& given) {
            return workspace::retireLinkModel(workspace, given.digest, given.note);
        }));
    });
}

}  // namespace fairlead::cli
