// fairlead-cli: the same core as the desktop, without a screen.

#include <new>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/no_memory.h"
#include "core/extract/reader_process.h"
#include "core/worker/own_process.h"
#include "core/workspace/built_in.h"

namespace {

void addCommands(CLI::App& app) {
    using namespace fairlead::cli;
    app.require_subcommand(1);
    app.set_version_flag("--version", "fairlead-cli " + std::string(fairlead::workspace::programVersion()));
    addWorkspaceCommands(app);
    addSchoolsCommand(app);
    addOverviewCommand(app);
    addBriefCommand(app);
    addIndicatorsCommand(app);
    addDrillCommands(app);
    addChangeCommand(app);
    addGatewaysCommand(app);
    addOutcomesCommand(app);
    addQualityCommand(app);
    addRegisterCommand(app);
    addEvaluateCommand(app);
    addExplainCommand(app);
    addModelCommands(app);
    addAccessCommands(app);
    addExtractCommands(app);
    addKeysCommand(app);
    addAuditCommands(app);
    addRetentionCommands(app);
    addBackupCommands(app);
    addPostureCommand(app);
    addDemoCommand(app);
    addLinkCommand(app);
}

int run(int argc, char** argv) {
    CLI::App app{"Fairlead: links agencies' sealed extracts and reads one school's overview from them. Works offline.",
                 "fairlead-cli"};
    app.footer("Exit codes: 0 done, 1 refused or findings, 2 wrong use or input, 130 cancelled.");
    addCommands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::RuntimeError& ended) {
        return ended.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? fairlead::cli::kDone : fairlead::cli::kUsage;
    }
    return fairlead::cli::kDone;
}

}  // namespace

int main(int argc, char** argv) {
    fairlead::endPlainlyWithoutMemory();
    if (const auto code = fairlead::extract::readerMain(argc, argv)) return *code;
    if (!fairlead::worker::shedForeignCode(argv)) {
        fmt::print(stderr,
                   "fairlead-cli: LD_PRELOAD or the like is set, and the program cannot be started without it\n");
        return fairlead::cli::kUsage;
    }
    fairlead::worker::limitOwnProcess();
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        // What was under way has been taken back on the way here, and its act says that it failed.
        fairlead::sayNoMemory();
        return fairlead::kNoMemoryExit;
    }
}
