// Definitions of tables. Each file is what a supplier with an SQL shell can make: the good file, one table made anew.

#include <fmt/format.h>

#include "tests/hostile/known_bad.h"

namespace fairlead::hostile {

namespace {

using extract::ColumnDefinition;
using extract::TableDefinition;

constexpr auto kRefusal = ErrorCode::ExtractSchema;

std::string columnText(const ColumnDefinition& column) {
    return fmt::format("{} {}{}", column.name, extract::sqlType(column.type), column.required ? " NOT NULL" : "");
}

/// The table with the text of one column replaced; empty = left out.
std::string tableWith(const TableDefinition& table, std::size_t changed, const std::string& text) {
    std::string sql = fmt::format("DROP TABLE {0}; CREATE TABLE {0} (row_id INTEGER PRIMARY KEY", table.name);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto column = i == changed ? text : columnText(table.columns[i]);
        if (!column.empty()) sql += ", " + column;
    }
    return sql + ") STRICT";
}

void addColumns(KnownBad& set, const TableDefinition& table) {
    const auto& base = set.goodWith(table);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        const auto good = columnText(column);
        const auto add = [&](std::string_view what, const std::string& text) {
            set.alter(fmt::format("schema-{}-{}-{}", table.name, column.name, what), kRefusal, base,
                      tableWith(table, i, text));
        };
        const bool isText = extract::sqlType(column.type) == "TEXT";
        add("missing", "");
        add("renamed", "x" + good);
        add("capitals", fmt::format("\"{}{}\"", static_cast<char>(column.name[0] - 'a' + 'A'),
                                    good.substr(1, column.name.size() - 1)) +
                            good.substr(column.name.size()));
        add("of-another-type",
            fmt::format("{} {}{}", column.name, isText ? "INTEGER" : "TEXT", column.required ? " NOT NULL" : ""));
        add("of-any-type", fmt::format("{} ANY{}", column.name, column.required ? " NOT NULL" : ""));
        add("null-differs",
            fmt::format("{} {}{}", column.name, extract::sqlType(column.type), column.required ? "" : " NOT NULL"));
        add("default", good + (isText ? " DEFAULT 'x'" : " DEFAULT 1"));
        add("check", fmt::format("{} CHECK (length({}) < 9)", good, column.name));
        add("collation", good + " COLLATE NOCASE");
        add("unique", good + " UNIQUE");
        add("reference", good + " REFERENCES person (row_id)");
        add("generated", fmt::format("{} {} AS (row_id) STORED", column.name, extract::sqlType(column.type)));
        add("twice", good + ", again TEXT");
    }
}

void addTableForms(KnownBad& set, const TableDefinition& table) {
    const auto& base = set.goodWith(table);
    const auto create = extract::createStatement(table);
    const auto add = [&](std::string_view what, const std::string& sql) {
        set.alter(fmt::format("schema-{}-{}", table.name, what), kRefusal, base, sql);
    };
    const auto anew = [&](std::string_view what, std::string sql) {
        add(what, fmt::format("DROP TABLE {}; {}", table.name, std::move(sql)));
    };
    const auto columns = create.substr(0, create.rfind(") STRICT"));
    add("missing", fmt::format("DROP TABLE {}", table.name));
    anew("not-strict", columns + ")");
    anew("without-rowid", columns + ") STRICT, WITHOUT ROWID");
    anew("check", columns + ", CHECK (row_id > 0)) STRICT");
    anew("unique", columns + ", UNIQUE (row_id)) STRICT");
    anew("is-a-view", fmt::format("CREATE VIEW {} AS SELECT 1 AS row_id", table.name));
    anew("in-other-order", fmt::format("CREATE TABLE {} ({}, row_id INTEGER PRIMARY KEY) STRICT", table.name,
                                       columnText(table.columns[0])));
    anew("key-descending", columns.substr(0, columns.find("PRIMARY KEY")) + "PRIMARY KEY DESC" +
                               columns.substr(columns.find("PRIMARY KEY") + 11) + ") STRICT");
    anew("autoincrement", columns.substr(0, columns.find("PRIMARY KEY")) + "PRIMARY KEY AUTOINCREMENT" +
                              columns.substr(columns.find("PRIMARY KEY") + 11) + ") STRICT");
    const auto& first = table.columns[0].name;
    add("index", fmt::format("CREATE INDEX i ON {} ({})", table.name, first));
    add("unique-index", fmt::format("CREATE UNIQUE INDEX i ON {} (row_id)", table.name));
    add("index-of-expression", fmt::format("CREATE INDEX i ON {} (length({}))", table.name, first));
    add("index-of-some", fmt::format("CREATE INDEX i ON {} ({}) WHERE row_id > 1", table.name, first));
    add("index-without-case", fmt::format("CREATE INDEX i ON {} ({} COLLATE NOCASE)", table.name, first));
    add("view-beside", fmt::format("CREATE VIEW v AS SELECT * FROM {}", table.name));
    add("trigger", fmt::format("CREATE TRIGGER t AFTER DELETE ON {} BEGIN SELECT 1; END", table.name));
    add("column-more", fmt::format("ALTER TABLE {} ADD COLUMN more TEXT", table.name));
    add("generated-more", fmt::format("ALTER TABLE {} ADD COLUMN more TEXT AS (printf('%99d', 1))", table.name));
    add("renamed", fmt::format("ALTER TABLE {0} RENAME TO {0}s", table.name));
}

void addTables(KnownBad& set) {
    const auto& base = set.good("police");
    for (const std::string_view name : {"notes",
                                        "roll",
                                        "school",
                                        "family_member",
                                        "main",
                                        "sqlite",
                                        "x\"\"; drop table base; --",
                                        "tab\tle",
                                        "\xC3\xA9",
                                        "a b",
                                        "'",
                                        "select",
                                        "person2",
                                        "persons",
                                        "PERSON_",
                                        "_",
                                        "fact_fts",
                                        "sqlean",
                                        "%s%n",
                                        "../person"}) {
        set.alter(fmt::format("schema-table-more-{}", set.count()), kRefusal, base,
                  fmt::format("CREATE TABLE \"{}\" (row_id INTEGER PRIMARY KEY, text TEXT) STRICT", name));
    }
    std::string wide = "CREATE TABLE wide (row_id INTEGER PRIMARY KEY";
    for (int i = 0; i < 1900; ++i) wide += fmt::format(", c{} TEXT", i);
    set.alter("schema-table-of-1900-columns", kRefusal, base, wide + ")");
    std::string many;
    for (int i = 0; i < 300; ++i) many += fmt::format("CREATE TABLE t{} (a TEXT);", i);
    set.alter("schema-300-tables-more", kRefusal, base, many);
    set.alter("schema-recursive-view", kRefusal, base,
              "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r");
    set.alter("schema-statistics", kRefusal, base, "ANALYZE");
    set.alter("schema-kind-of-file", kRefusal, base, "PRAGMA application_id = 1");
    set.alter("schema-kind-of-file-0", kRefusal, base, "PRAGMA application_id = 0");
    set.alter("schema-version-0", kRefusal, base, "PRAGMA user_version = 0");
    set.alter("schema-version-2", kRefusal, base, "PRAGMA user_version = 2");
    set.alter("schema-version-negative", kRefusal, base, "PRAGMA user_version = -1");
}

/// Texts in the schema that no statement would leave there.
void addWritten(KnownBad& set) {
    const auto& base = set.good("police");
    const auto write = [&](std::string_view what, std::string_view sql) {
        set.alter(fmt::format("schema-written-{}", what), kRefusal, base,
                  fmt::format("PRAGMA writable_schema = ON; {}; PRAGMA writable_schema = OFF", sql));
    };
    const auto person = [&](std::string_view what, std::string_view text) {
        write(what, fmt::format("UPDATE sqlite_schema SET sql = '{}' WHERE name = 'person'", text));
    };
    person("nonsense", "CREATE TABLE person nonsense");
    person("empty", "");
    person("select", "SELECT 1");
    person("virtual", "CREATE VIRTUAL TABLE person USING fts5(text)");
    person("as-select", "CREATE TABLE person AS SELECT 1");
    person("two-statements", "CREATE TABLE person (row_id INTEGER PRIMARY KEY) STRICT; DELETE FROM fact");
    person("other-name", "CREATE TABLE nosrep (row_id INTEGER PRIMARY KEY) STRICT");
    person("open-quote", "CREATE TABLE person (row_id INTEGER PRIMARY KEY, \"person_ref TEXT) STRICT");
    person("deep", "CREATE TABLE person (row_id INTEGER PRIMARY KEY CHECK (" + std::string(900, '(') + "1" +
                       std::string(900, ')') + ")) STRICT");
    person("comment", "CREATE TABLE person (row_id INTEGER PRIMARY KEY /* */) STRICT");
    write("null", "UPDATE sqlite_schema SET sql = NULL WHERE name = 'person'");
    write("blob", "UPDATE sqlite_schema SET sql = x'00ff' WHERE name = 'person'");
    write("type", "UPDATE sqlite_schema SET type = 'tabel' WHERE name = 'person'");
    write("name", "UPDATE sqlite_schema SET name = 'nosrep' WHERE name = 'person'");
    write("table-name", "UPDATE sqlite_schema SET tbl_name = 'fact' WHERE name = 'person'");
    set.alter("schema-written-page-0", ErrorCode::ExtractDamaged, base,
              "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'person'");
    write("page-1", "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'person'");
    write("page-negative", "UPDATE sqlite_schema SET rootpage = -3 WHERE name = 'person'");
    write("page-text", "UPDATE sqlite_schema SET rootpage = 'x' WHERE name = 'person'");
    write("twice", "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'person'");
    write("virtual-more",
          "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING fts5(text)')");
    write("trigger-more",
          "INSERT INTO sqlite_schema VALUES ('trigger', 't', 'person', 0, "
          "'CREATE TRIGGER t AFTER INSERT ON person BEGIN SELECT 1; END')");
}

}  // namespace

void addSchemas(KnownBad& set) {
    for (const auto& table : extract::contractTables()) {
        addColumns(set, table);
        addTableForms(set, table);
    }
    addTables(set);
    addWritten(set);
}

}  // namespace fairlead::hostile
