// Why a figure changed between two readings: one cause is changed at a time along a fixed path, so that the parts add
// up exactly, and each part opens to the pupils behind it.

#pragma once

#include <iterator>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/figure_world.h"

namespace fairlead::indicator {

/// What can move a figure, in the order of the path.
enum class Cause : std::uint8_t {
    Definitions,  ///< A rule was changed, added or retired.
    Links,        ///< Records were joined to persons, or taken from them, by a run or a decision.
    Records,      ///< Records about the first day came late, were corrected or withdrawn.
    Roll,         ///< Pupils joined or left the roll.
    Time,         ///< Spells began, or ended and expired, between the days.
};

/// What a cause is called where it adds to a figure, and where it takes from it.
struct CauseEntry {
    Cause cause;
    std::string_view id;      ///< "definitions", "links", "records", "roll", "time".
    std::string_view gained;  ///< "joined the roll"
    std::string_view lost;    ///< "left the roll"
};
/// Every cause, in the order of the path.
std::span<const CauseEntry> causes();
/// A cause in the words for a whole school, or for one year group, which pupils also join and leave by moving up.
const CauseEntry& causeEntry(Cause cause, bool ofYearGroup);

/// One of the two readings.
struct ChangeEnd {
    Date asAt;
    record::LoadId knownAt;
    PersonOfSource links;  ///< As known then.
    std::shared_ptr<const std::vector<Definition>> definitions;
    BirthMonths birthMonths;  ///< As known then; a correction counts among the records.
};

/// An event that a cause brought or took, with the pupils behind it in this figure.
struct ChangedEvent {
    std::int64_t event = 0;
    std::vector<record::PersonKey> pupils;  ///< By key; of the state that has the event.
};

/// What one cause did. A pupil can come with one cause and go with another: that is what happened along the path.
struct ChangePart {
    Cause cause = Cause::Definitions;
    std::vector<record::PersonKey> gained;  ///< By key; keys as known at the second reading, but for Definitions.
    std::vector<record::PersonKey> lost;    ///< By key; for Links and Definitions as known at the first reading.

    std::vector<ChangedEvent> eventsGained;  ///< By event. A corrected record without an incident's number is another.
    std::vector<ChangedEvent> eventsLost;

    /// Pupils gained less lost.
    [[nodiscard]] int amount() const { return static_cast<int>(std::ssize(gained) - std::ssize(lost)); }
    /// Events gained less lost.
    [[nodiscard]] int events() const { return static_cast<int>(std::ssize(eventsGained) - std::ssize(eventsLost)); }
};

/// before + the amounts of all parts = after, of pupils and of events.
struct ChangeExplanation {
    int before = 0;
    int after = 0;
    bool isSuppliedBefore = true;  ///< False: the page of the first reading shows "[x]", and `before` is no figure.
    bool isSuppliedAfter = true;   ///< The same of the second.
    bool countsEvents = false;     ///< Something behind the figure counts events: else the next two are 0.
    int eventsBefore = 0;
    int eventsAfter = 0;
    std::vector<ChangePart> parts;  ///< One for each cause, in the order of the path.

    /// Both readings are figures, so that there is a difference to explain.
    [[nodiscard]] bool isComparable() const { return isSuppliedBefore && isSuppliedAfter; }
};

/// Explains the numbers of pupils and events behind a figure (an indicator's or a group's id). As on a page, an
/// indicator that nobody supplied for a day counts nothing there; that it is supplied from the other reading on is
/// among the records, that its data end or lapse between the days among the times. Errors: NotFound (neither reading
/// knows the figure), Cancelled.
Result<ChangeExplanation> explainChange(const FigureWorld& world, const ChangeEnd& first, const ChangeEnd& second,
                                        std::string_view figureId, TaskContext& task);

}  // namespace fairlead::indicator
