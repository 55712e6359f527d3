#include "core/extract/file_key.h"

#include <cstring>

#include <fmt/format.h>

namespace fairlead::extract {

namespace {

std::string contextOf(const Manifest& manifest) {
    return fmt::format("\n{}\n{}\n{}\n{}\n", Manifest::kContract, manifest.agency, manifest.dataset, manifest.sequence);
}

}  // namespace

std::string sealFileKey(const crypto::Secret& key, const Manifest& manifest, const crypto::SealPublicKey& unit) {
    const auto context = contextOf(manifest);
    crypto::Secret plain(key.size() + context.size());
    std::memcpy(plain.data(), key.data(), key.size());
    std::memcpy(plain.data() + key.size(), context.data(), context.size());
    return crypto::base64(crypto::seal(plain.view(), unit));
}

Result<crypto::Secret> openFileKey(const Manifest& manifest, const crypto::SealKeyPair& unit,
                                   const std::string& subject) {
    const auto fingerprint = crypto::fingerprint(unit.publicKey);
    const auto found = manifest.sealedKeys.find(fingerprint);
    if (found == manifest.sealedKeys.end()) {
        return fail(ErrorCode::WrongKey, subject, "sealed for other units than " + fingerprint);
    }
    const auto box = crypto::fromBase64(found->second);
    if (!box) return fail(ErrorCode::ManifestInvalid, subject, "key sealed_keys: not base64");
    auto plain = crypto::unseal(*box, unit);
    if (!plain) return fail(ErrorCode::WrongKey, subject, "the sealed key does not open with unit key " + fingerprint);
    const bool isOurs = plain->size() > kFileKeyBytes && plain->view().substr(kFileKeyBytes) == contextOf(manifest);
    if (!isOurs) return fail(ErrorCode::ManifestInvalid, subject, "key sealed_keys: sealed for another delivery");
    return crypto::Secret::copyOf(plain->view().substr(0, kFileKeyBytes));
}

}  // namespace fairlead::extract
