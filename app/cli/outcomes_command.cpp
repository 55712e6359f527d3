// outcomes: pupils of one school, or of all, by prevention level and outcome heading over twelve months.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/view_options.h"
#include "core/workspace/outcomes.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct OutcomesOptions {
    SessionOptions session;
    ViewOptions view;
    bool area = false;
    bool json = false;
};

json::array jsonOf(const std::vector<indicator::OutcomeLine>& lines) {
    json::array list;
    for (const indicator::OutcomeLine& line : lines) {
        json::array points;
        for (const indicator::MonthPoint& point : line.points)
            points.push_back({{"at", point.at.iso()},
                              {"pupils", indicator::shorthand(point.pupils)},
                              {"incomplete", point.incomplete}});
        list.push_back({{"title", line.title},
                        {"indicators", json::array(line.definitions.begin(), line.definitions.end())},
                        {"points", std::move(points)}});
    }
    return list;
}

void print(const std::vector<indicator::OutcomeLine>& lines) {
    for (const indicator::OutcomeLine& line : lines) {
        fmt::print("{:<46}", line.title);
        for (const indicator::MonthPoint& point : line.points)
            fmt::print(" {:>5}", indicator::shorthand(point.pupils) + (point.incomplete ? "*" : ""));
        fmt::print("\n");
    }
}

std::string titleOf(const workspace::OutcomesPage& page) {
    return page.schoolName.empty() ? fmt::format("All schools ({})", page.schools) : page.schoolName;
}

int run(const OutcomesOptions& options) {
    const auto request = requestOf(options.view);
    if (!request) return explainFailure("Not shown", request.error());
    if (!options.area && options.view.school == 0)
        return explainFailure("Not shown", Error{ErrorCode::InvalidArgument, "--school", "name a school, or --area"});
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Outcomes");
    const auto page =
        options.area
            ? workspace::areaOutcomes(**session, {request->asAt, request->knownAt, request->yearGroup}, task.context())
            : workspace::outcomes(**session, *request, task.context());
    if (!page) return explainFailure("Not shown", page.error());
    if (options.json) {
        printJson({{"school_name", page->schoolName},
                   {"schools", page->schools},
                   {"as_at", page->moment.asAt.iso()},
                   {"known_at", page->moment.knownAt.value},
                   {"levels", jsonOf(page->reading.levels)},
                   {"headings", jsonOf(page->reading.headings)}});
        return kDone;
    }
    fmt::print("{}  DRAFT\ndistinct pupils at eleven month ends and on {}, as known at {}; * = not complete\n",
               titleOf(*page), page->moment.asAt.uk(), knownAtInWords(page->moment.knownAt, page->moment.knownOn));
    print(page->reading.levels);
    print(page->reading.headings);
    return kDone;
}

}  // namespace

void addOutcomesCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "outcomes", "Pupils of a school, or of all, by prevention level and outcome heading, month by month");
    const auto options = std::make_shared<OutcomesOptions>();
    addSessionOptions(*command, options->session);
    CLI::Option* school = addViewOptions(*command, options->view)->required(false);
    CLI::Option* area = command->add_flag("--area", options->area, "All schools together, each pupil once");
    school->excludes(area);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
