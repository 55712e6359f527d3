#include "core/convert/row_maker.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/convert/value_parsing.h"
#include "core/extract/row_check.h"
#include "core/record/fact_kind.h"
#include "core/record/identifiers.h"

namespace fairlead::convert {

namespace {

using extract::Cell;
using extract::ColumnDefinition;
using extract::ColumnType;

OwnedCell textCell(std::string text) { return {Cell::Storage::Text, 0, std::move(text)}; }
OwnedCell numberCell(std::int64_t number) { return {Cell::Storage::Integer, number, {}}; }

/// What a fact's column holds when the mapping says nothing about it.
OwnedCell defaultCell(const extract::TableDefinition& table, const ColumnDefinition& column) {
    if (column.type == ColumnType::Flag) return numberCell(0);
    if (table.name == "fact" && column.name == "role")
        return textCell(std::string(record::name(record::Role::Subject)));
    return {};
}

/// The source column that a finding about a value names: of several, the one that the file has.
const std::string& shownColumn(const SourceFile& file, const ValueRule& rule) {
    static const std::string none;
    for (const auto& column : rule.columns) {
        if (file.hasColumn(column)) return column;
    }
    return none;
}

std::size_t positionOf(const extract::TableDefinition& table, std::string_view column) {
    const auto found = std::ranges::find(table.columns, column, &ColumnDefinition::name);
    return static_cast<std::size_t>(found - table.columns.begin());
}

std::optional<bool> flagOf(std::string_view text) {
    const auto lower = lowerAscii(text);
    if (lower == "1" || lower == "true" || lower == "yes" || lower == "y") return true;
    if (lower == "0" || lower == "false" || lower == "no" || lower == "n") return false;
    return std::nullopt;
}

}  // namespace

std::string RowMaker::textOf(const SourceFile& file, const CsvTable::Row& row, const ValueRule& rule) const {
    using Source = ValueRule::Source;
    std::string text;
    if (rule.source == Source::Constant) return rule.text;
    if (rule.source == Source::Template) {
        for (std::size_t i = 0; i < rule.text.size(); ++i) {
            const auto end = rule.text[i] == '{' ? rule.text.find('}', i) : std::string::npos;
            if (end == std::string::npos) {
                text += rule.text[i];
                continue;
            }
            text += file.cell(row, rule.text.substr(i + 1, end - i - 1));
            i = end;
        }
        return text;
    }
    for (const auto& column : rule.columns) {
        const auto cell = file.cell(row, column);
        if (rule.source != Source::Join && file.hasColumn(column)) return std::string(cell);
        if (!cell.empty()) text += (text.empty() ? "" : " ") + std::string(cell);
    }
    return text;
}

void RowMaker::note(Rule rule, const Place& place) {
    m_report.add(rule, place.file.name(), place.column, place.row.line);
    m_noted = true;
}

/// False when the value is not to be kept.
bool RowMaker::passes(const Place& place, std::string& text, ValueCheck check) {
    switch (check) {
        case ValueCheck::None: return true;
        case ValueCheck::Upn: {
            const auto result = record::checkUpn(text);
            if (result != record::UpnCheck::Valid && result != record::UpnCheck::Temporary)
                note(Rule::InvalidUpn, place);
            return true;
        }
        case ValueCheck::NhsNumber:
            if (!record::isValidNhsNumber(text)) note(Rule::InvalidNhsNumber, place);
            return true;
        case ValueCheck::Postcode: {
            const auto postcode = record::canonicalPostcode(text);
            if (!postcode) note(Rule::InvalidPostcode, place);
            text = postcode.value_or(text);
            return true;
        }
        case ValueCheck::Uprn: {
            const auto number = parseWholeNumber(text);
            if (number) text = std::to_string(*number);
            if (record::isValidUprn(text)) return true;
            note(Rule::InvalidUprn, place);
            return false;
        }
    }
    return true;
}

OwnedCell RowMaker::dateCell(const Place& place, const std::string& text, const ColumnDefinition& column) {
    const auto date = parseDate(text, m_mapping.dates);
    if (!date) return note(Rule::BadDate, place), OwnedCell{};
    auto cell = textCell(date->iso());
    const bool isLateBirth = column.name == "birth_date" && *date >= m_options.periodUntil;
    if (isLateBirth || !extract::problemOf(column, cell.view()).empty())
        return note(Rule::ImpossibleDate, place), OwnedCell{};
    return cell;
}

OwnedCell RowMaker::typedCell(const Place& place, std::string text, const ColumnDefinition& column) {
    if (column.type == ColumnType::Date) return dateCell(place, text, column);
    auto cell = textCell(std::move(text));
    if (column.type == ColumnType::Integer) {
        const auto number = parseWholeNumber(cell.text);
        if (!number) return note(Rule::BadNumber, place), OwnedCell{};
        cell = numberCell(*number);
    } else if (column.type == ColumnType::Flag) {
        const auto flag = flagOf(cell.text);
        if (!flag) return note(Rule::BadNumber, place), OwnedCell{};
        cell = numberCell(*flag ? 1 : 0);
    }
    if (extract::problemOf(column, cell.view()).empty()) return cell;
    const auto rule = column.type != ColumnType::Text ? Rule::BadNumber
                      : column.codes.empty()          ? Rule::TextNotAllowed
                                                      : Rule::UnknownCode;
    note(rule, place);
    return {};
}

OwnedCell RowMaker::cellOf(const SourceFile& file, const CsvTable::Row& row, const ValueRule& rule,
                           const ColumnDefinition& column) {
    const Place place{file, row, shownColumn(file, rule)};
    auto text = textOf(file, row, rule);
    if (text.empty() || std::ranges::find(rule.nothing, text) != rule.nothing.end()) return {};
    if (rule.source == ValueRule::Source::School) {
        const auto number = m_schools.numberOf(text, file.name(), place.column, row.line, m_report);
        return number ? numberCell(*number) : OwnedCell{};
    }
    if (!rule.codes.empty()) {
        const auto& codes = m_mapping.codes.find(rule.codes)->second;
        const auto code = codes.find(text);
        if (code == codes.end()) return note(Rule::UnknownCode, place), OwnedCell{};
        if (code->second.empty()) return {};
        text = code->second;
    }
    if (!passes(place, text, rule.check)) return {};
    auto cell = typedCell(place, std::move(text), column);
    if (rule.isLastDay && !cell.isNull()) cell.text = (*Date::fromIso(cell.text) + 1).iso();
    return cell;
}

/// An end on or before the start: for an event of one day the end is dropped, otherwise the row cannot be used.
bool RowMaker::checkInterval(const SourceFile& file, const CsvTable::Row& row, const RowRule& rule,
                             std::vector<OwnedCell>& cells) {
    const auto from = positionOf(*rule.table, "from_date");
    const auto until = positionOf(*rule.table, "until_date");
    if (until >= cells.size() || from >= cells.size() || cells[from].isNull() || cells[until].isNull()) return true;
    if (cells[from].text < cells[until].text) return true;  // ISO texts sort as their days do
    if (rule.table->name == "fact" && cells[from].text == cells[until].text) {
        const auto kind = record::factKindFromId(cells[positionOf(*rule.table, "kind")].text);
        if (kind && record::entry(*kind).shape == record::Shape::Event) {
            cells[until] = {};
            return true;
        }
    }
    note(Rule::EndBeforeStart, {file, row, shownColumn(file, *rule.values[until])});
    return false;
}

std::optional<std::vector<OwnedCell>> RowMaker::make(const SourceFile& file, const CsvTable::Row& row,
                                                     const RowRule& rule) {
    const auto& columns = rule.table->columns;
    std::vector<OwnedCell> cells(columns.size());
    bool isWhole = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& value = rule.values[i];
        m_noted = false;
        if (!value) {
            cells[i] = defaultCell(*rule.table, columns[i]);
        } else {
            cells[i] = cellOf(file, row, *value, columns[i]);
        }
        if (!cells[i].isNull() || !columns[i].required) continue;
        isWhole = false;
        static const std::string none;
        if (!m_noted) note(Rule::MissingValue, {file, row, value ? shownColumn(file, *value) : none});
    }
    if (!isWhole || !checkInterval(file, row, rule, cells)) return std::nullopt;
    if (rule.table->name == "fact") {
        const auto kind = record::factKindFromId(cells[positionOf(*rule.table, "kind")].text);
        const auto codes = kind ? extract::codesOf(*kind) : std::nullopt;
        const auto position = positionOf(*rule.table, "code");
        auto& code = cells[position];
        if (codes && !code.isNull() && std::ranges::find(*codes, code.text) == codes->end()) {
            note(Rule::UnknownCode, {file, row, shownColumn(file, *rule.values[position])});
            code = {};
        }
    }
    return cells;
}

std::optional<Date> RowMaker::date(const SourceFile& file, const CsvTable::Row& row, const std::string& column) {
    const std::string text(file.cell(row, column));
    if (text.empty()) return std::nullopt;
    static const ColumnDefinition anyDate{"", ColumnType::Date, false, 10, 10, {}};
    const auto cell = dateCell({file, row, column}, text, anyDate);
    return Date::fromIso(cell.text);
}

}  // namespace fairlead::convert
