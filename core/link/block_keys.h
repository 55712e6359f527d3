// The keys of a row under a blocking rule.

#pragma once

#include <cstdint>
#include <vector>

#include "core/link/columns.h"
#include "core/link/model.h"

namespace fairlead::link {

/// Mixes a value into a 64-bit key.
std::uint64_t mixKey(std::uint64_t key, std::uint64_t value);

/// Makes keys for one rule. A row without a value for a part has no key; a row with several values has several
/// keys, at most 64.
class KeyMaker {
public:
    /// `attribute` is the position of the rule's column; not used where the rule has no KeyPart::Text.
    KeyMaker(const Columns& columns, const BlockingRule& rule, std::uint16_t attribute);
    /// The row's keys, ascending, each once.
    void keysOf(std::uint32_t row, std::vector<std::uint64_t>& keys) const;
    /// The value by which an oversize block is split: 0 by birth date, 1 by first forename.
    [[nodiscard]] std::uint64_t splitValue(std::uint32_t row, int round) const;

private:
    void valuesOf(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void nameValues(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void unorderedNames(std::uint32_t row, std::vector<std::uint64_t>& values) const;
    void dateValues(KeyPart part, std::uint32_t row, std::vector<std::uint64_t>& values) const;

    const Columns& m_columns;
    const BlockingRule& m_rule;
    std::uint16_t m_attribute;
};

}  // namespace fairlead::link
