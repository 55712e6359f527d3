#include "core/store/database.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/base/descriptor.h"
#include "core/store/connection.h"
#include "core/store/first_page.h"

namespace fairlead::store {

namespace {

constexpr int kBusyWaitMs = 250;
constexpr std::uintmax_t kPageBytes = 4096;

/// Pragmas that our SQL may give an argument; all others may only be asked.
constexpr std::array<std::string_view, 14> kPragmas = {
    "analysis_limit",   "application_id", "cache_size",  "defer_foreign_keys", "foreign_key_check",
    "foreign_key_list", "index_info",     "index_list",  "index_xinfo",        "integrity_check",
    "optimize",         "table_info",     "table_xinfo", "user_version",
};

/// No other file, no other key, no change of a switch through SQL: an ATTACH without a key would be plaintext.
/// VACUUM attaches a file without a name, which SQLite keeps in memory.
int authorizeOwn(void*, int action, const char* first, const char* second, const char*, const char*) {
    const std::string_view name = first == nullptr ? "" : first;
    const std::string_view argument = second == nullptr ? "" : second;
    switch (action) {
        case SQLITE_ATTACH: return first != nullptr && name.empty() ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_PRAGMA:
            return second == nullptr || std::ranges::find(kPragmas, name) != kPragmas.end() ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_FUNCTION:
            return argument == "sqlcipher_export" || argument == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        default: return SQLITE_OK;
    }
}

/// Everything but the key and what differs between writing and reading.
Status setPragmas(Connection& connection) {
    FAIRLEAD_OK(connection.require("trusted_schema = OFF", "trusted_schema", "0"));
    FAIRLEAD_OK(connection.require("cell_size_check = ON", "cell_size_check", "1"));
    FAIRLEAD_OK(connection.require("temp_store = MEMORY", "temp_store", "2"));
    FAIRLEAD_OK(connection.require("foreign_keys = ON", "foreign_keys", "1"));
    FAIRLEAD_OK(connection.require("recursive_triggers = ON", "recursive_triggers", "1"));
    FAIRLEAD_OK(connection.require("cache_size = -65536", "cache_size", "-65536"));  // KiB
    FAIRLEAD_TRY(const auto vacuum, connection.rows("PRAGMA auto_vacuum"));
    if (vacuum != std::vector<std::vector<std::string>>{{"0"}}) {
        // With auto_vacuum SQLCipher takes an all-zero page without authentication.
        return fail(ErrorCode::Corrupt, connection.subject, "auto_vacuum is on");
    }
    return {};
}

Status setWriterPragmas(Connection& connection) {
    FAIRLEAD_OK(connection.require("journal_mode = DELETE", "journal_mode", "delete"));
    FAIRLEAD_OK(connection.require("synchronous = EXTRA", "synchronous", "3"));
    return connection.require("secure_delete = ON", "secure_delete", "1");
}

/// A new empty file that only its owner can read. O_EXCL: never one that is there already.
Status makeFile(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return failErrno(path, errno);
    ::close(fd);
    return {};
}

Result<std::shared_ptr<Connection>> connect(const std::filesystem::path& path, int flags, const crypto::Secret& key,
                                            bool raw) {
    auto connection = std::make_shared<Connection>(path.filename().string());
    FAIRLEAD_OK(openHandle(*connection, path.string(), flags | SQLITE_OPEN_NOFOLLOW));
    sqlite3_busy_timeout(connection->handle, kBusyWaitMs);
    FAIRLEAD_OK(setSwitches(*connection));
    FAIRLEAD_OK(setKey(*connection, key, raw));
    FAIRLEAD_OK(setPragmas(*connection));
    return connection;
}

/// Makes the file more than empty: page 1 is written, encrypted, under the key that was set.
Status writeFirstPage(Connection& connection) {
    const int code =
        sqlite3_exec(connection.handle, "BEGIN IMMEDIATE; PRAGMA user_version = 0; COMMIT", nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(connection.error(code));
    return {};
}

Status requireCiphertext(const std::filesystem::path& path) {
    FAIRLEAD_TRY(const bool plain, isPlaintext(path));
    if (plain) return fail(ErrorCode::Internal, path.filename().string(), "the file is not encrypted");
    return {};
}

Result<std::shared_ptr<Connection>> createAt(const std::filesystem::path& path, const crypto::Secret& key, bool raw) {
    FAIRLEAD_TRY(auto connection, connect(path, SQLITE_OPEN_READWRITE, key, raw));
    FAIRLEAD_OK(setWriterPragmas(*connection));
    FAIRLEAD_OK(writeFirstPage(*connection));
    FAIRLEAD_OK(requireCiphertext(path));
    sqlite3_set_authorizer(connection->handle, authorizeOwn, nullptr);
    return connection;
}

Result<std::shared_ptr<Connection>> createFile(const std::filesystem::path& path, const crypto::Secret& key, bool raw) {
    FAIRLEAD_TRY(const auto place, resolved(path));
    FAIRLEAD_OK(makeFile(place));
    auto connection = createAt(place, key, raw);
    if (!connection) {
        std::error_code ignored;
        std::filesystem::remove(place, ignored);
    }
    return connection;
}

/// Puts back what an interrupted change left in a journal, without the key: pages lie in it as they lay in the file,
/// and whatever it names as their size, no page is decrypted by it.
Status rollBack(const std::filesystem::path& place) {
    auto journal = place;
    journal += "-journal";
    std::error_code isMissing;
    if (std::filesystem::file_size(journal, isMissing) == 0 || isMissing) return {};
    Connection connection(place.filename().string());
    FAIRLEAD_OK(openHandle(connection, place.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW));
    sqlite3_busy_timeout(connection.handle, kBusyWaitMs);
    FAIRLEAD_OK(setSwitches(connection));
    // Reads the first page, which without the key is that of no database, and nothing else.
    auto read = connection.rows("PRAGMA user_version");
    if (read || read.error().code == ErrorCode::WrongKey) return {};
    return fail(std::move(read).error());
}

Result<std::shared_ptr<Connection>> openFile(const std::filesystem::path& path, const crypto::Secret& key,
                                             bool writes) {
    FAIRLEAD_TRY(const auto place, resolved(path));
    std::error_code error;
    if (writes && std::filesystem::exists(place, error)) FAIRLEAD_OK(rollBack(place));
    const auto size = std::filesystem::file_size(place, error);
    if (error == std::errc::no_such_file_or_directory) return fail(ErrorCode::NotFound, place.filename().string());
    if (error) return fail(ErrorCode::Io, place.filename().string(), error.message());
    // SQLite takes an empty file for a new database, under any key.
    if (size < kPageBytes) return fail(ErrorCode::Corrupt, place.filename().string(), "shorter than a page");
    // One that is not authentic is SQLCipher's to name: a journal that may not be rolled back here may have to be
    // first.
    const auto page = checkFirstPage(place, key, Origin::Ours);
    if (!page && page.error().code != ErrorCode::WrongKey) return fail(page.error());
    FAIRLEAD_TRY(auto connection, connect(place, writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, key, true));
    if (sqlite3_db_readonly(connection->handle, "main") != (writes ? 0 : 1)) {
        return fail(ErrorCode::Io, connection->subject, "may not be written");
    }
    FAIRLEAD_OK(writes ? setWriterPragmas(*connection) : connection->require("query_only = ON", "query_only", "1"));
    sqlite3_set_authorizer(connection->handle, authorizeOwn, nullptr);
    return connection;
}

}  // namespace

Database::Database(std::shared_ptr<Connection> connection) : m_connection(std::move(connection)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

crypto::Secret Database::newKey() { return crypto::Secret::random(48); }

Result<Database> Database::create(const std::filesystem::path& path, const crypto::Secret& key) {
    FAIRLEAD_TRY(auto connection, createFile(path, key, true));
    return Database(std::move(connection));
}

Result<Database> Database::createWithPassphrase(const std::filesystem::path& path, const crypto::Secret& passphrase) {
    FAIRLEAD_TRY(auto connection, createFile(path, passphrase, false));
    return Database(std::move(connection));
}

Result<Database> Database::open(const std::filesystem::path& path, const crypto::Secret& key) {
    FAIRLEAD_TRY(auto connection, openFile(path, key, true));
    return Database(std::move(connection));
}

Result<Database> Database::openReadOnly(const std::filesystem::path& path, const crypto::Secret& key) {
    FAIRLEAD_TRY(auto connection, openFile(path, key, false));
    return Database(std::move(connection));
}

Result<Statement> Database::prepare(std::string_view sql) {
    FAIRLEAD_OK(m_connection->usable());
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(m_connection->handle, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) return fail(m_connection->error(code));
    if (statement == nullptr) return fail(ErrorCode::Internal, m_connection->subject, "empty SQL");
    return Statement(m_connection, statement);
}

Status Database::execute(std::string_view sql) {
    FAIRLEAD_OK(m_connection->usable());
    const int code = sqlite3_exec(m_connection->handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(m_connection->error(code));
    return {};
}

Result<std::int64_t> Database::userVersion() {
    FAIRLEAD_TRY(auto statement, prepare("PRAGMA user_version"));
    FAIRLEAD_TRY(const bool found, statement.next());
    return found ? statement.integer(0) : 0;
}

Status Database::setUserVersion(std::int64_t version) {
    return execute(fmt::format("PRAGMA user_version = {}", version));
}

std::int64_t Database::lastInsertId() const { return sqlite3_last_insert_rowid(m_connection->handle); }

std::int64_t Database::changes() const { return sqlite3_changes64(m_connection->handle); }

Status Database::check() {
    FAIRLEAD_TRY(const auto pages, m_connection->rows("PRAGMA cipher_integrity_check"));
    if (!pages.empty()) {
        m_connection->damaged = true;
        return fail(ErrorCode::Corrupt, m_connection->subject, "a page cannot be authenticated");
    }
    FAIRLEAD_TRY(const auto found, m_connection->rows("PRAGMA integrity_check"));
    if (found != std::vector<std::vector<std::string>>{{"ok"}}) {
        m_connection->damaged = true;
        return fail(ErrorCode::Corrupt, m_connection->subject, "the structure is damaged");
    }
    return {};
}

void Database::watch(const TaskContext* task) {
    m_connection->task = task;
    m_connection->updateWatch();
}

sqlite3* Database::handle() const { return m_connection->handle; }

}  // namespace fairlead::store
