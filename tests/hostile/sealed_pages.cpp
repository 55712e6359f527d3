#include "tests/hostile/sealed_pages.h"

#include <array>
#include <cstdint>
#include <memory>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/check.h"

namespace fairlead::hostile {

namespace {

constexpr std::size_t kVectorBytes = 16;
constexpr std::size_t kMacBytes = 64;
constexpr int kMacKeyRounds = 2;
constexpr unsigned char kMacSaltMask = 0x3a;

const unsigned char* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytesOf(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// AES-256-CBC without padding, one way or the other.
std::string turned(std::string_view key, std::string_view vector, std::string_view text, bool encrypting) {
    const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string out(text.size(), '\0');
    int size = 0;
    const bool done =
        EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, bytesOf(key), bytesOf(vector),
                          encrypting ? 1 : 0) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
        EVP_CipherUpdate(context.get(), bytesOf(out), &size, bytesOf(text), static_cast<int>(text.size())) == 1;
    FAIRLEAD_CHECK(done && static_cast<std::size_t>(size) == text.size());
    return out;
}

/// Over what is encrypted, the vector, and the page's number.
std::string macOf(std::string_view key, std::string_view sealedPart, std::size_t number) {
    std::string message(sealedPart);
    for (unsigned i = 0; i < 4; ++i) message += static_cast<char>((number >> (8 * i)) & 0xFFU);
    std::string mac(kMacBytes, '\0');
    unsigned size = 0;
    const auto* done = HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()), bytesOf(message), message.size(),
                            bytesOf(mac), &size);
    FAIRLEAD_CHECK(done != nullptr && size == kMacBytes);
    return mac;
}

std::size_t startOf(std::size_t number) { return number == 1 ? kSaltBytes : 0; }

}  // namespace

PageCipher::PageCipher(std::string_view keyAndSalt)
    : m_key(keyAndSalt.substr(0, 32)), m_salt(keyAndSalt.substr(32)), m_macKey(32, '\0') {
    FAIRLEAD_CHECK(keyAndSalt.size() == 32 + kSaltBytes);
    std::string salt = m_salt;
    for (auto& c : salt) c = static_cast<char>(static_cast<unsigned char>(c) ^ kMacSaltMask);
    const int done =
        PKCS5_PBKDF2_HMAC(m_key.data(), static_cast<int>(m_key.size()), bytesOf(salt), static_cast<int>(salt.size()),
                          kMacKeyRounds, EVP_sha512(), static_cast<int>(m_macKey.size()), bytesOf(m_macKey));
    FAIRLEAD_CHECK(done == 1);
}

Pages PageCipher::opened(std::string_view file) const {
    FAIRLEAD_CHECK(file.size() % kPageBytes == 0);
    Pages pages;
    for (std::size_t at = 0; at < file.size(); at += kPageBytes) {
        const auto page = file.substr(at, kPageBytes);
        const auto number = pages.size() + 1;
        const auto start = startOf(number);
        const auto vector = page.substr(kUsableBytes, kVectorBytes);
        const auto sealedPart = page.substr(start, kUsableBytes + kVectorBytes - start);
        FAIRLEAD_CHECK(macOf(m_macKey, sealedPart, number) == page.substr(kUsableBytes + kVectorBytes));
        std::string plain = number == 1 ? std::string("SQLite format 3\0", kSaltBytes) : std::string();
        plain += turned(m_key, vector, page.substr(start, kUsableBytes - start), false);
        plain.resize(kPageBytes, '\0');
        pages.push_back(std::move(plain));
    }
    return pages;
}

std::string PageCipher::sealed(std::string_view page, std::size_t number) const {
    const auto start = startOf(number);
    // The vector need not be random here; that it differs from page to page is enough to look like one.
    const auto vector = crypto::sha256(page).substr(0, kVectorBytes);
    std::string part = turned(m_key, vector, page.substr(start, kUsableBytes - start), true) + vector;
    part += macOf(m_macKey, part, number);
    return number == 1 ? m_salt + part : part;
}

std::string PageCipher::sealed(const Pages& pages) const {
    std::string file;
    for (const auto& page : pages) file += sealed(page, file.size() / kPageBytes + 1);
    return file;
}

}  // namespace fairlead::hostile
