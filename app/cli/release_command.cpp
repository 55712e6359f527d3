// access involve, involvements, release, releases, withdraw, names: who is involved with which child, and
// the names released for it.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/second_person.h"
#include "app/cli/session_command.h"
#include "core/release/involvement.h"
#include "core/release/release.h"
#include "core/release/withdrawal.h"
#include "core/workspace/overview.h"
#include "core/workspace/released_names.h"
#include "core/workspace/reveal.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct ReleaseOptions {
    SessionOptions session;
    SecondOptions second;
    std::int64_t school = 0;
    std::string pupil;
    std::string from, until;
    std::string user;
    std::string reason;
    std::vector<std::int64_t> involvements;
    std::int64_t number = 0;
    std::int64_t involvement = 0;
    std::int64_t budget = 0;
    release::InvolvementWanted wanted;
    bool json = false;
};

Result<Date> dayOf(const std::string& text, const char* option) {
    const auto day = Date::fromIso(text);
    if (!day) return fail(ErrorCode::InvalidArgument, option, "write it as YYYY-MM-DD");
    return *day;
}

using Labels = std::map<record::PersonKey, std::string>;

Result<Labels> labelsOf(workspace::Workspace& workspace, std::int64_t school, TaskContext& task) {
    workspace::OverviewRequest request;
    request.school = {school};
    FAIRLEAD_TRY(const auto page, workspace::overview(workspace, request, task));
    return page->pseudonyms;
}

Result<record::PersonKey> pupilOf(workspace::Workspace& workspace, const ReleaseOptions& options, TaskContext& task) {
    FAIRLEAD_TRY(const auto labels, labelsOf(workspace, options.school, task));
    const std::string whole = options.pupil.starts_with("Pupil ") ? options.pupil : "Pupil " + options.pupil;
    const auto found = std::ranges::find(labels, whole, [](const auto& entry) { return entry.second; });
    if (found == labels.end())
        return fail(ErrorCode::NotFound, whole, "no pupil of this school's last thirteen months has this letter");
    return found->first;
}

Status involve(workspace::Workspace& workspace, const ReleaseOptions& options) {
    release::InvolvementWanted wanted = options.wanted;
    FAIRLEAD_TRY(wanted.days.from, dayOf(options.from, "--from"));
    FAIRLEAD_TRY(wanted.days.until, dayOf(options.until, "--until"));
    RunningTask task("Involvement");
    FAIRLEAD_TRY(wanted.child, pupilOf(workspace, options, task.context()));
    FAIRLEAD_TRY(const std::int64_t number, release::recordInvolvement(workspace, wanted));
    fmt::print("Involvement {} recorded.\n", number);
    return {};
}

Status listInvolvements(workspace::Workspace& workspace, const ReleaseOptions& options) {
    FAIRLEAD_TRY(const auto all, release::involvements(workspace));
    const Date today = workspace::latestDay(workspace);
    json::array list;
    for (const release::Involvement& one : all) {
        const std::string_view state = release::name(release::stateOf(one, today));
        json::array children;
        std::vector<std::string> places;
        for (const release::ChildAtSchool& place : one.childAt) {
            children.push_back(json::object{{"school", place.school.value}, {"pupil", place.letter}});
            places.push_back(fmt::format("{}, {}", place.letter, place.schoolName));
        }
        const std::string child = places.empty() ? "a child" : fmt::format("{}", fmt::join(places, "; "));
        list.push_back(json::object{{"involvement", one.id},
                                    {"child", std::move(children)},
                                    {"family", one.coversFamily},
                                    {"team", one.team},
                                    {"purpose", one.purpose},
                                    {"gateway", one.gateway},
                                    {"from", one.days.from.iso()},
                                    {"until", one.days.until.iso()},
                                    {"source", one.source},
                                    {"state", state}});
        if (!options.json)
            fmt::print("{:>4}  {:<9} {} to {}  {}{}; {}: {} ({}; {})\n", one.id, state, one.days.from.uk(),
                       one.days.until.uk(), child, one.coversFamily ? ", and family" : "", one.team, one.purpose,
                       one.gateway, one.source);
    }
    if (options.json) printJson(list);
    return {};
}

Status makeRelease(workspace::Workspace& workspace, const ReleaseOptions& options) {
    release::ReleaseWanted wanted{options.user, options.involvements, {}, options.budget};
    FAIRLEAD_TRY(wanted.until, dayOf(options.until, "--until"));
    FAIRLEAD_TRY(const auto second, readSecond(options.second));
    FAIRLEAD_TRY(const auto report, release::releaseNames(workspace, second->person, wanted));
    fmt::print("Release {}: {} names to {}, until {}, to be shown {} times in all.\n", report.number, report.named,
               options.user, report.until.uk(), report.budget);
    if (report.unnamed > 0) fmt::print("{} more have no name on record.\n", report.unnamed);
    fmt::print("When it ends the program refuses; what was seen or copied by then cannot be taken back.\n");
    return {};
}

Status listReleases(workspace::Workspace& workspace, const ReleaseOptions& options) {
    FAIRLEAD_TRY(const auto all, release::releases(workspace));
    json::array list;
    for (const release::ReleaseEntry& one : all) {
        list.push_back(json::object{{"release", one.number},
                                    {"user", one.user},
                                    {"released_by", one.releasedBy},
                                    {"seconded_by", one.secondedBy},
                                    {"at", utcTime(one.atMs)},
                                    {"until", one.until.iso()},
                                    {"children", one.children},
                                    {"involvements", json::array(one.involvements.begin(), one.involvements.end())},
                                    {"state", release::name(one.state)},
                                    {"withdrawn_by", one.withdrawnBy},
                                    {"budget", one.budget},
                                    {"shown", one.shown},
                                    {"last_shown", one.shownMs == 0 ? std::string() : utcTime(one.shownMs)},
                                    {"sound", one.isSound}});
        if (!options.json)
            fmt::print("{:>4}  {:<9} to {}: {} names until {}, shown {} of {}, by {} and {}, for involvements {}{}\n",
                       one.number, release::name(one.state), one.user, one.children, one.until.uk(), one.shown,
                       one.budget, one.releasedBy, one.secondedBy, fmt::join(one.involvements, ", "),
                       one.isSound ? "" : "  NOT SOUND: signatures do not fit");
    }
    if (options.json) printJson(list);
    return {};
}

Status withdraw(workspace::Workspace& workspace, const ReleaseOptions& options) {
    std::vector<std::int64_t> releases{options.number};
    if (options.involvement > 0) {
        FAIRLEAD_TRY(releases, release::withdrawInvolvement(workspace, options.involvement, options.reason));
        fmt::print("Involvement {} withdrawn: nothing is released for it any more.\n", options.involvement);
    } else {
        FAIRLEAD_OK(release::withdrawRelease(workspace, options.number, options.reason));
    }
    for (const std::int64_t number : releases)
        fmt::print("Release {} withdrawn: its names open here no more. What was seen or copied cannot be taken back.\n",
                   number);
    return {};
}

Status showNames(workspace::Workspace& workspace, const ReleaseOptions& options) {
    RunningTask task("Names");
    FAIRLEAD_TRY(const auto labels, labelsOf(workspace, options.school, task.context()));
    std::vector<record::PersonKey> pupils;
    for (const auto& [pupil, label] : labels) pupils.push_back(pupil);
    FAIRLEAD_TRY(const auto revealed, workspace::reveal(workspace, pupils, options.reason));
    json::array list;
    for (const auto& [pupil, name] : revealed.names) {
        list.push_back(json::object{{"pupil", labels.at(pupil)}, {"name", name}});
        if (!options.json) fmt::print("{:<10} {}\n", labels.at(pupil), name);
    }
    if (options.json)
        printJson(json::object{
            {"names", std::move(list)}, {"withheld", revealed.withheld}, {"budget_spent", revealed.spent}});
    else
        fmt::print("{} withheld: not released to you.\n", revealed.withheld);
    if (revealed.spent > 0 && !options.json)
        fmt::print(
            "{} more are released to you, but their release may not show that many any more: its budget is spent. Ask "
            "a data steward for a new release.\n",
            revealed.spent);
    return {};
}

void addInvolve(CLI::App& parent) {
    const auto [app, options] =
        addSessionCommand(parent, "involve", "Records a worker's involvement with a child", &involve);
    release::InvolvementWanted& wanted = options->wanted;
    app->add_option("--worker", wanted.worker, "The user who is involved, by name")->required();
    app->add_option("--school", options->school, "URN of the child's school")->required();
    app->add_option("--pupil", options->pupil, "The letter that stands for the child there")->required();
    app->add_flag("--family", wanted.coversFamily, "With those recorded as the child's family");
    app->add_option("--team", wanted.team, "The worker's team")->required();
    app->add_option("--purpose", wanted.purpose, "What for, in words, without names")->required();
    app->add_option("--gateway", wanted.gateway, "Id of the legal gateway: see `gateways list`")->required();
    app->add_option("--from", options->from, "First day, YYYY-MM-DD")->required();
    app->add_option("--until", options->until, "The day on which it is over, YYYY-MM-DD")->required();
    app->add_option("--source", wanted.source, "Where the involvement is recorded")->required();
}

}  // namespace

void addReleaseCommands(CLI::App& access) {
    addInvolve(access);
    const auto involvements = addSessionCommand(access, "involvements",
                                                "Who is involved, for what; one's own for analysts", &listInvolvements);
    const auto make = addSessionCommand(access, "release", "Releases names to a user; two people sign", &makeRelease);
    make.app->add_option("--to", make.options->user, "The user who will see the names")->required();
    make.app->add_option("--until", make.options->until, "The day on which it is over, YYYY-MM-DD")->required();
    make.app->add_option("--involvement", make.options->involvements, "Numbers, with commas; else all that run")
        ->delimiter(',');
    make.app->add_option("--budget", make.options->budget,
                         "How many names it may show in all, each once a sitting; else 20 for each child");
    addSecondOptions(*make.app, make.options->second);
    const auto releases = addSessionCommand(access, "releases", "What was released, without names", &listReleases);
    const auto back =
        addSessionCommand(access, "withdraw", "Takes a release back, or all that rests on an involvement", &withdraw);
    auto* const what = back.app->add_option_group("what");
    what->add_option("--release", back.options->number, "The number of a release");
    what->add_option("--involvement", back.options->involvement, "The number of an involvement");
    what->require_option(1);
    back.app->add_option("--reason", back.options->reason, "Why; it goes into the audit log")->required();
    const auto names =
        addSessionCommand(access, "names", "Names of a school's pupils, as far as they are released", &showNames);
    names.app->add_option("--school", names.options->school, "URN")->required();
    names.app->add_option("--reason", names.options->reason, "Why; it goes into the audit log")->required();
    for (const auto& command : {involvements, releases, names})
        command.app->add_flag("--json", command.options->json, "As JSON");
}

}  // namespace fairlead::cli
