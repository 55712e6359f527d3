// Words for figures: the five nothings, units, changes, series. Used by tiles, tables, charts and screen readers.

#pragma once

#include <QString>
#include <vector>

#include "core/indicator/overview.h"
#include "ui/style/sparkline.h"

namespace fairlead::ui {

/// "1,204", or why there is none: an en dash (not applicable), "[c]" (suppressed), "[x]" (not supplied, or purged:
/// the line below it says which).
QString countText(const indicator::Count& count);
/// The same for a screen reader: "1,204", "not applicable", "suppressed", "not supplied", "purged on 03/07/2026".
QString countSpoken(const indicator::Count& count);
/// "pupils", "pupil", "pupils · 97 events": the line below a figure. `share` of the roll in per cent is added to it
/// when `onRoll` is positive: "pupils (18.8% of roll)".
QString unitLine(const indicator::Figure& figure, int onRoll = 0);
/// "+9 on May", "no change", "[x]": against the month before. The month is named when `withMonth`.
QString changeText(const indicator::Change& change, bool withMonth);
/// "up 9 on 31/05/2022", "down 3 on 31/05/2022", "no change since 31/05/2022", "change not known".
QString changeSpoken(const indicator::Change& change);
/// "Rose from 50 in July 2021 to 74 in June 2022; highest 74 in June 2022." Neutral words, no percentages.
QString seriesInWords(const std::vector<indicator::MonthPoint>& points);
/// The pupils of the points as a small line.
Sparkline sparklineOf(const std::vector<indicator::MonthPoint>& points);
/// "Exact identifier", "Strong", "Reviewed or moderate": the best link behind a row, in words.
QString linkInWords(int strengthPercent);

}  // namespace fairlead::ui
