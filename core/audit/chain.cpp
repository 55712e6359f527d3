#include "core/audit/chain.h"

#include <algorithm>

#include "core/audit/note.h"

namespace fairlead::audit {

std::string Chain::origin() const { return m_keys.empty() ? std::string() : originOf(m_keys.front().key); }

const crypto::SignPublicKey* Chain::keyAt(std::uint64_t size) const {
    if (m_keys.empty()) return nullptr;
    const auto after = std::ranges::upper_bound(m_keys, size, {}, &KeyPeriod::from);
    return after == m_keys.begin() ? &m_keys.front().key : &std::prev(after)->key;
}

/// The first key vouches for itself: it is what the log is named after.
std::optional<crypto::SignPublicKey> Chain::nextKey(const Record& record) const {
    if (!m_keys.empty()) return certifiedKey(record.certificate, origin(), checkpoint(), m_keys.back().key);
    const auto first = crypto::SignPublicKey::fromBytes(std::string_view(record.certificate).substr(0, 32));
    if (!first) return std::nullopt;
    return certifiedKey(record.certificate, originOf(*first), checkpoint(), *first);
}

std::optional<std::string> Chain::problemOf(const Record& record) const {
    if (record.sequence != m_entries + 1) return "out of order";
    if (record.previousLeaf != m_lastLeaf) return "does not follow the entry before it";
    if (record.maxSeenMs != std::max(m_maxSeenMs, record.wallMs)) return "times do not fit";
    if (record.entry.about >= record.sequence) return "ends what has not begun";
    if (m_keys.empty() && record.entry.verb != Verb::KeyChange) return "comes before the log's first key";
    return std::nullopt;
}

std::optional<std::string> Chain::add(const Record& record, std::string_view leaf) {
    if (auto problem = problemOf(record)) return problem;
    if (record.entry.verb == Verb::KeyChange) {
        const auto key = nextKey(record);
        if (!key) return "names a key that the one before it did not sign";
        m_keys.push_back({record.sequence, *key});
    }
    ++m_entries;
    m_tree.add(leaf);
    m_lastLeaf = leaf;
    m_maxSeenMs = record.maxSeenMs;
    if (record.entry.state == State::Intent) {
        Entry& intent = m_unfinished.emplace(record.sequence, record.entry).first->second;
        intent.details.clear();
    }
    if (record.entry.state == State::Done || record.entry.state == State::Failed) forget(record.entry.about);
    return std::nullopt;
}

}  // namespace fairlead::audit
