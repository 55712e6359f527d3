// For core/store alone: one SQLite handle with what its errors, its watching and its authorizer need.

#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"

namespace fairlead::store {

struct TableSum;

/// Closes its handle when the last database, statement or transaction that uses it goes.
struct Connection {
    explicit Connection(std::string fileName) : subject(std::move(fileName)) {}
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Our error for a code that this handle just gave; Internal where SQLite was refused memory, whatever it calls
    /// that. Remembers damage and want of memory: after one page that cannot be had SQLCipher answers everything with
    /// nonsense.
    Error error(int sqliteCode);
    /// Failure once one of them was seen.
    [[nodiscard]] Status usable() const;
    /// Text of every cell of every row; for pragmas. Errors as error().
    Result<std::vector<std::vector<std::string>>> rows(std::string_view sql);
    /// Runs `PRAGMA set`, then asks `PRAGMA name` and expects `value`. Errors: Internal when it does not hold.
    Status require(std::string_view set, std::string_view name, std::string_view value);
    /// Calls the progress handler when there is something to watch.
    void updateWatch();

    sqlite3* handle = nullptr;
    std::string subject;  ///< File name without folder.
    bool untrusted = false;
    bool keyProven = false;
    bool damaged = false;
    bool outOfMemory = false;
    const TaskContext* task = nullptr;
    std::optional<std::chrono::steady_clock::time_point> deadline;
    bool late = false;
    std::map<std::string, TableSum, std::less<>>* rowSums = nullptr;  ///< Of the RowWatch that lives, if one does.
    std::vector<std::string> allowedTables;                           ///< Of an untrusted file, lower case.
};

/// Opens the handle; nothing is read yet. `name` is a path or, with SQLITE_OPEN_URI, a URI. Errors: as errorOf.
Status openHandle(Connection& connection, const std::string& name, int flags);

/// sqlite3_db_config, each switch set and read back. Errors: Internal.
Status setSwitches(Connection& connection);

/// The key in force, memory security on, cipher_status and the settings of SQLCipher 4 asserted.
/// `raw`: 48 bytes of key and salt, otherwise a passphrase. Errors: InvalidArgument, WrongKey, Internal.
Status setKey(Connection& connection, const crypto::Secret& key, bool raw);

/// The absolute path with every link in its folder resolved, so that SQLITE_OPEN_NOFOLLOW judges the file alone.
/// Errors: NotFound, Io.
Result<std::filesystem::path> resolved(const std::filesystem::path& path);

/// True when the file begins as an unencrypted database does. Errors: Io.
Result<bool> isPlaintext(const std::filesystem::path& path);

}  // namespace fairlead::store
