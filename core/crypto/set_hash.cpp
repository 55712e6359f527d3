#include "core/crypto/set_hash.h"

#include <bit>
#include <cstring>

#include "core/crypto/keys.h"
#include "core/crypto/sodium.h"

namespace fairlead::crypto {

static_assert(std::endian::native == std::endian::little, "lanes are kept and added as they lie in memory");

namespace {

template <typename Lanes>
void expand(std::string_view string, Lanes& lanes) {
    initialise();
    std::array<unsigned char, crypto_stream_chacha20_KEYBYTES> key{};
    crypto_generichash(key.data(), key.size(), bytesOf(string), string.size(), nullptr, 0);
    constexpr std::array<unsigned char, crypto_stream_chacha20_NONCEBYTES> kNonce{};
    crypto_stream_chacha20(reinterpret_cast<unsigned char*>(lanes.data()), sizeof lanes, kNonce.data(), key.data());
}

}  // namespace

bool SetHash::restore(std::string_view bytes) {
    m_lanes = {};
    if (bytes.size() != sizeof m_lanes) return false;
    std::memcpy(m_lanes.data(), bytes.data(), bytes.size());
    return true;
}

std::string SetHash::bytes() const { return {reinterpret_cast<const char*>(m_lanes.data()), sizeof m_lanes}; }

void SetHash::add(std::string_view string) {
    std::array<std::uint16_t, kLanes> lanes{};
    expand(string, lanes);
    for (std::size_t i = 0; i < kLanes; ++i) m_lanes[i] = static_cast<std::uint16_t>(m_lanes[i] + lanes[i]);
}

void SetHash::remove(std::string_view string) {
    std::array<std::uint16_t, kLanes> lanes{};
    expand(string, lanes);
    for (std::size_t i = 0; i < kLanes; ++i) m_lanes[i] = static_cast<std::uint16_t>(m_lanes[i] - lanes[i]);
}

std::string SetHash::digest() const { return sha256(bytes()); }

}  // namespace fairlead::crypto
