#include "core/demo/random.h"

#include <bit>

#include "core/base/check.h"

namespace fairlead::demo {

namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

}  // namespace

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t first, std::uint64_t second) {
    std::uint64_t key = mixed(seed + kGolden);
    for (const char c : purpose) key = mixed(key ^ static_cast<unsigned char>(c)) + kGolden;
    key = mixed(key ^ mixed(first + kGolden)) + kGolden;
    key = mixed(key ^ mixed(second + 2 * kGolden));
    for (auto& word : m_state) {
        key += kGolden;
        word = mixed(key);
    }
}

std::uint64_t Random::next() {
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t shifted = m_state[1] << 17U;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

std::uint32_t Random::below(std::uint64_t bound) {
    FAIRLEAD_CHECK(bound > 0 && bound <= (1ULL << 32U));
    // Multiply and shift: the bias (bound / 2^32) is far below anything that the demo shows.
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
}

int Random::between(int low, int high) {
    FAIRLEAD_CHECK(low <= high);
    return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1));
}

int Random::around(int low, int high) {
    const int a = between(low, high);
    const int b = between(low, high);
    return low + ((a - low) + (b - low)) / 2;
}

Date Random::day(Date first, Date last) { return first + between(0, last - first); }

bool Random::chance(std::int64_t perMillion) { return static_cast<std::int64_t>(below(1'000'000)) < perMillion; }

std::size_t Random::weighted(std::span<const std::uint32_t> weights) {
    std::uint64_t total = 0;
    for (const auto weight : weights) total += weight;
    std::uint64_t rest = below(total);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (rest < weights[i]) return i;
        rest -= weights[i];
    }
    FAIRLEAD_CHECK(!weights.empty());
    return weights.size() - 1;
}

std::size_t Random::weighted(std::initializer_list<std::uint32_t> weights) {
    return weighted(std::span<const std::uint32_t>(weights.begin(), weights.size()));
}

}  // namespace fairlead::demo
