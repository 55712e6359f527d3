#include <sqlite3.h>

#include "core/store/connection.h"
#include "core/store/database.h"

namespace fairlead::store {

namespace {

void rollBack(Connection& connection) {
    if (sqlite3_get_autocommit(connection.handle) != 0) return;  // SQLite has rolled back by itself
    sqlite3_exec(connection.handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace

Transaction::Transaction(std::shared_ptr<Connection> connection) : m_connection(std::move(connection)) {}

Transaction::Transaction(Transaction&&) noexcept = default;

Transaction::~Transaction() {
    if (m_connection) rollBack(*m_connection);
}

Result<Transaction> Transaction::begin(Database& database) {
    auto& connection = *database.m_connection;
    FAIRLEAD_OK(connection.usable());
    const int code = sqlite3_exec(connection.handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(connection.error(code));
    return Transaction(database.m_connection);
}

Status Transaction::writeAhead() {
    if (!m_connection) return fail(ErrorCode::Internal, {}, "the transaction is over");
    FAIRLEAD_OK(m_connection->usable());
    const int code = sqlite3_db_cacheflush(m_connection->handle);
    // Pages that a statement still looks at are left to the commit.
    if (code == SQLITE_OK || code == SQLITE_BUSY) return {};
    return fail(m_connection->error(code));
}

Status Transaction::commit() {
    const auto connection = std::move(m_connection);
    m_connection.reset();
    if (!connection) return fail(ErrorCode::Internal, {}, "the transaction is over");
    if (sqlite3_get_autocommit(connection->handle) != 0) {
        // An interrupted or failed statement has taken the whole transaction with it: nothing of it may pass as done.
        const bool cancelled = connection->task != nullptr && connection->task->cancelled();
        return fail(cancelled ? ErrorCode::Cancelled : ErrorCode::Io, connection->subject,
                    "undone by a failed statement");
    }
    if (auto usable = connection->usable(); !usable) {
        rollBack(*connection);
        return usable;
    }
    const int code = sqlite3_exec(connection->handle, "COMMIT", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    const auto error = connection->error(code);
    rollBack(*connection);
    return fail(error);
}

}  // namespace fairlead::store
