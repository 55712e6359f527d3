#include "core/store/untrusted_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "core/store/connection.h"
#include "core/store/first_page.h"
#include "core/store/schema_reading.h"

namespace fairlead::store {

namespace {

struct Limit {
    int id;
    int value;
};

constexpr std::array kLimits = {
    Limit{SQLITE_LIMIT_LENGTH, 1 << 20},     Limit{SQLITE_LIMIT_SQL_LENGTH, 100'000},
    Limit{SQLITE_LIMIT_COLUMN, 256},         Limit{SQLITE_LIMIT_EXPR_DEPTH, 20},
    Limit{SQLITE_LIMIT_COMPOUND_SELECT, 3},  Limit{SQLITE_LIMIT_FUNCTION_ARG, 8},
    Limit{SQLITE_LIMIT_ATTACHED, 0},         Limit{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
    Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 32}, Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    Limit{SQLITE_LIMIT_WORKER_THREADS, 0},
};
// Only after the checks: with many damaged pages they would need more and say "out of memory".
constexpr Limit kOpsLimit{SQLITE_LIMIT_VDBE_OP, 25'000};

Status setLimit(Connection& connection, const Limit& limit) {
    sqlite3_limit(connection.handle, limit.id, limit.value);
    if (sqlite3_limit(connection.handle, limit.id, -1) == limit.value) return {};
    return fail(ErrorCode::Internal, connection.subject, fmt::format("limit {} cannot be set", limit.id));
}

/// Only reading of the expected tables, with four functions that cannot make large values.
int authorize(void* context, int action, const char* first, const char* second, const char* database, const char*) {
    const auto& allowed = static_cast<const Connection*>(context)->allowedTables;
    const auto textOf = [](const char* text) { return std::string_view(text == nullptr ? "" : text); };
    switch (action) {
        case SQLITE_SELECT: return SQLITE_OK;
        case SQLITE_READ: {
            const bool isMain = database == nullptr || textOf(database) == "main";
            const bool isAllowed = std::ranges::find(allowed, lowerAscii(textOf(first))) != allowed.end();
            return isMain && isAllowed ? SQLITE_OK : SQLITE_DENY;
        }
        case SQLITE_FUNCTION: {
            constexpr std::array<std::string_view, 4> kFunctions = {"length", "typeof", "count", "substr"};
            return std::ranges::find(kFunctions, lowerAscii(textOf(second))) != kFunctions.end() ? SQLITE_OK
                                                                                                 : SQLITE_DENY;
        }
        default: return SQLITE_DENY;
    }
}

/// file:<path>?mode=ro&immutable=1 with everything but the plainest characters as %XX.
std::string uriOf(const std::filesystem::path& path) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.";
    std::string uri = "file:";
    for (const char c : path.string()) {
        uri += kPlain.contains(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri + "?mode=ro&immutable=1";
}

Status setReaderPragmas(Connection& connection) {
    FAIRLEAD_OK(connection.require("trusted_schema = OFF", "trusted_schema", "0"));
    FAIRLEAD_OK(connection.require("cell_size_check = ON", "cell_size_check", "1"));
    FAIRLEAD_OK(connection.require("query_only = ON", "query_only", "1"));
    FAIRLEAD_OK(connection.require("temp_store = MEMORY", "temp_store", "2"));
    FAIRLEAD_OK(connection.require("foreign_keys = OFF", "foreign_keys", "0"));
    FAIRLEAD_OK(connection.require("recursive_triggers = OFF", "recursive_triggers", "0"));
    // integrity_check probes the indexes in no order: with the default cache it decrypts the same pages over and over.
    FAIRLEAD_OK(connection.require("cache_size = -65536", "cache_size", "-65536"));  // KiB
    // A library without memory mapping answers this one with no row at all.
    FAIRLEAD_TRY(const auto mapped, connection.rows("PRAGMA mmap_size = 0"));
    if (!mapped.empty() && mapped.front() != std::vector<std::string>{"0"}) {
        return fail(ErrorCode::Internal, connection.subject, "memory mapping cannot be switched off");
    }
    return {};
}

/// The key as SQLCipher takes it without deriving anything, so that a passphrase is not derived twice.
Result<crypto::Secret> rawKeyOf(const std::filesystem::path& path, const UntrustedKey& key) {
    if (key.isRaw()) return key.secret().clone();
    const auto text = key.secret().view();
    if (text.empty() || text.starts_with("x'") ||
        text.starts_with("X'")) {  // these would mean something else to SQLCipher
        return fail(ErrorCode::InvalidArgument, path.filename().string(), "passphrase cannot be used");
    }
    return rawKeyFor(path, key.secret());
}

/// One pragma of the file that must have one value.
Status expect(Connection& connection, std::string_view pragma, std::string_view value, ErrorCode code) {
    FAIRLEAD_TRY(const auto found, connection.rows(fmt::format("PRAGMA {}", pragma)));
    if (found.size() == 1 && found.front() == std::vector<std::string>{std::string(value)}) return {};
    return fail(code, connection.subject, fmt::format("{} is not {}", pragma, value));
}

/// An immutable opening ignores a write-ahead log without a word, and rows in it would silently be missing.
Status refuseSidecars(const std::filesystem::path& path) {
    for (const std::string_view suffix : {"-wal", "-journal", "-shm"}) {
        auto sidecar = path;
        sidecar += suffix;
        std::error_code error;
        if (std::filesystem::exists(std::filesystem::symlink_status(sidecar, error))) {
            return fail(ErrorCode::ExtractSidecar, path.filename().string(), fmt::format("{} beside it", suffix));
        }
    }
    return {};
}

Status checkForm(Connection& connection, const UntrustedExpectation& expected) {
    // With auto_vacuum SQLCipher takes an all-zero page without authentication.
    FAIRLEAD_OK(expect(connection, "auto_vacuum", "0", ErrorCode::ExtractSchema));
    FAIRLEAD_OK(expect(connection, "encoding", "UTF-8", ErrorCode::ExtractSchema));
    FAIRLEAD_OK(
        expect(connection, "application_id", fmt::format("{}", expected.applicationId), ErrorCode::ExtractSchema));
    return expect(connection, "user_version", fmt::format("{}", expected.userVersion), ErrorCode::ExtractSchema);
}

Status checkPages(Connection& connection) {
    // Works inside prepare, where the progress handler does not reach: look before and after.
    FAIRLEAD_TRY(const auto bad, connection.rows("PRAGMA cipher_integrity_check"));
    if (!bad.empty()) {
        connection.damaged = true;
        return fail(ErrorCode::ExtractDamaged, connection.subject, "a page cannot be authenticated");
    }
    if (connection.task->cancelled()) return fail(ErrorCode::Cancelled, connection.subject);
    return {};
}

Status checkStructure(Connection& connection) {
    for (const std::string_view check : {"quick_check", "integrity_check"}) {
        FAIRLEAD_TRY(const auto found, connection.rows(fmt::format("PRAGMA {}", check)));
        if (found == std::vector<std::vector<std::string>>{{"ok"}}) continue;
        connection.damaged = true;
        return fail(ErrorCode::ExtractDamaged, connection.subject, fmt::format("{} finds damage", check));
    }
    return {};
}

}  // namespace

UntrustedReader::UntrustedReader(Database database) : m_database(std::move(database)) {}
UntrustedReader::~UntrustedReader() = default;
UntrustedReader::UntrustedReader(UntrustedReader&&) noexcept = default;
UntrustedReader& UntrustedReader::operator=(UntrustedReader&&) noexcept = default;

Result<UntrustedReader> UntrustedReader::open(const std::filesystem::path& path, const UntrustedKey& key,
                                              const UntrustedExpectation& expected, TaskContext& task) {
    FAIRLEAD_TRY(const auto place, resolved(path));
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(place, error))) {
        return fail(ErrorCode::NotFound, place.filename().string());
    }
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(place, error))) {
        return fail(ErrorCode::ExtractNotRegularFile, place.filename().string(), "symbolic link");
    }
    if (task.cancelled()) return fail(ErrorCode::Cancelled, place.filename().string());
    FAIRLEAD_TRY(const bool plain, isPlaintext(place));
    if (plain) return fail(ErrorCode::ExtractPlaintext, place.filename().string());
    FAIRLEAD_OK(refuseSidecars(place));
    FAIRLEAD_TRY(const auto rawKey, rawKeyOf(place, key));
    FAIRLEAD_OK(checkFirstPage(place, rawKey));
    auto shared = std::make_shared<Connection>(place.filename().string());
    auto& connection = *shared;
    connection.untrusted = true;
    connection.task = &task;
    connection.deadline = std::chrono::steady_clock::now() + expected.deadline;
    for (const auto& table : expected.tables) connection.allowedTables.push_back(lowerAscii(table));

    constexpr int kFlags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW;
    FAIRLEAD_OK(openHandle(connection, uriOf(place), kFlags));
    connection.updateWatch();
    FAIRLEAD_OK(setSwitches(connection));
    for (const auto& limit : kLimits) FAIRLEAD_OK(setLimit(connection, limit));
    FAIRLEAD_OK(setKey(connection, rawKey, true));
    FAIRLEAD_OK(setReaderPragmas(connection));

    FAIRLEAD_OK(checkPages(connection));
    FAIRLEAD_OK(checkForm(connection, expected));
    UntrustedReader reader{Database(shared)};
    FAIRLEAD_TRY(reader.m_schema, readSchema(connection));
    // Before integrity_check, which runs the expressions of indexes.
    FAIRLEAD_OK(refuseActiveSchema(reader.m_schema, connection.subject));
    FAIRLEAD_OK(checkStructure(connection));

    FAIRLEAD_OK(setLimit(connection, kOpsLimit));
    sqlite3_set_authorizer(connection.handle, authorize, &connection);
    return reader;
}

Result<Statement> UntrustedReader::select(std::string_view sql) { return m_database.prepare(sql); }

}  // namespace fairlead::store
