// A sub-command that opens a workspace, acts in it and says how that ended.

#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/output.h"
#include "app/cli/session.h"

namespace fairlead::cli {

/// What such a command does. `Options` has a member `session` of SessionOptions.
template <typename Options>
using SessionAct = Status (*)(workspace::Workspace& workspace, const Options& options);

/// The command, and where its options go.
template <typename Options>
struct SessionCommand {
    CLI::App* app;
    std::shared_ptr<Options> options;
};

/// Adds one to `parent`; further options are the caller's.
template <typename Options>
SessionCommand<Options> addSessionCommand(CLI::App& parent, const char* name, const char* words,
                                          SessionAct<Options> act) {
    SessionCommand<Options> command{parent.add_subcommand(name, words), std::make_shared<Options>()};
    addSessionOptions(*command.app, command.options->session);
    command.app->callback([options = command.options, act] {
        auto session = openSession(options->session);
        if (!session) return finish(explainFailure("Not opened", session.error()));
        const auto done = act(**session, *options);
        finish(done ? kDone : explainFailure("Not done", done.error()));
    });
    return command;
}

}  // namespace fairlead::cli
