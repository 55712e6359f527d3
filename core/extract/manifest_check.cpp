#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/extract/contract.h"
#include "core/extract/manifest.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kMostIdBytes = 64;
constexpr std::size_t kMostTextBytes = 500;
constexpr std::size_t kMostGapsBytes = 4000;
constexpr std::size_t kMostGateways = 32;

bool isId(std::string_view text) {
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= kMostIdBytes && isLower(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return isLower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

bool isHex(std::string_view text, std::size_t size) {
    return text.size() == size &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isPlainText(std::string_view text, std::size_t mostBytes) {
    return text.size() <= mostBytes && isValidUtf8(text) && !hasControlCharacters(text);
}

/// Empty when the ids are in their form, or the key that is not.
std::string_view wrongId(const Manifest& manifest) {
    if (!isAgency(manifest.agency)) return "agency";
    if (!isId(manifest.dataset)) return "dataset";
    if (manifest.sequence < 1) return "sequence";
    if (!isId(manifest.purpose)) return "purpose";
    if (manifest.regime != "uk_gdpr" && manifest.regime != "dpa_part_3") return "regime";
    if (manifest.gateways.empty() || manifest.gateways.size() > kMostGateways) return "gateways";
    if (!std::ranges::all_of(manifest.gateways, isId)) return "gateways";
    const auto& previous = manifest.previousManifestSha256;
    if (!previous.empty() && !isHex(previous, 64)) return "previous_manifest_sha256";
    if (!manifest.signerFingerprint.empty() && !isHex(manifest.signerFingerprint, 32)) return "signer";
    return {};
}

std::string_view wrongText(const Manifest& manifest) {
    if (!isPlainText(manifest.agreementRef, kMostTextBytes)) return "agreement_ref";
    if (!isPlainText(manifest.dpiaRef, kMostTextBytes)) return "dpia_ref";
    if (!isPlainText(manifest.lawfulBasis, kMostTextBytes)) return "lawful_basis";
    if (!isPlainText(manifest.contact, kMostTextBytes)) return "contact";
    if (!isPlainText(manifest.knownGaps, kMostGapsBytes)) return "known_gaps";
    return {};
}

std::string_view wrongDigest(const Manifest& manifest) {
    if (!isHex(manifest.fileSha256, 64)) return "file_sha256";
    if (manifest.tables.empty()) return "tables";
    for (const auto& [name, digest] : manifest.tables) {
        if (!mayHaveTable(manifest.agency, name) || digest.rows < 0 || !isHex(digest.sha256, 64)) return "tables";
    }
    const bool isSealed = manifest.keyMode == KeyMode::Sealed;
    if (isSealed == manifest.sealedKeys.empty()) return "sealed_keys";
    return {};
}

}  // namespace

Status checkManifest(const Manifest& manifest, std::string_view subject) {
    for (const auto key : {wrongId(manifest), wrongText(manifest), wrongDigest(manifest)}) {
        if (key.empty()) continue;
        return fail(ErrorCode::ManifestInvalid, std::string(subject),
                    fmt::format("key {}: a value that the contract does not allow", key));
    }
    if (manifest.periodUntil <= manifest.periodFrom) {
        return fail(ErrorCode::PeriodInvalid, std::string(subject), "period_until is not after period_from");
    }
    if (manifest.dataAsAt < manifest.periodFrom || manifest.extractedOn < manifest.periodFrom) {
        return fail(ErrorCode::PeriodInvalid, std::string(subject),
                    "data_as_at or extracted_on lies before period_from");
    }
    return {};
}

}  // namespace fairlead::extract
