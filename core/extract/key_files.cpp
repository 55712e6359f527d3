#include "core/extract/key_files.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/text.h"

namespace fairlead::extract {

namespace {

constexpr std::string_view kSealPublic = "FAIRLEAD SEAL PUBLIC KEY";
constexpr std::string_view kSignPublic = "FAIRLEAD SIGN PUBLIC KEY";
constexpr std::string_view kSealPair = "FAIRLEAD SEAL SECRET KEY";
constexpr std::string_view kSignPair = "FAIRLEAD SIGN SECRET KEY";
constexpr std::size_t kPublicBytes = 32;
constexpr std::size_t kSealSecretBytes = 32;
constexpr std::size_t kSignSecretBytes = 64;
constexpr std::uintmax_t kMostFileBytes = 16U << 10U;
constexpr std::string_view kProbe = "probe";

/// Overwrites text that held a secret; the barrier keeps the compiler from dropping the loop.
void wipe(std::string& text) {
    volatile char* bytes = text.data();
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
    text.clear();
}

void appendBlock(std::string& out, std::string_view title, std::string_view bytes) {
    auto encoded = crypto::base64(bytes);
    out += fmt::format("-----BEGIN {}-----\n", title);
    out += encoded;
    out += fmt::format("\n-----END {}-----\n", title);
    wipe(encoded);
}

template <typename Key>
std::string_view viewOf(const Key& key) {
    return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

using Blocks = std::map<std::string, std::string, std::less<>>;

/// Title -> base64 of every block; lines outside of blocks are remarks.
Result<Blocks> blocksOf(std::string_view text, const std::string& subject) {
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kEnd = "-----END ";
    constexpr std::string_view kDashes = "-----";
    Blocks blocks;
    std::string title;
    for (auto line : split(text, '\n')) {
        line = trimmed(line);
        if (line.starts_with(kBegin) && line.ends_with(kDashes)) {
            if (!title.empty()) return fail(ErrorCode::ParseError, subject, "a block does not end");
            title = line.substr(kBegin.size(), line.size() - kBegin.size() - kDashes.size());
            if (blocks.contains(title)) return fail(ErrorCode::ParseError, subject, "two blocks " + title);
            blocks[title];
        } else if (line.starts_with(kEnd)) {
            if (title.empty()) return fail(ErrorCode::ParseError, subject, "a block does not begin");
            title.clear();
        } else if (!title.empty()) {
            blocks[title] += line;
        }
    }
    if (!title.empty()) return fail(ErrorCode::ParseError, subject, "a block does not end");
    return blocks;
}

/// The bytes of a block, empty when there is none.
Result<std::string> bytesOf(const Blocks& blocks, std::string_view title, std::size_t size,
                            const std::string& subject) {
    const auto found = blocks.find(title);
    if (found == blocks.end()) return std::string();
    auto bytes = crypto::fromBase64(found->second);
    if (!bytes || bytes->size() != size)
        return fail(ErrorCode::ParseError, subject, fmt::format("block {}: not {} bytes in base64", title, size));
    return bytes;
}

template <typename Key>
void copyInto(Key& key, std::string_view bytes) {
    std::memcpy(key.bytes.data(), bytes.data(), key.bytes.size());
}

template <typename Pair>
Pair pairOf(std::string_view bytes) {
    Pair pair;
    copyInto(pair.publicKey, bytes.substr(0, kPublicBytes));
    pair.secretKey = crypto::Secret::copyOf(bytes.substr(kPublicBytes));
    return pair;
}

Result<KeyPairs> pairsOf(const Blocks& blocks, const std::string& subject) {
    KeyPairs keys;
    FAIRLEAD_TRY(auto seal, bytesOf(blocks, kSealPair, kPublicBytes + kSealSecretBytes, subject));
    FAIRLEAD_TRY(auto sign, bytesOf(blocks, kSignPair, kPublicBytes + kSignSecretBytes, subject));
    if (!seal.empty()) keys.seal = pairOf<crypto::SealKeyPair>(seal);
    if (!sign.empty()) keys.sign = pairOf<crypto::SignKeyPair>(sign);
    wipe(seal);
    wipe(sign);
    if (keys.seal && !crypto::unseal(crypto::seal(kProbe, keys.seal->publicKey), *keys.seal)) {
        return fail(ErrorCode::ParseError, subject, "the halves of the seal key do not belong together");
    }
    if (keys.sign && !crypto::verify(kProbe, crypto::sign(kProbe, *keys.sign), keys.sign->publicKey)) {
        return fail(ErrorCode::ParseError, subject, "the halves of the sign key do not belong together");
    }
    if (!keys.seal && !keys.sign) return fail(ErrorCode::ParseError, subject, "no secret key in it");
    return keys;
}

}  // namespace

PublicKeys KeyPairs::publicKeys() const {
    PublicKeys keys;
    if (seal) keys.seal = seal->publicKey;
    if (sign) keys.sign = sign->publicKey;
    return keys;
}

Status writePublicKeys(const std::filesystem::path& path, const PublicKeys& keys) {
    std::string text;
    if (keys.seal) appendBlock(text, kSealPublic, viewOf(*keys.seal));
    if (keys.sign) appendBlock(text, kSignPublic, viewOf(*keys.sign));
    if (text.empty()) return fail(ErrorCode::InvalidArgument, path.filename().string(), "no key to write");
    return writeFileAtomically(path, text);
}

Result<PublicKeys> readPublicKeys(const std::filesystem::path& path) {
    const auto subject = path.filename().string();
    FAIRLEAD_TRY(const auto text, readFile(path, kMostFileBytes));
    FAIRLEAD_TRY(const auto blocks, blocksOf(text, subject));
    if (blocks.contains(kSealPair) || blocks.contains(kSignPair)) {
        return fail(ErrorCode::ParseError, subject, "holds a secret key: not a file to hand out");
    }
    PublicKeys keys;
    FAIRLEAD_TRY(const auto seal, bytesOf(blocks, kSealPublic, kPublicBytes, subject));
    FAIRLEAD_TRY(const auto sign, bytesOf(blocks, kSignPublic, kPublicBytes, subject));
    if (!seal.empty()) copyInto(keys.seal.emplace(), seal);
    if (!sign.empty()) copyInto(keys.sign.emplace(), sign);
    if (!keys.seal && !keys.sign) return fail(ErrorCode::ParseError, subject, "no public key in it");
    return keys;
}

Status writeKeyPairs(const std::filesystem::path& path, const KeyPairs& keys) {
    const auto subject = path.filename().string();
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
        return fail(ErrorCode::AlreadyExists, subject);
    std::string text;
    const auto append = [&](std::string_view title, std::string_view publicHalf, const crypto::Secret& secret) {
        auto bytes = std::string(publicHalf) + std::string(secret.view());
        appendBlock(text, title, bytes);
        wipe(bytes);
    };
    if (keys.seal) append(kSealPair, viewOf(keys.seal->publicKey), keys.seal->secretKey);
    if (keys.sign) append(kSignPair, viewOf(keys.sign->publicKey), keys.sign->secretKey);
    if (text.empty()) return fail(ErrorCode::InvalidArgument, subject, "no key to write");
    auto written = writeFileAtomically(path, text);
    wipe(text);
    return written;
}

Result<KeyPairs> readKeyPairs(const std::filesystem::path& path) {
    const auto subject = path.filename().string();
    std::error_code ignored;
    using std::filesystem::perms;
    const auto mode = std::filesystem::status(path, ignored).permissions();
    FAIRLEAD_TRY(auto text, readFile(path, kMostFileBytes));
    if ((mode & (perms::group_all | perms::others_all)) != perms::none) {
        wipe(text);
        return fail(ErrorCode::InvalidArgument, subject, "others may read it: set its mode to 0600");
    }
    auto blocks = blocksOf(text, subject);
    wipe(text);
    if (!blocks) return fail(std::move(blocks).error());
    auto keys = pairsOf(*blocks, subject);
    for (auto& [title, encoded] : *blocks) wipe(encoded);
    return keys;
}

}  // namespace fairlead::extract
