#include "core/workspace/roll_page.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/indicator/drill.h"
#include "core/workspace/school_page.h"

namespace fairlead::workspace {

namespace {

using indicator::BookSpell;
using indicator::SchoolSlice;

Date latestFact(const SchoolSlice& slice, const BookSpell& held, Date asAt) {
    Date latest = held.spell.interval.from;
    for (const indicator::EvidenceLine& line : indicator::evidence(slice, held))
        if (line.happened.from <= asAt) latest = std::max(latest, line.happened.from);
    return latest;
}

std::vector<HeldIndicator> heldOn(const SchoolSlice& slice, record::PersonKey pupil, Date asAt) {
    std::vector<std::pair<int, HeldIndicator>> held;
    for (const BookSpell& spell : slice.spells->of(pupil)) {
        const indicator::Definition& definition = (*slice.definitions)[spell.definition];
        if (!spell.spell.interval.contains(asAt) || definition.group == indicator::Group::AdultFamily) continue;
        held.emplace_back(definition.order, HeldIndicator{definition.id, definition.title, definition.group,
                                                          spell.spell.interval.from, latestFact(slice, spell, asAt)});
    }
    std::ranges::sort(held, [](const auto& a, const auto& b) {
        return std::tie(a.second.group, a.first, a.second.title) < std::tie(b.second.group, b.first, b.second.title);
    });
    std::vector<HeldIndicator> result;
    for (auto& [order, one] : held) result.push_back(std::move(one));
    return result;
}

/// Times on this roll by pupil, the latest first.
using Enrolments = std::map<record::PersonKey, std::vector<Interval>>;

Enrolments enrolmentsOf(const SchoolSlice& slice, record::LoadId knownAt) {
    Enrolments days;
    for (const indicator::RollSpell& spell : slice.roll)
        if (spell.school == slice.school && spell.isKnownAt(knownAt)) days[spell.person].push_back(spell.days);
    for (auto& [pupil, parts] : days)
        std::ranges::sort(parts, [](const Interval& a, const Interval& b) { return a.from > b.from; });
    return days;
}

/// Walks back from the day over times that touch: a new year group is not a new start.
Date onRollSince(const std::vector<Interval>& days, Date asAt) {
    Date since = asAt;
    for (const Interval& part : days)
        if (part.from <= since && part.until >= since) since = part.from;
    return since;
}

}  // namespace

Result<std::shared_ptr<const RollPage>> rollPage(Workspace& workspace, const OverviewRequest& request,
                                                 TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const auto school, schoolPage(workspace, request, task));
    const SchoolReading& reading = school->reading;
    const SchoolSlice& slice = reading.slice;
    const Date asAt = reading.moment.asAt;
    auto page = std::make_shared<RollPage>();
    page->schoolName = school->schoolName;
    page->asAt = asAt;
    page->knownAt = reading.moment.knownAt;
    page->pseudonyms = school->pseudonyms;
    const Enrolments enrolments = enrolmentsOf(slice, reading.moment.knownAt);
    for (const indicator::PupilOnRoll& onRoll : pupilsOf(reading)) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        if (!request.yearGroup.empty() && onRoll.yearGroup != request.yearGroup) continue;
        page->pupils.push_back({onRoll.pupil, onRoll.yearGroup, onRoll.enrolment,
                                onRollSince(enrolments.at(onRoll.pupil), asAt), heldOn(slice, onRoll.pupil, asAt)});
    }
    std::ranges::sort(page->pupils, [](const RollEntry& a, const RollEntry& b) {
        return std::tuple(indicator::yearGroupOrder(a.yearGroup), a.pupil) <
               std::tuple(indicator::yearGroupOrder(b.yearGroup), b.pupil);
    });
    return page;
}

}  // namespace fairlead::workspace
