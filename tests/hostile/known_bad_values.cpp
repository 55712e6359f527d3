// Values: every column with what it may not hold, and facts whose parts do not fit together.

#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/record/fact_kind.h"
#include "tests/hostile/known_bad.h"

namespace fairlead::hostile {

namespace {

using extract::ColumnDefinition;
using extract::ColumnType;
using extract::TableDefinition;

struct BadValue {
    std::string_view what;
    std::string sql;
};

std::vector<BadValue> badTexts(const ColumnDefinition& column) {
    return {
        {"empty", "''"},
        {"too-long", fmt::format("printf('%.{}c', 'x')", column.most + 1)},
        {"far-too-long", "printf('%.900000c', 'x')"},
        {"not-UTF-8", "CAST(x'41c328' AS TEXT)"},
        {"half-a-character", "CAST(x'41e282' AS TEXT)"},
        {"overlong-UTF-8", "CAST(x'c0af' AS TEXT)"},
        {"surrogate", "CAST(x'eda080' AS TEXT)"},
        {"NUL", "CAST(x'410042' AS TEXT)"},
        {"line-end", "'a' || char(10)"},
        {"escape", "'a' || char(27) || '[2J'"},
        {"right-to-left", "'a' || char(8238) || 'b'"},
        {"zero-width", "'a' || char(8203) || 'b'"},
    };
}

std::vector<BadValue> badDates() {
    return {
        {"no-date", "'yesterday'"},      {"month-13", "'2026-13-01'"},        {"day-30-of-February", "'2026-02-30'"},
        {"without-zero", "'2026-6-01'"}, {"British", "'01/06/2026'"},         {"before-1900", "'1899-12-31'"},
        {"after-2100", "'2101-01-01'"},  {"with-time", "'2026-06-01T00:00'"}, {"empty", "''"},
        {"day-0", "'2026-06-00'"},       {"with-blank", "' 2026-06-01'"},
    };
}

std::vector<BadValue> badNumbers(const ColumnDefinition& column) {
    return {{"too-small", std::to_string(column.least - 1)},
            {"too-great", std::to_string(column.most + 1)},
            {"greatest", "9223372036854775807"},
            {"least", "-9223372036854775807 - 1"}};
}

std::vector<BadValue> badValues(const ColumnDefinition& column) {
    std::vector<BadValue> values;
    switch (column.type) {
        case ColumnType::Text: values = badTexts(column); break;
        case ColumnType::Date: values = badDates(); break;
        case ColumnType::Integer:
        case ColumnType::Flag: values = badNumbers(column); break;
    }
    if (!column.codes.empty()) values.push_back({"unknown-code", "'zz'"});
    return values;
}

/// What STRICT and NOT NULL keep out is put in by a table without them, whose text in the schema is then the
/// contract's: the check of the file's structure finds it.
std::string pastTheSchema(const TableDefinition& table, const ColumnDefinition& column, std::string_view value) {
    return fmt::format(
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace(replace(sql, ' NOT NULL', ''), ' STRICT', '') WHERE name = '{0}';"
        "PRAGMA writable_schema = RESET; UPDATE {0} SET {1} = {2} WHERE row_id = 1; PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = '{3}' WHERE name = '{0}'; PRAGMA writable_schema = OFF",
        table.name, column.name, value, extract::createStatement(table));
}

void addColumns(KnownBad& set, const TableDefinition& table) {
    const auto& base = set.goodWith(table);
    for (const auto& column : table.columns) {
        for (const auto& value : badValues(column)) {
            set.alter(fmt::format("value-{}-{}-{}", table.name, column.name, value.what), ErrorCode::ExtractValue, base,
                      fmt::format("UPDATE {} SET {} = {} WHERE row_id = 1", table.name, column.name, value.sql));
        }
        const bool isText = extract::sqlType(column.type) == "TEXT";
        const auto past = [&](std::string_view what, std::string_view value) {
            set.alter(fmt::format("value-{}-{}-{}", table.name, column.name, what), ErrorCode::ExtractDamaged, base,
                      pastTheSchema(table, column, value));
        };
        past("BLOB", "x'4142'");
        if (!isText) past("TEXT", "'text'");
        if (!isText) past("REAL", "1.5");
        if (column.required) past("NULL", "NULL");
    }
}

void addFacts(KnownBad& set) {
    const auto& table = *extract::findTable("fact");
    const auto& base = set.goodWith(table);
    for (const auto& entry : record::factKinds()) {
        set.alter(fmt::format("value-fact-{}-wrong-role", entry.id), ErrorCode::ExtractValue, base,
                  fmt::format("UPDATE fact SET kind = '{}', role = '{}', code = NULL WHERE row_id = 1", entry.id,
                              entry.hasRole ? "subject" : "suspect"));
        if (!extract::codesOf(entry.kind)) continue;
        set.alter(fmt::format("value-fact-{}-unknown-code", entry.id), ErrorCode::ExtractValue, base,
                  fmt::format("UPDATE fact SET kind = '{}', role = '{}', code = 'zz' WHERE row_id = 1", entry.id,
                              entry.hasRole ? "victim" : "subject"));
    }
}

}  // namespace

void addValues(KnownBad& set) {
    for (const auto& table : extract::contractTables()) {
        const auto& base = set.goodWith(table);
        addColumns(set, table);
        set.alter(fmt::format("rows-{}-one-less", table.name), ErrorCode::RowCountMismatch, base,
                  fmt::format("DELETE FROM {} WHERE row_id = (SELECT max(row_id) FROM {})", table.name, table.name));
        set.alter(fmt::format("rows-{}-renumbered", table.name), ErrorCode::HashMismatch, base,
                  fmt::format("UPDATE {} SET row_id = row_id + 1000", table.name));
        set.alter(fmt::format("rows-{}-negative-number", table.name), ErrorCode::HashMismatch, base,
                  fmt::format("UPDATE {} SET row_id = -5 WHERE row_id = 1", table.name));
    }
    addFacts(set);
}

}  // namespace fairlead::hostile
