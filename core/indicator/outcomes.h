// Pupils of a school, or of many, by prevention level and by outcome heading, month by month: for asking how problems
// develop and what is done about them. It counts records; it cannot say what worked (handbook, "Outcomes and
// prevention").

#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/date.h"
#include "core/indicator/definition.h"
#include "core/indicator/overview.h"
#include "core/indicator/slice.h"

namespace fairlead::indicator {

struct Counting;

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

/// Counts schools together: a pupil of two of them counts once.
class OutcomeTally {
public:
    /// Indicators of adults and retired ones are left out.
    OutcomeTally(std::span<const Definition> definitions, Date asAt, Filters filters = {});
    /// Adds a school. REQUIRES: its slice has the definitions of the tally.
    void add(const SchoolSlice& slice);
    /// What was added so far, as known at the slices' load.
    [[nodiscard]] OutcomeReading reading() const;

private:
    /// A line, and by date whether somebody supplied it and whether that is not complete.
    struct Line {
        std::string title;
        std::vector<std::size_t> behind;  ///< Positions of definitions, ascending.
        std::vector<std::string> ids;
        std::bitset<16> isSupplied;
        std::bitset<16> isIncomplete;
        std::map<std::size_t, Date> purged{};  ///< By date: when rows went that the line rests on.
    };
    static Line lineOf(std::span<const Definition> definitions, std::string title, std::vector<std::size_t> behind);
    void addDate(const SchoolSlice& slice, const Counting& counting, std::size_t date);

    Filters m_filters;
    std::vector<Date> m_dates;
    std::vector<Line> m_lines;  ///< Three levels, then the headings.
    std::bitset<16> m_hasPupils;
    std::unordered_map<std::int64_t, std::vector<std::bitset<16>>> m_counted;  ///< Pupil -> line -> dates.
};

/// One school. As OutcomeTally.
OutcomeReading outcomes(const SchoolSlice& slice, Date asAt, const Filters& filters = {});

}  // namespace fairlead::indicator
