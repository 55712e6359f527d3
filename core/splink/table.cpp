#include "core/splink/table.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::splink {
namespace {

// All files' columns, in the order in which they first appear.
Result<std::vector<std::string>> columnsOfAll(std::span<const NamedCsv> files) {
    std::vector<std::string> columns;
    for (const NamedCsv& file : files) {
        std::unordered_set<std::string> here;
        for (const std::string& column : file.csv->header) {
            if (!here.insert(lowerAscii(column)).second)
                return fail(ErrorCode::InvalidArgument, file.name, fmt::format("line 1: the column {} twice", column));
            const auto same = [&](const std::string& known) { return lowerAscii(known) == lowerAscii(column); };
            if (std::ranges::none_of(columns, same)) columns.push_back(column);
        }
    }
    return columns;
}

// Per column of the table: its position in the file, or npos.
std::vector<std::size_t> positionsIn(const CsvTable& csv, std::span<const std::string> columns) {
    std::vector<std::size_t> positions;
    for (const std::string& column : columns) {
        const auto found = std::ranges::find(csv.header, lowerAscii(column), lowerAscii);
        positions.push_back(found == csv.header.end() ? CsvTable::npos
                                                      : static_cast<std::size_t>(found - csv.header.begin()));
    }
    return positions;
}

Status addFile(TableBuilder& builder, const NamedCsv& file, std::span<const std::string> columns,
               std::string_view idColumn) {
    const std::size_t id = idColumn.empty() ? CsvTable::npos : file.csv->column(idColumn);
    if (id == CsvTable::npos && !idColumn.empty())
        return fail(ErrorCode::UnknownColumn, file.name, std::string(idColumn));
    builder.beginDataset(file.name);
    const std::vector<std::size_t> positions = positionsIn(*file.csv, columns);
    std::vector<std::string_view> cells(columns.size());
    std::unordered_set<std::string_view> ids;
    for (const CsvTable::Row& row : file.csv->rows) {
        const auto problem = [&](std::string_view what) {
            return fail(ErrorCode::InvalidArgument, file.name, fmt::format("line {}: {}", row.line, what));
        };
        if (row.cells.size() != file.csv->header.size())
            return problem(fmt::format("{} cells instead of {}", row.cells.size(), file.csv->header.size()));
        for (std::size_t c = 0; c < columns.size(); ++c)
            cells[c] = positions[c] == CsvTable::npos ? std::string_view() : trimmed(row.cells[positions[c]]);
        if (id == CsvTable::npos) {
            builder.addRow(fmt::format("{}", row.line), cells);
            continue;
        }
        const std::string_view key = trimmed(row.cells[id]);
        if (key.empty()) return problem("the id is empty");
        if (!ids.insert(key).second) return problem(fmt::format("the id {} is there twice", key));
        builder.addRow(std::string(key), cells);
    }
    return {};
}

}  // namespace

std::size_t Table::column(std::string_view name) const {
    const auto found = std::ranges::find_if(
        columns, [&](const TextColumn& column) { return lowerAscii(column.name) == lowerAscii(name); });
    return found == columns.end() ? npos : static_cast<std::size_t>(found - columns.begin());
}

TableBuilder::TableBuilder(std::vector<std::string> columns) : m_numbers(columns.size()) {
    for (std::string& name : columns) m_table.columns.push_back({std::move(name), {}, {}});
}

void TableBuilder::beginDataset(std::string name) { m_table.datasetNames.push_back(std::move(name)); }

void TableBuilder::addRow(std::string id, std::span<const std::string_view> cells) {
    m_table.ids.push_back(std::move(id));
    m_table.datasets.push_back(static_cast<std::uint16_t>(m_table.datasetNames.size() - 1));
    for (std::size_t c = 0; c < m_table.columns.size(); ++c) {
        TextColumn& column = m_table.columns[c];
        if (cells[c].empty()) {
            column.cells.push_back(kNull);
            continue;
        }
        auto known = m_numbers[c].find(cells[c]);
        if (known == m_numbers[c].end()) {
            known = m_numbers[c].emplace(cells[c], static_cast<std::uint32_t>(column.texts.size())).first;
            column.texts.emplace_back(cells[c]);
        }
        column.cells.push_back(known->second);
    }
}

Table TableBuilder::take() {
    m_numbers.clear();
    return std::exchange(m_table, {});
}

Result<Table> tableOf(std::span<const NamedCsv> files, std::string_view idColumn) {
    FAIRLEAD_TRY(std::vector<std::string> columns, columnsOfAll(files));
    TableBuilder builder(columns);
    for (const NamedCsv& file : files) FAIRLEAD_OK(addFile(builder, file, columns, idColumn));
    return builder.take();
}

}  // namespace fairlead::splink
