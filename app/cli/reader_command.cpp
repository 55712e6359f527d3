// access pack, aggregates, pairs, pair: what aggregate readers and link reviewers see.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session_command.h"
#include "core/release/pack.h"
#include "core/release/pairs_for_review.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct ReaderOptions {
    SessionOptions session;
    std::vector<std::int64_t> records;
    std::string reason;
    bool json = false;
};

Status make(workspace::Workspace& workspace, const ReaderOptions&) {
    RunningTask task("Pack");
    FAIRLEAD_TRY(const auto report, release::makePack(workspace, task.context()));
    fmt::print("{} for {}.\n", counted(report.schools, "school"), counted(report.readers, "reader"));
    return {};
}

Status show(workspace::Workspace& workspace, const ReaderOptions& options) {
    FAIRLEAD_TRY(const auto pack, release::readPack(workspace));
    json::array schools;
    for (const release::PackSchool& school : pack.schools) {
        json::object figures;
        for (const release::PackFigure& one : school.figures) figures[one.id] = indicator::shorthand(one.pupils);
        if (!options.json) {
            fmt::print("{} ({}), on roll {}\n", school.name, school.urn.value, indicator::shorthand(school.onRoll));
            for (const release::PackFigure& one : school.figures)
                fmt::print("  {:<50} {}\n", one.title, indicator::shorthand(one.pupils));
        }
        schools.push_back(json::object{{"urn", school.urn.value},
                                       {"name", school.name},
                                       {"on_roll", indicator::shorthand(school.onRoll)},
                                       {"figures", std::move(figures)}});
    }
    if (options.json)
        printJson(
            json::object{{"as_at", pack.asAt}, {"prepared_by", pack.preparedBy}, {"schools", std::move(schools)}});
    else
        fmt::print("As at {}, prepared by {}. Counts to the nearest 5; [c]: too small to show.\n", pack.asAt,
                   pack.preparedBy);
    return {};
}

Status listPairs(workspace::Workspace& workspace, const ReaderOptions& options) {
    FAIRLEAD_TRY(const auto pairs, release::pairsForReview(workspace));
    json::array list;
    for (const release::WaitingPair& pair : pairs) {
        if (!options.json)
            fmt::print("{} {}  {:.1f} bits, probability {:.4f}\n", pair.a.value, pair.b.value, pair.bits,
                       pair.probability);
        list.push_back(json::object{
            {"a", pair.a.value}, {"b", pair.b.value}, {"bits", pair.bits}, {"probability", pair.probability}});
    }
    if (options.json) printJson(list);
    return {};
}

void print(const release::RecordFields& fields) {
    fmt::print("{} {} ({})\n", fields.dataset, fields.reference, fields.id.value);
    const std::pair<const char*, const std::vector<std::string>*> lines[] = {{"names", &fields.names},
                                                                             {"birth dates", &fields.birthDates},
                                                                             {"sex", &fields.sexes},
                                                                             {"addresses", &fields.addresses},
                                                                             {"identifiers", &fields.identifiers}};
    for (const auto& [title, texts] : lines)
        if (!texts->empty()) fmt::print("  {:<12} {}\n", title, fmt::join(*texts, "; "));
}

Status showPair(workspace::Workspace& workspace, const ReaderOptions& options) {
    FAIRLEAD_TRY(const auto pair,
                 release::pairFields(workspace, {{options.records.at(0)}, {options.records.at(1)}, options.reason}));
    print(pair.a);
    print(pair.b);
    if (pair.decision)
        fmt::print("decision {}: {}, by {}: {}\n", pair.decision->id, release::name(pair.decision->verdict),
                   pair.decision->reader, pair.decision->reason);
    if (!pair.isWeighed) {
        fmt::print("The last run has no weight of the two: other links joined them.\n");
        return {};
    }
    for (const release::FieldWeight& weight : pair.weights)
        fmt::print("  {:<24} {:<40} {:+.1f}\n", weight.field, weight.level, weight.bits);
    fmt::print("  {:<65} {:+.1f}\n", "start, rare and common values, relations", pair.furtherBits);
    fmt::print("{:.1f} bits, probability {:.4f}\n", pair.pair.bits, pair.pair.probability);
    return {};
}

}  // namespace

void addReaderCommands(CLI::App& access) {
    addSessionCommand(access, "pack", "Makes the aggregate readers' pack: counts by school, small ones suppressed",
                      &make);
    const auto counts = addSessionCommand(access, "aggregates", "The aggregate readers' pack", &show);
    const auto pairs =
        addSessionCommand(access, "pairs", "Pairs of records that wait for a reader, by number", &listPairs);
    for (const auto& command : {counts, pairs}) command.app->add_flag("--json", command.options->json, "As JSON");
    const auto pair = addSessionCommand(
        access, "pair", "What identifies the two records of a waiting pair, and what it weighs", &showPair);
    pair.app->add_option("--records", pair.options->records, "Two numbers, with a comma between")
        ->delimiter(',')
        ->expected(2)
        ->required();
    pair.app->add_option("--reason", pair.options->reason, "Why; it goes into the audit log")->required();
}

}  // namespace fairlead::cli
