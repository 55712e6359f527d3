// For core/audit alone: what a log is so far, one entry after the other. Reading and writing go through it.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/entry.h"
#include "core/audit/merkle.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// A key, and the size of the log from which on it signs the checkpoints.
struct KeyPeriod {
    std::uint64_t from = 0;
    crypto::SignPublicKey key;
};

/// A log's state after some of its entries. A value: a copy goes on by itself.
class Chain {
public:
    [[nodiscard]] std::uint64_t entries() const { return m_entries; }
    [[nodiscard]] Checkpoint checkpoint() const { return m_tree.checkpoint(); }
    /// Zeros before the first.
    [[nodiscard]] const std::string& lastLeaf() const { return m_lastLeaf; }
    [[nodiscard]] std::int64_t maxSeenMs() const { return m_maxSeenMs; }
    /// Intents without an end, without their details.
    [[nodiscard]] const std::map<std::uint64_t, Entry>& unfinished() const { return m_unfinished; }
    /// Oldest first; none before the first entry.
    [[nodiscard]] const std::vector<KeyPeriod>& keys() const { return m_keys; }
    /// The log's name; empty before the first entry.
    [[nodiscard]] std::string origin() const;
    /// Who signs a checkpoint of this size; null before the first entry.
    [[nodiscard]] const crypto::SignPublicKey* keyAt(std::uint64_t size) const;

    /// Takes the record as the next one. Says why not, when it cannot be.
    [[nodiscard]] std::optional<std::string> add(const Record& record, std::string_view leaf);
    /// An intent that somebody else has ended.
    void forget(std::uint64_t intent) { m_unfinished.erase(intent); }

private:
    [[nodiscard]] std::optional<std::string> problemOf(const Record& record) const;
    [[nodiscard]] std::optional<crypto::SignPublicKey> nextKey(const Record& record) const;

    std::uint64_t m_entries = 0;
    MerkleTree m_tree;
    std::string m_lastLeaf = std::string(32, '\0');
    std::int64_t m_maxSeenMs = 0;
    std::map<std::uint64_t, Entry> m_unfinished;
    std::vector<KeyPeriod> m_keys;
};

}  // namespace fairlead::audit
