#include "core/link/csv_rows.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/link/raw_input.h"

namespace fairlead::link {
namespace {

// Columns get their positions in the plan as fields ask for them.
class Planner {
public:
    explicit Planner(const CsvLayout& layout) : m_layout(layout) {
        m_plan.idColumn = layout.idColumn;
        m_plan.truthColumn = layout.truthColumn;
    }

    CsvPlan plan() {
        using enum ColumnRole;
        using Kind = CsvField::Kind;
        addNames(Kind::Forename, {Forename, OtherForename});
        addNames(Kind::Surname, {Surname, OtherSurname});
        addBirthParts();
        addAddresses();
        for (const CsvColumn& column : m_layout.columns) {
            switch (column.role) {
                case FullName:
                    add({Kind::Forename, CsvField::Part::AllButLast, {at(column)}, {}});
                    add({Kind::Surname, CsvField::Part::Last, {at(column)}, {}});
                    break;
                case BirthDate: addWhole(Kind::Date, column, column.format); break;
                case Sex: addWhole(Kind::Sex, column, {}); break;
                case Identifier:
                    addWhole(Kind::Identifier, column, column.format.empty() ? column.column : column.format);
                    break;
                case Text: addWhole(Kind::Text, column, {}); break;
                default: break;
            }
        }
        if (!m_layout.truthColumn.empty()) addWhole(Kind::Truth, {Text, m_layout.truthColumn, {}}, {});
        if (!m_layout.groupColumn.empty()) addWhole(Kind::Group, {Text, m_layout.groupColumn, {}}, {});
        return std::move(m_plan);
    }

private:
    void add(CsvField field) { m_plan.fields.push_back(std::move(field)); }

    void addWhole(CsvField::Kind kind, const CsvColumn& column, std::string format) {
        add({kind, CsvField::Part::Whole, {at(column)}, std::move(format)});
    }

    std::size_t at(const CsvColumn& column) {
        const auto found = std::ranges::find(m_plan.columns, column.column);
        if (found != m_plan.columns.end()) return static_cast<std::size_t>(found - m_plan.columns.begin());
        m_plan.columns.push_back(column.column);
        return m_plan.columns.size() - 1;
    }

    [[nodiscard]] std::vector<const CsvColumn*> ofRole(ColumnRole role) const {
        std::vector<const CsvColumn*> found;
        for (const CsvColumn& column : m_layout.columns) {
            if (column.role == role) found.push_back(&column);
        }
        return found;
    }

    void addNames(CsvField::Kind kind, std::initializer_list<ColumnRole> roles) {
        CsvField field{kind, CsvField::Part::Whole, {}, {}};
        for (const CsvColumn& column : m_layout.columns) {
            if (std::ranges::find(roles, column.role) != roles.end()) field.columns.push_back(at(column));
        }
        if (!field.columns.empty()) add(std::move(field));
    }

    void addBirthParts() {
        CsvField field{CsvField::Kind::Date, CsvField::Part::Whole, {}, {}};
        for (const ColumnRole role : {ColumnRole::BirthYear, ColumnRole::BirthMonth, ColumnRole::BirthDay}) {
            const auto columns = ofRole(role);
            if (columns.empty()) return;
            field.columns.push_back(at(*columns.front()));
        }
        add(std::move(field));
    }

    // One address for each postcode; a UPRN goes with the first.
    void addAddresses() {
        const auto postcodes = ofRole(ColumnRole::Postcode), uprns = ofRole(ColumnRole::Uprn);
        for (std::size_t i = 0; i < std::max(postcodes.size(), uprns.size()); ++i) {
            CsvField field{CsvField::Kind::Address, CsvField::Part::Whole, {}, {}};
            if (i < uprns.size()) field.columns.push_back(at(*uprns[i]));
            field.columns.push_back(i < postcodes.size() ? at(*postcodes[i]) : CsvField::kNoColumn);
            add(std::move(field));
        }
    }

    const CsvLayout& m_layout;
    CsvPlan m_plan;
};

std::uint64_t prefixOf(std::string_view id) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i)
        prefix = (prefix << 8U) | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0U);
    return prefix;
}

// A surname first and a comma after it ("Smith, Ann"), or the last word is the surname.
std::string_view partOf(std::string_view cell, CsvField::Part part) {
    if (part == CsvField::Part::Whole) return cell;
    const bool isLast = part == CsvField::Part::Last;
    if (const std::size_t comma = cell.find(','); comma != std::string_view::npos)
        return trimmed(isLast ? cell.substr(0, comma) : cell.substr(comma + 1));
    const std::size_t blank = cell.find_last_of(" \t");
    if (blank == std::string_view::npos) return isLast ? cell : std::string_view{};
    return trimmed(isLast ? cell.substr(blank + 1) : cell.substr(0, blank));
}

bool isBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

class PartReader {
public:
    PartReader(const CsvPlan& plan, const CsvPositions& positions, TaskContext& task)
        : m_plan(plan), m_positions(positions), m_task(task) {
        m_out.texts.resize(plan.fields.size());
        m_out.cells.resize(plan.fields.size());
        m_out.hasValues.assign(plan.columns.size(), false);
    }

    CsvRowsPart read(std::string_view text, bool isFirst) {
        CsvRows rows(text, 0, isFirst);
        CsvRows::Found found = rows.next();
        if (isFirst && found == CsvRows::Found::Row) found = rows.next();
        constexpr std::uint32_t kStep = 1024;
        std::size_t reported = 0;
        for (; found == CsvRows::Found::Row; found = rows.next()) {
            if (m_out.rows % kStep == 0) {
                if (m_task.cancelled()) return std::move(m_out);
                m_task.advance(rows.position() - reported);
                reported = rows.position();
            }
            if (!take(rows)) return std::move(m_out);
        }
        if (found == CsvRows::Found::UnclosedQuote) m_out.fault = {rows.line(), "a quote never closes"};
        m_out.lines = rows.nextLine();
        m_task.advance(text.size() - reported);
        sortKeys();
        return std::move(m_out);
    }

private:
    bool take(const CsvRows& rows) {
        const auto cells = rows.cells();
        if (cells.size() != m_positions.cells) {
            m_out.fault = {rows.line(),
                           fmt::format("{} cells where the header has {}", cells.size(), m_positions.cells)};
            return false;
        }
        if (m_positions.id == CsvPositions::kNone) {
            m_out.rowLines.push_back(static_cast<std::uint32_t>(rows.line()));
        } else {
            const std::string_view id = trimmed(cells[m_positions.id]);
            if (id.empty()) {
                m_out.fault = {rows.line(), "the id is empty"};
                return false;
            }
            m_out.ids.add(id);
            m_out.keys.push_back({prefixOf(id), m_out.rows});
        }
        for (std::size_t field = 0; field < m_plan.fields.size(); ++field) {
            const std::string_view text = textOf(m_plan.fields[field], cells);
            m_out.cells[field].push_back(text.empty() ? kNoValue : m_out.texts[field].add(text));
        }
        ++m_out.rows;
        return true;
    }

    std::string_view cellOf(std::size_t column, std::span<const std::string_view> cells) {
        std::string_view cell = cells[m_positions.columns[column]];
        if (!cell.empty() && (isBlank(cell.front()) || isBlank(cell.back()))) cell = trimmed(cell);
        if (!cell.empty()) m_out.hasValues[column] = true;
        return cell;
    }

    std::string_view textOf(const CsvField& field, std::span<const std::string_view> cells) {
        if (field.columns.size() == 1) return partOf(cellOf(field.columns.front(), cells), field.part);
        const bool isName = field.kind != CsvField::Kind::Date && field.kind != CsvField::Kind::Address;
        // A raw address has five parts; flat, house and street are none of a CSV file's.
        const std::size_t separators = field.kind == CsvField::Kind::Address ? 4 : 1;
        m_scratch.clear();
        bool any = false;
        for (const std::size_t column : field.columns) {
            const std::string_view cell = column == CsvField::kNoColumn ? std::string_view{} : cellOf(column, cells);
            if (isName && any && !cell.empty()) m_scratch += ' ';
            if (!isName && column != field.columns.front()) m_scratch.append(separators, kPartSeparator);
            m_scratch += cell;
            any = any || !cell.empty();
        }
        return any ? std::string_view(m_scratch) : std::string_view{};
    }

    void sortKeys() {
        std::ranges::sort(m_out.keys, [&](const CsvRowsPart::Key& a, const CsvRowsPart::Key& b) {
            if (a.prefix != b.prefix) return a.prefix < b.prefix;
            return m_out.ids[a.row] < m_out.ids[b.row];
        });
    }

    const CsvPlan& m_plan;
    const CsvPositions& m_positions;
    TaskContext& m_task;
    CsvRowsPart m_out;
    std::string m_scratch;
};

}  // namespace

CsvPlan planOf(const CsvLayout& layout) { return Planner(layout).plan(); }

Result<CsvPositions> positionsOf(const CsvText& file, const CsvPlan& plan) {
    CsvPositions found;
    found.cells = file.header.size();
    const auto position = [&](const std::string& column) -> Result<std::size_t> {
        const auto at = std::ranges::find(file.header, column);
        if (at == file.header.end()) return fail(ErrorCode::UnknownColumn, file.name, column);
        if (std::ranges::count(file.header, column) > 1) {
            return fail(ErrorCode::InvalidArgument, file.name,
                        fmt::format("line 1: the column {} is there twice", column));
        }
        return static_cast<std::size_t>(at - file.header.begin());
    };
    if (!plan.idColumn.empty()) {
        FAIRLEAD_TRY(found.id, position(plan.idColumn));
    }
    for (const std::string& column : plan.columns) {
        FAIRLEAD_TRY(const std::size_t at, position(column));
        found.columns.push_back(at);
    }
    return found;
}

CsvRowsPart readRows(std::string_view text, bool isFirst, const CsvPlan& plan, const CsvPositions& positions,
                     TaskContext& task) {
    return PartReader(plan, positions, task).read(text, isFirst);
}

}  // namespace fairlead::link
