#include "core/indicator/change.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fairlead::indicator {

namespace {

constexpr std::array<CauseEntry, 5> kCauses{{
    {Cause::Definitions, "definitions", "counted by a changed definition", "no longer counted by a changed definition"},
    {Cause::Links, "links", "records joined by a link", "records parted or joined by a link"},
    {Cause::Records, "records", "late or corrected records", "withdrawn or corrected records"},
    {Cause::Roll, "roll", "joined the roll", "left the roll"},
    {Cause::Time, "time", "began or new events", "ended or expired"},
}};

constexpr CauseEntry kRollOfYear{Cause::Roll, "roll", "joined the roll or the year group",
                                 "left the roll or the year group"};

/// The state after a cause has been changed.
FigureState stepped(FigureState state, Cause cause, const ChangeEnd& to, std::span<const Definition> definitions) {
    switch (cause) {
        case Cause::Definitions: state.definitions = definitions; break;
        case Cause::Links: state.links = &to.links; break;
        case Cause::Records:
            state.factsKnownAt = to.knownAt;
            state.birthMonths = &to.birthMonths;
            break;
        case Cause::Roll:
            state.rollKnownAt = to.knownAt;
            state.rollOn = to.asAt;
            break;
        case Cause::Time: state.asAt = to.asAt; break;
    }
    return state;
}

/// The events with their pupils.
std::vector<ChangedEvent> eventsOf(const FigureCount& count) {
    std::vector<ChangedEvent> events;
    for (const PupilEvent& one : count.events) {
        if (events.empty() || events.back().event != one.event) events.push_back({one.event, {}});
        events.back().pupils.push_back(one.pupil);
    }
    return events;
}

/// What was counted along the path so far.
struct Step {
    std::vector<record::PersonKey> pupils;
    std::vector<ChangedEvent> events;
    bool isSupplied = false;
};

Step stepOf(const FigureWorld& world, FigureState state) {
    const auto supplied = suppliedOf(world, state);
    state.definitions = supplied;
    FigureCount count = counted(world, state);
    auto events = eventsOf(count);
    return {std::move(count.pupils), std::move(events), !supplied.empty()};
}

ChangePart partOf(Cause cause, const Step& before, const Step& after) {
    ChangePart part;
    part.cause = cause;
    std::ranges::set_difference(after.pupils, before.pupils, std::back_inserter(part.gained));
    std::ranges::set_difference(before.pupils, after.pupils, std::back_inserter(part.lost));
    const auto byEvent = [](const std::vector<ChangedEvent>& a, const std::vector<ChangedEvent>& b,
                            std::vector<ChangedEvent>& into) {
        std::ranges::set_difference(a, b, std::back_inserter(into), {}, &ChangedEvent::event, &ChangedEvent::event);
    };
    byEvent(after.events, before.events, part.eventsGained);
    byEvent(before.events, after.events, part.eventsLost);
    return part;
}

bool countsEvents(std::span<const Definition> definitions) {
    return std::ranges::find(definitions, Unit::PupilsAndEvents, &Definition::unit) != definitions.end();
}

}  // namespace

std::span<const CauseEntry> causes() { return kCauses; }

const CauseEntry& causeEntry(Cause cause, bool ofYearGroup) {
    return ofYearGroup && cause == Cause::Roll ? kRollOfYear : kCauses[static_cast<std::size_t>(cause)];
}

Result<ChangeExplanation> explainChange(const FigureWorld& world, const ChangeEnd& first, const ChangeEnd& second,
                                        std::string_view figureId, TaskContext& task) {
    const auto before = definitionsBehind(*first.definitions, figureId);
    const auto after = definitionsBehind(*second.definitions, figureId);
    if (before.empty() && after.empty())
        return fail(ErrorCode::NotFound, std::string(figureId), "no indicator or group has this id");
    FigureState state{before, &first.links, &first.birthMonths, first.knownAt, first.knownAt, first.asAt, first.asAt};
    Step step = stepOf(world, state);
    ChangeExplanation explanation;
    explanation.countsEvents = countsEvents(before) || countsEvents(after);
    explanation.isSuppliedBefore = step.isSupplied;
    explanation.before = static_cast<int>(step.pupils.size());
    explanation.eventsBefore = static_cast<int>(step.events.size());
    for (const CauseEntry& cause : kCauses) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        state = stepped(state, cause.cause, second, after);
        Step next = stepOf(world, state);
        explanation.parts.push_back(partOf(cause.cause, step, next));
        step = std::move(next);
    }
    explanation.isSuppliedAfter = step.isSupplied;
    explanation.after = static_cast<int>(step.pupils.size());
    explanation.eventsAfter = static_cast<int>(step.events.size());
    return explanation;
}

}  // namespace fairlead::indicator
