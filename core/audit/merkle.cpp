#include "core/audit/merkle.h"

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

}  // namespace fairlead::audit
