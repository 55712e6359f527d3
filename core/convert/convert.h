// Files of a real format -> rows of the extract contract and a report of what is wrong in them.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/convert/mapping.h"
#include "core/convert/quality_report.h"
#include "core/convert/source_file.h"
#include "core/record/rows.h"

namespace fairlead::convert {

/// What the files do not say themselves.
struct ConvertOptions {
    Date periodFrom;  ///< The period of the delivery: [periodFrom, periodUntil).
    Date periodUntil;
    std::map<std::string, std::int64_t> schools;  ///< Native id of a school -> its URN.
    std::size_t rowsListed = QualityReport::kDefaultRowsListed;
};

/// What came of the files.
struct Converted {
    record::ExtractRows rows;
    QualityReport report;
};

/// Converts the files of one delivery. Wrong rows are findings, not failures; every row made keeps to the contract,
/// so that extract::build takes it. The order of the files does not matter.
/// Errors: Encoding, ParseError, MissingColumn (a file that the mapping does not know), InvalidArgument (no file, or a
/// period that is none), Cancelled.
Result<Converted> convert(const Mapping& mapping, std::vector<InputFile> files, const ConvertOptions& options,
                          TaskContext& task);

}  // namespace fairlead::convert
