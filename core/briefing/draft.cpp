#include "core/briefing/draft.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/record/agency.h"

namespace fairlead::briefing {

namespace {

using indicator::Count;
using indicator::Overview;

std::string counted(int number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string changeInWords(const indicator::Change& change) {
    if (!change.difference.isValue()) return indicator::shorthand(change.difference);
    const int difference = change.difference.value;
    if (difference == 0) return fmt::format("no change since {}", change.basis.uk());
    return fmt::format("{} {} since {}", std::abs(difference), difference > 0 ? "more" : "fewer", change.basis.uk());
}

std::string labelOf(const DraftInput& input, record::PersonKey pupil) {
    const auto label = input.pupilLabels.find(pupil);
    FAIRLEAD_CHECK(label != input.pupilLabels.end());
    return label->second;
}

/// "police, social_care" in words.
std::string agencyTitles(std::string_view agencies) {
    std::string titles;
    for (const auto id : split(agencies, ',')) {
        titles += fmt::format("{}{}", titles.empty() ? "" : ", ", record::agencyTitle(trimmed(id)));
    }
    return titles;
}

Section purposeSection(const DraftInput& input) {
    Section section{"What this is for", {}};
    section.blocks.push_back(Paragraph{
        "To help the designated safeguarding lead check that support already agreed for pupils is in place. It "
        "supports professional judgement; it decides nothing, and it gives no pupil a score or a rank."});
    if (input.isNamed) section.blocks.push_back(Paragraph{"Pupils are named because: " + input.nameReason, true});
    if (!input.isNamed) {
        section.blocks.push_back(
            Paragraph{"Pupils are shown under pseudonyms; the names are given in person to the named lead.", true});
    }
    return section;
}

Section groupsSection(const Overview& overview) {
    Table table{.caption = "Pupils with an indicator, by group",
                .columns = {{"Group and indicator", 3.4},
                            {"Pupils", 0.8, Align::Right},
                            {"Events", 0.8, Align::Right},
                            {"Change", 2.4}},
                .rows = {},
                .totals = {},
                .whenEmpty = "No indicator is defined."};
    for (const auto& group : overview.groups) {
        // Education is context that the school already holds; the briefing keeps to the three groups of the overview.
        if (group.group == indicator::Group::Education) continue;
        table.totals.push_back(table.rows.size());
        table.rows.push_back({group.title + ", any (each pupil once)", shorthand(group.figure.pupils),
                              shorthand(group.figure.events), changeInWords(group.figure.change)});
        for (const auto& part : group.indicators) {
            table.rows.push_back({"    " + part.title, shorthand(part.figure.pupils), shorthand(part.figure.events),
                                  changeInWords(part.figure.change)});
        }
    }
    Section section{"Pupils with an indicator", {}};
    section.blocks.push_back(std::move(table));
    section.blocks.push_back(Paragraph{
        fmt::format("Of {} on roll on {}. A pupil counts once in each line and may stand in several, so the lines do "
                    "not add up. 0 none; - not applicable; [c] withheld because small; [x] not supplied.",
                    counted(overview.onRoll, "pupil", "pupils"), overview.asAt.uk()),
        true});
    return section;
}

Section newSection(const Overview& overview, const DraftInput& input) {
    Table table{.caption = "New indicators in the last month",
                .columns = {{"Date", 1},
                            {input.isNamed ? "Name" : "Pupil", 1.8},
                            {"Year", 0.5},
                            {"Indicator", 2.2},
                            {"Source", 1.6}},
                .rows = {},
                .totals = {},
                .whenEmpty = "Nothing new was recorded in these days."};
    const auto shown = std::min(input.listLimit, overview.newIndicators.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& entry = overview.newIndicators[i];
        table.rows.push_back({entry.date.uk(), labelOf(input, entry.pupil), entry.yearGroup,
                              entry.title + (entry.late ? " (late record)" : ""), agencyTitles(entry.agency)});
    }
    Section section{"New indicators in the last month", {}};
    section.blocks.push_back(Paragraph{
        fmt::format("{} from {} to {}{}.",
                    counted(static_cast<int>(overview.newIndicators.size()), "new indicator", "new indicators"),
                    overview.window.from.uk(), (overview.window.until - 1).uk(),
                    shown < overview.newIndicators.size() ? fmt::format("; the newest {} are listed", shown) : "")});
    section.blocks.push_back(std::move(table));
    return section;
}

Section familySection(const Overview& overview, const DraftInput& input) {
    Table table{.caption = "Pupils with two or more new records in the family",
                .columns = {{input.isNamed ? "Name" : "Pupil", 2},
                            {"Year", 1},
                            {"New records in the family", 1.6, Align::Right}},
                .rows = {},
                .totals = {},
                .whenEmpty = "No pupil's family has two or more new records in these days."};
    const auto shown = std::min(input.familyLimit, overview.families.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& entry = overview.families[i];
        table.rows.push_back({labelOf(input, entry.pupil), entry.yearGroup, std::to_string(entry.count)});
    }
    Section section{"Two or more new indicators in the pupil's family in the last month", {}};
    section.blocks.push_back(std::move(table));
    section.blocks.push_back(Paragraph{
        fmt::format("{}A count of records, not a measure of concern. Who in the family, and what, is not shared.",
                    shown < overview.families.size()
                        ? fmt::format("The first {} of {} are listed. ", shown, overview.families.size())
                        : ""),
        true});
    return section;
}

Section trendSection(const Overview& overview) {
    Section section{"Trend", {}};
    const auto risk = std::ranges::find(overview.groups, indicator::Group::CurrentRisk, &indicator::GroupFigure::group);
    if (risk == overview.groups.end()) return section;
    Chart chart{
        .title = fmt::format("Pupils with any current-risk indicator at each month's end, to {}", overview.asAt.uk()),
        .words = {},
        .points = {}};
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::string words;
    for (const auto& point : risk->figure.series) {
        const auto day = point.at.civil();
        ChartPoint drawn{.label = fmt::format("{} {:02}", kMonths[day.month - 1], day.year % 100), .value = {}};
        if (point.pupils.isValue()) drawn.value = point.pupils.value;
        drawn.isIncomplete = point.incomplete;
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", drawn.label, shorthand(point.pupils));
        chart.points.push_back(std::move(drawn));
    }
    chart.words = words.empty() ? "no month has data" : words + ".";
    section.blocks.push_back(std::move(chart));
    return section;
}

Section limitsSection() {
    return {
        "What this does not mean",
        {Bullets{{"An indicator says that something was recorded or that help was given. It proves nothing, predicts "
                  "nothing, and is no ground for a sanction, an exclusion or an admissions decision.",
                  "A pupil without an indicator may still need help.",
                  "A change can come from better or later recording as well as from what happened.",
                  "Please do not question a pupil because of this page; use it to understand what you see and to "
                  "check that support is there.",
                  "Police may leave an incident in school to the school, so recorded crime is not a count of what "
                  "happened there. This briefing does not replace Operation Encompass notifications."}}}};
}

std::string knownInWords(const Overview& overview, const DraftInput& input) {
    const std::string load = fmt::format("at load {}", overview.knownAt.value);
    return input.knownOn ? fmt::format("on {}, that is {}", input.knownOn->uk(), load) : load;
}

Section dataSection(const Overview& overview, const DraftInput& input) {
    Table table{.caption = "Sources and their dates",
                .columns = {{"Source", 2.4},
                            {"Data to", 1},
                            {"Deliveries", 0.8, Align::Right},
                            {"Signature", 1.2},
                            {"May be kept until", 1.2}},
                .rows = {},
                .totals = {},
                .whenEmpty = "No data have been loaded."};
    for (const auto& source : input.sources) {
        table.rows.push_back({source.title, source.dataAsAt.uk(), std::to_string(source.deliveries),
                              source.isAuthenticated ? "verified" : "not authenticated", source.retainUntil.uk()});
    }
    Section section{"How good are the data?", {}};
    section.blocks.push_back(std::move(table));
    section.blocks.push_back(Paragraph{fmt::format(
        "Figures are as at {} and as known {}. Records of another agency are linked to {:.1f}% of the "
        "pupils on roll; {} waiting for a reader's decision and not counted. {}. {}.",
        overview.asAt.uk(), knownInWords(overview, input), input.linkedShare * 100,
        input.linksForReview == 1 ? "1 uncertain link is" : fmt::format("{} uncertain links are", input.linksForReview),
        input.definitionsNote, input.modelNote)});
    return section;
}

Section legalSection(const DraftInput& input) {
    Section section{"Legal gateways and agreements", {}};
    for (const auto& source : input.sources) {
        std::string gateways;
        for (const auto& gateway : source.gateways) gateways += (gateways.empty() ? "" : "; ") + gateway;
        const auto agreement = source.agreementRef.empty() ? "" : " (agreement " + source.agreementRef + ")";
        section.blocks.push_back(Paragraph{fmt::format("{}: {}{}", source.title, gateways, agreement), true});
    }
    section.blocks.push_back(Paragraph{
        "Named here as the supplier's manifest states them; not legal advice. Whether to share is decided, and the "
        "decision recorded, by the person who releases this briefing.",
        true});
    return section;
}

Section challengeSection(const DraftInput& input) {
    return {
        "If something is wrong",
        {Paragraph{fmt::format("Tell {} and quote {} with the section and line. A line in doubt is not used while it "
                               "is checked, and everybody who received it is told of a correction. Pupils and parents "
                               "keep their data protection rights.",
                               input.contact, input.reference)}}};
}

Section handlingSection(const Overview& overview, const DraftInput& input) {
    Section section{"Handling", {}};
    section.blocks.push_back(Paragraph{fmt::format(
        "For the named safeguarding lead only. Do not copy, forward, or enter into another system. Destroy by "
        "{}. {}{}",
        overview.asAt.plusMonths(3).uk(), input.softwareNote,
        input.rolesSeparated ? "" : " Roles not separated: one person prepared and approved what stands here.")});
    section.blocks.push_back(Paragraph{"Audit: " + input.auditLine, true});
    return section;
}

}  // namespace

std::string withUnit(const indicator::Figure& figure) {
    if (!figure.pupils.isValue()) return shorthand(figure.pupils);
    auto text = counted(figure.pupils.value, "pupil", "pupils");
    if (figure.events.isValue()) text += ", " + counted(figure.events.value, "event", "events");
    return text;
}

Document draft(const Overview& overview, const DraftInput& input) {
    Document document{
        .marking = "OFFICIAL-SENSITIVE · PERSONAL DATA (CHILDREN) · Named safeguarding lead only",
        .draftLine = "DRAFT, not for decision-making",
        .title = "School safeguarding briefing",
        .subtitle = {fmt::format("{} (URN {})", input.schoolName, overview.school.value),
                     fmt::format("As at {} · new from {} to {} · prepared {} by {} · reviewed by: (awaiting)",
                                 overview.asAt.uk(), overview.window.from.uk(), (overview.window.until - 1).uk(),
                                 input.preparedOn.uk(), input.preparedBy)},
        .reference = input.reference,
        .auditLine = input.auditLine,
        .createdIso = input.preparedOn.iso(),
        .sections = {}};
    document.sections.push_back(purposeSection(input));
    document.sections.push_back(groupsSection(overview));
    document.sections.push_back(newSection(overview, input));
    document.sections.push_back(familySection(overview, input));
    document.sections.push_back(trendSection(overview));
    document.sections.push_back(limitsSection());
    document.sections.push_back(dataSection(overview, input));
    document.sections.push_back(legalSection(input));
    document.sections.push_back(challengeSection(input));
    document.sections.push_back(handlingSection(overview, input));
    return document;
}

}  // namespace fairlead::briefing
