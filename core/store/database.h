// Encrypted SQLite: connections, statements, transactions. No domain knowledge, no SQL of its own but pragmas.
// A connection belongs to one thread at a time. Every file uses a random 48-byte raw key and salt.

#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fairlead::store {

struct Connection;

/// A prepared statement. Parameters count from 1, columns from 0. An error of bind() sticks until reset(): run() and
/// next() give it. It keeps its connection open.
class Statement {
public:
    ~Statement();
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;

    /// INTEGER. The statement itself is returned by every bind, for chains.
    Statement& bind(int index, std::int64_t value);
    /// INTEGER of any type that fits.
    Statement& bind(int index, std::integral auto value) { return bind(index, std::int64_t{value}); }
    /// REAL.
    Statement& bind(int index, double value);
    /// TEXT, copied.
    Statement& bind(int index, std::string_view text);
    /// BLOB, copied.
    Statement& bindBlob(int index, std::string_view bytes);
    /// NULL.
    Statement& bindNull(int index);
    /// INTEGER or NULL.
    Statement& bind(int index, const std::optional<std::int64_t>& value);

    /// Steps once: true while there is a row; stays false at the end until reset(). Errors: Corrupt, Busy, DiskFull,
    /// Io, Cancelled, AlreadyExists (UNIQUE, PRIMARY KEY), InvalidArgument (another constraint, a value too big),
    /// Internal.
    Result<bool> next();
    /// Steps to the end, then resets: for INSERT, UPDATE, DELETE. Errors as next().
    Status run();
    /// Ready for new parameters; the old ones are forgotten (NULL).
    void reset();

    /// The cell as a number; 0 for NULL.
    [[nodiscard]] std::int64_t integer(int column) const;
    /// The cell as a number; 0 for NULL.
    [[nodiscard]] double real(int column) const;
    /// The cell's text; valid until the next step; empty for NULL.
    [[nodiscard]] std::string_view text(int column) const;
    /// The cell's bytes; valid until the next step; empty for NULL.
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    /// Of a row.
    [[nodiscard]] int columns() const;
    /// The highest ?N.
    [[nodiscard]] int parameters() const;
    /// SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.
    [[nodiscard]] int storageClass(int column) const;

private:
    friend class Database;
    Statement(std::shared_ptr<Connection> connection, sqlite3_stmt* statement);
    void keep(int code);
    std::shared_ptr<Connection> m_connection;
    sqlite3_stmt* m_statement = nullptr;
    bool m_atEnd = false;
    std::optional<Error> m_error;
};

/// One open encrypted file. Attaching other files and changing the key or the safety switches by SQL is refused.
class Database {
public:
    /// A raw key with its salt: 48 bytes.
    static crypto::Secret newKey();
    /// Creates a new file (mode 0600) with journal_mode DELETE, synchronous EXTRA, secure_delete, no auto_vacuum.
    /// Errors: AlreadyExists, NotFound (the folder), Io, DiskFull, InvalidArgument (not 48 bytes), Internal.
    static Result<Database> create(const std::filesystem::path& path, const crypto::Secret& key);
    /// Opens our own file for reading and writing. Errors: NotFound, WrongKey (also when the first page is damaged: the
    /// two cannot be told apart), Corrupt, Io, Busy, InvalidArgument.
    static Result<Database> open(const std::filesystem::path& path, const crypto::Secret& key);
    /// Opens our own file for reading only. Errors as open(); Io when an interrupted change must be rolled back first.
    static Result<Database> openReadOnly(const std::filesystem::path& path, const crypto::Secret& key);
    /// Creates a file for a passphrase (SQLCipher's own key derivation), for extracts that cannot be sealed.
    /// Errors as create(); InvalidArgument: empty, or it would be taken for a raw key (x'...').
    static Result<Database> createWithPassphrase(const std::filesystem::path& path, const crypto::Secret& passphrase);

    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;

    /// Errors: Internal (the SQL is wrong or not allowed: a bug), Corrupt.
    Result<Statement> prepare(std::string_view sql);
    /// Runs statements that give no rows, e.g. a schema. Errors as Statement::next().
    Status execute(std::string_view sql);
    /// user_version, and setting it.
    Result<std::int64_t> userVersion();
    Status setUserVersion(std::int64_t version);
    [[nodiscard]] std::int64_t lastInsertId() const;
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const;
    /// Reads and authenticates every page and checks the structure. Errors: Corrupt, Cancelled, Io.
    Status check();
    /// Interrupts a running statement within 50 ms when the task is cancelled; call with nullptr to stop watching.
    /// The task must live until then.
    void watch(const TaskContext* task);
    /// For tests and extract's hardened reader only.
    [[nodiscard]] sqlite3* handle() const;

private:
    explicit Database(std::shared_ptr<Connection> connection);
    friend class Transaction;
    friend class UntrustedReader;
    friend class RowWatch;
    friend class InsertedRow;
    friend class WatchedRows;
    friend Status clearTable(Database& database, std::string_view table);
    std::shared_ptr<Connection> m_connection;
};

/// Rolls back unless committed. Savepoints are not offered: one transaction a use case.
class Transaction {
public:
    /// BEGIN IMMEDIATE. Errors: Busy, Io, Corrupt; Internal inside another transaction.
    static Result<Transaction> begin(Database& database);
    ~Transaction();
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    /// Encrypts and writes what has changed so far, so that commit() has little left to do: for writing two files side
    /// by side. Nothing is committed by it. Errors: DiskFull, Io, Busy, Corrupt.
    Status writeAhead();
    /// Errors: DiskFull, Io, Busy, Corrupt; Cancelled when a cancelled statement has undone it already.
    /// The transaction is rolled back then.
    Status commit();

private:
    explicit Transaction(std::shared_ptr<Connection> connection);
    std::shared_ptr<Connection> m_connection;
};

/// SQLITE codes to ours; `subject` is the file name. SQLITE_NOTADB is WrongKey here: while opening nothing tells a
/// wrong key from a damaged first page. SQLITE_NOMEM is Corrupt when SQLite was not refused memory (SQLCipher reports a
/// page that it cannot authenticate so).
Error errorOf(int sqliteCode, std::string subject, std::string detail);

}  // namespace fairlead::store
