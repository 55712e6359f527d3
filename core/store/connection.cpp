#include "core/store/connection.h"

#include <array>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/store/allocations.h"
#include "core/store/database.h"

namespace fairlead::store {

namespace {

constexpr int kOpsBetweenLooks = 1000;  // well under a millisecond

int onProgress(void* context) {
    auto& connection = *static_cast<Connection*>(context);
    if (connection.deadline && std::chrono::steady_clock::now() > *connection.deadline) connection.late = true;
    return connection.late || (connection.task != nullptr && connection.task->cancelled()) ? 1 : 0;
}

/// The codes of a file that somebody else wrote: its own sentences, and no text from the file in them.
ErrorCode untrustedCode(ErrorCode code, int primary, bool late) {
    if (late) return ErrorCode::ExtractDamaged;
    if (code == ErrorCode::Corrupt) return ErrorCode::ExtractDamaged;
    if (primary == SQLITE_TOOBIG) return ErrorCode::ExtractValue;
    if (primary == SQLITE_AUTH || primary == SQLITE_ERROR) return ErrorCode::ExtractSchema;
    return code;
}

}  // namespace

Connection::~Connection() { sqlite3_close_v2(handle); }

Error Connection::error(int sqliteCode) {
    const std::string_view message = sqlite3_errmsg(handle);
    // The parser's own words come with this code as well: the pages are sound, the schema is not.
    const bool badSchema = (sqliteCode & 0xff) == SQLITE_CORRUPT && message.starts_with("malformed database schema");
    auto mapped = errorOf(sqliteCode, subject,
                          untrusted ? fmt::format("{} ({})", sqlite3_errstr(sqliteCode), sqliteCode)
                                    : fmt::format("{} ({})", message, sqliteCode));
    if (mapped.code == ErrorCode::WrongKey && keyProven) mapped.code = ErrorCode::Corrupt;
    if (mapped.code == ErrorCode::Corrupt) damaged = true;
    const int primary = sqliteCode & 0xff;
    const bool isOfPages = primary == SQLITE_NOMEM || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    if (isOfPages && mapped.code == ErrorCode::Internal) outOfMemory = true;
    if (untrusted) {
        mapped.code = badSchema ? ErrorCode::ExtractSchema : untrustedCode(mapped.code, primary, late);
        if (late) mapped.detail = "reading it took longer than allowed";
    }
    return mapped;
}

Status Connection::usable() const {
    if (outOfMemory) return fail(ErrorCode::Internal, subject, "no memory earlier");
    if (!damaged) return {};
    return fail(untrusted ? ErrorCode::ExtractDamaged : ErrorCode::Corrupt, subject, "damage was found earlier");
}

Result<std::vector<std::vector<std::string>>> Connection::rows(std::string_view sql) {
    FAIRLEAD_OK(usable());
    std::vector<std::vector<std::string>> rows;
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, sqlite3_finalize);
    if (code != SQLITE_OK) return fail(error(code));
    if (raw == nullptr) return rows;
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
        auto& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(raw); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
            row.emplace_back(text == nullptr ? "" : text);
        }
    }
    if (code != SQLITE_DONE) return fail(error(code));
    return rows;
}

Status Connection::require(std::string_view set, std::string_view name, std::string_view value) {
    if (auto ran = rows(fmt::format("PRAGMA {}", set)); !ran) return fail(std::move(ran).error());
    FAIRLEAD_TRY(const auto found, rows(fmt::format("PRAGMA {}", name)));
    if (found.size() != 1 || found.front().empty() || found.front().front() != value) {
        return fail(ErrorCode::Internal, subject, fmt::format("PRAGMA {} does not hold", set));
    }
    return {};
}

void Connection::updateWatch() {
    const bool watched = task != nullptr || deadline.has_value();
    sqlite3_progress_handler(handle, watched ? kOpsBetweenLooks : 0, watched ? onProgress : nullptr, this);
}

Status openHandle(Connection& connection, const std::string& name, int flags) {
    watchAllocations();
    // A connection belongs to one thread at a time (database.h): a lock at every cell would be for nothing.
    const int how = flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(name.c_str(), &connection.handle, how, nullptr);
    if (code == SQLITE_CANTOPEN_SYMLINK && connection.untrusted) {
        return fail(ErrorCode::ExtractNotRegularFile, connection.subject, "symbolic link");
    }
    if (code != SQLITE_OK) return fail(errorOf(code, connection.subject, sqlite3_errstr(code)));
    return {};
}

Result<std::filesystem::path> resolved(const std::filesystem::path& path) {
    std::error_code error;
    const auto folder = std::filesystem::canonical(path.has_parent_path() ? path.parent_path() : ".", error);
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
        return fail(ErrorCode::NotFound, path.filename().string(), "its folder is not there");
    if (error) return fail(ErrorCode::Io, path.filename().string(), error.message());
    return folder / path.filename();
}

Result<bool> isPlaintext(const std::filesystem::path& path) {
    constexpr std::string_view kPlain = "SQLite format 3";
    std::array<char, kPlain.size()> first{};
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const auto count = fd < 0 ? -1 : ::read(fd, first.data(), first.size());
    if (fd >= 0) ::close(fd);
    if (count < 0) return fail(ErrorCode::Io, path.filename().string(), "cannot be read");
    return std::string_view(first.data(), static_cast<std::size_t>(count)) == kPlain;
}

}  // namespace fairlead::store
