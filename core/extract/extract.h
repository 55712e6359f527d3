// Building and opening sealed extracts: NAME.fxt (SQLCipher 4) with NAME.fxm (signed manifest) beside it.
// Opening follows the fifteen steps of resources/docs/extract-contract.md; nothing of a refused file is used.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/extract/manifest.h"
#include "core/record/rows.h"
#include "core/worker/child_process.h"
#include "core/worker/confinement.h"

namespace fairlead::extract {

/// How a new extract is sealed.
struct Sealing {
    std::vector<crypto::SealPublicKey> units;     ///< Who may open it; empty with a passphrase.
    const crypto::SignKeyPair* signer = nullptr;  ///< The agency's signing key; null = unsigned.
    const crypto::Secret* passphrase = nullptr;   ///< Set = passphrase mode.
};

/// Writes NAME.fxt and NAME.fxm (both complete, or neither). `draft` gives every field that does not follow
/// from the rows; the written manifest is returned. `path` ends in .fxt.
/// Errors: AlreadyExists, Io, DiskFull, InvalidArgument (a row that the contract does not allow, with table and row).
Result<Manifest> build(const record::ExtractRows& rows, Manifest draft, const Sealing& sealing,
                       const std::filesystem::path& path, TaskContext& task);

/// An agency that we trust, and what it signs with. A key speaks for its own agency only.
struct TrustedAgency {
    std::string agency;  ///< As manifests name it: "police".
    crypto::SignPublicKey key;
};

/// What opening checks against.
struct OpenOptions {
    Date today;                                    ///< For retention and gateways.
    std::filesystem::path staging;                 ///< A folder of mode 0700 that belongs to us.
    const crypto::SealKeyPair* unit = nullptr;     ///< Opens sealed keys.
    const crypto::Secret* passphrase = nullptr;    ///< Opens passphrase mode.
    std::map<std::string, TrustedAgency> trusted;  ///< By fingerprint of the key.
    bool allowUnsigned = false;                    ///< Policy; provenance then says "not authenticated".
    std::vector<std::string> gatewaysInForce;      ///< Gateway ids in force today.
    /// The program that reads the file in a process of its own (reader_process.h); empty = this process does, as tests
    /// and the supplier of an extract may.
    std::optional<worker::WorkerProgram> reader;
    std::chrono::milliseconds deadline = std::chrono::minutes(10);  ///< For reading the file, by the clock on the wall.
};

/// A verified extract: its manifest and its rows, with the rowid of each row for "back to the source row".
struct Extract {
    Manifest manifest;
    std::string manifestSha256;
    bool authenticated = false;  ///< Signed by a trusted key.
    record::ExtractRows rows;
    std::map<std::string, std::vector<std::int64_t>> rowIds;  ///< Table -> rowid of each row, same order as rows.
    std::optional<worker::Confinement> reader;  ///< What the process that read it had given up; empty = this one did.
};

/// Reads the manifest alone and checks its signature; opens no data. Errors: ManifestMissing, ManifestInvalid,
/// SignerUnknown, SignatureInvalid, ManifestUnsigned.
Result<Manifest> readManifest(const std::filesystem::path& path, const OpenOptions& options);

/// All fifteen steps. Errors: every Extract*, Manifest*, Signer*, HashMismatch, RowCountMismatch,
/// RetentionExpired, GatewayNotInForce, WrongKey, Cancelled. Nothing is left in staging, whatever happens.
Result<Extract> open(const std::filesystem::path& path, const OpenOptions& options, TaskContext& task);

}  // namespace fairlead::extract
