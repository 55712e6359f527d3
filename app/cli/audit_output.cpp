#include "app/cli/audit_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/base/date.h"
#include "core/base/text.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using audit::Noted;

std::string localTime(std::int64_t localMs) {
    constexpr std::int64_t kDay = 86'400'000, kHour = 3'600'000, kMinute = 60'000;
    const Date day{static_cast<std::int32_t>(localMs / kDay)};
    return fmt::format("{} {:02}:{:02}", day.iso(), localMs % kDay / kHour, localMs % kHour / kMinute);
}

std::string nameOf(const ActorNames& names, const std::string& actor) {
    constexpr std::size_t kShortId = 8;
    const auto found = names.find(actor);
    if (found != names.end()) return found->second;
    return actor.empty() ? "the program" : actor.substr(0, kShortId);
}

void printList(std::string_view title, const std::vector<Noted>& list, const ActorNames& names) {
    fmt::print("{}: {}\n", title, list.size());
    for (const Noted& noted : list)
        fmt::print("  {:>8}  {}  {:<20} {:<12} {}\n", noted.sequence, localTime(localMs(noted.wallMs)),
                   nameOf(names, noted.actor), audit::name(noted.verb), noted.what);
}

json::array jsonOf(const std::vector<Noted>& list) {
    json::array items;
    for (const Noted& noted : list)
        items.push_back({{"entry", noted.sequence},
                         {"at_ms", noted.wallMs},
                         {"actor", noted.actor},
                         {"verb", audit::name(noted.verb)},
                         {"what", noted.what}});
    return items;
}

json::array sequences(const std::vector<std::uint64_t>& list) { return json::array(list.begin(), list.end()); }

}  // namespace

void print(const audit::VerifyReport& report, bool withKey, std::size_t witnesses) {
    if (!report.intact) {
        fmt::print("The audit log is NOT intact{}: {}.\n",
                   report.firstBad ? fmt::format(" at entry {}", *report.firstBad) : "", report.problem);
        if (report.firstBad) fmt::print("{} entries before it are sound. ", report.entries);
        fmt::print("Keep the folder as it is for whoever looks into it.\n");
        return;
    }
    fmt::print("The audit log is intact: {} entries, root {} ({}).\n", report.entries, report.head.shortRoot(),
               hex(report.head.root));
    fmt::print("{}; signed by {}\n", report.origin,
               report.keys == 1 ? "one key" : fmt::format("{} keys, each certified by the one before it", report.keys));
    fmt::print("Checked: bytes, order, tree, signatures{}.\n",
               withKey ? ", MACs" : ". Without the passphrase the MACs were not");
    if (witnesses > 0) {
        fmt::print("It holds everything that the {} given to compare with saw.\n",
                   witnesses == 1 ? "checkpoint" : fmt::format("{} checkpoints", witnesses));
    } else {
        fmt::print("Nothing was given to compare with: a log put back whole to an older state would look the same.\n");
    }
    if (report.tornBytes > 0)
        fmt::print("The last {} bytes are an entry that a crash left incomplete; the next opening cuts it off.\n",
                   report.tornBytes);
    if (!report.unfinished.empty())
        fmt::print("Acts without an end, under way or broken off: entries {}.\n", fmt::join(report.unfinished, ", "));
}

json::object jsonOf(const audit::VerifyReport& report, bool withKey, std::size_t witnesses) {
    return {{"intact", report.intact},
            {"first_bad", report.firstBad ? json::value(*report.firstBad) : json::value()},
            {"problem", report.problem},
            {"entries", report.entries},
            {"root", hex(report.head.root)},
            {"short_root", report.head.shortRoot()},
            {"origin", report.origin},
            {"signing_keys", report.keys},
            {"with_key", withKey},
            {"compared_with", witnesses},
            {"torn_bytes", report.tornBytes},
            {"unfinished", sequences(report.unfinished)}};
}

void print(const audit::Record& record, const ActorNames& names) {
    const audit::Entry& entry = record.entry;
    std::string details;
    for (const auto* texts : {&entry.details, &entry.marks}) {
        for (const auto& [key, value] : *texts) details += fmt::format("  {}={}", key, value);
    }
    fmt::print("{:>8}  {}  {:<20} {:<12} {:<6}{}{}{}\n", record.sequence, utcTime(record.wallMs),
               nameOf(names, entry.actor), audit::name(entry.verb), audit::name(entry.state),
               entry.about > 0 ? fmt::format("  of {}", entry.about) : "",
               entry.subjectCount > 0 ? fmt::format("  {} people", entry.subjectCount) : "", details);
}

json::object jsonOf(const audit::Record& record) {
    const audit::Entry& entry = record.entry;
    json::object details, marks;
    for (const auto& [key, value] : entry.details) details[key] = value;
    for (const auto& [key, value] : entry.marks) marks[key] = value;
    return {{"entry", record.sequence},
            {"at_ms", record.wallMs},
            {"latest_ms", record.maxSeenMs},
            {"session", hex(record.session)},
            {"actor", entry.actor},
            {"second_actor", entry.secondActor},
            {"role", entry.role},
            {"verb", audit::name(entry.verb)},
            {"state", audit::name(entry.state)},
            {"about", entry.about},
            {"people", entry.subjectCount},
            {"people_sha256", hex(entry.subjectsSha256)},
            {"purpose_sha256", hex(entry.purposeSha256)},
            {"object_sha256", hex(entry.objectSha256)},
            {"details", std::move(details)},
            {"marks", std::move(marks)}};
}

void print(const audit::Report& report, const audit::WorkingHours& hours, const ActorNames& names) {
    fmt::print("{} entries", report.entries);
    if (report.entries > 0)
        fmt::print(" from {} to {}, {} openings", localTime(localMs(report.firstMs)), localTime(localMs(report.lastMs)),
                   report.openings);
    fmt::print("\nTimes are of this computer's time zone; working hours {:02}:00 to {:02}:00{}.\n\n", hours.from,
               hours.until, hours.onWeekends ? "" : ", Monday to Friday");
    fmt::print("{:<14} {:>8} {:>8} {:>8} {:>8}\n", "act", "begun", "done", "failed", "noted");
    for (const auto& [verb, count] : report.verbs)
        fmt::print("{:<14} {:>8} {:>8} {:>8} {:>8}\n", audit::name(verb), count.begun, count.done, count.failed,
                   count.notes);
    fmt::print("\nReveals by person and hour: {}\n", report.reveals.size());
    for (const audit::RevealHour& hour : report.reveals)
        fmt::print("  {}  {:<20} {:>5} reveals, {:>6} people{}\n", localTime(hour.hourMs), nameOf(names, hour.actor),
                   hour.reveals, hour.people, hour.isOutOfHours ? "  OUT OF HOURS" : "");
    printList("Acts begun out of hours", report.outOfHours, names);
    printList("Denied", report.denied, names);
    printList("Failed", report.failed, names);
    printList("Broken off", report.interrupted, names);
    printList("Without an end", report.unfinished, names);
    printList("Releases that nobody used", report.unusedReleases, names);
    printList("Entries under a clock set back", report.clockSetBack, names);
    printList("Opened where something is unprotected", report.unprotected, names);
}

json::object jsonOf(const audit::Report& report, const audit::WorkingHours& hours) {
    json::object verbs;
    for (const auto& [verb, count] : report.verbs)
        verbs[audit::name(verb)] = {
            {"begun", count.begun}, {"done", count.done}, {"failed", count.failed}, {"noted", count.notes}};
    json::array reveals;
    for (const audit::RevealHour& hour : report.reveals)
        reveals.push_back({{"actor", hour.actor},
                           {"hour", localTime(hour.hourMs)},
                           {"reveals", hour.reveals},
                           {"people", hour.people},
                           {"out_of_hours", hour.isOutOfHours}});
    return {{"entries", report.entries},
            {"first_ms", report.firstMs},
            {"last_ms", report.lastMs},
            {"openings", report.openings},
            {"hours", {{"from", hours.from}, {"until", hours.until}, {"weekends", hours.onWeekends}}},
            {"acts", std::move(verbs)},
            {"reveals", std::move(reveals)},
            {"out_of_hours", jsonOf(report.outOfHours)},
            {"denied", jsonOf(report.denied)},
            {"failed", jsonOf(report.failed)},
            {"interrupted", jsonOf(report.interrupted)},
            {"unfinished", jsonOf(report.unfinished)},
            {"unused_releases", jsonOf(report.unusedReleases)},
            {"clock_set_back", jsonOf(report.clockSetBack)},
            {"unprotected", jsonOf(report.unprotected)}};
}

}  // namespace fairlead::cli
