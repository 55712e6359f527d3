// audit verify, checkpoint, proof, list, report: what was done, shown to whoever has to be sure of it. None of them
// writes the log or opens a database, so they work beside a running program and on a copy of the audit folder.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/audit_output.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/access/header.h"
#include "core/audit/log.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::cli {

namespace {

namespace fs = std::filesystem;

struct AuditOptions {
    fs::path folder;
    fs::path passphraseFile;
    std::string user;
    bool withKey = false;
    std::vector<std::string> against;
    fs::path out;
    std::uint64_t from = 0;
    std::string since;
    std::string verb;
    std::size_t last = 0;
    std::string hours = "08-18";
    bool weekends = false;
    bool json = false;
};

/// The workspace's audit folder; a folder that is one is taken as it is.
fs::path logFolder(const AuditOptions& options) {
    return fs::exists(options.folder / "audit") ? options.folder / "audit" : options.folder;
}

Result<std::string> headerOf(const AuditOptions& options) {
    constexpr std::uintmax_t kLargestHeader = 1U << 20U;
    return readFile(options.folder / "header", kLargestHeader);
}

/// The keys of one who may do this with the log.
Result<access::FileKeys> keysFor(const AuditOptions& options, access::Action action) {
    FAIRLEAD_TRY(const std::string header, headerOf(options));
    FAIRLEAD_TRY(const auto passphrase, readPassphrase(options.passphraseFile, "Passphrase", false));
    FAIRLEAD_TRY(auto keyring, access::unlock(header, {passphrase.view(), options.user}));
    if (!access::allows(keyring.principal.roles, action))
        return fail(ErrorCode::Denied, std::string(access::name(action)));
    return std::move(keyring.keys);
}

ActorNames actorNames(const AuditOptions& options) {
    ActorNames names;
    const auto header = headerOf(options);
    const auto face = header ? access::inspect(*header) : fail(header.error());
    if (!face) return names;
    for (const access::Principal& principal : face->principals) names[principal.id] = principal.name;
    return names;
}

/// A file's text, or what was typed.
Result<audit::Witness> witnessOf(const std::string& text) {
    constexpr std::uintmax_t kLargestNote = 1U << 16U;
    std::error_code ignored;
    if (!fs::is_regular_file(text, ignored)) return audit::parseWitness(text);
    FAIRLEAD_TRY(const std::string note, readFile(text, kLargestNote));
    return audit::parseWitness(note);
}

Status writeOut(const fs::path& file, const std::string& text) {
    if (!file.empty()) return writeFileAtomically(file, text);
    fmt::print("{}", text);
    return {};
}

int runVerify(const AuditOptions& options) {
    audit::VerifyOptions wanted;
    for (const std::string& text : options.against) {
        auto witness = witnessOf(text);
        if (!witness) {
            explainFailure("Not verified", witness.error());
            return kUsage;
        }
        wanted.witnesses.push_back(std::move(*witness));
    }
    const bool withKey = options.withKey || !options.passphraseFile.empty();
    access::FileKeys keys;
    if (withKey) {
        auto found = keysFor(options, access::Action::VerifyAudit);
        if (!found) return explainFailure("Not verified", found.error());
        keys = std::move(*found);
        wanted.key = &keys.audit;
    }
    const auto report = audit::AuditLog::verify(logFolder(options), wanted);
    if (!report) {
        explainFailure("Not verified", report.error());
        return kUsage;
    }
    if (options.json) {
        printJson(jsonOf(*report, withKey, wanted.witnesses.size()));
    } else {
        print(*report, withKey, wanted.witnesses.size());
    }
    return report->intact ? kDone : kRefused;
}

/// The checkpoint file of a log that agrees with it.
Result<std::string> soundCheckpoint(const fs::path& folder) {
    FAIRLEAD_TRY(std::string text, readFile(folder / "checkpoint"));
    FAIRLEAD_TRY(const auto witness, audit::parseWitness(text));
    FAIRLEAD_TRY(const auto report, audit::AuditLog::verify(folder, {.witnesses = {witness}}));
    if (!report.intact) return fail(ErrorCode::Corrupt, "audit log", report.problem);
    return text;
}

int runCheckpoint(const AuditOptions& options) {
    const auto text = soundCheckpoint(logFolder(options));
    if (!text) return explainFailure("No checkpoint", text.error());
    if (const auto written = writeOut(options.out, *text); !written)
        return explainFailure("Not written", written.error());
    return kDone;
}

int runProof(const AuditOptions& options) {
    const auto folder = logFolder(options);
    const auto text = soundCheckpoint(folder);
    if (!text) return explainFailure("No proof", text.error());
    auto leaves = audit::AuditLog::leaves(folder);
    const auto head = audit::parseNote(*text);
    if (!leaves || !head) return explainFailure("No proof", leaves ? head.error() : leaves.error());
    leaves->resize(std::min<std::size_t>(leaves->size(), head->checkpoint.size));
    if (options.from > leaves->size()) {
        fmt::print(stderr, "No proof: the log has {} entries, not {}.\n", leaves->size(), options.from);
        return kUsage;
    }
    std::string proof = fmt::format("fairlead-proof 1\n{}\n", options.from);
    for (const std::string& hash : audit::consistencyProof(*leaves, options.from)) proof += crypto::base64(hash) + "\n";
    if (const auto written = writeOut(options.out, proof + "\n" + *text); !written)
        return explainFailure("Not written", written.error());
    return kDone;
}

Result<std::vector<audit::Record>> recordsOf(const AuditOptions& options) {
    FAIRLEAD_TRY(auto keys, keysFor(options, access::Action::ReadAudit));
    FAIRLEAD_TRY(const auto reader, crypto::SealKeyPair::fromSecret(std::move(keys.auditRead)));
    return audit::AuditLog::read(logFolder(options), {&keys.audit, &reader});
}

int runList(const AuditOptions& options) {
    const auto since = options.since.empty() ? Date{} : Date::fromIso(options.since).value_or(Date{});
    if (!options.since.empty() && since == Date{}) {
        fmt::print(stderr, "--since {}: not a date (2026-07-01)\n", options.since);
        return kUsage;
    }
    auto records = recordsOf(options);
    if (!records) return explainFailure("Not listed", records.error());
    constexpr std::int64_t kDayMs = 86'400'000;
    std::erase_if(*records, [&](const audit::Record& record) {
        return record.wallMs < since.days * kDayMs ||
               (!options.verb.empty() && audit::name(record.entry.verb) != options.verb);
    });
    const auto skip = options.last > 0 && records->size() > options.last ? records->size() - options.last : 0;
    records->erase(records->begin(), records->begin() + static_cast<std::ptrdiff_t>(skip));
    if (options.json) {
        boost::json::array list;
        for (const audit::Record& record : *records) list.push_back(jsonOf(record));
        printJson(list);
        return kDone;
    }
    const auto names = actorNames(options);
    for (const audit::Record& record : *records) print(record, names);
    return kDone;
}

std::optional<audit::WorkingHours> hoursOf(const AuditOptions& options) {
    const auto parts = split(options.hours, '-');
    const auto from = parseInteger(parts.front());
    const auto until = parseInteger(parts.back());
    if (parts.size() != 2 || !from || !until || *from < 0 || *from >= *until || *until > 24) return std::nullopt;
    return audit::WorkingHours{static_cast<int>(*from), static_cast<int>(*until), options.weekends, localMs};
}

int runReport(const AuditOptions& options) {
    const auto hours = hoursOf(options);
    if (!hours) {
        fmt::print(stderr, "--hours {}: write the first and the last hour, as 08-18\n", options.hours);
        return kUsage;
    }
    const auto records = recordsOf(options);
    if (!records) return explainFailure("No report", records.error());
    const auto report = audit::reportOf(*records, *hours);
    if (options.json) {
        printJson(jsonOf(report, *hours));
    } else {
        print(report, *hours, actorNames(options));
    }
    return kDone;
}

using Options = std::shared_ptr<AuditOptions>;

CLI::App* addAudit(CLI::App& parent, const char* name, const char* words, const Options& options) {
    CLI::App* command = parent.add_subcommand(name, words);
    command->add_option("WORKSPACE", options->folder, "The workspace, or a copy of its audit folder")->required();
    return command;
}

void addPassphrase(CLI::App& command, const Options& options) {
    command.add_option("--passphrase-file", options->passphraseFile,
                       "File with the passphrase in its first line; else FAIRLEAD_PASSPHRASE_FILE, else asked for");
    command.add_option("--user", options->user, "Who reads it; else whoever's the passphrase is");
}

void addVerify(CLI::App& parent) {
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* command = addAudit(parent, "verify", "Checks that nothing in the log was changed or taken out", options);
    command->add_option("--against", options->against,
                        "A checkpoint kept elsewhere: its file, or \"SIZE ROOT\" as a briefing prints it");
    command->add_flag("--with-key", options->withKey, "Checks the MACs too, which needs the passphrase");
    addPassphrase(*command, options);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(runVerify(*options)); });
}

void addCheckpoint(CLI::App& parent) {
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* command = addAudit(parent, "checkpoint", "Prints the signed checkpoint, to be kept elsewhere", options);
    command->add_option("--out", options->out, "Writes it to this file instead");
    command->callback([options] { finish(runCheckpoint(*options)); });
}

void addProof(CLI::App& parent) {
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* command =
        addAudit(parent, "proof", "Prints why the log of now holds all of an older one, for those without it", options);
    command->add_option("--from", options->from, "Entries of the older checkpoint")->required();
    command->add_option("--out", options->out, "Writes it to this file instead");
    command->callback([options] { finish(runProof(*options)); });
}

void addList(CLI::App& parent) {
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* command = addAudit(parent, "list", "Lists the entries with their details", options);
    addPassphrase(*command, options);
    command->add_option("--since", options->since, "From this day, UTC");
    command->add_option("--verb", options->verb, "Only this kind: collection, consultation, disclosure ...");
    command->add_option("--last", options->last, "Only so many, the newest");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(runList(*options)); });
}

void addReport(CLI::App& parent) {
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* command = addAudit(parent, "report", "Reveals by person and hour, and what asks for a look", options);
    addPassphrase(*command, options);
    command->add_option("--hours", options->hours, "Working hours of this computer's time zone")->capture_default_str();
    command->add_flag("--weekends", options->weekends, "Saturday and Sunday are working days");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(runReport(*options)); });
}

}  // namespace

void addAuditCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("audit", "Proves what was done, and shows it");
    parent->require_subcommand(1);
    addVerify(*parent);
    addCheckpoint(*parent);
    addProof(*parent);
    addList(*parent);
    addReport(*parent);
}

}  // namespace fairlead::cli
