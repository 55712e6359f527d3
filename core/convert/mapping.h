// A mapping document: how the files of a real format become rows of the extract contract.
// resources/mappings/*.toml; the keys are described in resources/docs/extract-contract.md.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/extract/contract.h"

namespace fairlead::convert {

/// A code table: what a source writes -> what the contract writes.
using CodeTable = std::map<std::string, std::string, std::less<>>;

/// How a value is looked at beyond the contract's own checks.
enum class ValueCheck : std::uint8_t { None, Upn, NhsNumber, Uprn, Postcode };

/// Where the value of one contract column comes from.
struct ValueRule {
    /// FirstOf: the first of `columns` that the file has. Join: all of them that are not empty, blank between.
    /// Constant: `text`. Template: `text` with {column} filled in. School: the number for the native school id in
    /// the column.
    enum class Source : std::uint8_t { FirstOf, Join, Constant, Template, School };
    Source source = Source::FirstOf;
    std::vector<std::string> columns;
    std::string text;
    std::string codes;                 ///< Name of a code table; empty = as it is.
    std::vector<std::string> nothing;  ///< Values that mean "not supplied".
    ValueCheck check = ValueCheck::None;
    bool isLastDay = false;  ///< The source has the last day, the contract the day after it.
};

/// Rows of the source that are not wanted: `column` has one of `values`.
struct LeaveOut {
    std::string column;
    std::vector<std::string> values;
};

/// One contract row for each row of the source.
struct RowRule {
    const extract::TableDefinition* table = nullptr;
    std::string when;  ///< Only where this column is not empty; empty = always.
    std::optional<LeaveOut> leaveOut;
    std::vector<std::optional<ValueRule>> values;  ///< One for each column of the table; nothing = NULL.
};

/// Consecutive episodes of one person, joined into periods.
struct PeriodRule {
    std::string kind;  ///< Id of a status fact kind.
    std::string from;
    std::string until;
    std::string code;       ///< The period gets the code of its last episode.
    std::string refPrefix;  ///< fact_ref = prefix:person:first day.
    std::optional<LeaveOut> leaveOut;
};

/// One kind of file.
struct InputRule {
    std::string id;
    std::vector<std::string> columns;  ///< A file that has all of these ...
    std::vector<std::string> absent;   ///< ... and none of these.
    std::string person;                ///< Column with the person's key; empty = the file is known, but not used.
    std::string reason;                ///< Why it is not used.
    std::vector<RowRule> rows;
    std::optional<PeriodRule> period;
};

/// Sessions missed over the term, from totals in the pupils' rows or from counts by reason.
struct AttendanceRule {
    std::vector<std::string> pupilInputs;
    std::string possible;
    std::vector<std::string> missed;
    std::vector<std::string> detailInputs;
    std::string reason;
    std::string sessions;
    std::vector<std::string> absenceCodes;
};

/// Schools that the files name by ids of their own.
struct SchoolRule {
    std::string column;
    std::int64_t firstNumber = 900'000;  ///< Synthetic numbers are firstNumber + the digits at the end of the id.
};

/// A whole mapping.
struct Mapping {
    std::string id;
    std::string title;
    std::string source;  ///< Where the format is described.
    std::string agency;
    std::string dataset;
    bool onePersonPerRow = true;
    std::vector<std::string> dates;  ///< "%d/%m/%Y", "%Y-%b-%d %H:%M:%S", tried in this order.
    std::map<std::string, CodeTable, std::less<>> codes;
    std::vector<InputRule> inputs;  ///< In the order in which they are converted: people first.
    std::optional<AttendanceRule> attendance;
    std::optional<SchoolRule> schools;
};

/// Reads a mapping and checks it against the contract.
/// Errors: NotFound, Io; Encoding, ParseError, UnknownKey (a key, table, column or code table that does not exist).
Result<Mapping> loadMapping(const std::filesystem::path& path);

/// As loadMapping, from a text.
Result<Mapping> parseMapping(std::string_view text, std::string_view subject);

}  // namespace fairlead::convert
