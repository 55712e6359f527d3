// Keys and the few operations on them, over libsodium: nothing home-made.
// Thread-safety: values. libsodium is initialised by whichever entry point comes first.

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::crypto {

/// Bytes in locked, guarded memory, wiped when they go. Move-only.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::size_t size);  ///< Zeroed.
    ~Secret() = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    static Secret copyOf(std::string_view bytes);  ///< The caller wipes its own copy.
    static Secret random(std::size_t size);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] const unsigned char* data() const { return m_bytes.get(); }
    /// For filling it.
    [[nodiscard]] unsigned char* data() { return m_bytes.get(); }
    [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char*>(m_bytes.get()), m_size}; }
    [[nodiscard]] Secret clone() const { return copyOf(view()); }

private:
    struct Free {
        void operator()(unsigned char* bytes) const;
    };
    std::unique_ptr<unsigned char, Free> m_bytes;
    std::size_t m_size = 0;
};

/// X25519: others seal to it.
struct SealPublicKey {
    std::array<unsigned char, 32> bytes{};
    /// From 32 raw bytes of a file or message. Errors: InvalidArgument, also for a point nobody may seal to.
    static Result<SealPublicKey> fromBytes(std::string_view raw);
    [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
    friend bool operator==(const SealPublicKey&, const SealPublicKey&) = default;
};

/// Ed25519: others verify with it.
struct SignPublicKey {
    std::array<unsigned char, 32> bytes{};
    /// From 32 raw bytes of a file or message. Errors: InvalidArgument.
    static Result<SignPublicKey> fromBytes(std::string_view raw);
    [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
    friend bool operator==(const SignPublicKey&, const SignPublicKey&) = default;
};

/// X25519 pair that receives keys.
struct SealKeyPair {
    SealPublicKey publicKey;
    Secret secretKey;
    /// A new random pair.
    static SealKeyPair generate();
    /// From the 32 bytes of the secret key. Errors: InvalidArgument.
    static Result<SealKeyPair> fromSecret(Secret secretKey);
};

/// Ed25519 pair that signs.
struct SignKeyPair {
    SignPublicKey publicKey;
    Secret secretKey;
    /// A new random pair.
    static SignKeyPair generate();
    /// From the 64 bytes of the secret key as libsodium has it (seed, public key). Errors: InvalidArgument.
    static Result<SignKeyPair> fromSecret(Secret secretKey);
    /// From a 32-byte seed, RFC 8032. Errors: InvalidArgument.
    static Result<SignKeyPair> fromSeed(const Secret& seed);
};

/// First 16 bytes of SHA-256 of the key, as 32 lower-case hex digits.
std::string fingerprint(const SealPublicKey& key);
std::string fingerprint(const SignPublicKey& key);

/// SHA-256 of the bytes: 32 raw bytes.
std::string sha256(std::string_view bytes);

/// SHA-256 of bytes that come in parts.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    /// The next part. REQUIRES: not finished.
    void add(std::string_view bytes);
    /// 32 raw bytes; the object is spent afterwards.
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Lower-case hexadecimal of a secret, itself a secret.
Secret hexOf(const Secret& secret);

/// Overwrites the text in a way that the compiler keeps, then empties it.
void wipe(std::string& text);
/// Equality in a time that does not depend on where the two differ.
bool equalInConstantTime(std::string_view a, std::string_view b);

/// `size` random bytes, not secret (ids, salts).
std::string randomBytes(std::size_t size);
std::string base64(std::string_view bytes);
Result<std::string> fromBase64(std::string_view text);

/// Anonymous sealed box to a public key. REQUIRES: a key of fromBytes() or generate(). It does not say who sealed it,
/// so what matters is signed as well.
std::string seal(std::string_view plain, const SealPublicKey& to);
/// Errors: WrongKey.
Result<Secret> unseal(std::string_view box, const SealKeyPair& key);
/// 64-byte detached signature.
std::string sign(std::string_view message, const SignKeyPair& key);
bool verify(std::string_view message, std::string_view signature, const SignPublicKey& key);

/// Parameters of Argon2id; the floor of design/access.md is 256 MiB and 3 passes.
struct KdfCost {
    std::uint64_t passes = 3;
    std::uint64_t memoryBytes = 256ULL << 20U;
};
/// Argon2id. `salt` has 16 bytes. Errors: InvalidArgument below the floor or above 2 GiB/10 passes, Internal without
/// memory. `allowWeak` exists for unit tests only and is refused outside them by the workspace header's own floor.
Result<Secret> deriveKey(std::string_view passphrase, std::string_view salt, const KdfCost& cost, std::size_t size,
                         bool allowWeak = false);

/// The floor, with as many passes as take about `target` on this computer: 3 to 10.
KdfCost calibratedCost(std::chrono::milliseconds target);

/// XChaCha20-Poly1305, nonce first. `key` has 32 bytes; `context` is bound in (AAD).
std::string encrypt(std::string_view plain, std::string_view context, const Secret& key);
/// Errors: WrongKey when key, context or any byte are not the ones.
Result<Secret> decrypt(std::string_view box, std::string_view context, const Secret& key);

/// HMAC-SHA-256, 32 raw bytes: the chain and header MAC.
std::string mac(std::string_view message, const Secret& key);

}  // namespace fairlead::crypto
