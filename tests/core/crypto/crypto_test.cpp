#include <cstring>

#include "core/base/text.h"
#include "core/crypto/keys.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::crypto;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

std::string unhex(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

std::string flipped(std::string bytes, std::size_t index, char bits = 1) {
    bytes[index] = static_cast<char>(bytes[index] ^ bits);
    return bytes;
}

}  // namespace

TEST_CASE("SHA-256 gives the published digests", "[crypto]") {
    // FIPS 180-2, appendix B.1 and B.2
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("SHA-256 in parts equals SHA-256 at once", "[crypto]") {
    const std::string text(1000, 'q');
    for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 999U, 1000U}) {
        Sha256 hash;
        hash.add(std::string_view(text).substr(0, cut));
        hash.add(std::string_view(text).substr(cut));
        CHECK(hash.finish() == sha256(text));
    }
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231", "[crypto]") {
    CHECK(hex(mac("Hi There", Secret::copyOf(std::string(20, '\x0b')))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(hex(mac("what do ya want for nothing?", Secret::copyOf("Jefe"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // A key longer than a block: test case 6.
    CHECK(
        hex(mac("Test Using Larger Than Block-Size Key - Hash Key First", Secret::copyOf(std::string(131, '\xaa')))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("Ed25519 gives keys and signatures of RFC 8032, section 7.1", "[crypto]") {
    const auto pair = valueOf(SignKeyPair::fromSeed(
        Secret::copyOf(unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))));
    CHECK(hex(pair.publicKey.view()) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = sign("\x72", pair);
    CHECK(hex(signature) ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    CHECK(verify("\x72", signature, pair.publicKey));
}

TEST_CASE("a signature holds for its message and its key alone", "[crypto]") {
    const auto pair = SignKeyPair::generate();
    const auto signature = sign("forty-two rows", pair);
    REQUIRE(verify("forty-two rows", signature, pair.publicKey));
    CHECK_FALSE(verify("forty-two rowS", signature, pair.publicKey));
    CHECK_FALSE(verify("forty-two rows", signature, SignKeyPair::generate().publicKey));
    CHECK_FALSE(verify("forty-two rows", signature.substr(1), pair.publicKey));
    CHECK_FALSE(verify("forty-two rows", "", pair.publicKey));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        CHECK_FALSE(verify("forty-two rows", flipped(signature, i), pair.publicKey));
    }
}

TEST_CASE("a changed byte anywhere in a box makes it unreadable", "[crypto]") {
    const auto key = Secret::random(32);
    const auto box = encrypt("school count 217", "context", key);
    REQUIRE(valueOf(decrypt(box, "context", key)).view() == "school count 217");
    for (std::size_t i = 0; i < box.size(); ++i) {
        CHECK(codeOf(decrypt(flipped(box, i), "context", key)) == ErrorCode::WrongKey);
    }
    for (std::size_t size = 0; size < box.size(); ++size) {
        CHECK(codeOf(decrypt(std::string_view(box).substr(0, size), "context", key)) == ErrorCode::WrongKey);
    }
}

TEST_CASE("a box opens in its context and with its key only", "[crypto]") {
    const auto key = Secret::random(32);
    const auto box = encrypt("text", "workspace 1", key);
    CHECK(codeOf(decrypt(box, "workspace 2", key)) == ErrorCode::WrongKey);
    CHECK(codeOf(decrypt(box, "", key)) == ErrorCode::WrongKey);
    CHECK(codeOf(decrypt(box, "workspace 1", Secret::random(32))) == ErrorCode::WrongKey);
    CHECK(codeOf(decrypt(box, "workspace 1", Secret::random(31))) == ErrorCode::WrongKey);
    CHECK(valueOf(decrypt(encrypt("", "", key), "", key)).isEmpty());
}

TEST_CASE("two boxes of the same text differ", "[crypto]") {
    const auto key = Secret::random(32);
    CHECK(encrypt("text", "", key) != encrypt("text", "", key));
    const auto pair = SealKeyPair::generate();
    CHECK(seal("text", pair.publicKey) != seal("text", pair.publicKey));
}

TEST_CASE("a sealed box opens for its receiver only and not after a change", "[crypto]") {
    const auto pair = SealKeyPair::generate();
    const auto box = seal("file key", pair.publicKey);
    CHECK(valueOf(unseal(box, pair)).view() == "file key");
    CHECK(codeOf(unseal(box, SealKeyPair::generate())) == ErrorCode::WrongKey);
    for (std::size_t i = 0; i < box.size(); ++i) CHECK(codeOf(unseal(flipped(box, i), pair)) == ErrorCode::WrongKey);
    for (std::size_t n = 0; n < box.size(); ++n) CHECK(codeOf(unseal(box.substr(0, n), pair)) == ErrorCode::WrongKey);
    CHECK(valueOf(unseal(seal("", pair.publicKey), pair)).isEmpty());
}

TEST_CASE("pairs can be rebuilt from their secret keys", "[crypto]") {
    const auto sealing = SealKeyPair::generate();
    CHECK(valueOf(SealKeyPair::fromSecret(sealing.secretKey.clone())).publicKey == sealing.publicKey);
    CHECK(codeOf(SealKeyPair::fromSecret(Secret(31))) == ErrorCode::InvalidArgument);
    const auto signing = SignKeyPair::generate();
    CHECK(valueOf(SignKeyPair::fromSecret(signing.secretKey.clone())).publicKey == signing.publicKey);
    CHECK(codeOf(SignKeyPair::fromSecret(Secret(32))) == ErrorCode::InvalidArgument);
    auto mixed = signing.secretKey.clone();
    mixed.data()[63] ^= 1;
    CHECK(codeOf(SignKeyPair::fromSecret(std::move(mixed))) == ErrorCode::InvalidArgument);
    CHECK(codeOf(SignKeyPair::fromSeed(Secret(16))) == ErrorCode::InvalidArgument);
}

TEST_CASE("public keys from outside are judged before use", "[crypto]") {
    const auto sealing = SealKeyPair::generate();
    const auto signing = SignKeyPair::generate();
    CHECK(valueOf(SealPublicKey::fromBytes(sealing.publicKey.view())) == sealing.publicKey);
    CHECK(valueOf(SignPublicKey::fromBytes(signing.publicKey.view())) == signing.publicKey);
    CHECK(codeOf(SealPublicKey::fromBytes(std::string(32, '\0'))) == ErrorCode::InvalidArgument);
    CHECK(codeOf(SignPublicKey::fromBytes(std::string(32, '\0'))) == ErrorCode::InvalidArgument);
    CHECK(codeOf(SealPublicKey::fromBytes("short")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(SignPublicKey::fromBytes("short")) == ErrorCode::InvalidArgument);
}

TEST_CASE("a fingerprint is 32 digits of the key's SHA-256", "[crypto]") {
    const auto pair = SignKeyPair::generate();
    CHECK(fingerprint(pair.publicKey) == hex(sha256(pair.publicKey.view())).substr(0, 32));
    CHECK(fingerprint(SealKeyPair::generate().publicKey).size() == 32);
}

TEST_CASE("key derivation keeps its floor and its ceiling", "[crypto][T-L3]") {
    const std::string salt(16, 's');
    const KdfCost weak{.passes = 1, .memoryBytes = 8192};
    CHECK(codeOf(deriveKey("p", salt, weak, 32)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, {.passes = 2, .memoryBytes = 256ULL << 20U}, 32)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, {.passes = 3, .memoryBytes = (256ULL << 20U) - 1}, 32)) ==
          ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, {.passes = 11, .memoryBytes = 256ULL << 20U}, 32)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, {.passes = 11, .memoryBytes = 8192}, 32, true)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, {.passes = 3, .memoryBytes = (2ULL << 30U) + 1}, 32)) ==
          ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", "short", weak, 32, true)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(deriveKey("p", salt, weak, 8, true)) == ErrorCode::InvalidArgument);
}

TEST_CASE("one guess takes a computer a third of a second or more", "[crypto][T-L3]") {
    const auto cost = calibratedCost(std::chrono::seconds(1));
    CHECK(cost.passes >= KdfCost{}.passes);
    CHECK(cost.memoryBytes >= 256ULL << 20U);
    const auto begin = std::chrono::steady_clock::now();
    valueOf(deriveKey("a guess that is wrong", std::string(16, 's'), cost, 32));
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(300));
}

TEST_CASE("key derivation depends on passphrase, salt and cost", "[crypto]") {
    const std::string salt(16, 's');
    const KdfCost weak{.passes = 1, .memoryBytes = 8192};
    const auto key = valueOf(deriveKey("passphrase", salt, weak, 32, true));
    CHECK(valueOf(deriveKey("passphrase", salt, weak, 32, true)).view() == key.view());
    CHECK(valueOf(deriveKey("passphrasf", salt, weak, 32, true)).view() != key.view());
    CHECK(valueOf(deriveKey("passphrase", std::string(16, 't'), weak, 32, true)).view() != key.view());
    CHECK(valueOf(deriveKey("passphrase", salt, {.passes = 2, .memoryBytes = 8192}, 32, true)).view() != key.view());
    CHECK(valueOf(deriveKey("passphrase", salt, {.passes = 1, .memoryBytes = 16384}, 32, true)).view() != key.view());
}

TEST_CASE("base64 is read back, and only in its one form", "[crypto]") {
    // RFC 4648, section 10
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("").empty());
    CHECK(valueOf(fromBase64("Zm9vYg==")) == "foob");
    CHECK(valueOf(fromBase64("")).empty());
    for (const char* bad : {"Zm9vYg", "Zm9vYg=", "Zm9v Yg==", "Zm9vYg==\n", "Zm9vYh==", "Zm9-", "=", "Z"}) {
        INFO(bad);
        CHECK(codeOf(fromBase64(bad)) == ErrorCode::ParseError);
    }
    const auto bytes = randomBytes(257);
    CHECK(valueOf(fromBase64(base64(bytes))) == bytes);
}

TEST_CASE("a secret begins as zeros, moves without a trace and can be cloned", "[crypto]") {
    Secret zero(40);
    CHECK(zero.view() == std::string(40, '\0'));
    auto secret = Secret::copyOf("twelve words");
    const auto copy = secret.clone();
    const Secret moved = std::move(secret);
    CHECK(moved.view() == "twelve words");
    CHECK(copy.view() == moved.view());
    CHECK(secret.isEmpty());  // NOLINT(bugprone-use-after-move): that is what is asked
    CHECK(secret.view().empty());
    CHECK(Secret::copyOf("").isEmpty());
    CHECK(Secret::random(32).view() != Secret::random(32).view());
    CHECK(hexOf(Secret::copyOf("\x01\xff")).view() == "01ff");
}

TEST_CASE("wiping leaves nothing in the buffer of the text", "[crypto]") {
    std::string text = "a passphrase that is long enough to live on the heap";
    const char* const buffer = text.data();
    const auto size = text.size();
    wipe(text);
    CHECK(text.empty());
    // The capacity stays, so the old buffer is still ours to look at.
    REQUIRE(text.data() == buffer);
    REQUIRE(text.capacity() >= size);
    CHECK(std::memchr(buffer, 'p', size) == nullptr);
}

TEST_CASE("equality in constant time is equality", "[crypto]") {
    CHECK(equalInConstantTime("", ""));
    CHECK(equalInConstantTime("abc", "abc"));
    CHECK_FALSE(equalInConstantTime("abc", "abd"));
    CHECK_FALSE(equalInConstantTime("abc", "abcd"));
}
