// access recovery make, drill, use.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/second_person.h"
#include "app/cli/session.h"
#include "core/base/file.h"
#include "core/custody/recovery.h"

namespace fairlead::cli {

namespace {

struct RecoveryOptions {
    SessionOptions session;
    SecondOptions second;
    SecondOptions further;
    std::filesystem::path firstSheet, secondSheet;
    std::string firstBearer, secondBearer;
    std::string user;
    std::string role;
    std::filesystem::path newPassphraseFile;
};

std::vector<std::string_view> namesOf(const std::vector<access::FileKey>& keys) {
    std::vector<std::string_view> names;
    for (const access::FileKey key : keys) names.push_back(access::name(key));
    return names;
}

/// To the file, or to the terminal where none is named.
Status hand(workspace::Workspace& workspace, const std::filesystem::path& file, const crypto::Secret& page) {
    if (!file.empty()) return custody::keepSheet(workspace, page, file);
    fmt::print("{}\n", page.view());
    return {};
}

Status make(const RecoveryOptions& options) {
    FAIRLEAD_TRY(const auto session, openSession(options.session));
    FAIRLEAD_TRY(const auto second, readSecond(options.second));
    FAIRLEAD_TRY(const auto further, readSecond(options.further));
    FAIRLEAD_TRY(const auto made, custody::makeSheets(*session, second->person, further->person));
    FAIRLEAD_OK(hand(*session, options.firstSheet, custody::sheetPage(made.first, 1)));
    FAIRLEAD_OK(hand(*session, options.secondSheet, custody::sheetPage(made.second, 2)));
    fmt::print("The sheets open: {}. Older sheets open nothing any more.\n", fmt::join(namesOf(made.keys), ", "));
    if (std::ranges::find(made.keys, access::FileKey::AuditRead) == made.keys.end())
        fmt::print("They make no governance auditor: name one with --further, who types a passphrase too.\n");
    if (std::ranges::find(made.keys, access::FileKey::Core) == made.keys.end())
        fmt::print("They open no data: name a data steward with --further, who types a passphrase too.\n");
    return {};
}

/// A sheet's text: of a file, or line by line from the terminal without echo.
Result<crypto::Secret> readSheetText(const std::filesystem::path& file, int which) {
    constexpr std::uintmax_t kLongest = 16384;
    std::string text;
    if (!file.empty()) {
        FAIRLEAD_TRY(text, readFile(file, kLongest));
    } else {
        for (int line = 1; line <= 4; ++line) {
            FAIRLEAD_TRY(const auto typed, askPassphrase(fmt::format("Sheet {}, line {}", which, line), false));
            text += fmt::format("{} {}\n", line, typed.view());
        }
    }
    auto secret = crypto::Secret::copyOf(text);
    crypto::wipe(text);
    return secret;
}

Status drill(const RecoveryOptions& options) {
    FAIRLEAD_TRY(const auto session, openSession(options.session));
    FAIRLEAD_TRY(const auto first, readSheetText(options.firstSheet, 1));
    FAIRLEAD_TRY(const auto second, readSheetText(options.secondSheet, 2));
    FAIRLEAD_TRY(const auto report, custody::drillSheets(*session, {first.view(), second.view()}));
    fmt::print("The sheets open: {}. Nothing was changed.\n", fmt::join(namesOf(report.opened), ", "));
    if (report.stale.empty()) return {};
    return fail(ErrorCode::WrongKey, "recovery",
                fmt::format("not of today: {}; make new sheets", fmt::join(namesOf(report.stale), ", ")));
}

Status use(const RecoveryOptions& options) {
    const auto role = access::roleNamed(options.role);
    if (!role) return fail(ErrorCode::InvalidArgument, options.role, "not a role: see `access table`");
    FAIRLEAD_TRY(const auto first, readSheetText(options.firstSheet, 1));
    FAIRLEAD_TRY(const auto second, readSheetText(options.secondSheet, 2));
    FAIRLEAD_TRY(const auto passphrase,
                 readPassphrase(options.newPassphraseFile, fmt::format("Passphrase of {}", options.user), true));
    FAIRLEAD_OK(custody::useSheets(options.session.folder,
                                   {.sheets = {first.view(), second.view()},
                                    .firstBearer = options.firstBearer,
                                    .secondBearer = options.secondBearer,
                                    .user = {.name = options.user,
                                             .roles = {*role},
                                             .passphrase = passphrase.view(),
                                             .cost = crypto::calibratedCost(std::chrono::seconds(1))}},
                                   SystemClock()));
    fmt::print("{} may open the workspace as {}. Make new sheets: these have been out.\n", options.user, options.role);
    return {};
}

using Act = Status (*)(const RecoveryOptions&);

int run(const RecoveryOptions& options, Act act) {
    if (const auto done = act(options); !done) return explainFailure("Not done", done.error());
    return kDone;
}

void addUse(CLI::App& command, RecoveryOptions& options) {
    command.add_option("WORKSPACE", options.session.folder, "Folder of the workspace (NAME.fairlead)")->required();
    command.add_option("--bearer-1", options.firstBearer, "Who brought the first sheet")->required();
    command.add_option("--bearer-2", options.secondBearer, "Who brought the second sheet")->required();
    command.add_option("--add", options.user, "Name of the user to be added")->required();
    command.add_option("--role", options.role, "The user's role")->required();
    command.add_option("--new-passphrase-file", options.newPassphraseFile,
                       "File with the new user's passphrase in its first line; else asked for");
}

}  // namespace

void addRecoveryCommands(CLI::App& access) {
    CLI::App* const parent = access.add_subcommand("recovery", "Two sheets of paper that open the workspace together");
    parent->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, Act act) {
        CLI::App* const command = parent->add_subcommand(name, words);
        const auto options = std::make_shared<RecoveryOptions>();
        if (act == &use)
            addUse(*command, *options);
        else
            addSessionOptions(*command, options->session);
        if (act == &make) addSecondOptions(*command, options->second);
        if (act == &make) addFurtherOptions(*command, options->further);
        const char* const files = act == &make ? "File to write it to; else shown" : "File with it; else asked for";
        command->add_option("--sheet-1", options->firstSheet, files);
        command->add_option("--sheet-2", options->secondSheet, files);
        command->callback([options, act] { finish(run(*options, act)); });
    };
    add("make", "Makes both sheets; older ones open nothing any more", &make);
    add("drill", "Shows that both sheets still open the workspace, and changes nothing", &drill);
    add("use", "Adds a user by both sheets, when passphrases are lost", &use);
}

}  // namespace fairlead::cli
