#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/view_options.h"
#include "core/workspace/overview.h"
#include "core/workspace/schools.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

/// A figure, or the sign for why there is none: "-", "[c]" and "[x]" are never 0.
json::value jsonOf(const indicator::Count& count) {
    if (count.isValue()) return count.value;
    return json::string(indicator::shorthand(count));
}

json::object jsonOf(std::string_view id, std::string_view title, const indicator::Figure& figure) {
    json::array series;
    for (const indicator::MonthPoint& point : figure.series)
        series.push_back({{"at", point.at.iso()}, {"pupils", jsonOf(point.pupils)}, {"incomplete", point.incomplete}});
    return {{"id", id},
            {"title", title},
            {"pupils", jsonOf(figure.pupils)},
            {"events", jsonOf(figure.events)},
            {"change", {{"pupils", jsonOf(figure.change.difference)}, {"since", figure.change.basis.iso()}}},
            {"series", std::move(series)}};
}

json::value dayOrNull(const std::optional<Date>& day) { return day ? json::value(day->iso()) : json::value(); }

json::object jsonOf(const workspace::OverviewPage& page) {
    const indicator::Overview& overview = page.overview;
    json::array groups;
    for (const indicator::GroupFigure& group : overview.groups) {
        json::array indicators;
        for (const indicator::IndicatorFigure& figure : group.indicators) {
            json::object entry = jsonOf(figure.id, figure.title, figure.figure);
            entry["version"] = figure.version;
            entry["stale"] = figure.stale;
            indicators.push_back(std::move(entry));
        }
        json::object entry = jsonOf(group.id, group.title, group.figure);
        entry["indicators"] = std::move(indicators);
        groups.push_back(std::move(entry));
    }
    json::array fresh;
    for (const indicator::NewIndicator& line : overview.newIndicators)
        fresh.push_back({{"date", line.date.iso()},
                         {"pupil", page.pseudonyms.at(line.pupil)},
                         {"year", line.yearGroup},
                         {"indicator", line.indicator},
                         {"late", line.late}});
    json::array families;
    for (const indicator::FamilyCount& line : overview.families)
        families.push_back(
            {{"pupil", page.pseudonyms.at(line.pupil)}, {"year", line.yearGroup}, {"count", line.count}});
    json::array sources;
    for (const indicator::SourceLine& line : overview.sources)
        sources.push_back({{"agency", line.agency}, {"dataset", line.dataset}, {"data_as_at", line.dataAsAt.iso()}});
    return {{"school", overview.school.value},
            {"school_name", page.schoolName},
            {"as_at", overview.asAt.iso()},
            {"known_at", overview.knownAt.value},
            {"known_on", page.knownOn ? json::value(page.knownOn->iso()) : json::value()},
            {"year", overview.filters.yearGroup},
            {"on_roll", overview.onRoll},
            {"roll_purged_on", dayOrNull(overview.rollPurgedOn)},
            {"lists_purged_on", dayOrNull(overview.listsPurgedOn)},
            {"linked", page.linked},
            {"linked_share", page.linkedShare},
            {"pending_links", page.pendingLinks},
            {"groups", std::move(groups)},
            {"new", std::move(fresh)},
            {"family", std::move(families)},
            {"sources", std::move(sources)}};
}

std::string wordsOf(const indicator::Figure& figure) {
    if (figure.pupils.isPurged()) return indicator::shorthand(figure.pupils);
    std::string text =
        indicator::shorthand(figure.pupils) + (figure.pupils == indicator::Count::of(1) ? " pupil" : " pupils");
    if (figure.events.isValue()) text += ", " + counted(figure.events.value, "event");
    return text;
}

void printPage(const workspace::OverviewPage& page) {
    const indicator::Overview& overview = page.overview;
    fmt::print("{} ({})  DRAFT\n", page.schoolName, overview.school.value);
    const auto onRoll = overview.rollPurgedOn ? indicator::Count::purged(*overview.rollPurgedOn)
                                              : indicator::Count::of(overview.onRoll);
    fmt::print("as at {}, as known at {}; {} pupils on roll{}\n", overview.asAt.uk(),
               knownAtInWords(overview.knownAt, page.knownOn), indicator::shorthand(onRoll),
               overview.filters.yearGroup.empty() ? "" : " in year " + overview.filters.yearGroup);
    if (!page.linked) fmt::print("Records are not linked yet: figures show each agency's records apart.\n");
    for (const indicator::GroupFigure& group : overview.groups) {
        fmt::print("\n{}: {}\n", group.title, wordsOf(group.figure));
        for (const indicator::IndicatorFigure& figure : group.indicators)
            fmt::print("  {:<32} {}\n", figure.title, wordsOf(figure.figure));
    }
    const auto lengthOf = [&](std::size_t lines) {
        const auto& gone = overview.listsPurgedOn;
        return indicator::shorthand(gone ? indicator::Count::purged(*gone)
                                         : indicator::Count::of(static_cast<int>(lines)));
    };
    fmt::print("\nNew indicators in the last month: {}\n", lengthOf(overview.newIndicators.size()));
    for (const indicator::NewIndicator& line : overview.newIndicators)
        fmt::print("  {}  {:<10} year {:<3} {}{}\n", line.date.uk(), page.pseudonyms.at(line.pupil), line.yearGroup,
                   line.title, line.late ? " (recorded late)" : "");
    fmt::print("\n2+ new indicators in the pupil's family in the last month: {}\n", lengthOf(overview.families.size()));
    for (const indicator::FamilyCount& line : overview.families)
        fmt::print("  {:<10} year {:<3} {}\n", page.pseudonyms.at(line.pupil), line.yearGroup, line.count);
}

struct OverviewOptions {
    SessionOptions session;
    ViewOptions view;
    bool json = false;
};

int run(const OverviewOptions& options) {
    const auto request = requestOf(options.view);
    if (!request) return explainFailure("Not shown", request.error());
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Overview");
    const auto page = workspace::overview(**session, *request, task.context());
    if (!page) return explainFailure("Not shown", page.error());
    if (options.json)
        printJson(jsonOf(**page));
    else
        printPage(**page);
    return kDone;
}

int runSchools(const SessionOptions& options, bool asJson) {
    auto session = openSession(options);
    if (!session) return explainFailure("Not opened", session.error());
    const auto schools = workspace::schools(**session);
    if (!schools) return explainFailure("Not shown", schools.error());
    json::array list;
    for (const workspace::SchoolEntry& school : *schools) {
        if (asJson)
            list.push_back({{"urn", school.urn.value},
                            {"name", school.name},
                            {"phase", school.phase},
                            {"on_roll", school.onRoll},
                            {"closed", school.closed}});
        else
            fmt::print("{:>8}  {:>5} on roll  {:<12} {}{}\n", school.urn.value, school.onRoll, school.phase,
                       school.name, school.closed ? " (closed)" : "");
    }
    if (asJson) printJson(list);
    return kDone;
}

}  // namespace

void addOverviewCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("overview", "The overview of one school, pupils under pseudonyms");
    const auto options = std::make_shared<OverviewOptions>();
    addSessionOptions(*command, options->session);
    addViewOptions(*command, options->view);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

void addSchoolsCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("schools", "The schools of a workspace");
    const auto options = std::make_shared<OverviewOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(runSchools(options->session, options->json)); });
}

}  // namespace fairlead::cli
