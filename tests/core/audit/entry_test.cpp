#include "core/audit/entry.h"

#include "core/audit/cbor.h"
#include "core/audit/merkle.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::audit;
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

Record sample() {
    Record record;
    record.sequence = 300;
    record.wallMs = 1'790'000'000'000;
    record.maxSeenMs = 1'790'000'000'001;
    record.session = std::string(16, 's');
    record.entry.verb = Verb::Disclosure;
    record.entry.state = State::Done;
    record.entry.actor = "p1";
    record.entry.role = "analyst";
    record.entry.about = 299;
    record.entry.subjectCount = 40;
    record.entry.objectSha256 = std::string(32, 'o');
    record.sealedDetails = "sealed";
    record.sealedMarks = "marks";
    record.previousLeaf = std::string(32, 'p');
    return record;
}

/// The definition of RFC 9162, 2.1.1, word for word: slow, and obviously right.
std::string slowRoot(const std::vector<std::string>& leaves) {
    if (leaves.empty()) return crypto::sha256("");
    if (leaves.size() == 1) return leaves.front();
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(k);
    return crypto::sha256("\x01" + slowRoot({leaves.begin(), middle}) + slowRoot({middle, leaves.end()}));
}

/// The entries of the reference tree of google/certificate-transparency (merkle_tree_test).
std::vector<std::string> referenceInputs() {
    return {"",
            unhex("00"),
            unhex("10"),
            unhex("2021"),
            unhex("3031"),
            unhex("40414243"),
            unhex("5051525354555657"),
            unhex("606162636465666768696a6b6c6d6e6f")};
}

}  // namespace

TEST_CASE("numbers and strings take the bytes that RFC 8949, appendix A, gives", "[audit]") {
    const auto of = [](std::uint64_t value) { return hex(CborWriter().number(value).take()); };
    CHECK(of(0) == "00");
    CHECK(of(23) == "17");
    CHECK(of(24) == "1818");
    CHECK(of(100) == "1864");
    CHECK(of(1000) == "1903e8");
    CHECK(of(1'000'000) == "1a000f4240");
    CHECK(of(1'000'000'000'000) == "1b000000e8d4a51000");
    CHECK(of(18'446'744'073'709'551'615U) == "1bffffffffffffffff");
    CHECK(hex(CborWriter().bytes("\x01\x02\x03\x04").take()) == "4401020304");
    CHECK(hex(CborWriter().text("IETF").take()) == "6449455446");
    CHECK(hex(CborWriter().map(0).take()) == "a0");
}

TEST_CASE("an entry is read as it was written", "[audit]") {
    const auto bytes = encode(sample());
    const auto record = valueOf(decode(bytes));
    CHECK(record.entry == sample().entry);
    CHECK(record.sequence == 300);
    CHECK(record.wallMs == sample().wallMs);
    CHECK(record.maxSeenMs == sample().maxSeenMs);
    CHECK(record.session == sample().session);
    CHECK(record.sealedDetails == "sealed");
    CHECK(record.sealedMarks == "marks");
    CHECK(record.previousLeaf == sample().previousLeaf);
    CHECK(encode(record) == bytes);
}

TEST_CASE("only what the encoder writes is read", "[audit]") {
    const auto bytes = encode(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK(codeOf(decode(std::string_view(bytes).substr(0, size))) == ErrorCode::Corrupt);
    }
    CHECK(codeOf(decode(bytes + std::string(1, '\0'))) == ErrorCode::Corrupt);
    // The same format number in a longer form than needed.
    auto longer = bytes.substr(0, 2) + "\x18\x03" + bytes.substr(3);
    CHECK(codeOf(decode(longer)) == ErrorCode::Corrupt);
    auto newer = bytes;
    newer[2] = 4;
    CHECK(codeOf(decode(newer)) == ErrorCode::NewerFormat);
    newer[2] = 1;
    CHECK(codeOf(decode(newer)) == ErrorCode::Corrupt);
    auto record = sample();
    record.maxSeenMs = record.wallMs - 1;
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record = sample();
    record.entry.verb = static_cast<Verb>(15);
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record = sample();
    record.entry.actor = "\xff";
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record = sample();
    record.entry.subjectsSha256 = "short";
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record = sample();
    record.certificate = std::string(96, 'c');
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record.entry.verb = Verb::KeyChange;
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
    record.entry.state = State::Note;
    record.entry.about = 0;
    CHECK(valueOf(decode(encode(record))).certificate == record.certificate);
    record.certificate.pop_back();
    CHECK(codeOf(decode(encode(record))) == ErrorCode::Corrupt);
}

TEST_CASE("details are read in their canonical form only", "[audit]") {
    const std::map<std::string, std::string> details{{"a", "1"}, {"b", ""}};
    CHECK(valueOf(decodeDetails(encodeDetails(details))) == details);
    CHECK(valueOf(decodeDetails(encodeDetails({}))).empty());
    CHECK(codeOf(decodeDetails("")) == ErrorCode::Corrupt);
    const auto swapped = CborWriter().map(2).text("b").text("").text("a").text("1").take();
    CHECK(codeOf(decodeDetails(swapped)) == ErrorCode::Corrupt);
    const auto doubled = CborWriter().map(2).text("a").text("1").text("a").text("1").take();
    CHECK(codeOf(decodeDetails(doubled)) == ErrorCode::Corrupt);
    CHECK(codeOf(decodeDetails(unhex("bbffffffffffffffff"))) == ErrorCode::Corrupt);
}

TEST_CASE("every verb and state has its name", "[audit]") {
    CHECK(name(Verb::Collection) == "collection");
    CHECK(name(Verb::Denied) == "denied");
    CHECK(name(Verb::TailCut) == "tail_cut");
    CHECK(name(Verb::KeyChange) == "key_change");
    CHECK(name(State::Intent) == "intent");
    CHECK(name(State::Note) == "note");
}

TEST_CASE("the tree has the roots that the public test tree of certificate transparency has", "[audit]") {
    const auto inputs = referenceInputs();
    // Of sizes 1 to 8.
    const std::vector<std::string> roots = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    MerkleTree tree;
    CHECK(hex(tree.checkpoint().root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        tree.add(leafHash(inputs[i]));
        CHECK(hex(tree.checkpoint().root) == roots[i]);
        CHECK(tree.checkpoint().size == i + 1);
    }
}

TEST_CASE("the growing tree equals the definition at every size", "[audit]") {
    MerkleTree tree;
    std::vector<std::string> leaves;
    for (int i = 0; i < 130; ++i) {
        leaves.push_back(leafHash(std::to_string(i)));
        tree.add(leaves.back());
        CHECK(tree.checkpoint().root == slowRoot(leaves));
    }
}

TEST_CASE("a proof shows that a tree grew out of an older one, and nothing else", "[audit]") {
    constexpr std::size_t kMost = 40;
    std::vector<std::string> leaves;
    std::vector<Checkpoint> heads{MerkleTree().checkpoint()};
    MerkleTree tree;
    for (std::size_t i = 0; i < kMost; ++i) {
        leaves.push_back(leafHash(std::to_string(i)));
        tree.add(leaves.back());
        heads.push_back(tree.checkpoint());
    }
    for (std::size_t newer = 0; newer <= kMost; ++newer) {
        for (std::size_t older = 0; older <= newer; ++older) {
            auto proof = consistencyProof(std::span(leaves).first(newer), older);
            const Growth growth{heads[older], heads[newer]};
            INFO(older << " of " << newer);
            REQUIRE(isConsistent(growth, proof));
            REQUIRE_FALSE(isConsistent({{older, std::string(32, 'x')}, heads[newer]}, proof));
            if (older > 0) REQUIRE_FALSE(isConsistent({heads[older], {newer, std::string(32, 'x')}}, proof));
            if (older < newer) REQUIRE_FALSE(isConsistent({heads[newer], heads[older]}, proof));
            if (older > 1 && newer > older)
                REQUIRE_FALSE(isConsistent({{older - 1, heads[older].root}, heads[newer]}, proof));
            for (auto& hash : proof) {
                hash[5] = static_cast<char>(hash[5] ^ 1);
                REQUIRE_FALSE(isConsistent(growth, proof));
                hash[5] = static_cast<char>(hash[5] ^ 1);
            }
            proof.push_back(leaves.front());
            REQUIRE_FALSE(isConsistent(growth, proof));
            proof.resize(proof.size() > 1 ? proof.size() - 2 : 0);
            if (older != newer && older != 0) REQUIRE_FALSE(isConsistent(growth, proof));
        }
    }
}

TEST_CASE("the proof is the one of the public test tree of certificate transparency", "[audit]") {
    // Its precomputed proofs: 1 to 8, 6 to 8, 2 to 5.
    std::vector<std::string> leaves;
    for (const auto& input : referenceInputs()) leaves.push_back(leafHash(input));
    const auto proof = [&](std::size_t older, std::size_t newer) {
        std::vector<std::string> digits;
        for (const auto& hash : consistencyProof(std::span(leaves).first(newer), older)) digits.push_back(hex(hash));
        return digits;
    };
    using Digits = std::vector<std::string>;
    CHECK(proof(1, 1).empty());
    CHECK(proof(1, 8) == Digits{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"});
    CHECK(proof(6, 8) == Digits{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"});
    CHECK(proof(2, 5) == Digits{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"});
}

TEST_CASE("the short root is the first 80 bits in four groups", "[audit]") {
    CHECK(Checkpoint{.size = 1, .root = std::string(32, '\0')}.shortRoot() == "AAAA-AAAA-AAAA-AAAA");
    // RFC 4648: base32 of "foobarfoob" begins MZXW 6YTB OJTG 633C
    CHECK(Checkpoint{.size = 1, .root = "foobarfoob" + std::string(22, 'x')}.shortRoot() == "MZXW-6YTB-OJTG-633C");
}
