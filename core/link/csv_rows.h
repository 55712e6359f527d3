// One part of a CSV file as rows of numbered raw texts: what a thread makes of its part before parts are put together.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/columns.h"
#include "core/link/csv_reading.h"

namespace fairlead::link {

/// What is made of the cells of a row: one raw text, of one cell or of several put together.
struct CsvField {
    /// Where the text goes.
    enum class Kind : std::uint8_t { Forename, Surname, Date, Sex, Address, Identifier, Text, Truth, Group };
    /// Which part of the cell is meant: of a full name all but the last word, or the last.
    enum class Part : std::uint8_t { Whole, AllButLast, Last };
    Kind kind = Kind::Text;
    Part part = Part::Whole;
    /// Positions in CsvPlan::columns. Names: joined by blanks. A date: one, or year, month and day. An address: a
    /// postcode, or UPRN and postcode (kNoColumn when there is no postcode).
    std::vector<std::size_t> columns;
    std::string format;  ///< Of a date; the kind of an identifier.
    static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
};

/// How rows are read, for all files.
struct CsvPlan {
    std::string idColumn, truthColumn;
    std::vector<std::string> columns;  ///< Every column that a field reads.
    std::vector<CsvField> fields;
};
/// The fields that a layout asks for.
CsvPlan planOf(const CsvLayout& layout);

/// Where a file has what the plan asks for.
struct CsvPositions {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t cells = 0;  ///< Of the header.
    std::size_t id = kNone;
    std::vector<std::size_t> columns;  ///< Per column of the plan.
};
/// Errors: UnknownColumn, InvalidArgument (a column that the plan asks for is there twice).
Result<CsvPositions> positionsOf(const CsvText& file, const CsvPlan& plan);

/// What a thread makes of its part.
struct CsvRowsPart {
    /// The row at fault.
    struct Fault {
        std::size_t line = 0;  ///< Counted from the part's first line, from 0.
        std::string what;
    };
    std::uint32_t rows = 0;
    std::size_t lines = 0;  ///< Of the part.
    RowTexts ids;
    std::vector<std::uint32_t> rowLines;  ///< Per row its line from 0; only when the plan has no id column.
    /// The first eight bytes of an id as a number, and the row: in ascending order of ids.
    struct Key {
        std::uint64_t prefix = 0;
        std::uint32_t row = 0;
    };
    std::vector<Key> keys;
    std::vector<Dictionary> texts;                  ///< Per field.
    std::vector<std::vector<std::uint32_t>> cells;  ///< Per field and row: number of the text; kNoValue = empty.
    std::vector<bool> hasValues;                    ///< Per column of the plan.
    std::optional<Fault> fault;
};

/// Reads a part. `isFirst`: it begins with the header. Stops at the first fault, or when the task is cancelled.
CsvRowsPart readRows(std::string_view text, bool isFirst, const CsvPlan& plan, const CsvPositions& positions,
                     TaskContext& task);

}  // namespace fairlead::link
