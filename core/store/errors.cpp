#include "core/store/connection.h"
#include "core/store/database.h"

namespace fairlead::store {

namespace {

/// True when memory can be had: then "out of memory" means a page that SQLCipher could not authenticate.
bool hasMemory() {
    constexpr sqlite3_uint64 kProbeBytes = 1U << 20U;
    void* probe = sqlite3_malloc64(kProbeBytes);
    sqlite3_free(probe);
    return probe != nullptr;
}

ErrorCode constraintCode(int code) {
    return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID
               ? ErrorCode::AlreadyExists
               : ErrorCode::InvalidArgument;
}

ErrorCode codeOf(int code) {
    switch (code & 0xff) {
        case SQLITE_NOTADB: return ErrorCode::WrongKey;
        case SQLITE_CORRUPT: return ErrorCode::Corrupt;
        case SQLITE_NOMEM: return hasMemory() ? ErrorCode::Corrupt : ErrorCode::Internal;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return ErrorCode::Busy;
        case SQLITE_FULL: return ErrorCode::DiskFull;
        case SQLITE_INTERRUPT: return ErrorCode::Cancelled;
        case SQLITE_IOERR: return code == SQLITE_IOERR_DATA ? ErrorCode::Corrupt : ErrorCode::Io;
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM: return ErrorCode::Io;
        case SQLITE_CONSTRAINT: return constraintCode(code);
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE: return ErrorCode::InvalidArgument;
        default: return ErrorCode::Internal;
    }
}

}  // namespace

Error errorOf(int sqliteCode, std::string subject, std::string detail) {
    const auto code = codeOf(sqliteCode);
    // Never say "out of memory" of a damaged file.
    if (code == ErrorCode::Corrupt && (sqliteCode & 0xff) == SQLITE_NOMEM) detail = "a page cannot be authenticated";
    return Error{code, std::move(subject), std::move(detail)};
}

}  // namespace fairlead::store
