#include "core/extract/manifest_file.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::extract {

namespace {

constexpr std::uintmax_t kMostManifestBytes = 1U << 20U;
constexpr std::string_view kSignatureWord = "signature ";

/// The two lines of a manifest file.
struct Lines {
    std::string_view json;
    std::string_view signature;  ///< After the word "signature"; empty when there is no such line.
};

Result<Lines> splitLines(std::string_view text, const std::string& subject) {
    const auto lineEnd = text.find('\n');
    if (lineEnd == std::string_view::npos)
        return fail(ErrorCode::ManifestInvalid, subject, "the first line does not end");
    Lines lines{text.substr(0, lineEnd), {}};
    auto rest = text.substr(lineEnd + 1);
    if (rest.empty()) return lines;
    const bool isWhole = rest.starts_with(kSignatureWord) && rest.ends_with('\n') && rest.find('\n') == rest.size() - 1;
    if (!isWhole) return fail(ErrorCode::ManifestInvalid, subject, "the second line is not a signature");
    rest.remove_prefix(kSignatureWord.size());
    rest.remove_suffix(1);
    lines.signature = rest;
    return lines;
}

Status checkSignature(const Lines& lines, const Manifest& manifest, const OpenOptions& options,
                      const std::string& subject) {
    const auto space = lines.signature.find(' ');
    if (space == std::string_view::npos)
        return fail(ErrorCode::ManifestInvalid, subject, "the second line is not a signature");
    const std::string signer(lines.signature.substr(0, space));
    if (signer != manifest.signerFingerprint) {
        return fail(ErrorCode::SignatureInvalid, subject, "signed by another key than the manifest names");
    }
    const auto known = options.trusted.find(signer);
    if (known == options.trusted.end()) return fail(ErrorCode::SignerUnknown, subject, "key " + signer);
    if (known->second.agency != manifest.agency) {
        return fail(ErrorCode::SignerUnknown, subject,
                    fmt::format("key {} is that of {}", signer, known->second.agency));
    }
    const auto bytes = crypto::fromBase64(lines.signature.substr(space + 1));
    if (!bytes || !crypto::verify(lines.json, *bytes, known->second.key)) {
        return fail(ErrorCode::SignatureInvalid, subject, "key " + signer);
    }
    return {};
}

}  // namespace

std::filesystem::path manifestPath(const std::filesystem::path& extractPath) {
    auto path = extractPath;
    return path.replace_extension(".fxm");
}

std::string manifestFileText(const Manifest& manifest, const crypto::SignKeyPair* signer) {
    const bool fits = signer == nullptr ? manifest.signerFingerprint.empty()
                                        : manifest.signerFingerprint == crypto::fingerprint(signer->publicKey);
    FAIRLEAD_CHECK(fits);
    const auto json = canonicalJson(manifest);
    if (signer == nullptr) return json + "\n";
    return fmt::format("{}\n{}{} {}\n", json, kSignatureWord, manifest.signerFingerprint,
                       crypto::base64(crypto::sign(json, *signer)));
}

Result<CheckedManifest> readManifestFile(const std::filesystem::path& extractPath, const OpenOptions& options) {
    const auto path = manifestPath(extractPath);
    const auto subject = path.filename().string();
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    if (!std::filesystem::exists(status))
        return fail(ErrorCode::ManifestMissing, subject, "beside " + extractPath.filename().string());
    if (!std::filesystem::is_regular_file(status))
        return fail(ErrorCode::ManifestInvalid, subject, "not a regular file");
    auto text = readFile(path, kMostManifestBytes);
    if (!text && text.error().code == ErrorCode::InvalidArgument) {
        return fail(ErrorCode::ManifestInvalid, subject, "larger than a manifest can be");
    }
    if (!text) return fail(std::move(text).error());
    FAIRLEAD_TRY(const auto lines, splitLines(*text, subject));
    CheckedManifest checked;
    FAIRLEAD_TRY(checked.manifest, parseManifest(lines.json, subject));
    FAIRLEAD_OK(checkManifest(checked.manifest, subject));
    checked.sha256 = hex(crypto::sha256(lines.json));
    if (!lines.signature.empty()) {
        FAIRLEAD_OK(checkSignature(lines, checked.manifest, options, subject));
        checked.authenticated = true;
        return checked;
    }
    if (!checked.manifest.signerFingerprint.empty()) {
        return fail(ErrorCode::SignatureInvalid, subject,
                    "the signature of key " + checked.manifest.signerFingerprint + " is missing");
    }
    if (!options.allowUnsigned) return fail(ErrorCode::ManifestUnsigned, subject);
    return checked;
}

Result<Manifest> readManifest(const std::filesystem::path& path, const OpenOptions& options) {
    FAIRLEAD_TRY(auto checked, readManifestFile(path, options));
    return std::move(checked.manifest);
}

}  // namespace fairlead::extract
