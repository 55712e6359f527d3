#include "core/store/first_page.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace fairlead::store {

namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kVectorBytes = 16;
constexpr std::size_t kMacBytes = 64;
constexpr std::size_t kReserveBytes = kVectorBytes + kMacBytes;
constexpr std::size_t kVectorAt = kPageBytes - kReserveBytes;
constexpr int kKeyRounds = 256'000;
constexpr int kMacKeyRounds = 2;
constexpr unsigned char kMacSaltMask = 0x3a;
/// Bytes 16 to 23 of a header: page size, written and read without a write-ahead log, reserve, the three fractions.
constexpr std::array<unsigned char, 8> kFixed = {0x10, 0x00, 1, 1, kReserveBytes, 64, 32, 32};
/// From the end of the salt to behind the schema format; whole blocks of the cipher.
constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kSchemaFormatAt = 44;
constexpr unsigned kNewestSchemaFormat = 4;

using Page = std::array<unsigned char, kPageBytes>;

Result<Page> readFirstPage(const std::filesystem::path& path) {
    Page page{};
    std::ifstream in(path, std::ios::binary);
    in.read(reinterpret_cast<char*>(page.data()), static_cast<std::streamsize>(page.size()));
    if (in.gcount() == static_cast<std::streamsize>(page.size())) return page;
    return fail(ErrorCode::Io, path.filename().string(), "its first page cannot be read");
}

/// PBKDF2-HMAC-SHA512 into locked memory.
Result<crypto::Secret> derived(std::string_view from, const std::array<unsigned char, kSaltBytes>& salt, int rounds) {
    crypto::Secret key(kKeyBytes);
    const int done =
        PKCS5_PBKDF2_HMAC(from.data(), static_cast<int>(from.size()), salt.data(), static_cast<int>(salt.size()),
                          rounds, EVP_sha512(), static_cast<int>(key.size()), key.data());
    if (done != 1) return fail(ErrorCode::Internal, "cipher library", "a key cannot be derived");
    return key;
}

/// Over everything behind the salt up to the vector, and the page's number.
Result<bool> isAuthentic(const Page& page, const crypto::Secret& key) {
    std::array<unsigned char, kSaltBytes> salt{};
    std::ranges::transform(key.view().substr(kKeyBytes), salt.begin(), [](char c) {
        return static_cast<unsigned char>(static_cast<unsigned char>(c) ^ kMacSaltMask);
    });
    FAIRLEAD_TRY(const auto macKey, derived(key.view().substr(0, kKeyBytes), salt, kMacKeyRounds));
    std::string message(reinterpret_cast<const char*>(page.data()) + kSaltBytes, kVectorAt + kVectorBytes - kSaltBytes);
    message += std::string_view("\x01\0\0\0", 4);
    std::array<unsigned char, kMacBytes> mac{};
    unsigned size = 0;
    const auto* done = HMAC(EVP_sha512(), macKey.data(), static_cast<int>(macKey.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(), &size);
    if (done == nullptr || size != kMacBytes) return fail(ErrorCode::Internal, "cipher library", "no HMAC");
    const std::string_view computed(reinterpret_cast<const char*>(mac.data()), kMacBytes);
    return crypto::equalInConstantTime(
        computed, {reinterpret_cast<const char*>(page.data()) + kVectorAt + kVectorBytes, kMacBytes});
}

/// Bytes 16 to 47 of the header in the clear.
Result<std::array<unsigned char, kHeaderBytes>> headerOf(const Page& page, const crypto::Secret& key) {
    const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::array<unsigned char, kHeaderBytes> header{};
    int size = 0;
    const bool done =
        context != nullptr &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key.data(), page.data() + kVectorAt) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
        EVP_DecryptUpdate(context.get(), header.data(), &size, page.data() + kSaltBytes,
                          static_cast<int>(header.size())) == 1;
    if (!done || size != static_cast<int>(header.size())) {
        return fail(ErrorCode::Internal, "cipher library", "a page cannot be opened");
    }
    return header;
}

}  // namespace

Result<crypto::Secret> rawKeyFor(const std::filesystem::path& path, const crypto::Secret& passphrase) {
    FAIRLEAD_TRY(const auto page, readFirstPage(path));
    std::array<unsigned char, kSaltBytes> salt{};
    std::copy_n(page.begin(), kSaltBytes, salt.begin());
    FAIRLEAD_TRY(const auto key, derived(passphrase.view(), salt, kKeyRounds));
    crypto::Secret raw(kKeyBytes + kSaltBytes);
    std::ranges::copy(key.view(), raw.data());
    std::ranges::copy(salt, raw.data() + kKeyBytes);
    return raw;
}

Status checkFirstPage(const std::filesystem::path& path, const crypto::Secret& key, Origin origin) {
    const auto subject = path.filename().string();
    if (key.size() != kKeyBytes + kSaltBytes) return fail(ErrorCode::InvalidArgument, subject, "key size");
    FAIRLEAD_TRY(const auto page, readFirstPage(path));
    FAIRLEAD_TRY(const bool authentic, isAuthentic(page, key));
    if (!authentic) return fail(ErrorCode::WrongKey, subject, "the first page is not authentic under this key");
    FAIRLEAD_TRY(const auto header, headerOf(page, key));
    const auto refusal = origin == Origin::Ours ? ErrorCode::Corrupt : ErrorCode::ExtractSchema;
    if (!std::equal(kFixed.begin(), kFixed.end(), header.begin())) {
        return fail(refusal, subject, "its header names another size or version of pages");
    }
    const auto format = std::span(header).subspan(kSchemaFormatAt - kSaltBytes, 4);
    const unsigned oldest = origin == Origin::Ours ? 0 : 1;
    const bool isKnown =
        format[0] == 0 && format[1] == 0 && format[2] == 0 && format[3] >= oldest && format[3] <= kNewestSchemaFormat;
    if (!isKnown) return fail(refusal, subject, "its header names an unknown schema format");
    return {};
}

}  // namespace fairlead::store
