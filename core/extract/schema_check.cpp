#include "core/extract/schema_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/extract/contract.h"

namespace fairlead::extract {

namespace {

/// One blank for any white space, none beside brackets and commas, lower case: spelling does not matter, words do.
std::string normalised(std::string_view sql) {
    std::string out;
    bool gap = false;
    for (const char c : sql) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            gap = true;
            continue;
        }
        const bool isMark = c == '(' || c == ')' || c == ',';
        const bool afterMark = !out.empty() && (out.back() == '(' || out.back() == ')' || out.back() == ',');
        if (gap && !isMark && !afterMark && !out.empty()) out += ' ';
        gap = false;
        out += c;
    }
    return lowerAscii(out);
}

/// A name from a file of others, fit to be shown.
std::string shown(std::string_view name) {
    const bool isPlain =
        name.size() <= 64 && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    return isPlain ? std::string(name) : "(a name that is not plain)";
}

/// Empty when the columns are the contract's, or what is wrong.
std::string problemOfColumns(const store::SchemaObject& object, const TableDefinition& table) {
    const auto& columns = object.columns;
    for (const auto& column : columns) {
        if (column.hidden != 0) return "a generated or hidden column";
    }
    if (columns.size() > table.columns.size() + 1)
        return fmt::format("{} columns, {} expected", columns.size(), table.columns.size() + 1);
    if (columns.empty() || columns[0].name != kRowIdColumn || columns[0].primaryKeyPosition != 1 ||
        lowerAscii(columns[0].declaredType) != "integer") {
        return "the first column is not row_id INTEGER PRIMARY KEY";
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& expected = table.columns[i];
        if (i + 1 >= columns.size()) return fmt::format("column {} is missing", expected.name);
        const auto& found = columns[i + 1];
        if (found.name != expected.name) return fmt::format("column {} expected in place {}", expected.name, i + 2);
        if (upperAscii(found.declaredType) != sqlType(expected.type))
            return fmt::format("column {} is not {}", expected.name, sqlType(expected.type));
        if (found.notNull != expected.required) return fmt::format("column {}: NOT NULL differs", expected.name);
        if (found.primaryKeyPosition != 0) return fmt::format("column {} is part of the key", expected.name);
    }
    return {};
}

std::string problemOf(const store::SchemaObject& object, const PromisedTables& promised) {
    if (object.type != "table") return "only tables are allowed";
    const auto* table = findTable(object.name);
    if (table == nullptr) return "the contract has no such table";
    if (!mayHaveTable(promised.agency, object.name)) return "this agency does not supply that table";
    if (std::ranges::find(promised.names, object.name) == promised.names.end()) return "the manifest does not list it";
    if (object.isVirtual) return "a virtual table";
    if (object.withoutRowid || !object.strict) return "not a STRICT table with a row id";
    if (auto problem = problemOfColumns(object, *table); !problem.empty()) return problem;
    // What the columns do not show: CHECK, DEFAULT, COLLATE, REFERENCES.
    if (normalised(object.sql) != normalised(createStatement(*table)))
        return "its definition has a clause that the contract does not have";
    return {};
}

}  // namespace

Status checkSchema(const std::vector<store::SchemaObject>& schema, const PromisedTables& promised,
                   const std::string& subject) {
    std::size_t tables = 0;
    for (const auto& object : schema) {
        const auto problem = problemOf(object, promised);
        if (!problem.empty()) {
            return fail(ErrorCode::ExtractSchema, subject,
                        fmt::format("{} {}: {}", shown(object.type), shown(object.name), problem));
        }
        ++tables;
    }
    if (tables != promised.names.size())
        return fail(ErrorCode::ExtractSchema, subject, "a table that the manifest lists is missing");
    return {};
}

}  // namespace fairlead::extract
