// Sessions missed over the period of a delivery, one fact a pupil, from totals in the pupils' rows or, where a pupil
// has none, from counts of sessions by reason.

#pragma once

#include <string>
#include <vector>

#include "core/convert/convert.h"
#include "core/convert/mapping.h"
#include "core/convert/quality_report.h"
#include "core/convert/row_store.h"
#include "core/convert/source_file.h"

namespace fairlead::convert {

/// Stores an attendance_term fact for every pupil whose possible and missed sessions are known: value = missed,
/// code = possible. A pupil with several rows (two schools) gets the sum.
void addAttendance(const std::vector<SourceFile>& files, const AttendanceRule& rule, const ConvertOptions& options,
                   RowStore& store, QualityReport& report);

}  // namespace fairlead::convert
