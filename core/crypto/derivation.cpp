#include <algorithm>

#include "core/crypto/keys.h"
#include "core/crypto/sodium.h"

namespace fairlead::crypto {

namespace {

constexpr KdfCost kFloor{};
constexpr KdfCost kCeiling{.passes = 10, .memoryBytes = 2ULL << 30U};  // a forged header must not exhaust memory

bool isAllowed(const KdfCost& cost, bool allowWeak) {
    const KdfCost floor = allowWeak ? KdfCost{crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN} : kFloor;
    return cost.passes >= floor.passes && cost.memoryBytes >= floor.memoryBytes && cost.passes <= kCeiling.passes &&
           cost.memoryBytes <= kCeiling.memoryBytes;
}

}  // namespace

Result<Secret> deriveKey(std::string_view passphrase, std::string_view salt, const KdfCost& cost, std::size_t size,
                         bool allowWeak) {
    initialise();
    if (!isAllowed(cost, allowWeak)) return fail(ErrorCode::InvalidArgument, {}, "cost of the key derivation");
    if (salt.size() != crypto_pwhash_SALTBYTES) return fail(ErrorCode::InvalidArgument, {}, "salt size");
    if (size < crypto_pwhash_BYTES_MIN || size > 1024) return fail(ErrorCode::InvalidArgument, {}, "key size");
    Secret key(size);
    if (crypto_pwhash(key.data(), size, passphrase.data(), passphrase.size(), bytesOf(salt), cost.passes,
                      static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::Internal, {}, "no memory for the key derivation");
    }
    return key;
}

KdfCost calibratedCost(std::chrono::milliseconds target) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const auto trial = deriveKey("calibration", std::string(crypto_pwhash_SALTBYTES, '\0'), kFloor, 32);
    if (!trial) return kFloor;
    const auto taken =
        std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count());
    const auto passes = std::max<std::int64_t>(0, target.count()) * static_cast<std::int64_t>(kFloor.passes) / taken;
    auto cost = kFloor;
    cost.passes = std::clamp(static_cast<std::uint64_t>(passes), kFloor.passes, kCeiling.passes);
    return cost;
}

}  // namespace fairlead::crypto
