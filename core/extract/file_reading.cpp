#include "core/extract/file_reading.h"

#include "core/extract/contract.h"
#include "core/extract/schema_check.h"
#include "core/store/untrusted_reader.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kRowsBetweenLooks = 1024;
// The numbers of SQLite's fundamental datatypes; store keeps its header to itself.
constexpr int kSqliteInteger = 1;
constexpr int kSqliteText = 3;
constexpr int kSqliteNull = 5;

void readCells(const store::Statement& row, std::size_t columns, CellRow& cells) {
    cells.clear();
    for (std::size_t i = 0; i < columns; ++i) {
        const int column = static_cast<int>(i) + 1;
        switch (row.storageClass(column)) {
            case kSqliteInteger: cells.addInteger(row.integer(column)); break;
            case kSqliteText: cells.addText(row.text(column).substr(0, kMostTextSent)); break;
            case kSqliteNull: cells.addNull(); break;
            default: cells.addOther(); break;
        }
    }
}

Status readTable(store::UntrustedReader& reader, std::size_t table, const TakeRow& take, const TaskContext& task) {
    const auto& definition = contractTables()[table];
    FAIRLEAD_TRY(auto select, reader.select(selectStatement(definition)));
    CellRow cells;
    for (std::size_t i = 0;; ++i) {
        if (i % kRowsBetweenLooks == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const bool more, select.next());
        if (!more) return {};
        readCells(select, definition.columns.size(), cells);
        FAIRLEAD_OK(take(table, select.integer(0), cells.cells()));
    }
}

}  // namespace

Status readFile(const ReadOrder& order, const crypto::Secret& secret, const TakeRow& take, TaskContext& task) {
    store::UntrustedExpectation expected;
    expected.applicationId = kApplicationId;
    expected.userVersion = kContractVersion;
    expected.deadline = order.deadline;
    for (const auto table : order.tables) expected.tables.emplace_back(contractTables()[table].name);
    const auto key = order.rawKey ? store::UntrustedKey::raw(secret) : store::UntrustedKey::passphrase(secret);
    FAIRLEAD_TRY(auto reader, store::UntrustedReader::open(order.copy, key, expected, task));
    FAIRLEAD_OK(checkSchema(reader.schema(), {order.agency, expected.tables}, order.copy.filename().string()));
    for (const auto table : order.tables) FAIRLEAD_OK(readTable(reader, table, take, task));
    return {};
}

}  // namespace fairlead::extract
