#include "core/custody/renewal.h"

#include <fmt/format.h>

#include "core/custody/sieve.h"
#include "core/store/row_watch.h"

namespace fairlead::custody {

namespace {

// The numbers of SQLite's fundamental datatypes; store keeps its header to itself.
constexpr int kSqliteInteger = 1;
constexpr int kSqliteFloat = 2;
constexpr int kSqliteText = 3;
constexpr int kSqliteBlob = 4;

std::string allRows(std::string_view table) { return fmt::format("SELECT * FROM {} NOT INDEXED", table); }

void bindRow(store::Statement& insert, const store::Statement& row) {
    for (int column = 0; column < row.columns(); ++column) {
        const int place = column + 1;
        switch (row.storageClass(column)) {
            case kSqliteInteger: insert.bind(place, row.integer(column)); break;
            case kSqliteFloat: insert.bind(place, row.real(column)); break;
            case kSqliteText: insert.bind(place, row.text(column)); break;
            case kSqliteBlob: insert.bindBlob(place, row.blob(column)); break;
            default: insert.bindNull(place);
        }
    }
}

Result<store::Statement> insertInto(store::Database& to, std::string_view table, int columns) {
    std::string marks;
    for (int column = 0; column < columns; ++column) marks += column == 0 ? "?" : ", ?";
    return to.prepare(fmt::format("INSERT INTO {} VALUES ({})", table, marks));
}

/// What was read and passed on.
struct Copied {
    RowsLeft rows;
    store::TableSum sum;
};

Result<Copied> copyTable(store::Database& from, store::Database& to, std::string_view table, const Chooser& choose,
                         TaskContext& task) {
    Copied copied;
    FAIRLEAD_TRY(const auto stays, choose(from, table));
    FAIRLEAD_TRY(auto query, from.prepare(allRows(table)));
    FAIRLEAD_TRY(auto insert, insertInto(to, table, query.columns()));
    std::string buffer;
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return copied;
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        task.advance(1);
        if (!stays(query)) {
            ++copied.rows.went;
            continue;
        }
        bindRow(insert, query);
        FAIRLEAD_OK(insert.run());
        store::addRow(copied.sum, query, buffer);
        ++copied.rows.stayed;
    }
}

Status makeReachAnew(store::Database& to, const std::vector<std::string>& tables) {
    if (std::ranges::find(tables, "fact") == tables.end()) return {};
    return to.execute("INSERT INTO fact_reach SELECT source_person, max(ends) FROM fact GROUP BY source_person");
}

}  // namespace

Result<std::vector<std::string>> copiedTables(store::Database& from) {
    std::vector<std::string> tables;
    // By place: a table that another refers to was made before it.
    FAIRLEAD_TRY(auto query, from.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return tables;
        if (!query.text(0).starts_with("sqlite_") && !Sieve::isMadeAnew(query.text(0)))
            tables.emplace_back(query.text(0));
    }
}

Result<TablesLeft> countRows(store::Database& from, const Chooser& choose, TaskContext& task) {
    TablesLeft left;
    FAIRLEAD_TRY(const auto tables, copiedTables(from));
    for (const std::string& table : tables) {
        FAIRLEAD_TRY(const auto stays, choose(from, table));
        FAIRLEAD_TRY(auto query, from.prepare(allRows(table)));
        RowsLeft& rows = left[table];
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            ++(stays(query) ? rows.stayed : rows.went);
        }
    }
    return left;
}

Result<TablesLeft> copyRows(store::Database& from, store::Database& to, const Chooser& choose, TaskContext& task) {
    TablesLeft left;
    store::TableSums sums;
    FAIRLEAD_TRY(const auto tables, copiedTables(from));
    FAIRLEAD_TRY(auto change, store::Transaction::begin(to));
    for (const std::string& table : tables) {
        FAIRLEAD_TRY(auto copied, copyTable(from, to, table, choose, task));
        left[table] = copied.rows;
        sums.emplace(table, std::move(copied.sum));
    }
    FAIRLEAD_OK(makeReachAnew(to, tables));
    FAIRLEAD_OK(change.commit());
    FAIRLEAD_OK(to.check());
    for (const std::string& table : tables) {
        FAIRLEAD_TRY(const auto written, store::sumOf(to, table, task));
        if (written != sums.at(table)) return fail(ErrorCode::Corrupt, table, "what was written is not what was read");
    }
    return left;
}

}  // namespace fairlead::custody
