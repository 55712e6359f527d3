// Random: the demo's own generator and distributions, the same on every compiler and processor: whole
// numbers only, no floating point, nothing of <random>. Generator: xoshiro256** (Blackman and Vigna, public
// domain), seeded by splitmix64. Not for secrets.

#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "core/base/date.h"

namespace fairlead::demo {

/// A stream of numbers. Every family, person and record has a stream of its own, so that a change in how one
/// is made does not disturb the others.
class Random {
public:
    /// The stream of a purpose and up to two numbers under one seed.
    Random(std::uint64_t seed, std::string_view purpose, std::uint64_t first = 0, std::uint64_t second = 0);

    /// 64 fresh bits.
    std::uint64_t next();
    /// A number in [0, bound). REQUIRES: 0 < bound <= 2^32.
    std::uint32_t below(std::uint64_t bound);
    /// A number in [low, high], both ends included. REQUIRES: low <= high.
    int between(int low, int high);
    /// As `between`, the middle more often than the ends: the mean of two draws.
    int around(int low, int high);
    /// A day in [first, last].
    Date day(Date first, Date last);
    /// True `perMillion` times in a million.
    bool chance(std::int64_t perMillion);
    /// The position of a weight, in proportion to the weights. REQUIRES: their sum is positive.
    std::size_t weighted(std::span<const std::uint32_t> weights);
    /// As above for a list.
    std::size_t weighted(std::initializer_list<std::uint32_t> weights);

private:
    std::array<std::uint64_t, 4> m_state{};
};

/// A well mixed 64-bit value of the number (splitmix64's finaliser).
std::uint64_t mixed(std::uint64_t value);

}  // namespace fairlead::demo
