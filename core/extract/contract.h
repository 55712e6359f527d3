// Extract contract v1 as data: the tables, their columns, types, lengths and code sets.
// This one definition makes the CREATE statements, the schema allow-list, the SELECTs, every check of a value
// and the row digest. In words for suppliers: resources/docs/extract-contract.md.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/record/fact_kind.h"

namespace fairlead::extract {

/// PRAGMA application_id of every extract: "FXT1".
inline constexpr std::int64_t kApplicationId = 0x46585431;
/// PRAGMA user_version: the number of the contract.
inline constexpr std::int64_t kContractVersion = 1;
/// The primary key of every table; the digest is taken in its order.
inline constexpr std::string_view kRowIdColumn = "row_id";

/// What a column holds. A date is stored as text YYYY-MM-DD, a flag as 0 or 1.
enum class ColumnType : std::uint8_t { Text, Integer, Flag, Date };

/// One column after row_id.
struct ColumnDefinition {
    std::string_view name;
    ColumnType type = ColumnType::Text;
    bool required = false;                    ///< NOT NULL.
    std::int64_t least = 0;                   ///< Text: fewest bytes; Integer: smallest value.
    std::int64_t most = 0;                    ///< Text: most bytes of UTF-8; Integer: greatest value.
    std::span<const std::string_view> codes;  ///< The allowed texts; empty = any text.
};

/// One table.
struct TableDefinition {
    std::string_view name;
    std::span<const ColumnDefinition> columns;  ///< Without row_id, in the order of the file.

    /// The position of a column in `columns`. REQUIRES: there is one.
    [[nodiscard]] std::size_t column(std::string_view columnName) const;
};

/// Most columns that any table has, row_id not counted.
inline constexpr std::size_t kMostColumns = 16;

/// Every table of the contract, in the order in which a file is written and read.
std::span<const TableDefinition> contractTables();
/// The table of that name, or null.
const TableDefinition* findTable(std::string_view name);

/// True for the five agencies of the contract.
bool isAgency(std::string_view agency);
/// True when extracts of that agency may have that table: roll and school are education's, family_member belongs
/// to social care and early help, the rest to everybody.
bool mayHaveTable(std::string_view agency, std::string_view table);

/// The closed code set of a kind of fact; nothing when any text up to the column's length is allowed.
/// Where a set is given a code may still be missing.
std::optional<std::span<const std::string_view>> codesOf(record::FactKind kind);

/// "CREATE TABLE person (row_id INTEGER PRIMARY KEY, person_ref TEXT NOT NULL, ...) STRICT"
std::string createStatement(const TableDefinition& table);
/// "SELECT row_id, person_ref, ... FROM person ORDER BY row_id"
std::string selectStatement(const TableDefinition& table);
/// "INSERT INTO person VALUES (?, ?, ...)"
std::string insertStatement(const TableDefinition& table);
/// The type that a column is declared with: "TEXT" or "INTEGER".
std::string_view sqlType(ColumnType type);

}  // namespace fairlead::extract
