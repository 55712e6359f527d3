#include "core/audit/merkle.h"

#include <bit>

#include "core/crypto/keys.h"

namespace fairlead::audit {

namespace {

/// SHA-256(0x01 || left || right).
std::string nodeHash(std::string_view left, std::string_view right) {
    crypto::Sha256 hash;
    hash.add("\x01");
    hash.add(left);
    hash.add(right);
    return hash.finish();
}

/// Root over the leaves. REQUIRES: there is one.
std::string rootOf(std::span<const std::string> leaves) {
    MerkleTree tree;
    for (const std::string& leaf : leaves) tree.add(leaf);
    return tree.checkpoint().root;
}

/// The largest power of two below `size`, which is at least 2.
std::uint64_t splitOf(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

std::string leafHash(std::string_view entry) {
    crypto::Sha256 hash;
    hash.add(std::string_view("\0", 1));
    hash.add(entry);
    return hash.finish();
}

std::string Checkpoint::shortRoot() const {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : std::string_view(root).substr(0, 10)) {
        bits = bits << 8U | static_cast<unsigned char>(c);
        for (count += 8; count >= 5;) {
            count -= 5;
            if (text.size() % 5 == 4) text += '-';
            text += kLetters[bits >> count & 31U];
        }
    }
    return text;
}

void MerkleTree::add(std::string_view leaf) {
    std::string node(leaf);
    // Two complete subtrees of one size become one of the next: as a carry runs through a binary number.
    for (auto size = m_size; (size & 1U) != 0; size >>= 1U) {
        node = nodeHash(m_subtrees.back(), node);
        m_subtrees.pop_back();
    }
    m_subtrees.push_back(std::move(node));
    ++m_size;
}

Checkpoint MerkleTree::checkpoint() const {
    if (m_subtrees.empty()) return {0, crypto::sha256("")};
    std::string root = m_subtrees.back();
    for (auto i = m_subtrees.size() - 1; i-- > 0;) root = nodeHash(m_subtrees[i], root);
    return {m_size, root};
}

std::vector<std::string> consistencyProof(std::span<const std::string> leaves, std::uint64_t olderSize) {
    std::vector<std::string> proof;
    if (olderSize == 0) return proof;
    // From the whole tree down to the subtree that the older tree ends with; a complete one needs no hash of its own
    // as long as nothing to its left was passed over.
    bool isOlderTree = true;
    while (olderSize < leaves.size()) {
        const std::uint64_t split = splitOf(leaves.size());
        if (olderSize <= split) {
            proof.push_back(rootOf(leaves.subspan(split)));
            leaves = leaves.first(split);
        } else {
            proof.push_back(rootOf(leaves.first(split)));
            leaves = leaves.subspan(split);
            olderSize -= split;
            isOlderTree = false;
        }
    }
    if (!isOlderTree) proof.push_back(rootOf(leaves));
    return {proof.rbegin(), proof.rend()};
}

bool isConsistent(const Growth& growth, const std::vector<std::string>& proof) {
    const auto& [older, newer] = growth;
    if (older.size > newer.size) return false;
    if (older.size == 0) return proof.empty() && older == MerkleTree().checkpoint();
    if (older.size == newer.size) return proof.empty() && older.root == newer.root;
    std::uint64_t left = older.size - 1;
    std::uint64_t right = newer.size - 1;
    const auto halve = [&] {
        left >>= 1U;
        right >>= 1U;
    };
    while ((left & 1U) != 0) halve();
    // A complete older tree is itself the first hash.
    auto next = proof.begin();
    if (!std::has_single_bit(older.size) && next == proof.end()) return false;
    std::string olderRoot = std::has_single_bit(older.size) ? older.root : *next++;
    std::string newerRoot = olderRoot;
    for (; next != proof.end(); ++next) {
        if (right == 0) return false;
        if ((left & 1U) != 0 || left == right) {
            olderRoot = nodeHash(*next, olderRoot);
            newerRoot = nodeHash(*next, newerRoot);
            while ((left & 1U) == 0 && left != 0) halve();
        } else {
            newerRoot = nodeHash(newerRoot, *next);
        }
        halve();
    }
    return right == 0 && olderRoot == older.root && newerRoot == newer.root;
}

}  // namespace fairlead::audit
