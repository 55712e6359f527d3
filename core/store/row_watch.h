// Sums over the rows of tables that are kept up while rows are written, so that nobody has to read a table again to say
// what is in it.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/set_hash.h"
#include "core/store/database.h"

namespace fairlead::store {

/// What a table holds: how many rows, and the digest of their set.
struct TableSum {
    std::int64_t rows = 0;
    crypto::SetHash hash;

    friend bool operator==(const TableSum&, const TableSum&) = default;
};

/// Counts a row of a query that gives every column of a table in its order. `buffer` is room to work in.
void addRow(TableSum& sum, const Statement& row, std::string& buffer);

/// By table.
using TableSums = std::map<std::string, TableSum, std::less<>>;

/// Reads every row of a table. A row is its columns in the order of the table: `n` for NULL; `i` and 8 bytes,
/// big-endian, two's complement; `r` and the 8 bytes of the IEEE double, big-endian; `t` for text or `b` for bytes, the
/// length in 8 bytes, big-endian, and the bytes. Errors: those of a statement, Cancelled.
Result<TableSum> sumOf(Database& database, std::string_view table, const TaskContext& task);

/// While it lives, what InsertedRow and WatchedRows tell of rows of its tables goes into their sums. What a rollback
/// undoes stays in them: a watch belongs to one transaction and ends with it, after every statement that tells.
class RowWatch {
public:
    /// `sums`: as things are now. One watch at a time on a database.
    RowWatch(Database& database, TableSums sums);
    ~RowWatch();
    RowWatch(RowWatch&&) noexcept = default;
    RowWatch& operator=(RowWatch&&) = delete;

    /// As things are now.
    [[nodiscard]] const TableSums& sums() const { return *m_sums; }

private:
    std::shared_ptr<Connection> m_connection;
    std::unique_ptr<TableSums> m_sums;
};

/// INSERT of whole rows, one after the other.
class InsertedRow {
public:
    /// Of a table with so many columns. Errors: those of Database::prepare().
    static Result<InsertedRow> into(Database& database, std::string_view table, int columns);

    /// The next column's value.
    InsertedRow& add(std::int64_t value);
    /// The next column's value; nothing is NULL.
    InsertedRow& add(const std::optional<std::int64_t>& value);
    /// The next column's value.
    InsertedRow& add(double value);
    /// The next column's value.
    InsertedRow& add(std::string_view text);
    /// The next column's bytes.
    InsertedRow& addBlob(std::string_view bytes);
    /// The next column is NULL.
    InsertedRow& addNull();
    /// Writes the row; the next one begins. REQUIRES: a value for every column. Errors: those of Statement::run().
    Status write();

private:
    InsertedRow(Statement insert, TableSum* sum, int columns)
        : m_insert(std::move(insert)), m_sum(sum), m_columns(columns) {}
    Statement m_insert;
    TableSum* m_sum;
    int m_columns;
    int m_at = 0;
    std::string m_row;
};

/// Rows of a table that a statement changes: told before it and after it.
class WatchedRows {
public:
    /// Those that the condition finds; its parameters are numbers. Errors: those of Database::prepare().
    static Result<WatchedRows> where(Database& database, std::string_view table, std::string_view condition);

    /// Parameters of the condition from ?1 on; more than it has are passed over.
    WatchedRows& bind(std::span<const std::int64_t> values);
    /// The only parameter.
    WatchedRows& bind(std::int64_t value) { return bind(std::span(&value, 1)); }
    /// They are about to go. Parameters are forgotten. Errors: those of Statement::next().
    Status goes() { return count(-1); }
    /// They have come. Parameters are forgotten. Errors: those of Statement::next().
    Status comes() { return count(1); }

private:
    WatchedRows(std::optional<Statement> query, TableSum* sum) : m_query(std::move(query)), m_sum(sum) {}
    Status count(int step);
    std::optional<Statement> m_query;  ///< Nothing when nobody watches.
    TableSum* m_sum;
    std::string m_row;
};

/// Deletes every row of a table, and its sum with them. Errors: those of a statement.
Status clearTable(Database& database, std::string_view table);

/// UPDATE or DELETE of watched rows, with numbers as parameters.
class ChangedRows {
public:
    /// What to do to which rows.
    struct Change {
        std::string_view table;
        std::string_view set;           ///< "withdrawn = ?3"; empty: they are deleted.
        std::string_view where;         ///< Which rows; its parameters come first.
        std::string_view whereAfter{};  ///< The same rows when it is done; empty: as `where`.
    };
    /// Errors: those of Database::prepare().
    static Result<ChangedRows> prepare(Database& database, const Change& change);
    /// Parameters from ?1 on. Errors: those of a statement.
    Status run(std::initializer_list<std::int64_t> values);

private:
    ChangedRows(WatchedRows before, Statement change, WatchedRows after)
        : m_before(std::move(before)), m_change(std::move(change)), m_after(std::move(after)) {}
    WatchedRows m_before;
    Statement m_change;
    WatchedRows m_after;
};

}  // namespace fairlead::store
