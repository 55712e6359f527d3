#include "app/cli/session.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "core/extract/reader_process.h"

namespace fairlead::cli {

void addSessionOptions(CLI::App& command, SessionOptions& options) {
    command.add_option("WORKSPACE", options.folder, "Folder of the workspace (NAME.fairlead)")->required();
    command.add_option("--passphrase-file", options.passphraseFile,
                       "File with the passphrase in its first line; else FAIRLEAD_PASSPHRASE_FILE, else asked for");
    command.add_option("--user", options.user, "Who opens it; else whoever's the passphrase is");
    command.add_option("--resources", options.resources, "Folder with indicators, fonts and models");
}

Result<std::shared_ptr<workspace::Workspace>> openSession(const SessionOptions& options) {
    FAIRLEAD_TRY(const auto resources, findResources(options.resources));
    FAIRLEAD_TRY(const auto passphrase, readPassphrase(options.passphraseFile, "Passphrase", false));
    FAIRLEAD_TRY(auto session,
                 workspace::Workspace::open(options.folder, {passphrase, options.user},
                                            {resources, extract::thisProgram()}, std::make_shared<SystemClock>()));
    if (const auto seenMs = session->seenAheadOfClock())
        fmt::print(stderr,
                   "The clock of this computer is behind: the audit log has seen {}. What ends by a day goes by the "
                   "later time; set the clock.\n",
                   utcTime(*seenMs));
    return session;
}

}  // namespace fairlead::cli
