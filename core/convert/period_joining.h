// Episodes of a status, joined into the periods during which it held: looked-after episodes change with every
// placement and legal status, the time of being looked after goes on.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/convert/mapping.h"
#include "core/convert/quality_report.h"
#include "core/convert/row_maker.h"
#include "core/convert/row_store.h"

namespace fairlead::convert {

/// One episode as a row of a file says it.
struct Episode {
    std::string person;
    Date from;
    std::optional<Date> until;  ///< Nothing while it is open.
    std::string code;
    std::size_t line = 0;
};

/// One period.
struct Period {
    std::string person;
    Date from;
    std::optional<Date> until;  ///< Nothing while its last episode is open.
    std::string code;           ///< Of its last episode.
    std::size_t line = 0;       ///< Of its first episode.
};

/// Joins the episodes of each person that touch or overlap. An open episode that another one follows ends where
/// that one begins. `onProblem(rule, line)` hears of overlaps and of episodes that were not closed.
std::vector<Period> joinEpisodes(std::vector<Episode> episodes,
                                 const std::function<void(Rule, std::size_t)>& onProblem);

/// Reads the episodes of a file, joins them and stores a fact for each period.
void addPeriods(const SourceFile& file, const PeriodRule& rule, RowMaker& maker, RowStore& store,
                QualityReport& report);

}  // namespace fairlead::convert
