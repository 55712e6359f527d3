// Which column of a CSV file means what, by its name and, for dates, its values.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/link/csv_layout.h"
#include "core/link/csv_reading.h"

namespace fairlead::link {

/// A column that takes no part, and the reason in words.
struct LeftOutColumn {
    std::string column;
    std::string why;
    friend bool operator==(const LeftOutColumn&, const LeftOutColumn&) = default;
};

/// What was found, to be printed before it is used.
struct CsvDetection {
    std::string idColumn;  ///< Empty: rows are named by their line.
    std::vector<CsvColumn> columns;
    std::vector<LeftOutColumn> leftOut;
    std::vector<std::string> notes;  ///< Plain sentences: how dates are read, an id that repeats.
};

/// A well-known name of an identifier column of the header ("id", "rec_id", "unique_id"), or empty.
std::string detectIdColumn(std::span<const std::string> header);

/// Looks at the headers and the first rows of the files. A column takes part when every file has it and its name is
/// known; columns that name the row or say who is who never do, numbers such as a social security number only when
/// named. `reserved` are columns with another use (truth, group, a named id): left alone. An empty `idColumn` asks
/// for one to be found.
CsvDetection detectLayout(std::span<const CsvText> files, const std::string& idColumn,
                          std::span<const std::string> reserved);

/// Finds the format of date columns that were named without one, as detectLayout does; gives the notes.
std::vector<std::string> findDateFormats(std::span<const CsvText> files, std::vector<CsvColumn>& columns);

}  // namespace fairlead::link
