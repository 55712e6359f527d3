// Behind a figure: its trend, its year groups, its pupils; behind a pupil: the timeline; behind a spell: the facts.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/indicator/count.h"
#include "core/indicator/overview.h"
#include "core/indicator/slice.h"
#include "core/record/fact_kind.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// A figure over twelve months, with the numbers that its one-sentence summary needs.
struct Trend {
    std::string id;  ///< Of the definition or group.
    std::string title;
    Unit unit = Unit::Pupils;
    std::vector<MonthPoint> points;
    bool hasSummary = false;  ///< False when no point has a value: the next four are not set then.
    MonthPoint first;         ///< First and last point with a value.
    MonthPoint last;
    MonthPoint lowest;  ///< The earliest of the lowest, the earliest of the highest.
    MonthPoint highest;
};

/// A figure in one year group.
struct YearFigure {
    std::string yearGroup;
    int onRoll = 0;
    Count pupils;
    Count events;
};

/// A pupil behind a figure.
struct PupilRow {
    record::PersonKey pupil;
    std::string yearGroup;
    Enrolment enrolment = Enrolment::Single;
    std::vector<std::string> indicators;  ///< Titles of the indicators of the figure that hold.
    Date firstSeen;                       ///< First day of the spell (of the earliest, for a group).
    Date latest;                          ///< Day of the latest fact behind it that is not after the date.
    std::vector<std::string> sources;     ///< Agencies of the facts behind it, sorted.
    int linkStrength = 100;               ///< Percent: the best link among those facts.
    int events = 0;                       ///< Distinct incidents of the last window.
};

/// One fact under a spell, down to its source row.
struct EvidenceLine {
    FactId fact;
    FactIndex index = 0;
    record::FactKind kind = record::FactKind::LookedAfter;
    record::Role role = record::Role::Subject;
    std::string code;
    bool hasValue = false;
    std::int64_t value = 0;
    Interval happened;  ///< The fact's own days.
    Interval covers;    ///< The days of the spell that it justifies.
    Date recorded;      ///< beginning() = not supplied.
    record::LoadId received;
    bool late = false;
    record::DeliveryId delivery;
    std::int64_t sourceRow = 0;
    std::string agency;  ///< Empty when the delivery is not in the slice.
    std::string dataset;
    std::vector<std::string> gateways;
    std::string agreementRef;
    Date retainUntil;
    int linkStrength = 100;
};

/// A line of a published checklist, as a day found it. Lines are shown as recorded; nothing sums them up for a person.
struct ChecklistLine {
    std::string label;
    int points = 0;                      ///< What the line adds wherever it holds; 0 = listed, but switched off.
    bool holds = false;                  ///< Recorded for this pupil, and standing on the day.
    std::vector<EvidenceLine> evidence;  ///< Why it holds.
};

/// A spell of a pupil with what it rests on.
struct TimelineSpell {
    std::string indicator;
    std::string title;
    Group group = Group::ReceivingSupport;
    Interval days;
    std::vector<EvidenceLine> evidence;  ///< By day.
    /// Of a checklist every line, as at the last day of the spell that is not after the date; else empty.
    std::vector<ChecklistLine> checklist;
};

/// Days for which an agency supplied nothing between its first data and the date.
struct SupplyGap {
    std::string agency;
    std::string dataset;
    Interval days;
};

/// Everything recorded about a pupil: support first, then risk, events, education; each by day.
struct Timeline {
    record::PersonKey pupil;
    Date asAt;
    std::vector<TimelineSpell> spells;  ///< Spells that begin on or before the date.
    std::vector<SupplyGap> gaps;
};

/// The trend of an indicator or a group (by its id). Errors: NotFound.
Result<Trend> trend(const SchoolSlice& slice, std::string_view figureId, Date asAt, const Filters& filters = {});

/// The figure by year group, in the order of years; year groups on roll without pupils behind the figure show 0.
/// Errors: NotFound.
Result<std::vector<YearFigure>> byYearGroup(const SchoolSlice& slice, std::string_view figureId, Date asAt,
                                            const Filters& filters = {});

/// The pupils behind a figure, by year group, then key. Errors: NotFound.
Result<std::vector<PupilRow>> pupilList(const SchoolSlice& slice, std::string_view figureId, Date asAt,
                                        const Filters& filters = {});

/// A pupil's spells as at a date, with their evidence and the gaps in supply.
Timeline timeline(const SchoolSlice& slice, record::PersonKey pupil, Date asAt);

/// The facts under a spell of the slice's book, by day.
std::vector<EvidenceLine> evidence(const SchoolSlice& slice, const BookSpell& spell);

}  // namespace fairlead::indicator
