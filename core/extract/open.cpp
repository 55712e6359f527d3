#include <algorithm>

#include <fmt/format.h>

#include "core/extract/contract.h"
#include "core/extract/extract.h"
#include "core/extract/file_key.h"
#include "core/extract/manifest_file.h"
#include "core/extract/reader_process.h"
#include "core/extract/row_intake.h"
#include "core/extract/staged_copy.h"

namespace fairlead::extract {

namespace {

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

/// Errors of reading name the private copy or nothing; people know the file by its own name.
template <typename T>
Result<T> named(Result<T> result, const std::string& subject) {
    if (!result) result.error().subject = subject;
    return result;
}

/// In a process of its own, or here when the caller has no program for one.
Result<std::optional<worker::Confinement>> readRows(const OpenOptions& options, const ReadOrder& order,
                                                    const crypto::Secret& secret, RowIntake& intake,
                                                    TaskContext& task) {
    if (options.reader) return readInOwnProcess(*options.reader, order, secret, intake, task);
    const TakeRow take = [&intake](std::size_t table, std::int64_t rowId, std::span<const Cell> cells) {
        return intake.add(table, rowId, cells);
    };
    FAIRLEAD_OK(readFile(order, secret, take, task));
    return std::nullopt;
}

ReadOrder orderFor(const Manifest& manifest, const StagedCopy& copy) {
    ReadOrder order;
    order.copy = copy.path();
    order.rawKey = manifest.keyMode == KeyMode::Sealed;
    order.agency = manifest.agency;
    const auto tables = contractTables();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (manifest.tables.contains(std::string(tables[i].name))) order.tables.push_back(i);
    }
    return order;
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

    Extract extract{std::move(checked.manifest), std::move(checked.sha256), checked.authenticated, {}, {}, {}};
    auto order = orderFor(extract.manifest, copy);
    order.deadline = options.deadline;
    RowIntake intake(extract, subject, task);
    FAIRLEAD_TRY(extract.reader, named(readRows(options, order, secret, intake, task), subject));
    FAIRLEAD_OK(intake.finish());
    return extract;
}

}  // namespace fairlead::extract
