// NAME.fxm: two lines of text. The manifest in canonical JSON, and, when it is signed,
// `signature FINGERPRINT BASE64` over the bytes of the first line.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "core/extract/extract.h"
#include "core/extract/manifest.h"

namespace fairlead::extract {

/// The manifest that belongs to an extract: the same name, ending in .fxm.
std::filesystem::path manifestPath(const std::filesystem::path& extractPath);

/// The text of a manifest file; `signer` null = unsigned. REQUIRES: manifest.signerFingerprint fits the signer.
std::string manifestFileText(const Manifest& manifest, const crypto::SignKeyPair* signer);

/// A manifest that was read, and what its signature is worth.
struct CheckedManifest {
    Manifest manifest;
    std::string sha256;          ///< Of its canonical JSON, lower-case hex.
    bool authenticated = false;  ///< Signed by a key in options.trusted.
};

/// Reads the manifest of an extract and checks form and signature. Retention and gateways are not looked at.
/// Errors: ManifestMissing, ManifestInvalid, PeriodInvalid, ManifestUnsigned, SignerUnknown, SignatureInvalid, Io.
Result<CheckedManifest> readManifestFile(const std::filesystem::path& extractPath, const OpenOptions& options);

}  // namespace fairlead::extract
