#include "app/cli/left_out_output.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/workspace/family_report.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using family::LeftOutBecause;

struct FamiliesOptions {
    SessionOptions session;
    bool json = false;
};

std::string_view wordsOf(LeftOutBecause reason) {
    switch (reason) {
        case LeftOutBecause::CommunalKind: return "hostel, refuge, children's home or placement";
        case LeftOutBecause::Crowded: return "too many residents who are not relatives";
        case LeftOutBecause::SeveralFamilies: return "several families with nothing recorded between them";
        case LeftOutBecause::OversizeFamily: return "family number with too many members";
    }
    return "";
}

std::string dayOr(Date day, Date open, std::string_view words) { return day == open ? std::string(words) : day.uk(); }

int run(const FamiliesOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Families");
    const auto report = workspace::familyReport(**session, task.context());
    if (!report) return explainFailure("Not shown", report.error());
    if (options.json) {
        printJson(leftOutJson(*report));
        return kDone;
    }
    fmt::print("{}\n", leftOutWords(*report));
    for (const family::LeftOut& one : report->leftOut)
        fmt::print("  {:016x}  {:>4} people, {} to {}: {}\n", one.number, one.people,
                   dayOr(one.during.from, Date::beginning(), "ever"), dayOr(one.during.until, Date::never(), "now"),
                   wordsOf(one.because));
    return kDone;
}

}  // namespace

std::string leftOutWords(const family::DeriveReport& report) {
    return fmt::format(
        "left out: {} communal places, {} crowded places, {} oversize family numbers; {} places of several families; "
        "{} former homes; chains would connect up to {} people",
        report.count(LeftOutBecause::CommunalKind), report.count(LeftOutBecause::Crowded),
        report.count(LeftOutBecause::OversizeFamily), report.count(LeftOutBecause::SeveralFamilies), report.formerHomes,
        report.largestChain);
}

json::object leftOutJson(const family::DeriveReport& report) {
    json::array places;
    for (const family::LeftOut& one : report.leftOut) {
        json::object entry{{"because", family::name(one.because)},
                           {"number", fmt::format("{:016x}", one.number)},
                           {"people", one.people}};
        if (one.during.from != Date::beginning()) entry["from"] = one.during.from.iso();
        if (one.during.until != Date::never()) entry["until"] = one.during.until.iso();
        places.push_back(std::move(entry));
    }
    return {{"communal_places", report.count(LeftOutBecause::CommunalKind)},
            {"communal_residences", report.communalResidences},
            {"crowded_places", report.count(LeftOutBecause::Crowded)},
            {"oversize_families", report.count(LeftOutBecause::OversizeFamily)},
            {"places_of_several_families", report.count(LeftOutBecause::SeveralFamilies)},
            {"former_homes", report.formerHomes},
            {"largest_chain", report.largestChain},
            {"list", std::move(places)}};
}

void addFamiliesCommand(CLI::App& parent) {
    CLI::App* command = parent.add_subcommand(
        "families", "Which addresses and family numbers make no family, and why, by pseudonymous number");
    const auto options = std::make_shared<FamiliesOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
