// What the columns of CSV files mean to the engine, and the model that fits them.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/link/model.h"

namespace fairlead::link {

/// What a CSV column is to the engine.
enum class ColumnRole : std::uint8_t {
    Forename,
    OtherForename,
    Surname,
    OtherSurname,
    FullName,  ///< "Ann Smith" or "Smith, Ann": the last word, or what stands before the comma, is the surname.
    BirthDate,
    BirthYear,
    BirthMonth,
    BirthDay,
    Sex,
    Postcode,
    Uprn,
    Identifier,
    Text,
};
/// "forename", "dob", "text" ...: the words of --columns.
std::string_view name(ColumnRole role);

/// One column that takes part.
struct CsvColumn {
    ColumnRole role = ColumnRole::Text;
    std::string column;  ///< Header of the CSV file.
    std::string format;  ///< For dates: "YYYYMMDD", "YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", empty = try the first
                         ///< three; for identifiers: their kind.
    friend bool operator==(const CsvColumn&, const CsvColumn&) = default;
};

/// How the files are read.
struct CsvLayout {
    std::string idColumn;     ///< Empty: rows are named by file and line.
    std::string truthColumn;  ///< Empty: none. Never compared.
    std::vector<CsvColumn> columns;
    std::string groupColumn = {};  ///< Empty: none. Results are shown by its values; never compared.
};

/// Reads "role=column" and "role=column:FORMAT". Errors: InvalidArgument, UnknownKey (no such role).
Result<std::vector<CsvColumn>> parseColumnChoices(std::span<const std::string> choices);

/// A model with a comparison for each kind of column, rules for the columns that are there, and estimation's
/// starting values.
Model modelFor(std::span<const CsvColumn> columns);

}  // namespace fairlead::link
