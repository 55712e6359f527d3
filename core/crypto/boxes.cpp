#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/keys.h"
#include "core/crypto/sodium.h"

namespace fairlead::crypto {

namespace {

unsigned char* bytesOf(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
using crypto::bytesOf;

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

Result<SealPublicKey> SealPublicKey::fromBytes(std::string_view raw) {
    initialise();
    SealPublicKey key;
    if (raw.size() != key.bytes.size()) return fail(ErrorCode::InvalidArgument, {}, "public key size");
    std::ranges::copy(raw, reinterpret_cast<char*>(key.bytes.data()));
    // With a point of small order the shared secret is known to all: libsodium refuses to multiply with it.
    const Secret probe = Secret::random(crypto_scalarmult_SCALARBYTES);
    Secret shared(crypto_scalarmult_BYTES);
    if (crypto_scalarmult(shared.data(), probe.data(), key.bytes.data()) != 0) {
        return fail(ErrorCode::InvalidArgument, {}, "public key of small order");
    }
    return key;
}

Result<SignPublicKey> SignPublicKey::fromBytes(std::string_view raw) {
    SignPublicKey key;
    if (raw.size() != key.bytes.size()) return fail(ErrorCode::InvalidArgument, {}, "public key size");
    std::ranges::copy(raw, reinterpret_cast<char*>(key.bytes.data()));
    if (crypto_core_ed25519_is_valid_point(key.bytes.data()) != 1) {
        return fail(ErrorCode::InvalidArgument, {}, "not a public key");
    }
    return key;
}

SealKeyPair SealKeyPair::generate() {
    SealKeyPair pair{.publicKey = {}, .secretKey = Secret(crypto_box_SECRETKEYBYTES)};
    crypto_box_keypair(pair.publicKey.bytes.data(), pair.secretKey.data());
    return pair;
}

Result<SealKeyPair> SealKeyPair::fromSecret(Secret secretKey) {
    if (secretKey.size() != crypto_box_SECRETKEYBYTES) return fail(ErrorCode::InvalidArgument, {}, "secret key size");
    SealKeyPair pair{.publicKey = {}, .secretKey = std::move(secretKey)};
    crypto_scalarmult_base(pair.publicKey.bytes.data(), pair.secretKey.data());
    return pair;
}

SignKeyPair SignKeyPair::generate() {
    SignKeyPair pair{.publicKey = {}, .secretKey = Secret(crypto_sign_SECRETKEYBYTES)};
    crypto_sign_keypair(pair.publicKey.bytes.data(), pair.secretKey.data());
    return pair;
}

Result<SignKeyPair> SignKeyPair::fromSecret(Secret secretKey) {
    if (secretKey.size() != crypto_sign_SECRETKEYBYTES) return fail(ErrorCode::InvalidArgument, {}, "secret key size");
    // A seed with somebody else's public key behind it would sign wrongly and leak: derive it again.
    Secret seed(crypto_sign_SEEDBYTES);
    crypto_sign_ed25519_sk_to_seed(seed.data(), secretKey.data());
    auto pair = fromSeed(seed);
    if (!pair || !equalInConstantTime(pair->secretKey.view(), secretKey.view())) {
        return fail(ErrorCode::InvalidArgument, {}, "secret key does not hold together");
    }
    return pair;
}

Result<SignKeyPair> SignKeyPair::fromSeed(const Secret& seed) {
    if (seed.size() != crypto_sign_SEEDBYTES) return fail(ErrorCode::InvalidArgument, {}, "seed size");
    SignKeyPair pair{.publicKey = {}, .secretKey = Secret(crypto_sign_SECRETKEYBYTES)};
    crypto_sign_seed_keypair(pair.publicKey.bytes.data(), pair.secretKey.data(), seed.data());
    return pair;
}

std::string seal(std::string_view plain, const SealPublicKey& to) {
    initialise();
    std::string box(plain.size() + crypto_box_SEALBYTES, '\0');
    // Fails for public keys of small order only; their box would be readable by everybody.
    FAIRLEAD_CHECK(crypto_box_seal(bytesOf(box), bytesOf(plain), plain.size(), to.bytes.data()) == 0);
    return box;
}

Result<Secret> unseal(std::string_view box, const SealKeyPair& key) {
    initialise();
    if (box.size() < crypto_box_SEALBYTES || key.secretKey.size() != crypto_box_SECRETKEYBYTES) {
        return fail(ErrorCode::WrongKey, {}, "sealed box");
    }
    // One byte more than needed: libsodium wants an address even for an empty message.
    Secret plain(box.size() - crypto_box_SEALBYTES + 1);
    if (crypto_box_seal_open(plain.data(), bytesOf(box), box.size(), key.publicKey.bytes.data(),
                             key.secretKey.data()) != 0) {
        return fail(ErrorCode::WrongKey, {}, "sealed box");
    }
    return Secret::copyOf(plain.view().substr(0, plain.size() - 1));
}

std::string sign(std::string_view message, const SignKeyPair& key) {
    initialise();
    FAIRLEAD_CHECK(key.secretKey.size() == crypto_sign_SECRETKEYBYTES);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytesOf(signature), nullptr, bytesOf(message), message.size(), key.secretKey.data());
    return signature;
}

bool verify(std::string_view message, std::string_view signature, const SignPublicKey& key) {
    initialise();
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytesOf(signature), bytesOf(message), message.size(), key.bytes.data()) == 0;
}

std::string encrypt(std::string_view plain, std::string_view context, const Secret& key) {
    FAIRLEAD_CHECK(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    auto box = randomBytes(kNonceBytes);
    box.resize(kNonceBytes + plain.size() + kTagBytes);
    auto* const nonce = bytesOf(box);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, bytesOf(plain), plain.size(),
                                               bytesOf(context), context.size(), nullptr, nonce, key.data());
    return box;
}

Result<Secret> decrypt(std::string_view box, std::string_view context, const Secret& key) {
    initialise();
    if (box.size() < kNonceBytes + kTagBytes || key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) {
        return fail(ErrorCode::WrongKey, {}, "box");
    }
    const auto nonce = box.substr(0, kNonceBytes);
    box.remove_prefix(kNonceBytes);
    Secret plain(box.size() - kTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, bytesOf(box), box.size(),
                                                   bytesOf(context), context.size(), bytesOf(nonce), key.data()) != 0) {
        return fail(ErrorCode::WrongKey, {}, "box");
    }
    return plain;
}

}  // namespace fairlead::crypto
