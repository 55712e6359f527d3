#include "core/store/schema_reading.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::store {

namespace {

constexpr std::size_t kMaxObjects = 500;
constexpr std::size_t kMaxNameBytes = 128;
constexpr std::size_t kMaxSqlBytes = 16 * 1024;

using Cells = std::vector<std::string>;

/// The name as a text literal. Names of the file are never put into SQL in any other way.
std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
    return quoted + "'";
}

int numberOf(const std::string& cell) { return static_cast<int>(parseInteger(cell).value_or(-1)); }

/// Names go into literals and into error texts: short, valid UTF-8, no zero bytes, nothing that turns the text round.
bool isPlainName(const std::string& name) {
    return !name.empty() && name.size() <= kMaxNameBytes && isValidUtf8(name) && !hasControlCharacters(name);
}

Status readColumns(Connection& connection, SchemaObject& object) {
    FAIRLEAD_TRY(const auto rows, connection.rows(fmt::format("SELECT name, type, \"notnull\", pk, hidden FROM "
                                                              "pragma_table_xinfo({}) ORDER BY cid",
                                                              literal(object.name))));
    for (const Cells& row : rows) {
        object.columns.push_back({.name = row[0],
                                  .declaredType = row[1],
                                  .notNull = row[2] != "0",
                                  .primaryKeyPosition = numberOf(row[3]),
                                  .hidden = numberOf(row[4])});
    }
    return {};
}

Status readTableForm(Connection& connection, SchemaObject& object) {
    FAIRLEAD_TRY(const auto rows,
                 connection.rows(fmt::format("SELECT type, wr, strict FROM pragma_table_list({}) WHERE "
                                             "schema = 'main'",
                                             literal(object.name))));
    if (rows.size() != 1) return fail(ErrorCode::ExtractSchema, connection.subject, "a table that is not listed");
    object.isVirtual = rows[0][0] != "table" && rows[0][0] != "view";
    object.withoutRowid = rows[0][1] != "0";
    object.strict = rows[0][2] != "0";
    return {};
}

Status readIndexForm(Connection& connection, SchemaObject& object) {
    FAIRLEAD_TRY(const auto list,
                 connection.rows(fmt::format("SELECT \"unique\", partial FROM pragma_index_list({}) WHERE "
                                             "name = {}",
                                             literal(object.tableName), literal(object.name))));
    if (list.size() != 1) return fail(ErrorCode::ExtractSchema, connection.subject, "an index that is not listed");
    object.indexIsUnique = list[0][0] != "0";
    object.indexIsPartial = list[0][1] != "0";
    FAIRLEAD_TRY(const auto columns, connection.rows(fmt::format("SELECT cid FROM pragma_index_xinfo({}) WHERE key = 1",
                                                                 literal(object.name))));
    for (const Cells& row : columns) object.indexHasExpression |= numberOf(row[0]) < 0 && numberOf(row[0]) != -1;
    return {};
}

}  // namespace

Result<std::vector<SchemaObject>> readSchema(Connection& connection) {
    FAIRLEAD_TRY(const auto rows,
                 connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name LIMIT 501"));
    if (rows.size() > kMaxObjects) return fail(ErrorCode::ExtractSchema, connection.subject, "too many objects");
    std::vector<SchemaObject> schema;
    for (const Cells& row : rows) {
        SchemaObject object{.type = row[0], .name = row[1], .tableName = row[2], .sql = row[3], .columns = {}};
        if (!isPlainName(object.name) || !isPlainName(object.tableName) || object.sql.size() > kMaxSqlBytes) {
            return fail(ErrorCode::ExtractSchema, connection.subject, "a name or definition that cannot be used");
        }
        if (object.type == "table") {
            FAIRLEAD_OK(readTableForm(connection, object));
            if (!object.isVirtual) FAIRLEAD_OK(readColumns(connection, object));
        } else if (object.type == "index") {
            FAIRLEAD_OK(readIndexForm(connection, object));
        }
        schema.push_back(std::move(object));
    }
    return schema;
}

Status refuseActiveSchema(const std::vector<SchemaObject>& schema, const std::string& subject) {
    for (const auto& object : schema) {
        const auto refuse = [&](std::string_view what) {
            return fail(ErrorCode::ExtractSchema, subject, fmt::format("{}: {}", object.name, what));
        };
        if (object.type != "table" && object.type != "index") return refuse(object.type);
        if (object.isVirtual) return refuse("virtual table");
        if (object.indexHasExpression) return refuse("index over an expression");
        if (object.indexIsPartial) return refuse("partial index");
        for (const auto& column : object.columns) {
            if (column.hidden != 0) return refuse("generated or hidden column");
        }
    }
    return {};
}

}  // namespace fairlead::store
