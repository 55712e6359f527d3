// access decide, decisions, take-back: readers' verdicts on two records.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/session_command.h"
#include "core/release/decisions.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct DecisionOptions {
    SessionOptions session;
    std::vector<std::int64_t> records;
    bool same = false, different = false, unsure = false;
    bool overrules = false, unconnected = false;
    std::int64_t number = 0;
    std::string reason;
    bool json = false;
};

Status decide(workspace::Workspace& workspace, const DecisionOptions& options) {
    const release::Verdict verdict = options.same        ? release::Verdict::Same
                                     : options.different ? release::Verdict::Different
                                                         : release::Verdict::Unsure;
    FAIRLEAD_TRY(const std::int64_t number, release::decide(workspace, {{options.records.at(0)},
                                                                        {options.records.at(1)},
                                                                        verdict,
                                                                        options.reason,
                                                                        options.overrules,
                                                                        options.unconnected}));
    fmt::print("Decision {} is written: {}. It counts from the next linkage run: `workspace link`.\n", number,
               release::name(verdict));
    return {};
}

Status takeBack(workspace::Workspace& workspace, const DecisionOptions& options) {
    FAIRLEAD_OK(release::withdrawDecision(workspace, options.number, options.reason));
    fmt::print("Decision {} is taken back, from the next linkage run on.\n", options.number);
    return {};
}

json::object asJson(const release::Decision& one) {
    json::object entry{{"decision", one.id},
                       {"a", one.a.value},
                       {"b", one.b.value},
                       {"verdict", release::name(one.verdict)},
                       {"reader", one.reader},
                       {"at", utcTime(one.atMs)},
                       {"reason", one.reason},
                       {"after_run", one.afterRun},
                       {"in_force", one.isInForce()},
                       {"waits", one.waits}};
    if (one.insteadOf > 0) entry["instead_of"] = one.insteadOf;
    if (one.withdrawnMs) {
        entry["withdrawn_by"] = one.withdrawnBy;
        entry["withdrawn_at"] = utcTime(*one.withdrawnMs);
    }
    return entry;
}

Status list(workspace::Workspace& workspace, const DecisionOptions& options) {
    FAIRLEAD_TRY(const auto all, release::decisions(workspace));
    json::array entries;
    for (const release::Decision& one : all) {
        entries.push_back(asJson(one));
        if (options.json) continue;
        fmt::print("{:>4}  {} {}  {:<9} by {}, {}: {}{}{}\n", one.id, one.a.value, one.b.value,
                   release::name(one.verdict), one.reader, utcTime(one.atMs), one.reason,
                   one.isInForce() ? "" : fmt::format("  withdrawn by {}", one.withdrawnBy),
                   one.waits ? "  waits for the next linkage run" : "");
    }
    if (options.json)
        printJson(entries);
    else
        fmt::print("Waiting for the next linkage run (`workspace link`): {}.\n",
                   std::ranges::count(all, true, &release::Decision::waits));
    return {};
}

}  // namespace

void addDecisionCommands(CLI::App& access) {
    const auto [decideApp, decideOptions] = addSessionCommand(
        access, "decide", "Says of two records whether they are one person; for link reviewers", &decide);
    decideApp->add_option("--records", decideOptions->records, "Two numbers, with a comma between")
        ->delimiter(',')
        ->expected(2)
        ->required();
    auto* const verdict = decideApp->add_option_group("verdict");
    verdict->add_flag("--same", decideOptions->same, "One person");
    verdict->add_flag("--different", decideOptions->different, "Two people");
    verdict->add_flag("--unsure", decideOptions->unsure, "Cannot be said: kept apart, and asked no more");
    verdict->require_option(1);
    decideApp->add_option("--reason", decideOptions->reason, "Why; it goes into the audit log")->required();
    decideApp->add_flag("--overrule", decideOptions->overrules, "In place of another reader's decision");
    decideApp->add_flag("--unconnected", decideOptions->unconnected,
                        "Although they neither wait nor are one person: `explain --records` shows both for a reason");
    const auto decisions =
        addSessionCommand(access, "decisions", "What readers decided about pairs, the newest first", &list);
    decisions.app->add_flag("--json", decisions.options->json, "As JSON");
    const auto back = addSessionCommand(access, "take-back", "Takes a decision about a pair back", &takeBack);
    back.app->add_option("--decision", back.options->number, "Its number")->required();
    back.app->add_option("--reason", back.options->reason, "Why; it goes into the audit log")->required();
}

}  // namespace fairlead::cli
