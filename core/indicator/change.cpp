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

/// The state after a cause has been changed.
FigureState stepped(FigureState state, Cause cause, const ChangeEnd& to, std::span<const Definition> definitions) {
    switch (cause) {
        case Cause::Definitions: state.definitions = definitions; break;
        case Cause::Links: state.links = &to.links; break;
        case Cause::Records: state.factsKnownAt = to.knownAt; break;
        case Cause::Roll:
            state.rollKnownAt = to.knownAt;
            state.rollOn = to.asAt;
            break;
        case Cause::Time: state.asAt = to.asAt; break;
    }
    return state;
}

}  // namespace

std::span<const CauseEntry> causes() { return kCauses; }

Result<ChangeExplanation> explainChange(const FigureWorld& world, const ChangeEnd& first, const ChangeEnd& second,
                                        std::string_view figureId, TaskContext& task) {
    const auto before = definitionsBehind(*first.definitions, figureId);
    const auto after = definitionsBehind(*second.definitions, figureId);
    if (before.empty() && after.empty())
        return fail(ErrorCode::NotFound, std::string(figureId), "no indicator or group has this id");
    FigureState state{before, &first.links, first.knownAt, first.knownAt, first.asAt, first.asAt};
    auto counted = pupilsCounted(world, state);
    ChangeExplanation explanation;
    explanation.before = static_cast<int>(counted.size());
    for (const CauseEntry& cause : kCauses) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        state = stepped(state, cause.cause, second, after);
        auto next = pupilsCounted(world, state);
        ChangePart part{cause.cause, {}, {}};
        std::ranges::set_difference(next, counted, std::back_inserter(part.gained));
        std::ranges::set_difference(counted, next, std::back_inserter(part.lost));
        explanation.parts.push_back(std::move(part));
        counted = std::move(next);
    }
    explanation.after = static_cast<int>(counted.size());
    return explanation;
}

}  // namespace fairlead::indicator
