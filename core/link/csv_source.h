// Plain CSV tables as an input of the engine: which column means what, and the model that fits the columns.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/csv.h"
#include "core/base/result.h"
#include "core/link/input.h"
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

/// Roles by well-known column names; columns with other names do not take part.
std::vector<CsvColumn> detectColumns(std::span<const std::string> header);

/// A well-known name of an identifier column of the header ("id", "rec_id", "unique_id"), or empty.
std::string detectIdColumn(std::span<const std::string> header);

/// Reads "role=column" and "role=column:FORMAT". Errors: InvalidArgument, UnknownKey (no such role).
Result<std::vector<CsvColumn>> parseColumnChoices(std::span<const std::string> choices);

/// One file.
struct CsvFile {
    std::string name;  ///< For messages and as the dataset's name.
    CsvTable table;
};

/// The files as an input; record ids are numbered by file and, within it, by row id, whatever the order of rows.
struct CsvInput {
    LinkInput input;
    std::vector<std::string> ids;    ///< Per record.
    std::vector<std::string> truth;  ///< Per record; empty when there is no truth column.
};

/// Builds the input. Errors, each with the file as the subject: UnknownColumn, InvalidArgument (an id twice or
/// empty, a row with fewer or more cells than the header, both with the line).
Result<CsvInput> buildCsvInput(std::span<const CsvFile> files, const CsvLayout& layout);

/// A model with a comparison for each kind of column, rules for the columns that are there, and estimation's
/// starting values.
Model modelFor(std::span<const CsvColumn> columns);

}  // namespace fairlead::link
