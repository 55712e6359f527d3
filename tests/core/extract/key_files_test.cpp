#include "core/extract/key_files.h"

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::extract {

namespace {

using test::codeOf;
using test::valueOf;

KeyPairs newPairs() {
    KeyPairs keys;
    keys.seal = crypto::SealKeyPair::generate();
    keys.sign = crypto::SignKeyPair::generate();
    return keys;
}

}  // namespace

TEST_CASE("key files give back the keys that were written", "[extract]") {
    const test::TempFolder folder;
    const auto keys = newPairs();
    valueOf(writeKeyPairs(folder / "unit.key", keys));
    valueOf(writePublicKeys(folder / "unit.pub", keys.publicKeys()));
    const auto secret = valueOf(readKeyPairs(folder / "unit.key"));
    const auto open = valueOf(readPublicKeys(folder / "unit.pub"));
    CHECK(crypto::fingerprint(*open.seal) == crypto::fingerprint(keys.seal->publicKey));
    CHECK(crypto::fingerprint(*open.sign) == crypto::fingerprint(keys.sign->publicKey));
    CHECK(valueOf(crypto::unseal(crypto::seal("letter", *open.seal), *secret.seal)).view() == "letter");
    CHECK(crypto::verify("letter", crypto::sign("letter", *secret.sign), *open.sign));
}

TEST_CASE("a key file may hold one pair only", "[extract]") {
    const test::TempFolder folder;
    KeyPairs keys;
    keys.sign = crypto::SignKeyPair::generate();
    valueOf(writeKeyPairs(folder / "agency.key", keys));
    const auto read = valueOf(readKeyPairs(folder / "agency.key"));
    CHECK(read.sign.has_value());
    CHECK_FALSE(read.seal.has_value());
    CHECK(codeOf(writeKeyPairs(folder / "none.key", KeyPairs{})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(writePublicKeys(folder / "none.pub", PublicKeys{})) == ErrorCode::InvalidArgument);
}

TEST_CASE("a secret key file belongs to its owner alone and is never overwritten", "[extract]") {
    const test::TempFolder folder;
    const auto path = folder / "unit.key";
    valueOf(writeKeyPairs(path, newPairs()));
    using std::filesystem::perms;
    CHECK(std::filesystem::status(path).permissions() == (perms::owner_read | perms::owner_write));
    CHECK(codeOf(writeKeyPairs(path, newPairs())) == ErrorCode::AlreadyExists);
    std::filesystem::permissions(path, perms::group_read, std::filesystem::perm_options::add);
    CHECK(codeOf(readKeyPairs(path)) == ErrorCode::InvalidArgument);
}

TEST_CASE("a key file that is not in order is refused with what is wrong", "[extract]") {
    const test::TempFolder folder;
    valueOf(writeKeyPairs(folder / "a.key", newPairs()));
    valueOf(writeKeyPairs(folder / "b.key", newPairs()));
    valueOf(writePublicKeys(folder / "a.pub", newPairs().publicKeys()));
    const auto a = test::bytesOf(folder / "a.key");
    const auto problem = [&](const std::string& text) {
        const auto path = folder / "x.key";
        test::writeBytes(path, text);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        const auto read = readKeyPairs(path);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == ErrorCode::ParseError);
        return read.error().detail;
    };
    CHECK(problem("") == "no secret key in it");
    CHECK(problem(test::bytesOf(folder / "a.pub")) == "no secret key in it");
    CHECK(problem(a.substr(0, a.size() - 40)) == "a block does not end");
    CHECK(problem(a + a).starts_with("two blocks"));
    CHECK(problem("-----END FAIRLEAD SEAL SECRET KEY-----\n") == "a block does not begin");
    CHECK(problem("-----BEGIN FAIRLEAD SEAL SECRET KEY-----\nAAAA\n-----END FAIRLEAD SEAL SECRET KEY-----\n")
              .contains("not 64 bytes"));
    // The public half of one pair before the secret half of another: 32 bytes are 43 characters, 42 of them whole.
    auto mixed = a;
    const auto start = mixed.find('\n') + 1;
    mixed.replace(start, 40, test::bytesOf(folder / "b.key").substr(start, 40));
    CHECK(problem(mixed) == "the halves of the seal key do not belong together");
    CHECK(codeOf(readPublicKeys(folder / "a.key")) == ErrorCode::ParseError);
    CHECK(codeOf(readPublicKeys(folder / "missing.pub")) == ErrorCode::NotFound);
    CHECK(codeOf(readKeyPairs(folder / "missing.key")) == ErrorCode::NotFound);
}

}  // namespace fairlead::extract
