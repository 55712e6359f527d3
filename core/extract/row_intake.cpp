#include "core/extract/row_intake.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/extract/contract.h"

namespace fairlead::extract {

namespace {
constexpr std::int64_t kRowsBetweenLooks = 1024;
// The count is the manifest's: what it claims must not make us reserve without bound.
constexpr std::int64_t kMostReserved = 4'000'000;
constexpr std::uint64_t kLeastRowBytes = 8;

std::size_t roomFor(std::int64_t promised, std::uint64_t fileBytes) {
    const auto rows = static_cast<std::uint64_t>(std::min(promised, kMostReserved));
    return static_cast<std::size_t>(std::min(rows, fileBytes / kLeastRowBytes));
}
}  // namespace

RowIntake::RowIntake(Extract& extract, std::string subject, TaskContext& task)
    : m_extract(extract), m_subject(std::move(subject)), m_task(task) {
    std::uint64_t total = 0;
    for (const auto& [name, digest] : extract.manifest.tables) total += static_cast<std::uint64_t>(digest.rows);
    task.begin(Phase::Reading, total);
}

Status RowIntake::enter(std::size_t table) {
    const auto tables = contractTables();
    if (table >= tables.size() || (m_table && table < *m_table)) {
        return fail(ErrorCode::ExtractDamaged, m_subject, "rows in an order that no file has");
    }
    const auto entry = m_extract.manifest.tables.find(std::string(tables[table].name));
    if (entry == m_extract.manifest.tables.end()) {
        return fail(ErrorCode::ExtractDamaged, m_subject, "rows of a table that the manifest does not list");
    }
    leave();
    m_table = table;
    m_promised = entry->second.rows;
    m_seen = 0;
    m_digest = RowDigest();
    const auto room = roomFor(m_promised, m_extract.manifest.fileBytes);
    reserveRows(m_extract.rows, tables[table], room);
    m_extract.rowIds[entry->first].reserve(room);
    return {};
}

void RowIntake::leave() {
    if (m_table) m_found[std::string(contractTables()[*m_table].name)] = m_digest.finish();
    m_table.reset();
}

Status RowIntake::add(std::size_t table, std::int64_t rowId, std::span<const Cell> cells) {
    if (m_table != table) FAIRLEAD_OK(enter(table));
    if (m_seen % kRowsBetweenLooks == 0 && m_task.cancelled()) return fail(ErrorCode::Cancelled);
    const auto& definition = contractTables()[table];
    checkRow(definition, rowId, cells, m_problems);
    m_digest.add(rowId, cells);
    ++m_seen;
    // More rows than promised are counted for the message, not kept: whoever sends them could go on for ever.
    if (m_problems.isEmpty() && m_seen <= m_promised) {
        m_extract.rowIds[std::string(definition.name)].push_back(rowId);
        appendRow(m_extract.rows, definition, cells);
    }
    m_task.advance(1);
    return {};
}

Status RowIntake::finish() {
    leave();
    if (!m_problems.isEmpty()) return fail(ErrorCode::ExtractValue, m_subject, m_problems.summary());
    const auto& promised = m_extract.manifest.tables;
    for (const auto& [name, digest] : promised) {
        // A table without rows was never entered.
        const auto [entry, isNew] = m_found.try_emplace(name);
        if (isNew) entry->second = RowDigest().finish();
        if (entry->second.rows == digest.rows) continue;
        return fail(ErrorCode::RowCountMismatch, m_subject,
                    fmt::format("table {}: {} rows, the manifest says {}", name, entry->second.rows, digest.rows));
    }
    for (const auto& [name, digest] : promised) {
        m_extract.rowIds.try_emplace(name);
        if (m_found[name].sha256 != digest.sha256) {
            return fail(ErrorCode::HashMismatch, m_subject, "rows of table " + name);
        }
    }
    return {};
}

}  // namespace fairlead::extract
