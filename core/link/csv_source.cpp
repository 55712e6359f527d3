#include "core/link/csv_source.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/standardise.h"

namespace fairlead::link {
namespace {

// The cells of one file, by the layout's columns.
struct FileColumns {
    std::size_t id = CsvTable::npos;
    std::size_t truth = CsvTable::npos;
    std::vector<std::size_t> columns;
};

Result<FileColumns> columnsOf(const CsvFile& file, const CsvLayout& layout) {
    FileColumns found;
    const auto position = [&](const std::string& column) -> Result<std::size_t> {
        const std::size_t at = file.table.column(column);
        if (at == CsvTable::npos) return fail(ErrorCode::UnknownColumn, file.name, column);
        return at;
    };
    if (!layout.idColumn.empty()) {
        FAIRLEAD_TRY(found.id, position(layout.idColumn));
    }
    if (!layout.truthColumn.empty()) {
        FAIRLEAD_TRY(found.truth, position(layout.truthColumn));
    }
    for (const CsvColumn& column : layout.columns) {
        FAIRLEAD_TRY(const std::size_t at, position(column.column));
        found.columns.push_back(at);
    }
    return found;
}

// Year, month and day as eight digits, when the text has that shape; whether there is such a day is seen later.
std::optional<std::uint32_t> digitsOf(std::string_view text, std::string_view format) {
    const auto number = [&](std::size_t at, std::size_t length) { return parseInteger(text.substr(at, length)); };
    std::optional<std::int64_t> year, month, day;
    const auto shaped = [&](std::string_view shape) {
        if (text.size() != shape.size()) return false;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const bool digit = text[i] >= '0' && text[i] <= '9';
            const bool letter = shape[i] >= 'A' && shape[i] <= 'Z';
            if (letter != digit || (!letter && text[i] != shape[i])) return false;
        }
        year = number(shape.find('Y'), 4);
        month = number(shape.find('M'), 2);
        day = number(shape.find('D'), 2);
        return true;
    };
    constexpr std::array<std::string_view, 4> kTried = {"YYYY-MM-DD", "YYYYMMDD", "DD/MM/YYYY", "DD-MM-YYYY"};
    const bool found = format.empty() ? std::ranges::any_of(kTried, shaped) : shaped(format);
    if (!found || !year || !month || !day) return std::nullopt;
    return static_cast<std::uint32_t>(*year * 10000 + *month * 100 + *day);
}

void addDate(SourceRecord& record, std::optional<std::uint32_t> digits) {
    if (!digits || *digits < 1'000'00'00U) return;
    const auto date = Date::fromCivil(static_cast<int>(*digits / 10000), *digits / 100 % 100, *digits % 100);
    if (date) {
        record.birthDates.push_back(*date);
    } else {
        record.birthDigits.push_back(*digits);
    }
}

void append(std::string& text, std::string_view more) {
    if (more.empty()) return;
    if (!text.empty()) text += ' ';
    text += more;
}

// One row as a record; parts that are spread over columns (birth year, second forename) are put together.
class RowReader {
public:
    RowReader(const CsvLayout& layout, const FileColumns& columns) : m_layout(layout), m_columns(columns) {}

    void read(const CsvTable::Row& row, SourceRecord& record) {
        m_name = {};
        m_address = {};
        m_year = m_month = m_day = std::nullopt;
        std::uint16_t text = 0;
        for (std::size_t i = 0; i < m_layout.columns.size(); ++i) {
            const CsvColumn& column = m_layout.columns[i];
            const std::uint16_t attribute = column.role == ColumnRole::Text ? text++ : std::uint16_t{0};
            const std::string_view cell = trimmed(row.cells[m_columns.columns[i]]);
            if (!cell.empty()) take(column, cell, attribute, record);
        }
        if (!m_name.forenames.empty() || !m_name.surname.empty()) record.names.push_back(m_name);
        if (!m_address.postcode.empty() || !m_address.uprn.empty()) record.addresses.push_back(m_address);
        if (m_year && m_month && m_day)
            addDate(record, static_cast<std::uint32_t>(*m_year * 10000 + *m_month * 100 + *m_day));
    }

private:
    void take(const CsvColumn& column, std::string_view cell, std::uint16_t attribute, SourceRecord& record) {
        switch (column.role) {
            case ColumnRole::Forename:
            case ColumnRole::OtherForename: append(m_name.forenames, cell); break;
            case ColumnRole::Surname:
            case ColumnRole::OtherSurname: append(m_name.surname, cell); break;
            case ColumnRole::BirthDate: addDate(record, digitsOf(cell, column.format)); break;
            case ColumnRole::BirthYear: m_year = limited(cell, 9999); break;
            case ColumnRole::BirthMonth: m_month = limited(cell, 99); break;
            case ColumnRole::BirthDay: m_day = limited(cell, 99); break;
            case ColumnRole::FullName: break;
            case ColumnRole::Sex: record.sex = cell; break;
            case ColumnRole::Postcode: m_address.postcode = cell; break;
            case ColumnRole::Uprn: m_address.uprn = cell; break;
            case ColumnRole::Identifier:
                record.identifiers.push_back(
                    {column.format.empty() ? column.column : column.format, std::string(cell)});
                break;
            case ColumnRole::Text: record.attributes.push_back({attribute, std::string(cell)}); break;
        }
    }

    static std::optional<std::int64_t> limited(std::string_view cell, std::int64_t most) {
        const auto number = parseInteger(cell);
        return number && *number >= 0 && *number <= most ? number : std::nullopt;
    }

    const CsvLayout& m_layout;
    const FileColumns& m_columns;
    NameVersion m_name;
    AddressVersion m_address;
    std::optional<std::int64_t> m_year, m_month, m_day;
};

Result<std::vector<std::string>> idsOf(const CsvFile& file, const FileColumns& columns) {
    std::vector<std::string> ids;
    ids.reserve(file.table.rows.size());
    for (const CsvTable::Row& row : file.table.rows) {
        if (row.cells.size() != file.table.header.size()) {
            return fail(ErrorCode::InvalidArgument, file.name,
                        fmt::format("line {}: {} cells where the header has {}", row.line, row.cells.size(),
                                    file.table.header.size()));
        }
        std::string id =
            columns.id == CsvTable::npos ? fmt::format("{:09}", row.line) : std::string(trimmed(row.cells[columns.id]));
        if (id.empty())
            return fail(ErrorCode::InvalidArgument, file.name, fmt::format("line {}: the id is empty", row.line));
        ids.push_back(std::move(id));
    }
    return ids;
}

}  // namespace

Result<CsvInput> buildCsvInput(std::span<const CsvFile> files, const CsvLayout& layout) {
    CsvInput out;
    for (const CsvColumn& column : layout.columns) {
        if (column.role == ColumnRole::Text) out.input.attributeColumns.push_back(column.column);
    }
    std::int64_t number = 0;
    for (const CsvFile& file : files) {
        FAIRLEAD_TRY(const FileColumns columns, columnsOf(file, layout));
        FAIRLEAD_TRY(const std::vector<std::string> ids, idsOf(file, columns));
        // Numbered by id, not by row: the order of rows must not matter.
        std::vector<std::uint32_t> order(ids.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [&](std::uint32_t i) -> const std::string& { return ids[i]; });
        const auto dataset = static_cast<std::uint16_t>(out.input.datasets.size());
        out.input.datasets.push_back({file.name, false});
        RowReader reader(layout, columns);
        for (std::size_t k = 0; k < order.size(); ++k) {
            const CsvTable::Row& row = file.table.rows[order[k]];
            if (k > 0 && ids[order[k]] == ids[order[k - 1]]) {
                return fail(ErrorCode::InvalidArgument, file.name,
                            fmt::format("line {}: the id is there twice", row.line));
            }
            SourceRecord record;
            record.id = {number++};
            record.dataset = dataset;
            reader.read(row, record);
            out.input.records.push_back(std::move(record));
            out.ids.push_back(ids[order[k]]);
            if (columns.truth != CsvTable::npos) out.truth.emplace_back(trimmed(row.cells[columns.truth]));
        }
    }
    return out;
}

}  // namespace fairlead::link
