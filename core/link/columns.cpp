#include "core/link/columns.h"

#include <algorithm>
#include <functional>

namespace fairlead::link {

TextShape shapeOf(std::string_view text) {
    TextShape shape;
    shape.length = static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), 65535));
    std::uint32_t shown = 0;
    for (const char c : text) {
        std::uint64_t bit = 0;
        if (c >= 'A' && c <= 'Z') {
            bit = 1ULL << static_cast<unsigned>(2 * (c - 'A'));
            if ((shape.letters & bit) != 0) bit <<= 1U;
        } else if (c >= '0' && c <= '9') {
            bit = 1ULL << static_cast<unsigned>(52 + c - '0');
        }
        if (bit == 0 || (shape.letters & bit) != 0) continue;
        shape.letters |= bit;
        ++shown;
    }
    shape.rest = static_cast<std::uint16_t>(shape.length - std::min<std::uint32_t>(shown, shape.length));
    return shape;
}

std::size_t Dictionary::slotOf(std::string_view text, std::uint64_t hash) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot] != kNoValue) {
        const std::uint32_t id = m_slots[slot];
        if (m_hashes[id] == hash && m_texts[id] == text) return slot;
        slot = (slot + 1) & mask;
    }
    return slot;
}

void Dictionary::grow() {
    m_slots.assign(m_slots.empty() ? 64 : m_slots.size() * 2, kNoValue);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t id = 0; id < m_hashes.size(); ++id) {
        std::size_t slot = m_hashes[id] & mask;
        while (m_slots[slot] != kNoValue) slot = (slot + 1) & mask;
        m_slots[slot] = id;
    }
}

std::uint32_t Dictionary::add(std::string_view text) {
    if (m_slots.size() < 2 * (m_texts.size() + 1)) grow();
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    const std::size_t slot = slotOf(text, hash);
    if (m_slots[slot] != kNoValue) return m_slots[slot];
    const auto id = static_cast<std::uint32_t>(m_texts.size());
    m_texts.emplace_back(text);
    m_hashes.push_back(hash);
    m_slots[slot] = id;
    return id;
}

std::uint32_t Dictionary::find(std::string_view text) const {
    if (m_slots.empty()) return kNoValue;
    return m_slots[slotOf(text, std::hash<std::string_view>{}(text))];
}

void MultiColumn::push(std::uint32_t value) {
    for (std::size_t i = offsets.back(); i < values.size(); ++i) {
        if (values[i] == value) return;
    }
    values.push_back(value);
}

}  // namespace fairlead::link
