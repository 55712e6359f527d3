#include "core/access/header.h"

#include <boost/json.hpp>

#include "core/access/sealing.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::access;
using fairlead::crypto::Secret;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

constexpr std::string_view kPassphrase = "otter lamp brave seventeen";
const auto kTests = KdfPolicy::forTests();

FileKeys newKeys() {
    FileKeys keys;
    keys.core = Secret::random(48);
    keys.identity = Secret::random(48);
    keys.audit = Secret::random(32);
    return keys;
}

std::string newHeader(const FileKeys& keys) {
    return valueOf(createHeader("North team", kPassphrase, keys, KdfPolicy::testCost(), kTests));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// A charter signed again by a forger's keys, who has neither the officer key nor the MAC key.
std::string resigned(Document document) {
    const auto forger = crypto::SignKeyPair::generate();
    document.charter.officerKey = forger.publicKey;
    document.charter.principals.front().signKey = forger.publicKey;
    const std::string id = document.charter.principals.front().principal.id;
    for (Slot& slot : document.slots) slot.signature = crypto::sign(slotText(document.charter, slot), forger);
    document.charter.grants.clear();
    valueOf(signCharter(document, {id, forger}, forger.secretKey));
    return fileText(document);
}

}  // namespace

TEST_CASE("a header gives back the keys it was made with", "[access]") {
    const auto keys = newKeys();
    const auto header = newHeader(keys);
    const auto ring = valueOf(unlock(header, {kPassphrase, {}}, kTests));
    CHECK(ring.keys.core.view() == keys.core.view());
    CHECK(ring.keys.identity.view() == keys.identity.view());
    CHECK(ring.keys.audit.view() == keys.audit.view());
    CHECK(ring.principal.name == "North team");
    CHECK(ring.principal.roles.size() == 6);
    CHECK(ring.principal.id.size() == 32);
    CHECK(ring.workspaceId.size() == 32);
    CHECK(ring.generation == 1);
    CHECK_FALSE(ring.rolesSeparated);
    CHECK(crypto::verify("x", crypto::sign("x", ring.sign), ring.sign.publicKey));
    CHECK(crypto::verify("y", crypto::sign("y", valueOf(crypto::SignKeyPair::fromSecret(ring.keys.officer.clone()))),
                         ring.officerKey));
    CHECK(valueOf(crypto::unseal(crypto::seal("z", ring.auditReadKey),
                                 valueOf(crypto::SealKeyPair::fromSecret(ring.keys.auditRead.clone()))))
              .view() == "z");
}

TEST_CASE("a header shows its face without a passphrase", "[access]") {
    const auto face = valueOf(inspect(newHeader(newKeys())));
    REQUIRE(face.principals.size() == 1);
    CHECK(face.principals[0].name == "North team");
    CHECK_FALSE(face.rolesSeparated);
}

TEST_CASE("no key and no passphrase stands in the header", "[access][T-L1]") {
    const auto keys = newKeys();
    const auto header = newHeader(keys);
    for (const auto* key : {&keys.core, &keys.identity, &keys.audit}) {
        CHECK_FALSE(header.contains(key->view()));
        CHECK_FALSE(header.contains(crypto::base64(key->view()).substr(0, 20)));
        CHECK_FALSE(header.contains(crypto::hexOf(*key).view().substr(0, 20)));
    }
    CHECK_FALSE(header.contains("otter"));
}

TEST_CASE("another passphrase is a wrong key", "[access]") {
    const auto header = newHeader(newKeys());
    for (const std::string_view wrong :
         {"otter lamp brave seventeeN", "otter lamp brave seventee", "", "otter lamp brave seventeen "}) {
        CHECK(codeOf(unlock(header, {wrong, {}}, kTests)) == ErrorCode::WrongKey);
    }
}

TEST_CASE("every changed byte of a header is found as damage", "[access][T-R5]") {
    const auto header = newHeader(newKeys());
    REQUIRE(header.size() > 2000);
    const auto minReader = header.find("\"min_reader\":2") + std::string_view("\"min_reader\":").size();
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto bytes = header;
        bytes[i] = static_cast<char>(bytes[i] ^ (i == minReader || i % 2 == 0 ? 0x01 : 0x20));
        const auto code = codeOf(unlock(bytes, {kPassphrase, {}}, kTests));
        INFO(i << " " << header.substr(i, 20));
        // A higher digit there is what a newer program would write.
        CHECK(code == (i == minReader ? ErrorCode::NewerFormat : ErrorCode::Corrupt));
    }
}

TEST_CASE("a header that is cut, lengthened or written in another form is damaged", "[access]") {
    const auto header = newHeader(newKeys());
    for (std::size_t size = 0; size < header.size(); size += 7) {
        CHECK(codeOf(unlock(header.substr(0, size), {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
    }
    CHECK(codeOf(unlock(header + "\n", {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
    CHECK(codeOf(unlock(" " + header, {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
    CHECK(codeOf(unlock(replaced(header, "\"format\":2,", "\"format\":2,\"extra\":2,"), {kPassphrase, {}}, kTests)) ==
          ErrorCode::Corrupt);
    CHECK(codeOf(unlock(replaced(header, "\"format\":2,", "\"format\":2,\"format\":2,"), {kPassphrase, {}}, kTests)) ==
          ErrorCode::Corrupt);
    CHECK(codeOf(unlock(replaced(header, "\"format\":2,", "\"format\":2.0,"), {kPassphrase, {}}, kTests)) ==
          ErrorCode::Corrupt);
    CHECK(codeOf(unlock(std::string(300'000, '['), {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
    CHECK(codeOf(unlock("null", {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
}

TEST_CASE("a header of a newer program says so", "[access][T-R5]") {
    const auto header = replaced(newHeader(newKeys()), "\"min_reader\":2", "\"min_reader\":3");
    CHECK(codeOf(unlock(header, {kPassphrase, {}}, kTests)) == ErrorCode::NewerFormat);
    CHECK(codeOf(inspect(header)) == ErrorCode::NewerFormat);
}

TEST_CASE("a header signed again by somebody else does not open", "[access]") {
    const auto header = newHeader(newKeys());
    auto document = valueOf(parseDocument(header));
    // The slot is bound to the old signing key: the passphrase no longer opens it.
    CHECK(codeOf(unlock(resigned(document), {kPassphrase, {}}, kTests)) == ErrorCode::WrongKey);
    // One who is in the workspace has the MAC key, and still no officer key: the slot knows which authority it trusts.
    const auto ring = valueOf(unlock(header, {kPassphrase, {}}, kTests));
    const auto authority = crypto::SignKeyPair::generate();
    document.charter.officerKey = authority.publicKey;
    valueOf(signCharter(document, {ring.principal.id, ring.sign}, authority.secretKey));
    CHECK(codeOf(unlock(finishHeader(document, ring.headerKey), {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
    // Without the officer key a charter cannot be changed at all.
    document = valueOf(parseDocument(header));
    document.charter.principals.front().principal.name = "Somebody else";
    CHECK(codeOf(unlock(finishHeader(document, ring.headerKey), {kPassphrase, {}}, kTests)) == ErrorCode::Corrupt);
}

TEST_CASE("a header of an early version says so", "[access][T-R5]") {
    const auto header = replaced(newHeader(newKeys()), "\"min_reader\":2", "\"min_reader\":1");
    CHECK(codeOf(unlock(header, {kPassphrase, {}}, kTests)) == ErrorCode::OlderFormat);
}

TEST_CASE("a key derivation cheaper than the floor is refused unless a test asks for it", "[access][T-L3]") {
    const auto keys = newKeys();
    CHECK(codeOf(createHeader("North team", kPassphrase, keys, KdfPolicy::testCost())) == ErrorCode::InvalidArgument);
    const auto header = newHeader(keys);
    CHECK(codeOf(unlock(header, {kPassphrase, {}})) == ErrorCode::Corrupt);
    CHECK(codeOf(changePassphrase(header, {{kPassphrase, {}}, "another long passphrase"}, KdfPolicy::testCost())) ==
          ErrorCode::Corrupt);
    CHECK(codeOf(changePassphrase(header, {{kPassphrase, {}}, "another long passphrase"},
                                  {.passes = 11, .memoryBytes = 8192}, kTests)) == ErrorCode::InvalidArgument);
}

TEST_CASE("a cost that somebody changes in the header opens nothing, also when they can sign and seal the header",
          "[access][T-L3]") {
    const auto header = newHeader(newKeys());
    const auto ring = valueOf(unlock(header, {kPassphrase, {}}, kTests));
    const auto honest = valueOf(parseDocument(header)).slots[0].cost;
    const std::pair<crypto::KdfCost, ErrorCode> changes[] = {
        {{.passes = honest.passes + 1, .memoryBytes = honest.memoryBytes}, ErrorCode::WrongKey},
        {{.passes = honest.passes, .memoryBytes = honest.memoryBytes * 2}, ErrorCode::WrongKey},
        // Below what there is and above what may be asked of a computer: not even tried.
        {{.passes = 0, .memoryBytes = honest.memoryBytes}, ErrorCode::Corrupt},
        {{.passes = 11, .memoryBytes = honest.memoryBytes}, ErrorCode::Corrupt},
        {{.passes = honest.passes, .memoryBytes = (2ULL << 30U) + 1}, ErrorCode::Corrupt}};
    for (const auto& [cost, expected] : changes) {
        auto document = valueOf(parseDocument(header));
        document.slots[0].cost = cost;
        document.slots[0].signature = crypto::sign(slotText(document.charter, document.slots[0]), ring.sign);
        INFO(cost.passes << " passes, " << cost.memoryBytes << " bytes");
        CHECK(codeOf(unlock(finishHeader(document, ring.headerKey), {kPassphrase, {}}, kTests)) == expected);
    }
}

TEST_CASE("the normal cost opens under the normal policy", "[access][T-L3]") {
    const auto keys = newKeys();
    const auto header = valueOf(createHeader("North team", kPassphrase, keys, crypto::KdfCost{}));
    CHECK(valueOf(unlock(header, {kPassphrase, {}})).keys.core.view() == keys.core.view());
    CHECK(header.contains("\"memory_bytes\":268435456,\"passes\":3"));
}

TEST_CASE("a changed passphrase opens the same keys and the old one no longer does", "[access]") {
    const auto keys = newKeys();
    const auto before = newHeader(keys);
    const auto after = valueOf(
        changePassphrase(before, {{kPassphrase, {}}, "heron stair quiet ninety"}, KdfPolicy::testCost(), kTests));
    CHECK(codeOf(unlock(after, {kPassphrase, {}}, kTests)) == ErrorCode::WrongKey);
    const auto ring = valueOf(unlock(after, {"heron stair quiet ninety", {}}, kTests));
    CHECK(ring.keys.core.view() == keys.core.view());
    CHECK(ring.keys.identity.view() == keys.identity.view());
    CHECK(ring.generation == 2);
    const auto old = valueOf(parseDocument(before));
    const auto changed = valueOf(parseDocument(after));
    CHECK(old.slots[0].salt != changed.slots[0].salt);
    CHECK(charterText(old.charter) == charterText(changed.charter));
    CHECK(codeOf(changePassphrase(before, {{"not the passphrase", {}}, "heron stair quiet ninety"},
                                  KdfPolicy::testCost(), kTests)) == ErrorCode::WrongKey);
    CHECK(codeOf(changePassphrase(before, {{kPassphrase, {}}, "short"}, KdfPolicy::testCost(), kTests)) ==
          ErrorCode::WeakPassphrase);
}

TEST_CASE("parts of one header do not fit into another", "[access]") {
    const auto first = valueOf(parseDocument(newHeader(newKeys())));
    auto second = valueOf(parseDocument(newHeader(newKeys())));
    const auto ring = valueOf(unlock(fileText(second), {kPassphrase, {}}, kTests));
    second.slots[0].wrapped = first.slots[0].wrapped;
    second.slots[0].salt = first.slots[0].salt;
    second.slots[0].signature = crypto::sign(slotText(second.charter, second.slots[0]), ring.sign);
    CHECK(codeOf(unlock(finishHeader(second, ring.headerKey), {kPassphrase, {}}, kTests)) == ErrorCode::WrongKey);
}

TEST_CASE("a header is made of sound parts only", "[access]") {
    const auto keys = newKeys();
    const auto codeFor = [&](std::string_view name, std::string_view passphrase) {
        return codeOf(createHeader(name, passphrase, keys, KdfPolicy::testCost(), kTests));
    };
    CHECK(codeFor("", kPassphrase) == ErrorCode::InvalidArgument);
    CHECK(codeFor(std::string(201, 'n'), kPassphrase) == ErrorCode::InvalidArgument);
    CHECK(codeFor("a\nb", kPassphrase) == ErrorCode::InvalidArgument);
    CHECK(codeFor("\xff", kPassphrase) == ErrorCode::InvalidArgument);
    CHECK(codeFor("North team", "short") == ErrorCode::WeakPassphrase);
    FileKeys odd = newKeys();
    odd.core = Secret::random(32);
    CHECK(codeOf(createHeader("n", kPassphrase, odd, KdfPolicy::testCost(), kTests)) == ErrorCode::InvalidArgument);
    const auto header =
        valueOf(createHeader("Caf\xc3\xa9 \"Nord\" \\ team", kPassphrase, keys, KdfPolicy::testCost(), kTests));
    CHECK(valueOf(unlock(header, {kPassphrase, {}}, kTests)).principal.name == "Caf\xc3\xa9 \"Nord\" \\ team");
}

TEST_CASE("a passphrase is long and not trivially repetitive", "[access][T-L3]") {
    for (const char* good : {"otter lamp brave seventeen", "correct horse battery", "k7#Qm2!xPz9w",
                             "d\xc3\xa9j\xc3\xa0 vu \xc3\xa0 No\xc3\xabl", "Sunday roast 1974"}) {
        INFO(good);
        CHECK(checkPassphrase(good).has_value());
    }
    for (const char* weak :
         {"", "short", "eleven char", "aaaaaaaaaaaaaaaa", "abababababab", "passpasspass", "passwordpassword",
          "PasswordpassWord", "abcdefghijkl", "123456789012345", "1234567812345678", "aabbccddeeff", "112233445566",
          "abcabcabcabcab", "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"}) {
        INFO(weak);
        CHECK(codeOf(checkPassphrase(weak)) == ErrorCode::WeakPassphrase);
    }
    CHECK(codeOf(checkPassphrase("tab\tin the passphrase")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(checkPassphrase("\xff\xfe\xfd not text at all")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(checkPassphrase(std::string(1025, 'x'))) == ErrorCode::InvalidArgument);
}
