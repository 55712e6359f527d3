// The Merkle tree of RFC 9162, section 2.1: a hash over all entries, one at a time.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::audit {

/// SHA-256(0x00 || entry), 32 raw bytes.
std::string leafHash(std::string_view entry);

/// How many entries there are and the hash over them all: what a briefing prints and another person may witness.
struct Checkpoint {
    std::uint64_t size = 0;
    std::string root;  ///< 32 raw bytes; SHA-256 of nothing for an empty log.
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
    /// First 80 bits of the root as four groups of four base32 letters (RFC 4648), for paper: "ABCD-EFGH-IJKL-MNOP".
    [[nodiscard]] std::string shortRoot() const;
};

/// A growing tree; keeps only the roots of its complete subtrees.
class MerkleTree {
public:
    /// One more leaf: the leafHash() of an entry.
    void add(std::string_view leaf);
    /// Size and root so far.
    [[nodiscard]] Checkpoint checkpoint() const;

private:
    std::uint64_t m_size = 0;
    std::vector<std::string> m_subtrees;  ///< Largest first: one for each bit that is set in m_size.
};

/// Two checkpoints of what should be one log: the newer one holds the older one's entries and more.
struct Growth {
    Checkpoint older;
    Checkpoint newer;
    friend bool operator==(const Growth&, const Growth&) = default;
};

/// RFC 9162, section 2.1.4.1: the hashes that show that a tree of all `leaves` grew out of the one of the first
/// `olderSize`. Empty when the sizes are equal or one of them is 0. REQUIRES: olderSize <= leaves.size().
std::vector<std::string> consistencyProof(std::span<const std::string> leaves, std::uint64_t olderSize);

/// RFC 9162, section 2.1.4.2: whether the proof shows it. It needs neither log nor key.
bool isConsistent(const Growth& growth, const std::vector<std::string>& proof);

}  // namespace fairlead::audit
