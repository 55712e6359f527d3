// The hardened read-only opener for files that somebody else wrote (extracts).
// It knows nothing of the contract but what the caller passes in: tables, application id, version, time.
// A reader belongs to one thread at a time.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/store/database.h"

namespace fairlead::store {

/// What opens a file of others: a raw key with its salt (48 bytes), or a passphrase. Points to the caller's secret.
class UntrustedKey {
public:
    /// 48 bytes of key and salt.
    static UntrustedKey raw(const crypto::Secret& keyAndSalt) { return UntrustedKey(keyAndSalt, true); }
    /// Not empty, and not of the form x'...'.
    static UntrustedKey passphrase(const crypto::Secret& text) { return UntrustedKey(text, false); }
    [[nodiscard]] const crypto::Secret& secret() const { return *m_secret; }
    [[nodiscard]] bool isRaw() const { return m_raw; }

private:
    UntrustedKey(const crypto::Secret& secret, bool raw) : m_secret(&secret), m_raw(raw) {}
    const crypto::Secret* m_secret;
    bool m_raw;
};

/// What the file must be, and how long reading it may take.
struct UntrustedExpectation {
    std::vector<std::string> tables{};  ///< The only tables that select() may read, lower case.
    std::int64_t applicationId = 0;     ///< PRAGMA application_id.
    std::int64_t userVersion = 0;       ///< PRAGMA user_version.
    std::chrono::milliseconds deadline = std::chrono::minutes(10);  ///< Wall time from open() to the last row.
};

/// One column as PRAGMA table_xinfo has it.
struct SchemaColumn {
    std::string name{};
    std::string declaredType{};  ///< As written, may be empty.
    bool notNull = false;
    int primaryKeyPosition = 0;  ///< 1, 2 ... within the key; 0 = not part of it.
    int hidden = 0;              ///< 0 = ordinary; 1 = hidden, 2 and 3 = generated.
};

/// One table, index, view or trigger of the file.
struct SchemaObject {
    std::string type{};  ///< "table", "index", "view", "trigger".
    std::string name{};
    std::string tableName{};              ///< The table that an index or trigger belongs to; its own name for a table.
    std::string sql{};                    ///< Empty for the indexes that SQLite makes for UNIQUE and PRIMARY KEY.
    std::vector<SchemaColumn> columns{};  ///< Tables and views.
    bool isVirtual = false;
    bool withoutRowid = false;
    bool strict = false;
    bool indexHasExpression = false;
    bool indexIsPartial = false;
    bool indexIsUnique = false;
};

/// An open file of others. Every switch is set and read back, the whole file is checked (page authentication,
/// quick_check, integrity_check), limits and an authorizer are in force, before the first select().
/// CHECK constraints of the file are never run and prove nothing: check values after reading them.
/// Views, triggers, virtual tables, generated columns, expression and partial indexes are refused while opening.
class UntrustedReader {
public:
    /// `path` is the caller's private copy: size, header and sidecar checks are the caller's. `task` must outlive the
    /// reader and its statements. A wrong key and a damaged first page cannot be told apart: both are WrongKey.
    /// Errors: NotFound, Io, WrongKey, ExtractNotRegularFile (a symbolic link), ExtractPlaintext, ExtractDamaged,
    /// ExtractSchema, ExtractSidecar (a -wal, -journal or -shm lies beside it), Cancelled, Internal (a switch could not
    /// be set).
    static Result<UntrustedReader> open(const std::filesystem::path& path, const UntrustedKey& key,
                                        const UntrustedExpectation& expected, TaskContext& task);
    ~UntrustedReader();
    UntrustedReader(UntrustedReader&&) noexcept;
    UntrustedReader& operator=(UntrustedReader&&) noexcept;

    /// Everything in sqlite_schema, by name; read before the authorizer came into force.
    [[nodiscard]] const std::vector<SchemaObject>& schema() const { return m_schema; }

    /// A SELECT over the expected tables, with no functions but length, typeof, count and substr.
    /// Errors: ExtractSchema (not allowed, or names a column that is not there); stepping: ExtractDamaged,
    /// ExtractValue (a value over 1 MiB), Cancelled.
    Result<Statement> select(std::string_view sql);

private:
    explicit UntrustedReader(Database database);
    Database m_database;
    std::vector<SchemaObject> m_schema;
};

}  // namespace fairlead::store
