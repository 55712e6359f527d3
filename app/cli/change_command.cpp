// change: why a figure moved between two readings.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/view_options.h"
#include "core/workspace/change.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct ChangeOptions {
    SessionOptions session;
    std::int64_t school = 0;
    std::string figure;
    std::string from;
    std::string to;
    std::string list;
    std::string yearGroup;
    bool json = false;
};

/// "2026-05-31", "2026-05-31@4" or "2026-05-31@2026-06-30".
Result<workspace::ChangePoint> pointOf(std::string_view option, const std::string& text) {
    const auto at = text.find('@');
    const auto date = Date::fromIso(text.substr(0, at));
    workspace::ChangePoint point{date.value_or(Date::never())};
    if (at != std::string::npos) point.knownAt = knownAtOf(text.substr(at + 1));
    if (!date || (at != std::string::npos && !point.knownAt))
        return fail(ErrorCode::InvalidArgument, std::string(option),
                    "write YYYY-MM-DD, and as known at a load or a day YYYY-MM-DD@LOAD or YYYY-MM-DD@YYYY-MM-DD");
    return point;
}

json::array pupilsOf(const workspace::ChangePage& page, const std::vector<record::PersonKey>& pupils) {
    json::array list;
    for (const record::PersonKey pupil : pupils) list.emplace_back(page.pseudonyms.at(pupil));
    return list;
}

json::array eventsOf(const workspace::ChangePage& page, const std::vector<indicator::ChangedEvent>& events) {
    json::array list;
    for (const indicator::ChangedEvent& event : events) list.emplace_back(pupilsOf(page, event.pupils));
    return list;
}

json::object jsonOf(const workspace::ChangePage& page) {
    const indicator::ChangeExplanation& explanation = page.explanation;
    json::array parts;
    for (const indicator::ChangePart& part : explanation.parts) {
        if (!explanation.isComparable()) break;
        json::object entry{{"cause", indicator::causes()[static_cast<std::size_t>(part.cause)].id},
                           {"amount", part.amount()},
                           {"gained", pupilsOf(page, part.gained)},
                           {"lost", pupilsOf(page, part.lost)}};
        if (explanation.countsEvents) {
            entry["events"] = part.events();
            entry["events_gained"] = eventsOf(page, part.eventsGained);
            entry["events_lost"] = eventsOf(page, part.eventsLost);
        }
        parts.push_back(std::move(entry));
    }
    const auto figure = [](bool isSupplied, int value) { return isSupplied ? json::value(value) : json::value("[x]"); };
    json::object all{{"before", figure(explanation.isSuppliedBefore, explanation.before)},
                     {"after", figure(explanation.isSuppliedAfter, explanation.after)},
                     {"from_known_at", page.from.knownAt.value},
                     {"to_known_at", page.to.knownAt.value},
                     {"year_group", page.yearGroup},
                     {"parts", std::move(parts)},
                     {"waiting",
                      {{"links", page.bounds.waiting},
                       {"least", page.bounds.least},
                       {"most", page.bounds.most},
                       {"exact", page.bounds.isExact}}}};
    if (explanation.countsEvents) {
        all["events_before"] = explanation.eventsBefore;
        all["events_after"] = explanation.eventsAfter;
    }
    return all;
}

std::string withEvents(const indicator::ChangeExplanation& explanation, bool isSupplied, int pupils, int events) {
    if (!isSupplied) return "[x] not available: nobody supplied it, or it was purged";
    std::string text = counted(pupils, "pupil");
    if (explanation.countsEvents) text += ", " + counted(events, "event");
    return text;
}

void printLine(char sign, std::string_view words, std::size_t pupils, std::size_t events, bool countsEvents) {
    if (pupils == 0 && events == 0) return;
    const auto number = [sign](std::size_t count) {
        return count == 0 ? std::string() : fmt::format("{}{}", sign, count);
    };
    if (countsEvents)
        fmt::print("  {:>6} pupils {:>6} events  {}\n", number(pupils), number(events), words);
    else
        fmt::print("  {:>6} pupils  {}\n", number(pupils), words);
}

void print(const workspace::ChangePage& page) {
    const indicator::ChangeExplanation& explanation = page.explanation;
    fmt::print("{}{}\n{} as at {}, as known at {}\n", page.schoolName,
               page.yearGroup.empty() ? "" : ", year " + page.yearGroup,
               withEvents(explanation, explanation.isSuppliedBefore, explanation.before, explanation.eventsBefore),
               page.from.asAt.uk(), knownAtInWords(page.from.knownAt, page.from.knownOn));
    for (const indicator::ChangePart& part : explanation.parts) {
        const indicator::CauseEntry& cause = indicator::causeEntry(part.cause, !page.yearGroup.empty());
        if (!explanation.isComparable()) break;
        printLine('+', cause.gained, part.gained.size(), part.eventsGained.size(), explanation.countsEvents);
        printLine('-', cause.lost, part.lost.size(), part.eventsLost.size(), explanation.countsEvents);
    }
    fmt::print("{} as at {}, as known at {}",
               withEvents(explanation, explanation.isSuppliedAfter, explanation.after, explanation.eventsAfter),
               page.to.asAt.uk(), knownAtInWords(page.to.knownAt, page.to.knownOn));
    const indicator::LinkBounds& bounds = page.bounds;
    if (bounds.waiting > 0)
        fmt::print(" ({}{} to {} pupils while {} links wait)", bounds.isExact ? "" : "at most ", bounds.least,
                   bounds.most, bounds.waiting);
    fmt::print("\n");
}

std::string namesOf(const workspace::ChangePage& page, const std::vector<record::PersonKey>& pupils) {
    std::string names;
    for (const record::PersonKey pupil : pupils) names += (names.empty() ? "" : ", ") + page.pseudonyms.at(pupil);
    return names;
}

/// One part: its pupils, and its events with the pupils behind each.
void printPart(const workspace::ChangePage& page, const indicator::CauseEntry& cause) {
    const auto printSide = [&](std::string_view words, const std::vector<record::PersonKey>& pupils,
                               const std::vector<indicator::ChangedEvent>& events) {
        fmt::print("{}: {} pupils, {} events\n", words, pupils.size(), events.size());
        if (!pupils.empty()) fmt::print("  pupils: {}\n", namesOf(page, pupils));
        for (const indicator::ChangedEvent& event : events)
            fmt::print("  an event of {}\n", namesOf(page, event.pupils));
    };
    const indicator::ChangePart& part = page.explanation.parts[static_cast<std::size_t>(cause.cause)];
    const indicator::CauseEntry& words = indicator::causeEntry(cause.cause, !page.yearGroup.empty());
    printSide(words.gained, part.gained, part.eventsGained);
    printSide(words.lost, part.lost, part.eventsLost);
}

/// The cause that --list names; none when it is empty. Errors: InvalidArgument, naming every cause.
Result<const indicator::CauseEntry*> causeNamed(const std::string& id) {
    if (id.empty()) return nullptr;
    std::string known;
    for (const indicator::CauseEntry& cause : indicator::causes()) {
        if (cause.id == id) return &cause;
        known += fmt::format("{}{}", known.empty() ? "" : ", ", cause.id);
    }
    return fail(ErrorCode::InvalidArgument, "--list", "one of " + known);
}

int run(const ChangeOptions& options) {
    const auto from = pointOf("--from", options.from);
    if (!from) return explainFailure("Not explained", from.error());
    const auto to = pointOf("--to", options.to);
    if (!to) return explainFailure("Not explained", to.error());
    const auto listed = causeNamed(options.list);
    if (!listed) return explainFailure("Not explained", listed.error());
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Change");
    const workspace::ChangeRequest request{{options.school}, options.figure, *from, *to, options.yearGroup};
    const auto page = workspace::explainChange(**session, request, task.context());
    if (!page) return explainFailure("Not explained", page.error());
    if (options.json)
        printJson(jsonOf(*page));
    else if (*listed != nullptr)
        printPart(*page, **listed);
    else
        print(*page);
    return kDone;
}

}  // namespace

void addChangeCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("change", "Why a figure changed between two readings, cause by cause");
    const auto options = std::make_shared<ChangeOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--school", options->school, "The school's URN")->required();
    command->add_option("--figure", options->figure, "Id of an indicator or a group")->required();
    command->add_option("--from", options->from, "YYYY-MM-DD; YYYY-MM-DD@LOAD or @YYYY-MM-DD: as known then")
        ->required();
    command->add_option("--to", options->to, "As --from")->required();
    command->add_option("--list", options->list,
                        "The pupils behind one cause: definitions, links, records, roll or time");
    command->add_option("--year", options->yearGroup, "One year group only: who is in it on each of the days");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
