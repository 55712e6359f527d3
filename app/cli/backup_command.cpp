#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/custody/backup.h"

namespace fairlead::cli {

namespace {

struct BackupOptions {
    SessionOptions session;
    std::filesystem::path backup;
    std::filesystem::path to;
};

void print(std::string_view lead, const custody::Backup& backup) {
    std::uint64_t bytes = 0;
    for (const custody::BackedUpFile& file : backup.files) bytes += file.bytes;
    fmt::print("{}: {} files, {} bytes, as of {}, audit log {}\n", lead, backup.files.size(), bytes,
               utcTime(backup.atMs), backup.audit);
}

int make(const BackupOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Backing up");
    const auto made = custody::backUp(**session, options.to, task.context());
    if (!made) return explainFailure("Not backed up", made.error());
    print("Backed up, read back and compared", *made);
    fmt::print(
        "It opens with the passphrases of now. What is purged or retired later stays in it: delete it when its "
        "time is over.\n");
    return kDone;
}

int check(const BackupOptions& options) {
    const auto found = custody::checkBackup(options.backup);
    if (!found) return explainFailure("Not sound", found.error());
    print("As it was backed up", *found);
    return kDone;
}

int restore(const BackupOptions& options) {
    RunningTask task("Restoring");
    const auto restored = custody::restore(options.backup, options.to, task.context());
    if (!restored) return explainFailure("Not restored", restored.error());
    print("Restored", *restored);
    fmt::print(
        "It opens with the passphrases of then. Deliveries that were purged since are in it again: see "
        "`retention due`.\n");
    return kDone;
}

}  // namespace

void addBackupCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("backup", "Verified copies of a workspace, and their way back");
    parent->require_subcommand(1);
    const auto options = std::make_shared<BackupOptions>();
    CLI::App* command = parent->add_subcommand("make", "Copies a workspace, reads the copy back and compares it");
    addSessionOptions(*command, options->session);
    command->add_option("--to", options->to, "A new folder outside the workspace")->required();
    command->callback([options] { finish(make(*options)); });
    command = parent->add_subcommand("check", "Reads every file of a backup; needs no passphrase");
    command->add_option("BACKUP", options->backup, "Folder of the backup")->required();
    command->callback([options] { finish(check(*options)); });
    command = parent->add_subcommand("restore", "Makes a workspace of a backup");
    command->add_option("BACKUP", options->backup, "Folder of the backup")->required();
    command->add_option("--to", options->to, "The new workspace (NAME.fairlead)")->required();
    command->callback([options] { finish(restore(*options)); });
}

}  // namespace fairlead::cli
