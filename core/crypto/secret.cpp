#include <cstring>

#include "core/base/check.h"
#include "core/crypto/keys.h"
#include "core/crypto/sodium.h"

namespace fairlead::crypto {

void initialise() {
    // sodium_init() is idempotent and thread-safe; it fails only when the system has no randomness.
    FAIRLEAD_CHECK(sodium_init() >= 0);
}

void Secret::Free::operator()(unsigned char* bytes) const { sodium_free(bytes); }

Secret::Secret(std::size_t size) : m_size(size) {
    initialise();
    if (size == 0) return;
    m_bytes.reset(static_cast<unsigned char*>(sodium_malloc(size)));
    if (m_bytes == nullptr) throw std::bad_alloc();  // as every container does
    sodium_memzero(m_bytes.get(), size);
}

Secret::Secret(Secret&& other) noexcept : m_bytes(std::move(other.m_bytes)), m_size(std::exchange(other.m_size, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    m_bytes = std::move(other.m_bytes);
    m_size = std::exchange(other.m_size, 0);
    return *this;
}

Secret Secret::copyOf(std::string_view bytes) {
    Secret secret(bytes.size());
    if (!bytes.empty()) std::memcpy(secret.data(), bytes.data(), bytes.size());
    return secret;
}

Secret Secret::random(std::size_t size) {
    Secret secret(size);
    if (size > 0) randombytes_buf(secret.data(), size);
    return secret;
}

Secret hexOf(const Secret& secret) {
    Secret withZero(2 * secret.size() + 1);
    sodium_bin2hex(reinterpret_cast<char*>(withZero.data()), withZero.size(), secret.data(), secret.size());
    return Secret::copyOf(withZero.view().substr(0, 2 * secret.size()));
}

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.capacity());
    text.clear();
}

bool equalInConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string randomBytes(std::size_t size) {
    initialise();
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), size);
    return bytes;
}

}  // namespace fairlead::crypto
