// The keys of a row under a blocking rule.

#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/link/columns.h"
#include "core/link/model.h"

namespace fairlead::link {

/// Mixes a value into a 64-bit key.
inline std::uint64_t mixKey(std::uint64_t key, std::uint64_t value) {
    // splitmix64's finaliser (Steele, Lea and Flood 2014) over the running key.
    std::uint64_t x = key * 0x9e3779b97f4a7c15ULL + value + 0x632be59bd9b4e019ULL;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31U);
}

/// Where keysOf puts the keys of a row, and the room it needs on the way: kept from row to row.
struct KeyScratch {
    std::vector<std::uint64_t> keys;  ///< Ascending, each once.
    std::vector<std::uint64_t> values;
    std::vector<std::uint64_t> longer;
};

/// Makes keys for one rule. A row without a value for a part has no key; a row with several values has several
/// keys, at most 64. Thread-safety: const functions may be called at once.
class KeyMaker {
public:
    /// `attribute` is the position of the rule's column; not used where the rule has no KeyPart::Text.
    KeyMaker(const Columns& columns, const BlockingRule& rule, std::uint16_t attribute);
    /// The row's keys.
    void keysOf(std::uint32_t row, KeyScratch& scratch) const;
    /// True when no row can have more than one key.
    [[nodiscard]] bool isSingle() const { return m_single; }
    /// The row's one key, the same as keysOf gives; false when it has none. REQUIRES: isSingle().
    bool singleKey(std::uint32_t row, std::uint64_t& key) const {
        key = 0;
        for (const Part& part : m_parts) {
            std::uint64_t value = 0;
            if (!valueOf(part, row, value)) return false;
            key = mixKey(key, value);
        }
        return true;
    }
    /// The value by which an oversize block is split: 0 by birth date, 1 by first forename.
    [[nodiscard]] std::uint64_t splitValue(std::uint32_t row, int round) const;

private:
    // A part where every row has one value at most: ids per row, and what an id means to the part.
    struct Part {
        std::span<const std::uint32_t> ids;
        std::vector<std::uint32_t> meaning;
        std::span<const std::uint32_t> otherIds;  // names in either order: the surname
        std::vector<std::uint32_t> otherMeaning;
    };
    static bool valueOf(const Part& part, std::uint32_t row, std::uint64_t& value) {
        const std::uint32_t id = part.ids[row];
        const std::uint32_t one = id == kNoValue ? kNoValue : part.meaning[id];
        if (one == kNoValue) return false;
        value = one;
        if (part.otherIds.empty()) return true;
        const std::uint32_t otherId = part.otherIds[row];
        if (otherId == kNoValue) return false;
        const std::uint64_t other = part.otherMeaning[otherId];
        value = (std::min(value, other) << 32U) | std::max(value, other);
        return true;
    }

    [[nodiscard]] const MultiColumn& columnOf(KeyPart part) const;
    [[nodiscard]] std::size_t dictionarySize(KeyPart part) const;
    [[nodiscard]] std::uint32_t meaningOf(KeyPart part, std::uint32_t id) const;
    void valuesOf(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void unorderedNames(std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void homes(std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void addSingle(KeyPart part);

    const Columns& m_columns;
    const BlockingRule& m_rule;
    std::uint16_t m_attribute;
    bool m_single = true;
    std::vector<Part> m_parts;
};

}  // namespace fairlead::link
