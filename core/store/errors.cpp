#include "core/store/allocations.h"
#include "core/store/connection.h"
#include "core/store/database.h"

namespace fairlead::store {

namespace {

ErrorCode constraintCode(int code) {
    return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID
               ? ErrorCode::AlreadyExists
               : ErrorCode::InvalidArgument;
}

ErrorCode codeOf(int code) {
    switch (code & 0xff) {
        case SQLITE_NOTADB: return ErrorCode::WrongKey;
        case SQLITE_CORRUPT: return ErrorCode::Corrupt;
        case SQLITE_NOMEM: return ErrorCode::Corrupt;  // SQLCipher's, of a page that is not authentic
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
    const bool isRefused = wasRefusedMemory();
    // Where memory was wanting, nothing else can be said of the file.
    if (isRefused && (code == ErrorCode::Corrupt || code == ErrorCode::WrongKey))
        return Error{ErrorCode::Internal, std::move(subject), "no memory"};
    // Never say "out of memory" of a damaged file.
    if (code == ErrorCode::Corrupt && (sqliteCode & 0xff) == SQLITE_NOMEM) detail = "a page cannot be authenticated";
    return Error{code, std::move(subject), std::move(detail)};
}

}  // namespace fairlead::store
