// drill: what is behind a figure; pupil: what is behind a pupil, down to the source row.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/view_options.h"
#include "core/workspace/drill.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

/// The commands' common options, and the one that each adds.
struct DrillOptions {
    SessionOptions session;
    ViewOptions view;
    std::string subject;  ///< drill: a figure; pupil: a label.
    bool json = false;
};

json::array textsOf(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

std::string dayOf(Date date) { return date == Date::never() || date == Date::beginning() ? "" : date.iso(); }

std::string countOf(const indicator::Count& pupils, const indicator::Count& events) {
    const std::string text = indicator::shorthand(pupils) + (pupils == indicator::Count::of(1) ? " pupil" : " pupils");
    return events.isValue() ? fmt::format("{}, {} events", text, events.value) : text;
}

json::object jsonOf(const workspace::DrillPage& page) {
    json::array points, years, pupils;
    for (const indicator::MonthPoint& point : page.trend.points)
        points.push_back({{"at", point.at.iso()},
                          {"pupils", indicator::shorthand(point.pupils)},
                          {"events", indicator::shorthand(point.events)},
                          {"incomplete", point.incomplete}});
    for (const indicator::YearFigure& year : page.years)
        years.push_back({{"year", year.yearGroup},
                         {"on_roll", year.onRoll},
                         {"pupils", indicator::shorthand(year.pupils)},
                         {"events", indicator::shorthand(year.events)}});
    for (const indicator::PupilRow& row : page.pupils)
        pupils.push_back({{"pupil", page.pseudonyms.at(row.pupil)},
                          {"year", row.yearGroup},
                          {"indicators", textsOf(row.indicators)},
                          {"since", dayOf(row.firstSeen)},
                          {"latest", dayOf(row.latest)},
                          {"sources", textsOf(row.sources)},
                          {"events", row.events}});
    return {{"school_name", page.schoolName},
            {"figure", page.trend.id},
            {"title", page.trend.title},
            {"as_at", page.moment.asAt.iso()},
            {"known_at", page.moment.knownAt.value},
            {"rule", page.rule},
            {"series", std::move(points)},
            {"years", std::move(years)},
            {"pupils", std::move(pupils)}};
}

void print(const workspace::DrillPage& page) {
    fmt::print("{}  DRAFT\n{}, as at {}, as known at {}\n", page.schoolName, page.trend.title, page.moment.asAt.uk(),
               knownAtInWords(page.moment.knownAt, page.moment.knownOn));
    if (!page.rule.empty()) fmt::print("{}\n", page.rule);
    fmt::print("\n");
    for (const indicator::MonthPoint& point : page.trend.points)
        fmt::print("  {}  {}{}\n", point.at.uk(), countOf(point.pupils, point.events),
                   point.incomplete ? " (not complete)" : "");
    fmt::print("\n");
    for (const indicator::YearFigure& year : page.years)
        fmt::print("  year {:<3} {} of {} on roll\n", year.yearGroup, countOf(year.pupils, year.events), year.onRoll);
    fmt::print("\n");
    for (const indicator::PupilRow& row : page.pupils)
        fmt::print("  {:<10} year {:<3} since {}  {}\n", page.pseudonyms.at(row.pupil), row.yearGroup,
                   row.firstSeen.uk(), fmt::join(row.indicators, ", "));
}

json::object jsonOf(const workspace::TimelinePage& page, const indicator::EvidenceLine& line) {
    const auto delivery = page.deliveries.find(line.delivery);
    return {{"fact", record::entry(line.kind).id},
            {"role", record::name(line.role)},
            {"code", line.code},
            {"value", line.hasValue ? json::value(line.value) : json::value()},
            {"from", dayOf(line.happened.from)},
            {"until", dayOf(line.happened.until)},
            {"recorded", dayOf(line.recorded)},
            {"load", line.received.value},
            {"late", line.late},
            {"source", line.agency + "/" + line.dataset},
            {"delivery", delivery == page.deliveries.end() ? std::string() : delivery->second.label},
            {"row", line.sourceRow},
            {"gateways", textsOf(line.gateways)},
            {"agreement", line.agreementRef},
            {"retain_until", dayOf(line.retainUntil)},
            {"link_strength", line.linkStrength}};
}

json::array jsonOf(const workspace::TimelinePage& page, const std::vector<indicator::EvidenceLine>& lines) {
    json::array list;
    for (const indicator::EvidenceLine& line : lines) list.push_back(jsonOf(page, line));
    return list;
}

json::object jsonOf(const workspace::TimelinePage& page) {
    json::array spells, gaps;
    for (const indicator::TimelineSpell& spell : page.timeline.spells) {
        json::object entry{{"indicator", spell.indicator},
                           {"title", spell.title},
                           {"from", dayOf(spell.days.from)},
                           {"until", dayOf(spell.days.until)},
                           {"evidence", jsonOf(page, spell.evidence)}};
        json::array checklist;
        for (const indicator::ChecklistLine& line : spell.checklist)
            checklist.push_back({{"line", line.label},
                                 {"points", line.points},
                                 {"recorded", line.holds},
                                 {"evidence", jsonOf(page, line.evidence)}});
        if (!checklist.empty()) entry["checklist"] = std::move(checklist);
        spells.push_back(std::move(entry));
    }
    for (const indicator::SupplyGap& gap : page.timeline.gaps)
        gaps.push_back({{"source", gap.agency + "/" + gap.dataset},
                        {"from", dayOf(gap.days.from)},
                        {"until", dayOf(gap.days.until)}});
    return {{"school_name", page.schoolName},    {"pupil", page.pseudonym},     {"year", page.yearGroup},
            {"as_at", page.timeline.asAt.iso()}, {"spells", std::move(spells)}, {"gaps", std::move(gaps)}};
}

std::string daysInWords(const Interval& days) {
    return days.isOpen() ? fmt::format("{}, open", days.from.uk())
                         : fmt::format("{} to {}", days.from.uk(), (days.until - 1).uk());
}

void print(const workspace::TimelinePage& page, const indicator::EvidenceLine& line) {
    const auto delivery = page.deliveries.find(line.delivery);
    fmt::print("    {} {}{}{}, {}, row {}{}\n", line.happened.from.uk(), record::entry(line.kind).title,
               line.role == record::Role::Subject ? "" : fmt::format(" ({})", record::name(line.role)),
               line.code.empty() ? "" : ", " + line.code,
               delivery == page.deliveries.end() ? "a delivery not held" : delivery->second.label, line.sourceRow,
               line.late ? ", recorded late" : "");
}

void print(const workspace::TimelinePage& page) {
    fmt::print("{}  DRAFT\n{}{}, as at {}\n", page.schoolName, page.pseudonym,
               page.yearGroup.empty() ? ", not on roll" : ", year " + page.yearGroup, page.timeline.asAt.uk());
    for (const indicator::TimelineSpell& spell : page.timeline.spells) {
        fmt::print("\n  {}: {}\n", spell.title, daysInWords(spell.days));
        for (const indicator::EvidenceLine& line : spell.evidence) print(page, line);
        if (!spell.checklist.empty())
            fmt::print("    Lines of the checklist that the school recorded, and what each adds:\n");
        for (const indicator::ChecklistLine& line : spell.checklist)
            if (line.holds)
                fmt::print("      {} ({})\n", line.label,
                           line.points == 0 ? "switched off" : fmt::format("+{}", line.points));
    }
    for (const indicator::SupplyGap& gap : page.timeline.gaps)
        fmt::print("\n  nothing supplied by {}/{}: {}\n", gap.agency, gap.dataset, daysInWords(gap.days));
}

/// The pupil that a label of the school's pages stands for: "Pupil K", or "K".
Result<std::shared_ptr<const workspace::TimelinePage>> timelineOf(workspace::Workspace& workspace,
                                                                  const workspace::OverviewRequest& request,
                                                                  const std::string& label, TaskContext& task) {
    FAIRLEAD_TRY(const auto page, workspace::overview(workspace, request, task));
    const std::string whole = label.starts_with("Pupil ") ? label : "Pupil " + label;
    const auto found = std::ranges::find(page->pseudonyms, whole, [](const auto& entry) { return entry.second; });
    if (found == page->pseudonyms.end())
        return fail(ErrorCode::NotFound, whole, "no pupil of this school's last thirteen months has this letter");
    return workspace::timeline(workspace, request, found->first, task);
}

/// Opens, reads and shows, whichever page it is. `read` is called with the workspace, the request, the subject and the
/// task.
template <typename Read>
int run(const DrillOptions& options, const char* work, const Read& read) {
    const auto request = requestOf(options.view);
    if (!request) return explainFailure("Not shown", request.error());
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task(work);
    const auto page = read(**session, *request, options.subject, task.context());
    if (!page) return explainFailure("Not shown", page.error());
    if (options.json)
        printJson(jsonOf(**page));
    else
        print(**page);
    return kDone;
}

}  // namespace

void addDrillCommands(CLI::App& app) {
    const auto options = std::make_shared<DrillOptions>();
    CLI::App* drill = app.add_subcommand("drill", "Behind one figure: its year, its year groups and its pupils");
    CLI::App* pupil = app.add_subcommand("pupil", "Behind one pupil: what was recorded, down to the source row");
    for (CLI::App* command : {drill, pupil}) {
        addSessionOptions(*command, options->session);
        addViewOptions(*command, options->view);
        command->add_flag("--json", options->json, "As JSON");
    }
    drill->add_option("--figure", options->subject, "Id of an indicator or a group")->required();
    pupil->add_option("--pupil", options->subject, "The letter that stands for the pupil: \"Pupil K\", or K")
        ->required();
    drill->callback([options] { finish(run(*options, "Drill", workspace::drill)); });
    pupil->callback([options] { finish(run(*options, "Pupil", timelineOf)); });
}

}  // namespace fairlead::cli
