#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/output_files.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/custody/certificate.h"
#include "core/custody/purge.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct RetentionOptions {
    SessionOptions session;
    std::vector<std::int64_t> deliveries;
    bool allDue = false;
    std::string reason;
    std::string second;
    std::filesystem::path secondPassphraseFile;
    std::int64_t purge = 0;
    std::filesystem::path out;
    bool json = false;
};

std::string stateOf(const custody::DeliveryEnd& delivery) {
    if (delivery.purgedOn) return "purged on " + delivery.purgedOn->uk();
    if (delivery.isDue) return "due";
    return delivery.isReplaced ? "replaced by a later delivery" : "";
}

int due(const RetentionOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto deliveries = custody::retention(**session);
    if (!deliveries) return explainFailure("Not shown", deliveries.error());
    json::array list;
    for (const custody::DeliveryEnd& delivery : *deliveries) {
        if (!options.json) {
            fmt::print("{:>6}  {:<48} until {}  {}\n", delivery.delivery.value, delivery.label(),
                       delivery.retainUntil.uk(), stateOf(delivery));
            continue;
        }
        list.push_back({{"delivery", delivery.delivery.value},
                        {"agency", delivery.agency},
                        {"dataset", delivery.dataset},
                        {"sequence", delivery.sequence},
                        {"load", delivery.load.value},
                        {"retain_until", delivery.retainUntil.iso()},
                        {"due", delivery.isDue},
                        {"replaced", delivery.isReplaced},
                        {"purged_on", delivery.purgedOn ? json::value(delivery.purgedOn->iso()) : json::value()}});
    }
    if (options.json) printJson(list);
    return kDone;
}

/// Those that were named, or all that are due.
Result<std::vector<record::DeliveryId>> chosen(workspace::Workspace& workspace, const RetentionOptions& options) {
    if (options.allDue) {
        FAIRLEAD_TRY(const auto all, custody::retention(workspace));
        return custody::dueOf(all);
    }
    std::vector<record::DeliveryId> deliveries;
    for (const std::int64_t id : options.deliveries) deliveries.push_back({id});
    return deliveries;
}

json::object jsonOf(const custody::TablesLeft& tables) {
    json::object list;
    for (const auto& [table, rows] : tables) list[table] = json::object{{"go", rows.went}, {"stay", rows.stayed}};
    return list;
}

void print(std::string_view file, const custody::TablesLeft& tables) {
    for (const auto& [table, rows] : tables)
        if (rows.went > 0)
            fmt::print("  {:<32} {:>12} go {:>12} stay\n", fmt::format("{}.{}", file, table), rows.went, rows.stayed);
}

/// "01/04/2026 to 30/04/2026, from 01/06/2026 on".
std::string inWords(const std::vector<Interval>& days) {
    std::string words;
    for (const Interval& part : days) {
        words += words.empty() ? "" : ", ";
        words += part.isOpen() ? fmt::format("from {} on", part.from.uk())
                               : fmt::format("{} to {}", part.from.uk(), (part.until - 1).uk());
    }
    return words;
}

void show(const custody::PurgePreview& preview, bool asJson, std::int64_t purge) {
    if (asJson) {
        json::array labels;
        for (const custody::DeliveryEnd& delivery : preview.deliveries) labels.emplace_back(delivery.label());
        json::array figures;
        for (const custody::LostFigure& figure : preview.figures)
            figures.push_back({{"id", figure.id}, {"days", inWords(figure.days)}, {"today", figure.isNow}});
        printJson({{"purge", purge == 0 ? json::value() : json::value(purge)},
                   {"deliveries", std::move(labels)},
                   {"records_of_persons", preview.personsGone()},
                   {"core", jsonOf(preview.core)},
                   {"identity", jsonOf(preview.identity)},
                   {"figures", std::move(figures)},
                   {"deliveries_without_persons", preview.deliveriesWithoutPersons}});
        return;
    }
    for (const custody::DeliveryEnd& delivery : preview.deliveries)
        fmt::print("{}, to be kept until {}\n", delivery.label(), delivery.retainUntil.uk());
    print("core", preview.core);
    print("identity", preview.identity);
    for (const custody::LostFigure& figure : preview.figures)
        fmt::print("  {} would say that it was purged, as at {}{}\n", figure.title, inWords(figure.days),
                   figure.isNow ? ", today as well" : "");
    fmt::print("{} records of persons go whole. What a delivery still held has as well stays.\n",
               preview.personsGone());
    if (preview.deliveriesWithoutPersons > 0)
        fmt::print(
            "An older program loaded {} of the deliveries that stay: names and addresses that they do not "
            "contradict stay with them.\n",
            preview.deliveriesWithoutPersons);
}

int preview(const RetentionOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Counting");
    const auto deliveries = chosen(**session, options);
    if (!deliveries) return explainFailure("Not counted", deliveries.error());
    const auto found = custody::previewPurge(**session, *deliveries, task.context());
    if (!found) return explainFailure("Not counted", found.error());
    show(*found, options.json, 0);
    return kDone;
}

int purge(const RetentionOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    crypto::Secret passphrase;
    workspace::SecondPerson second;
    if (!options.second.empty()) {
        auto read =
            readPassphrase(options.secondPassphraseFile, fmt::format("Passphrase of {}", options.second), false);
        if (!read) return explainFailure("Not purged", read.error());
        passphrase = std::move(*read);
        second.credentials.emplace(passphrase, options.second);
    }
    RunningTask task("Purging");
    const auto deliveries = chosen(**session, options);
    if (!deliveries) return explainFailure("Not purged", deliveries.error());
    const auto report = custody::purge(**session, {*deliveries, options.reason}, second, task.context());
    if (!report) return explainFailure("Not purged", report.error());
    show(report->done, options.json, report->purge);
    if (!options.json)
        fmt::print("Purge {}: done in {:.1f} s. The workspace has new keys; link its records again.\n", report->purge,
                   report->seconds);
    return kDone;
}

int certificate(const RetentionOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto text = custody::certificate(**session, options.purge);
    if (!text) return explainFailure("Not written", text.error());
    if (options.out.empty()) {
        fmt::print("{}", *text);
        return kDone;
    }
    OutputFiles files;
    files.add(options.out).write(*text);
    if (const auto written = files.publish(); !written) return explainFailure("Not written", written.error());
    return kDone;
}

CLI::App* addCommand(CLI::App& parent, const char* name, const char* words,
                     const std::shared_ptr<RetentionOptions>& options, int (*run)(const RetentionOptions&)) {
    CLI::App* command = parent.add_subcommand(name, words);
    addSessionOptions(*command, options->session);
    command->callback([options, run] { finish(run(*options)); });
    return command;
}

void addChoice(CLI::App& command, RetentionOptions& options) {
    CLI::Option* one = command.add_option("--delivery", options.deliveries, "Number of a delivery, as `due` lists it");
    command.add_flag("--all-due", options.allDue, "All whose end is over")->excludes(one);
    command.add_flag("--json", options.json, "As JSON");
}

}  // namespace

void addRetentionCommands(CLI::App& app) {
    CLI::App* parent = app.add_subcommand("retention", "Until when deliveries may be kept, and their end");
    parent->require_subcommand(1);
    const auto options = std::make_shared<RetentionOptions>();
    addCommand(*parent, "due", "Every delivery with its end", options, &due)
        ->add_flag("--json", options->json, "As JSON");
    addChoice(*addCommand(*parent, "preview", "What a purge would take; changes nothing", options, &preview), *options);
    CLI::App* command =
        addCommand(*parent, "purge", "Removes the rows of deliveries; both files get new keys", options, &purge);
    addChoice(*command, *options);
    command->add_option("--reason", options->reason, "Why, for the certificate and the audit log; no names")
        ->required();
    command->add_option("--second", options->second, "The key officer, where roles are separated");
    command->add_option("--second-passphrase-file", options->secondPassphraseFile,
                        "File with the officer's passphrase in its first line; else asked for");
    command = addCommand(*parent, "certificate", "The certificate of a purge, as text", options, &certificate);
    command->add_option("--purge", options->purge, "Its number")->required();
    command->add_option("--out", options->out, "A new file; else it is printed");
}

}  // namespace fairlead::cli
