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
    auto longer = bytes.substr(0, 2) + "\x18\x01" + bytes.substr(3);
    CHECK(codeOf(decode(longer)) == ErrorCode::Corrupt);
    auto newer = bytes;
    newer[2] = 2;
    CHECK(codeOf(decode(newer)) == ErrorCode::NewerFormat);
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
    CHECK(name(State::Intent) == "intent");
    CHECK(name(State::Note) == "note");
}

TEST_CASE("the tree has the roots that the public test tree of certificate transparency has", "[audit]") {
    // The reference tree of google/certificate-transparency (merkle_tree_test): inputs and roots of sizes 1 to 8.
    const std::vector<std::string> inputs = {"",
                                             unhex("00"),
                                             unhex("10"),
                                             unhex("2021"),
                                             unhex("3031"),
                                             unhex("40414243"),
                                             unhex("5051525354555657"),
                                             unhex("606162636465666768696a6b6c6d6e6f")};
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

TEST_CASE("the short root is the first 80 bits in four groups", "[audit]") {
    CHECK(Checkpoint{.size = 1, .root = std::string(32, '\0')}.shortRoot() == "AAAA-AAAA-AAAA-AAAA");
    // RFC 4648: base32 of "foobarfoob" begins MZXW 6YTB OJTG 633C
    CHECK(Checkpoint{.size = 1, .root = "foobarfoob" + std::string(22, 'x')}.shortRoot() == "MZXW-6YTB-OJTG-633C");
}
