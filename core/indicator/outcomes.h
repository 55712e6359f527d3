// A school's pupils by prevention level and by outcome heading, month by month: for asking how problems develop and
// what is done about them. It counts records; it cannot say what worked (handbook, "Outcomes and prevention").

#pragma once

#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/definition.h"
#include "core/indicator/overview.h"
#include "core/indicator/slice.h"

namespace fairlead::indicator {

/// Distinct pupils with an indicator of one level or heading.
struct OutcomeLine {
    std::string title;                     ///< "Primary prevention", "Getting a good education".
    std::vector<std::string> definitions;  ///< Ids of the indicators behind it.
    std::vector<MonthPoint> points;        ///< Twelve, the date of the reading last; events are not counted.
};

/// Both views of the same pupils. A pupil counts once in each line, and may be in several.
struct OutcomeReading {
    std::vector<OutcomeLine> levels;    ///< Tertiary, secondary, primary.
    std::vector<OutcomeLine> headings;  ///< By title.
};

/// As at `asAt`, as known at the slice's load. Indicators of adults and retired ones are left out.
OutcomeReading outcomes(const SchoolSlice& slice, Date asAt, const Filters& filters = {});

}  // namespace fairlead::indicator
