#include "core/workspace/intake_keys.h"

#include <algorithm>
#include <vector>

#include "core/base/folder.h"
#include "core/extract/key_files.h"

namespace fairlead::workspace {

namespace {

template <typename Key>
std::string_view bytesOf(const Key& key) {
    return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

template <typename Key>
Key keyOf(std::string_view bytes) {
    Key key;
    std::ranges::copy_n(bytes.begin(), static_cast<std::ptrdiff_t>(std::min(bytes.size(), key.bytes.size())),
                        key.bytes.begin());
    return key;
}

Result<std::vector<std::filesystem::path>> publicKeyFiles(const std::filesystem::path& folder) {
    const auto names = namesIn(folder);
    if (!names) return fail(ErrorCode::NotFound, folder.filename().string(), names.error().detail);
    std::vector<std::filesystem::path> files;
    for (const std::string& name : *names)
        if (name.ends_with(".pub") && name != "unit.pub") files.push_back(folder / name);
    return files;
}

}  // namespace

Result<IntakeKeys> readKeysFolder(const std::filesystem::path& folder) {
    IntakeKeys keys;
    if (folder.empty()) return keys;
    FAIRLEAD_TRY(const auto files, publicKeyFiles(folder));
    for (const auto& file : files) {
        FAIRLEAD_TRY(const auto found, extract::readPublicKeys(file));
        // police.pub and, after a change of keys, police.2027.pub are both the police's.
        const auto name = file.filename().string();
        if (found.sign) keys.agencies[crypto::fingerprint(*found.sign)] = {name.substr(0, name.find('.')), *found.sign};
    }
    const auto own = folder / "unit.key";
    if (std::filesystem::exists(own)) {
        FAIRLEAD_TRY(auto pairs, extract::readKeyPairs(own));
        if (pairs.seal) keys.unit = std::move(pairs.seal);
    }
    return keys;
}

Status writeIntakeKeys(store::Database& identity, const IntakeKeys& keys) {
    FAIRLEAD_TRY(auto insert, identity.prepare("INSERT INTO intake_key VALUES (?1, ?2, ?3, ?4, ?5) "
                                               "ON CONFLICT (fingerprint) DO NOTHING"));
    for (const auto& [fingerprint, agency] : keys.agencies) {
        insert.bind(1, std::string_view(fingerprint)).bind(2, "agency").bind(3, std::string_view(agency.agency));
        FAIRLEAD_OK(insert.bindBlob(4, bytesOf(agency.key)).bindNull(5).run());
    }
    if (!keys.unit) return {};
    const std::string fingerprint = crypto::fingerprint(keys.unit->publicKey);
    insert.bind(1, std::string_view(fingerprint))
        .bind(2, "unit")
        .bind(3, "unit")
        .bindBlob(4, bytesOf(keys.unit->publicKey));
    return insert.bindBlob(5, keys.unit->secretKey.view()).run();
}

Result<IntakeKeys> readIntakeKeys(store::Database& identity) {
    IntakeKeys keys;
    FAIRLEAD_TRY(auto query,
                 identity.prepare("SELECT fingerprint, role, label, public_key, secret_key FROM intake_key"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return keys;
        if (query.text(1) == "agency") {
            keys.agencies[std::string(query.text(0))] = {std::string(query.text(2)),
                                                         keyOf<crypto::SignPublicKey>(query.blob(3))};
        } else {
            keys.unit.emplace();
            keys.unit->publicKey = keyOf<crypto::SealPublicKey>(query.blob(3));
            keys.unit->secretKey = crypto::Secret::copyOf(query.blob(4));
        }
    }
}

}  // namespace fairlead::workspace
