// The school overview as a value: counts per group and indicator with twelve months behind them, new indicators,
// and new records in pupils' families. Every number is a reading of spells; nothing here scores a person.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/count.h"
#include "core/indicator/definition.h"
#include "core/indicator/slice.h"
#include "core/record/ids.h"

namespace fairlead::indicator {

/// Which pupils a reading is about.
struct Filters {
    std::string yearGroup;  ///< Empty = all.
};

/// A figure at a month's end (or, for the last point, at the date of the reading).
struct MonthPoint {
    Date at;
    Count pupils;
    Count events;
    bool incomplete = false;  ///< The month, or the data that feed it, had not ended.
};

/// Change against an earlier date.
struct Change {
    Count difference;  ///< Pupils now less pupils then.
    Date basis;        ///< Then: the end of the month before.
};

/// One box of the overview.
struct Figure {
    Count pupils;  ///< Distinct pupils on roll with a spell that covers the date.
    Count events;  ///< Distinct incidents of the last window behind them; NotApplicable where the unit is pupils.
    Change change;
    std::vector<MonthPoint> series;  ///< Twelve points, the date of the reading last.
};

/// The figure of one indicator.
struct IndicatorFigure {
    std::string id;
    std::string title;
    int version = 1;
    DefinitionStatus status = DefinitionStatus::Draft;
    bool stale = false;  ///< A dataset that feeds it is older at the date than the definition allows.
    Figure figure;
};

/// The figure of a group: distinct pupils, so that the largest part <= total <= the sum of the parts.
struct GroupFigure {
    Group group = Group::ReceivingSupport;
    std::string id;
    std::string title;
    Figure figure;
    std::vector<IndicatorFigure> indicators;
};

/// An indicator that is new for a pupil: its spell starts in the window and the quiet days before were free of it.
struct NewIndicator {
    Date date;
    record::PersonKey pupil;
    std::string yearGroup;
    std::string indicator;  ///< Definition id.
    std::string title;      ///< As the list words it: "Reported missing".
    bool late = false;      ///< Received after data that already covered its day.
    std::string agency;     ///< Of the evidence on the first day; several with ", " between.
    std::string dataset;
    int linkStrength = 100;  ///< Percent: the best link among that evidence.
};

/// The number of new records in a pupil's family. A count of records and nothing else.
struct FamilyCount {
    record::PersonKey pupil;
    std::string yearGroup;
    int count = 0;    ///< Distinct incidents and onsets, at least 2.
    int members = 0;  ///< Family members other than the pupil.
};

/// How far the data of one dataset go.
struct SourceLine {
    std::string agency;
    std::string dataset;
    Date dataAsAt;
};

/// Everything on the overview of one school.
struct Overview {
    record::SchoolUrn school;
    Date asAt;
    record::LoadId knownAt;
    Filters filters;
    int onRoll = 0;
    Interval window;                  ///< (asAt - 30, asAt] as [from, until): the days of "new" and "last 30 days".
    std::vector<GroupFigure> groups;  ///< Receiving support, current risk, events, education; not adult and family.
    std::vector<NewIndicator> newIndicators;  ///< Newest first, then pupil, then order of the definitions.
    std::vector<FamilyCount> families;        ///< Most first, then year group, then pupil.
    std::vector<SourceLine> sources;          ///< The latest data date of each dataset, by agency and dataset.
    std::optional<Date> rollPurgedOn{};       ///< Who was on roll is gone, and with it every figure.
    std::optional<Date> listsPurgedOn{};      ///< What the two lists rest on is gone: both are empty.
    Date dataAsAt;                            ///< The oldest of those dates; beginning() when nothing was loaded.
};

/// The overview as at `asAt`, as known at the slice's load. New indicators are those of the first three groups.
Overview overview(const SchoolSlice& slice, Date asAt, const Filters& filters = {});

/// The month ends before `asAt`, oldest first, and `asAt` itself: `count` dates. REQUIRES: count > 0.
std::vector<Date> readingDates(Date asAt, int count = 12);

}  // namespace fairlead::indicator
