#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>

#include "core/base/descriptor.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/extract/contract.h"
#include "core/extract/extract.h"
#include "core/extract/file_key.h"
#include "core/extract/manifest_file.h"
#include "core/extract/row_check.h"
#include "core/extract/row_digest.h"
#include "core/store/database.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kRowsBetweenLooks = 1024;
constexpr std::size_t kLeastPassphraseBytes = 16;

/// Removes a file that did not become the final one.
class TemporaryFile {
public:
    explicit TemporaryFile(std::filesystem::path path) : m_path(std::move(path)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (m_path.empty()) return;
        ::unlink(m_path.c_str());
        ::unlink((m_path.string() + "-journal").c_str());
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Errors: Io.
    Status renameTo(const std::filesystem::path& target) {
        if (::rename(m_path.c_str(), target.c_str()) != 0) {
            return fail(ErrorCode::Io, target.filename().string(), std::strerror(errno));
        }
        m_path.clear();
        return {};
    }

private:
    std::filesystem::path m_path;
};

Status checkTarget(const std::filesystem::path& path) {
    const auto subject = path.filename().string();
    if (path.extension() != ".fxt") return fail(ErrorCode::InvalidArgument, subject, "the name does not end in .fxt");
    std::error_code ignored;
    for (const auto& each : {path, manifestPath(path)}) {
        if (std::filesystem::exists(std::filesystem::symlink_status(each, ignored))) {
            return fail(ErrorCode::AlreadyExists, each.filename().string());
        }
    }
    return {};
}

Status checkSealing(const Sealing& sealing, const std::string& subject) {
    const bool hasPassphrase = sealing.passphrase != nullptr;
    if (hasPassphrase == !sealing.units.empty()) {
        return fail(ErrorCode::InvalidArgument, subject, "either unit keys or a passphrase");
    }
    if (hasPassphrase && sealing.passphrase->size() < kLeastPassphraseBytes) {
        return fail(ErrorCode::WeakPassphrase, subject, fmt::format("fewer than {} characters", kLeastPassphraseBytes));
    }
    return {};
}

/// The tables that the file gets: persons always, the others when they have rows.
Result<std::vector<const TableDefinition*>> tablesToWrite(const record::ExtractRows& rows, const std::string& agency,
                                                          const std::string& subject) {
    std::vector<const TableDefinition*> tables;
    for (const auto& table : contractTables()) {
        if (rowCount(rows, table) == 0 && table.name != "person") continue;
        if (!mayHaveTable(agency, table.name)) {
            return fail(ErrorCode::InvalidArgument, subject,
                        fmt::format("agency {} does not supply table {}", agency, table.name));
        }
        tables.push_back(&table);
    }
    return tables;
}

void bindCells(store::Statement& insert, std::int64_t rowId, std::span<const Cell> cells) {
    insert.bind(1, rowId);
    int index = 2;
    for (const auto& cell : cells) {
        if (cell.storage == Cell::Storage::Integer) {
            insert.bind(index, cell.integer);
        } else if (cell.storage == Cell::Storage::Text) {
            insert.bind(index, cell.text);
        } else {
            insert.bindNull(index);
        }
        ++index;
    }
}

/// Writes, checks and digests one table in one pass; the caller's transaction keeps a refusal from leaving anything.
Result<TableDigest> writeTable(store::Database& database, const record::ExtractRows& rows, const TableDefinition& table,
                               RowProblems& problems, TaskContext& task) {
    FAIRLEAD_OK(database.execute(createStatement(table)));
    FAIRLEAD_TRY(auto insert, database.prepare(insertStatement(table)));
    const auto count = rowCount(rows, table);
    RowDigest digest;
    CellRow cells;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % kRowsBetweenLooks == 0 && task.cancelled()) return fail(ErrorCode::Cancelled);
        const auto rowId = static_cast<std::int64_t>(i) + 1;
        cellsOf(rows, table, i, cells);
        checkRow(table, rowId, cells.cells(), problems);
        if (!problems.isEmpty()) continue;  // goes on only to list what else is wrong
        digest.add(rowId, cells.cells());
        bindCells(insert, rowId, cells.cells());
        FAIRLEAD_OK(insert.run());
        task.advance(1);
    }
    return digest.finish();
}

Status writeDatabase(store::Database& database, const record::ExtractRows& rows,
                     const std::vector<const TableDefinition*>& tables, Manifest& manifest, TaskContext& task) {
    std::uint64_t total = 0;
    for (const auto* table : tables) total += rowCount(rows, *table);
    task.begin(Phase::Writing, total);
    FAIRLEAD_OK(database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId)));
    FAIRLEAD_OK(database.setUserVersion(kContractVersion));
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(database));
    RowProblems problems;
    manifest.tables.clear();
    for (const auto* table : tables) {
        FAIRLEAD_TRY(manifest.tables[std::string(table->name)], writeTable(database, rows, *table, problems, task));
    }
    if (!problems.isEmpty()) return fail(ErrorCode::InvalidArgument, manifest.dataset, problems.summary());
    return transaction.commit();
}

/// Size and hash of the finished file, synced to disk.
Status measureFile(const std::filesystem::path& path, Manifest& manifest, TaskContext& task) {
    const auto subject = path.filename().string();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen() || ::fsync(file.get()) != 0) return failErrno(path, errno);
    crypto::Sha256 hash;
    std::vector<char> chunk(1U << 20U);
    manifest.fileBytes = 0;
    while (true) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled, subject);
        const auto got = readSome(file.get(), chunk.data(), chunk.size());
        if (got < 0) return failErrno(path, errno);
        if (got == 0) break;
        const std::string_view bytes(chunk.data(), static_cast<std::size_t>(got));
        // A proof that what lies on the disk is ciphertext, not an assumption about the library.
        if (manifest.fileBytes == 0 && bytes.starts_with("SQLite format 3")) {
            return fail(ErrorCode::Internal, subject, "the file was not encrypted");
        }
        hash.add(bytes);
        manifest.fileBytes += bytes.size();
    }
    manifest.fileSha256 = hex(hash.finish());
    return {};
}

Result<store::Database> createFile(const std::filesystem::path& path, const Sealing& sealing,
                                   const crypto::Secret& key) {
    if (sealing.passphrase != nullptr) return store::Database::createWithPassphrase(path, *sealing.passphrase);
    return store::Database::create(path, key);
}

void fillKeys(Manifest& manifest, const Sealing& sealing, const crypto::Secret& key) {
    manifest.keyMode = sealing.passphrase != nullptr ? KeyMode::Passphrase : KeyMode::Sealed;
    manifest.sealedKeys.clear();
    for (const auto& unit : sealing.units) {
        manifest.sealedKeys[crypto::fingerprint(unit)] = sealFileKey(key, manifest, unit);
    }
    manifest.signerFingerprint = sealing.signer != nullptr ? crypto::fingerprint(sealing.signer->publicKey) : "";
}

/// Both files get their names, the manifest last: an extract without one is refused by every reader.
Status publish(TemporaryFile& extract, TemporaryFile& manifest, const std::filesystem::path& path) {
    FAIRLEAD_OK(extract.renameTo(path));
    if (auto renamed = manifest.renameTo(manifestPath(path)); !renamed) {
        ::unlink(path.c_str());
        return renamed;
    }
    return syncFolder(path.parent_path());
}

}  // namespace

Result<Manifest> build(const record::ExtractRows& rows, Manifest draft, const Sealing& sealing,
                       const std::filesystem::path& path, TaskContext& task) {
    const auto subject = path.filename().string();
    FAIRLEAD_OK(checkTarget(path));
    FAIRLEAD_OK(checkSealing(sealing, subject));
    FAIRLEAD_TRY(const auto tables, tablesToWrite(rows, draft.agency, subject));
    const auto ending = ".new-" + hex(crypto::randomBytes(8));
    TemporaryFile extractFile(path.string() + ending);
    TemporaryFile manifestFile(manifestPath(path).string() + ending);
    const auto key = store::Database::newKey();
    {
        FAIRLEAD_TRY(auto database, createFile(extractFile.path(), sealing, key));
        FAIRLEAD_OK(writeDatabase(database, rows, tables, draft, task));
    }
    FAIRLEAD_OK(measureFile(extractFile.path(), draft, task));
    fillKeys(draft, sealing, key);
    if (auto checked = checkManifest(draft, subject); !checked) {
        return fail(ErrorCode::InvalidArgument, subject, "manifest: " + checked.error().detail);
    }
    FAIRLEAD_OK(writeFileAtomically(manifestFile.path(), manifestFileText(draft, sealing.signer)));
    FAIRLEAD_OK(publish(extractFile, manifestFile, path));
    return draft;
}

}  // namespace fairlead::extract
