#include "core/store/row_watch.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/check.h"
#include "core/store/connection.h"

namespace fairlead::store {

namespace {

void addBigEndian(std::string& out, std::uint64_t value) {
    const std::uint64_t bytes = std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
    out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
}

// One cell: a letter for its kind, then its bytes, so that no two rows read alike.
void addNullCell(std::string& out) { out += 'n'; }
void addCell(std::string& out, std::int64_t value) {
    out += 'i';
    addBigEndian(out, static_cast<std::uint64_t>(value));
}
void addCell(std::string& out, double value) {
    out += 'r';
    addBigEndian(out, std::bit_cast<std::uint64_t>(value));
}
void addCell(std::string& out, std::string_view text) {
    out += 't';
    addBigEndian(out, text.size());
    out += text;
}

void addBlobCell(std::string& out, std::string_view bytes) {
    out += 'b';
    addBigEndian(out, bytes.size());
    out += bytes;
}

void addCells(std::string& out, const Statement& row) {
    for (int column = 0; column < row.columns(); ++column) {
        switch (row.storageClass(column)) {
            case SQLITE_NULL: addNullCell(out); break;
            case SQLITE_INTEGER: addCell(out, row.integer(column)); break;
            case SQLITE_FLOAT: addCell(out, row.real(column)); break;
            case SQLITE_TEXT: addCell(out, row.text(column)); break;
            default: addBlobCell(out, row.blob(column));
        }
    }
}

TableSum* watchedSum(const Connection& connection, std::string_view table) {
    if (connection.rowSums == nullptr) return nullptr;
    const auto found = connection.rowSums->find(table);
    return found == connection.rowSums->end() ? nullptr : &found->second;
}

}  // namespace

void addRow(TableSum& sum, const Statement& row, std::string& buffer) {
    buffer.clear();
    addCells(buffer, row);
    sum.hash.add(buffer);
    ++sum.rows;
}

Result<TableSum> sumOf(Database& database, std::string_view table, const TaskContext& task) {
    TableSum sum;
    // NOT INDEXED: an index of its own could lead past a row.
    FAIRLEAD_TRY(auto query, database.prepare(fmt::format("SELECT * FROM {} NOT INDEXED", table)));
    std::string row;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return sum;
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        addRow(sum, query, row);
    }
}

RowWatch::RowWatch(Database& database, TableSums sums)
    : m_connection(database.m_connection), m_sums(std::make_unique<TableSums>(std::move(sums))) {
    FAIRLEAD_CHECK(m_connection->rowSums == nullptr);
    m_connection->rowSums = m_sums.get();
}

RowWatch::~RowWatch() {
    if (m_connection) m_connection->rowSums = nullptr;
}

Result<InsertedRow> InsertedRow::into(Database& database, std::string_view table, int columns) {
    std::string marks;
    for (int column = 0; column < columns; ++column) marks += column == 0 ? "?" : ", ?";
    FAIRLEAD_TRY(auto insert, database.prepare(fmt::format("INSERT INTO {} VALUES ({})", table, marks)));
    return InsertedRow(std::move(insert), watchedSum(*database.m_connection, table), columns);
}

InsertedRow& InsertedRow::add(std::int64_t value) {
    m_insert.bind(++m_at, value);
    if (m_sum != nullptr) addCell(m_row, value);
    return *this;
}

InsertedRow& InsertedRow::addBlob(std::string_view bytes) {
    m_insert.bindBlob(++m_at, bytes);
    if (m_sum != nullptr) addBlobCell(m_row, bytes);
    return *this;
}

InsertedRow& InsertedRow::add(const std::optional<std::int64_t>& value) { return value ? add(*value) : addNull(); }

InsertedRow& InsertedRow::add(double value) {
    m_insert.bind(++m_at, value);
    if (m_sum != nullptr) addCell(m_row, value);
    return *this;
}

InsertedRow& InsertedRow::add(std::string_view text) {
    m_insert.bind(++m_at, text);
    if (m_sum != nullptr) addCell(m_row, text);
    return *this;
}

InsertedRow& InsertedRow::addNull() {
    m_insert.bindNull(++m_at);
    if (m_sum != nullptr) addNullCell(m_row);
    return *this;
}

Status InsertedRow::write() {
    FAIRLEAD_CHECK(m_at == m_columns);
    FAIRLEAD_OK(m_insert.run());
    m_at = 0;
    if (m_sum == nullptr) return {};
    m_sum->hash.add(m_row);
    ++m_sum->rows;
    m_row.clear();
    return {};
}

Result<WatchedRows> WatchedRows::where(Database& database, std::string_view table, std::string_view condition) {
    TableSum* const sum = watchedSum(*database.m_connection, table);
    if (sum == nullptr) return WatchedRows(std::nullopt, nullptr);
    FAIRLEAD_TRY(auto query, database.prepare(fmt::format("SELECT * FROM {} WHERE {}", table, condition)));
    return WatchedRows(std::move(query), sum);
}

WatchedRows& WatchedRows::bind(std::span<const std::int64_t> values) {
    if (!m_query) return *this;
    const auto known = static_cast<std::size_t>(m_query->parameters());
    for (std::size_t at = 0; at < std::min(known, values.size()); ++at)
        m_query->bind(static_cast<int>(at) + 1, values[at]);
    return *this;
}

Status WatchedRows::count(int step) {
    if (!m_query) return {};
    while (true) {
        FAIRLEAD_TRY(const bool more, m_query->next());
        if (!more) break;
        m_row.clear();
        addCells(m_row, *m_query);
        m_sum->rows += step;
        step > 0 ? m_sum->hash.add(m_row) : m_sum->hash.remove(m_row);
    }
    m_query->reset();
    return {};
}

Status clearTable(Database& database, std::string_view table) {
    FAIRLEAD_OK(database.execute(fmt::format("DELETE FROM {}", table)));
    if (TableSum* const sum = watchedSum(*database.m_connection, table)) *sum = {};
    return {};
}

Result<ChangedRows> ChangedRows::prepare(Database& database, const Change& change) {
    const std::string sql = change.set.empty()
                                ? fmt::format("DELETE FROM {} WHERE {}", change.table, change.where)
                                : fmt::format("UPDATE {} SET {} WHERE {}", change.table, change.set, change.where);
    const auto whereAfter = change.whereAfter.empty() ? change.where : change.whereAfter;
    FAIRLEAD_TRY(auto before, WatchedRows::where(database, change.table, change.where));
    FAIRLEAD_TRY(auto statement, database.prepare(sql));
    FAIRLEAD_TRY(auto after, WatchedRows::where(database, change.table, whereAfter));
    return ChangedRows(std::move(before), std::move(statement), std::move(after));
}

Status ChangedRows::run(std::initializer_list<std::int64_t> values) {
    FAIRLEAD_OK(m_before.bind({values.begin(), values.size()}).goes());
    int index = 0;
    for (const std::int64_t value : values) m_change.bind(++index, value);
    FAIRLEAD_OK(m_change.run());
    return m_after.bind({values.begin(), values.size()}).comes();
}

}  // namespace fairlead::store
