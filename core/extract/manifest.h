// Manifest: who supplied an extract, for what purpose, under which gateway, for which period, until when it
// may be kept, and digests that bind it to its file. NAME.fxm beside NAME.fxt, canonical JSON, signed.
// The fields follow resources/docs/extract-contract.md.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"

namespace fairlead::extract {

/// How the file's key travels.
enum class KeyMode : std::uint8_t { Sealed, Passphrase };

/// What one table of the file holds.
struct TableDigest {
    std::int64_t rows = 0;
    std::string sha256;  ///< Over the canonical text of the rows in rowid order, lower-case hex.
};

/// Everything a manifest says.
struct Manifest {
    static constexpr std::string_view kContract = "fairlead-extract/1";

    std::string agency;                  ///< "police", "social_care", "early_help", "education", "health".
    std::string dataset;                 ///< "police_records", "school_roll" ... unique within the agency.
    std::int64_t sequence = 1;           ///< 1, 2, 3 ... of this agency and dataset.
    std::string previousManifestSha256;  ///< Empty for the first.
    Date periodFrom;                     ///< The facts cover [periodFrom, periodUntil).
    Date periodUntil;
    Date dataAsAt;  ///< Open statuses are known to hold until here.
    Date extractedOn;
    Date retainUntil;                   ///< May be used up to and including this day.
    std::string purpose;                ///< "safeguarding_review" ...
    std::string regime;                 ///< "uk_gdpr" or "dpa_part_3".
    std::vector<std::string> gateways;  ///< Gateway ids in force for this disclosure, at least one.
    std::string agreementRef;           ///< Data sharing agreement.
    std::string dpiaRef;
    std::string lawfulBasis;
    std::string contact;
    std::string knownGaps;
    bool onePersonPerRow = true;  ///< True: two personRefs of the dataset are never one person without a decision.
    std::map<std::string, TableDigest> tables;
    std::uint64_t fileBytes = 0;
    std::string fileSha256;
    KeyMode keyMode = KeyMode::Sealed;
    std::map<std::string, std::string> sealedKeys;  ///< Unit key fingerprint -> base64 sealed box of the file key.
    std::string signerFingerprint;                  ///< Of the agency's Ed25519 public key; empty = unsigned.

    /// Name for lists: "police police_records 3 (to 22/06/2026)".
    [[nodiscard]] std::string label() const;
};

/// Canonical JSON: keys sorted, no white space, no numbers but integers. The signature covers these bytes.
std::string canonicalJson(const Manifest& manifest);

/// SHA-256 of the canonical JSON, lower-case hex: what the next delivery's previousManifestSha256 says.
std::string manifestSha256(const Manifest& manifest);

/// Reads what canonicalJson wrote, and nothing else: unknown, missing or mistyped keys are errors.
/// Errors: ManifestInvalid with the key.
Result<Manifest> parseManifest(std::string_view text, std::string_view subject);

/// Whether what the manifest says makes sense by itself: known agency and regime, ids in their form, a period that
/// is one, at least one gateway, digests of tables that the agency may have.
/// Errors: ManifestInvalid with the key; PeriodInvalid.
Status checkManifest(const Manifest& manifest, std::string_view subject);

}  // namespace fairlead::extract
