#include "core/base/check.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"
#include "core/crypto/sodium.h"

namespace fairlead::crypto {

namespace {

std::string fingerprintOf(const std::array<unsigned char, 32>& key) {
    const auto digest = sha256({reinterpret_cast<const char*>(key.data()), key.size()});
    return hex(std::string_view(digest).substr(0, 16));
}

}  // namespace

struct Sha256::State {
    crypto_hash_sha256_state hash;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    initialise();
    crypto_hash_sha256_init(&m_state->hash);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    FAIRLEAD_CHECK(m_state != nullptr);
    crypto_hash_sha256_update(&m_state->hash, bytesOf(bytes), bytes.size());
}

std::string Sha256::finish() {
    FAIRLEAD_CHECK(m_state != nullptr);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&m_state->hash, digest.data());
    m_state.reset();
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string mac(std::string_view message, const Secret& key) {
    initialise();
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(message), message.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> tag{};
    crypto_auth_hmacsha256_final(&state, tag.data());
    sodium_memzero(&state, sizeof state);
    return {reinterpret_cast<const char*>(tag.data()), tag.size()};
}

std::string fingerprint(const SealPublicKey& key) { return fingerprintOf(key.bytes); }
std::string fingerprint(const SignPublicKey& key) { return fingerprintOf(key.bytes); }

std::string base64(std::string_view bytes) {
    constexpr auto kVariant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytesOf(bytes), bytes.size(), kVariant);
    text.pop_back();  // the terminating zero that libsodium writes
    return text;
}

Result<std::string> fromBase64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    // No end pointer: libsodium then refuses anything after the last character, blanks included.
    const auto status = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                          text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (status != 0) return fail(ErrorCode::ParseError, {}, "not base64");
    bytes.resize(size);
    return bytes;
}

}  // namespace fairlead::crypto
