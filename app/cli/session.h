// The options that every command over a workspace has, and opening it.

#pragma once

#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/workspace/workspace.h"

namespace CLI {
class App;
}

namespace fairlead::cli {

/// WORKSPACE, --passphrase-file, --user, --resources.
struct SessionOptions {
    std::filesystem::path folder;
    std::filesystem::path passphraseFile;
    std::string user;
    std::filesystem::path resources;
};

/// Adds the four options to a command.
void addSessionOptions(CLI::App& command, SessionOptions& options);

/// Asks for the passphrase and opens. Errors: those of readPassphrase, findResources and Workspace::open.
Result<std::shared_ptr<workspace::Workspace>> openSession(const SessionOptions& options);

}  // namespace fairlead::cli
