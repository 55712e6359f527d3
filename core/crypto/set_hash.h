// A digest of a set of byte strings that is kept up as strings come and go, in any order.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::crypto {

/// LtHash with 1024 lanes of 16 bits (Bellare and Micciancio 1997; Lewi, Kim, Maykov and Weis 2019): every string is
/// expanded to the lanes (BLAKE2b-256, then ChaCha20 under that key), and lanes add up. Two sets with one sum are as
/// hard to find as short vectors of a lattice, also for somebody who knows everything. A string may be there twice.
class SetHash {
public:
    /// Of the empty set.
    SetHash() = default;
    /// From what bytes() gave. Other sizes give the empty set's and false.
    bool restore(std::string_view bytes);
    /// The lanes, little-endian: 2048 bytes.
    [[nodiscard]] std::string bytes() const;

    /// One more of this string.
    void add(std::string_view string);
    /// One less of this string. The set is what was added in the end; nothing checks that it was there.
    void remove(std::string_view string);
    /// SHA-256 of bytes(): 32 raw bytes.
    [[nodiscard]] std::string digest() const;

    friend bool operator==(const SetHash&, const SetHash&) = default;

private:
    static constexpr std::size_t kLanes = 1024;
    std::array<std::uint16_t, kLanes> m_lanes{};
};

}  // namespace fairlead::crypto
