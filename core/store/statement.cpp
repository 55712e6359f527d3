#include <utility>

#include <sqlite3.h>

#include "core/base/check.h"
#include "core/store/connection.h"
#include "core/store/database.h"

namespace fairlead::store {

Statement::Statement(std::shared_ptr<Connection> connection, sqlite3_stmt* statement)
    : m_connection(std::move(connection)), m_statement(statement) {}

Statement::~Statement() { sqlite3_finalize(m_statement); }

Statement::Statement(Statement&& other) noexcept
    : m_connection(std::move(other.m_connection)),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_atEnd(other.m_atEnd),
      m_error(std::move(other.m_error)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this == &other) return *this;
    sqlite3_finalize(m_statement);
    m_connection = std::move(other.m_connection);
    m_statement = std::exchange(other.m_statement, nullptr);
    m_atEnd = other.m_atEnd;
    m_error = std::move(other.m_error);
    return *this;
}

void Statement::keep(int code) {
    if (code != SQLITE_OK && !m_error) m_error = m_connection->error(code);
}

Statement& Statement::bind(int index, std::int64_t value) {
    keep(sqlite3_bind_int64(m_statement, index, value));
    return *this;
}

Statement& Statement::bind(int index, double value) {
    keep(sqlite3_bind_double(m_statement, index, value));
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL where an empty text is meant.
    const char* const bytes = text.data() == nullptr ? "" : text.data();
    keep(sqlite3_bind_text64(m_statement, index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view bytes) {
    keep(bytes.empty() ? sqlite3_bind_zeroblob(m_statement, index, 0)
                       : sqlite3_bind_blob64(m_statement, index, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bindNull(int index) {
    keep(sqlite3_bind_null(m_statement, index));
    return *this;
}

Statement& Statement::bind(int index, const std::optional<std::int64_t>& value) {
    return value ? bind(index, *value) : bindNull(index);
}

Result<bool> Statement::next() {
    if (m_error) return fail(*m_error);
    FAIRLEAD_OK(m_connection->usable());
    if (m_atEnd) return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    m_atEnd = true;
    if (code == SQLITE_DONE) return false;
    const auto error = m_connection->error(code);
    sqlite3_reset(m_statement);  // gives the locks back
    m_error = error;
    return fail(error);
}

Status Statement::run() {
    for (;;) {
        auto row = next();
        if (!row || !*row) {
            reset();
            if (!row) return fail(std::move(row).error());
            return {};
        }
    }
}

void Statement::reset() {
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_atEnd = false;
    m_error.reset();
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

double Statement::real(int column) const { return sqlite3_column_double(m_statement, column); }

std::string_view Statement::text(int column) const {
    const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::string_view Statement::blob(int column) const {
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

int Statement::columns() const { return sqlite3_column_count(m_statement); }

int Statement::parameters() const { return sqlite3_bind_parameter_count(m_statement); }

bool Statement::isNull(int column) const { return storageClass(column) == SQLITE_NULL; }

int Statement::storageClass(int column) const { return sqlite3_column_type(m_statement, column); }

}  // namespace fairlead::store
