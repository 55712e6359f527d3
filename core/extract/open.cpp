#include <algorithm>

#include <fmt/format.h>

#include "core/extract/contract.h"
#include "core/extract/extract.h"
#include "core/extract/file_key.h"
#include "core/extract/manifest_file.h"
#include "core/extract/row_check.h"
#include "core/extract/row_digest.h"
#include "core/extract/schema_check.h"
#include "core/extract/staged_copy.h"
#include "core/store/untrusted_reader.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kRowsBetweenLooks = 1024;
// The numbers of SQLite's fundamental datatypes; store keeps its header to itself.
constexpr int kSqliteInteger = 1;
constexpr int kSqliteText = 3;
constexpr int kSqliteNull = 5;

Status checkUse(const Manifest& manifest, const OpenOptions& options, const std::string& subject) {
    if (manifest.retainUntil < options.today) {
        return fail(ErrorCode::RetentionExpired, subject, "to be kept until " + manifest.retainUntil.uk());
    }
    for (const auto& gateway : manifest.gateways) {
        if (std::ranges::find(options.gatewaysInForce, gateway) == options.gatewaysInForce.end()) {
            return fail(ErrorCode::GatewayNotInForce, subject, gateway);
        }
    }
    return {};
}

Status checkCopy(const StagedCopy& copy, const Manifest& manifest, const std::string& subject) {
    if (copy.bytes() != manifest.fileBytes) {
        return fail(ErrorCode::HashMismatch, subject,
                    fmt::format("{} bytes, the manifest says {}", copy.bytes(), manifest.fileBytes));
    }
    if (copy.sha256() != manifest.fileSha256) return fail(ErrorCode::HashMismatch, subject, "SHA-256 of the file");
    return {};
}

/// The secret that opens the file: the unsealed raw key, or a copy of the passphrase.
Result<crypto::Secret> secretOf(const Manifest& manifest, const OpenOptions& options, const std::string& subject) {
    if (manifest.keyMode == KeyMode::Passphrase) {
        if (options.passphrase == nullptr) return fail(ErrorCode::WrongKey, subject, "needs a passphrase");
        return options.passphrase->clone();
    }
    if (options.unit == nullptr) return fail(ErrorCode::WrongKey, subject, "needs the unit's key");
    return openFileKey(manifest, *options.unit, subject);
}

/// Errors of the store name the private copy; people know the file by its own name.
template <typename T>
Result<T> named(Result<T> result, const std::string& subject) {
    if (!result) result.error().subject = subject;
    return result;
}

void readCells(const store::Statement& row, std::size_t columns, CellRow& cells) {
    cells.clear();
    for (std::size_t i = 0; i < columns; ++i) {
        const int column = static_cast<int>(i) + 1;
        switch (row.storageClass(column)) {
            case kSqliteInteger: cells.addInteger(row.integer(column)); break;
            case kSqliteText: cells.addText(row.text(column)); break;
            case kSqliteNull: cells.addNull(); break;
            default: cells.addOther(); break;
        }
    }
}

/// Step 14 for one table: every value checked, every row digested and kept.
Result<TableDigest> readTable(store::UntrustedReader& reader, const TableDefinition& table, std::int64_t expectedRows,
                              Extract& extract, RowProblems& problems, TaskContext& task) {
    // The count is the manifest's: what it claims must not make us reserve without bound.
    constexpr std::int64_t kMostReserved = 4'000'000;
    reserveRows(extract.rows, table, static_cast<std::size_t>(std::min(expectedRows, kMostReserved)));
    auto& rowIds = extract.rowIds[std::string(table.name)];
    rowIds.reserve(static_cast<std::size_t>(std::min(expectedRows, kMostReserved)));
    FAIRLEAD_TRY(auto select, reader.select(selectStatement(table)));
    RowDigest digest;
    CellRow cells;
    while (true) {
        if (rowIds.size() % kRowsBetweenLooks == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const bool more, select.next());
        if (!more) break;
        const auto rowId = select.integer(0);
        readCells(select, table.columns.size(), cells);
        checkRow(table, rowId, cells.cells(), problems);
        digest.add(rowId, cells.cells());
        rowIds.push_back(rowId);
        if (problems.isEmpty()) appendRow(extract.rows, table, cells.cells());
        task.advance(1);
    }
    return digest.finish();
}

Status readTables(store::UntrustedReader& reader, Extract& extract, const std::string& subject, TaskContext& task) {
    const auto& promised = extract.manifest.tables;
    std::uint64_t total = 0;
    for (const auto& [name, digest] : promised) total += static_cast<std::uint64_t>(digest.rows);
    task.begin(Phase::Reading, total);
    RowProblems problems;
    std::map<std::string, TableDigest> found;
    for (const auto& table : contractTables()) {
        const auto entry = promised.find(std::string(table.name));
        if (entry == promised.end()) continue;
        FAIRLEAD_TRY(found[entry->first], readTable(reader, table, entry->second.rows, extract, problems, task));
    }
    if (!problems.isEmpty()) return fail(ErrorCode::ExtractValue, subject, problems.summary());
    for (const auto& [name, digest] : promised) {
        if (found[name].rows != digest.rows) {
            return fail(ErrorCode::RowCountMismatch, subject,
                        fmt::format("table {}: {} rows, the manifest says {}", name, found[name].rows, digest.rows));
        }
    }
    for (const auto& [name, digest] : promised) {
        if (found[name].sha256 != digest.sha256) return fail(ErrorCode::HashMismatch, subject, "rows of table " + name);
    }
    return {};
}

}  // namespace

Result<Extract> open(const std::filesystem::path& path, const OpenOptions& options, TaskContext& task) {
    const auto subject = path.filename().string();
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
        return fail(ErrorCode::NotFound, subject);
    FAIRLEAD_TRY(auto checked, readManifestFile(path, options));
    FAIRLEAD_OK(checkUse(checked.manifest, options, subject));
    FAIRLEAD_TRY(const auto copy, StagedCopy::make(path, options.staging, task));
    FAIRLEAD_OK(checkCopy(copy, checked.manifest, subject));
    FAIRLEAD_TRY(const auto secret, secretOf(checked.manifest, options, subject));

    Extract extract{std::move(checked.manifest), std::move(checked.sha256), checked.authenticated, {}, {}};
    store::UntrustedExpectation expected;
    expected.applicationId = kApplicationId;
    expected.userVersion = kContractVersion;
    for (const auto& [name, digest] : extract.manifest.tables) expected.tables.push_back(name);
    const auto key = extract.manifest.keyMode == KeyMode::Sealed ? store::UntrustedKey::raw(secret)
                                                                 : store::UntrustedKey::passphrase(secret);
    FAIRLEAD_TRY(auto reader, named(store::UntrustedReader::open(copy.path(), key, expected, task), subject));
    FAIRLEAD_OK(checkSchema(reader.schema(), extract.manifest, subject));
    FAIRLEAD_OK(named(readTables(reader, extract, subject, task), subject));
    return extract;
}

}  // namespace fairlead::extract
