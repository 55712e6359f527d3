#include "core/extract/row_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/text.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kProblemsInSummary = 5;
constexpr Date kFirstDate{-25'567};  // 1900-01-01
constexpr Date kLastDate{47'846};    // 2100-12-31

/// Most text is printable ASCII: only the rest pays for decoding.
bool isPrintableAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string_view problemOfText(const ColumnDefinition& column, std::string_view text) {
    const auto size = static_cast<std::int64_t>(text.size());
    if (size < column.least) return "empty text (not supplied is NULL)";
    if (size > column.most) return "longer than the contract allows";
    if (!isPrintableAscii(text)) {
        if (!isValidUtf8(text)) return "not UTF-8";
        if (hasControlCharacters(text)) return "control or direction character";
    }
    if (!column.codes.empty() && std::ranges::find(column.codes, text) == column.codes.end()) return "unknown code";
    return {};
}

std::string_view problemOfDate(std::string_view text) {
    const auto date = Date::fromIso(text);
    if (!date) return "not a date YYYY-MM-DD";
    if (*date < kFirstDate || *date > kLastDate) return "date before 1900 or after 2100";
    return {};
}

/// Role and code of a fact, once kind and role are known codes.
void checkFact(const TableDefinition& table, std::int64_t rowId, std::span<const Cell> cells, RowProblems& problems) {
    static const std::size_t kindColumn = table.column("kind");
    static const std::size_t roleColumn = table.column("role");
    static const std::size_t codeColumn = table.column("code");
    const auto kind = record::factKindFromId(cells[kindColumn].text);
    const auto role = record::roleFromName(cells[roleColumn].text);
    if (!kind || !role) return;  // reported by the cell's own check
    const bool isSubject = *role == record::Role::Subject;
    if (record::entry(*kind).hasRole && isSubject) {
        problems.add({table.name, rowId, "role", "an incident says victim, suspect, witness or linked"});
    }
    if (!record::entry(*kind).hasRole && !isSubject) {
        problems.add({table.name, rowId, "role", "a fact of this kind has the role subject"});
    }
    const auto codes = codesOf(*kind);
    const auto& code = cells[codeColumn];
    if (codes && code.storage == Cell::Storage::Text && std::ranges::find(*codes, code.text) == codes->end()) {
        problems.add({table.name, rowId, "code", "unknown code for this kind of fact"});
    }
}

}  // namespace

void RowProblems::add(const RowProblem& problem) {
    if (m_count < kMostListed) m_listed.push_back(problem);
    ++m_count;
}

std::string RowProblems::summary() const {
    std::string text = fmt::format("{} value{} not allowed:", m_count, m_count == 1 ? " is" : "s are");
    const auto shown = std::min(m_listed.size(), kProblemsInSummary);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& problem = m_listed[i];
        text += fmt::format("{} table {}, row {}, column {}: {}", i == 0 ? "" : ";", problem.table, problem.rowId,
                            problem.column, problem.what);
    }
    if (m_count > shown) text += fmt::format("; and {} more", m_count - shown);
    return text;
}

std::string_view problemOf(const ColumnDefinition& column, const Cell& cell) {
    if (cell.storage == Cell::Storage::Other) return "stored as REAL or BLOB";
    if (cell.storage == Cell::Storage::Null) return column.required ? "required, but not supplied" : "";
    const bool isText = column.type == ColumnType::Text || column.type == ColumnType::Date;
    if (isText != (cell.storage == Cell::Storage::Text)) return isText ? "stored as INTEGER" : "stored as TEXT";
    if (column.type == ColumnType::Text) return problemOfText(column, cell.text);
    if (column.type == ColumnType::Date) return problemOfDate(cell.text);
    if (cell.integer < column.least || cell.integer > column.most) return "number out of range";
    return {};
}

void checkRow(const TableDefinition& table, std::int64_t rowId, std::span<const Cell> cells, RowProblems& problems) {
    FAIRLEAD_CHECK(cells.size() == table.columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto what = problemOf(table.columns[i], cells[i]);
        if (!what.empty()) problems.add({table.name, rowId, table.columns[i].name, what});
    }
    if (table.name == "fact") checkFact(table, rowId, cells, problems);
}

}  // namespace fairlead::extract
