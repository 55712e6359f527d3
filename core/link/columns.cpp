#include "core/link/columns.h"

#include <algorithm>
#include <cstring>

#include "core/base/check.h"

namespace fairlead::link {
namespace {

template <typename Word>
std::uint64_t wordAt(const char* at) {
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// All of a text of at most eight bytes as a number: two words that may overlap.
std::uint64_t shortText(std::string_view text) {
    const std::size_t size = text.size();
    const char* const at = text.data();
    if (size >= 4) return (wordAt<std::uint32_t>(at) << 32U) | wordAt<std::uint32_t>(at + size - 4);
    if (size == 0) return 0;
    return (wordAt<std::uint8_t>(at) << 16U) | (wordAt<std::uint8_t>(at + size / 2) << 8U) |
           wordAt<std::uint8_t>(at + size - 1);
}

// Eight bytes at a time; multiplied and folded, as the finalisers of common hashes do.
std::uint32_t hashOf(std::string_view text) {
    constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15ULL;
    std::uint64_t hash = text.size() * kFactor;
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * kFactor;
        hash ^= hash >> 29U;
    };
    for (; text.size() > 8; text.remove_prefix(8)) mix(wordAt<std::uint64_t>(text.data()));
    mix(shortText(text));
    return static_cast<std::uint32_t>(hash >> 32U) ^ static_cast<std::uint32_t>(hash);
}

// Most texts are short.
bool isSame(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a.size() <= 8) return shortText(a) == shortText(b);
    if (a.size() > 16) return a == b;
    const std::size_t last = a.size() - 8;
    return wordAt<std::uint64_t>(a.data()) == wordAt<std::uint64_t>(b.data()) &&
           wordAt<std::uint64_t>(a.data() + last) == wordAt<std::uint64_t>(b.data() + last);
}

}  // namespace

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

std::size_t Dictionary::slotOf(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot].id != kNoValue) {
        if (m_slots[slot].hash == hash && isSame(this->text(m_slots[slot].id), text)) return slot;
        slot = (slot + 1) & mask;
    }
    return slot;
}

void Dictionary::grow() {
    std::vector<Slot> old(m_slots.empty() ? 64 : m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& entry : old) {
        if (entry.id == kNoValue) continue;
        std::size_t slot = entry.hash & mask;
        while (m_slots[slot].id != kNoValue) slot = (slot + 1) & mask;
        m_slots[slot] = entry;
    }
}

std::uint32_t Dictionary::add(std::string_view text) {
    if (3 * m_slots.size() < 4 * (m_begins.size() + 1)) grow();
    const std::uint32_t hash = hashOf(text);
    const std::size_t slot = slotOf(text, hash);
    if (m_slots[slot].id != kNoValue) return m_slots[slot].id;
    const std::uint32_t id = size();
    FAIRLEAD_CHECK(m_bytes.size() + text.size() < kNoValue);
    m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    m_begins.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    m_slots[slot] = {hash, id};
    return id;
}

std::uint32_t Dictionary::find(std::string_view text) const {
    return m_slots.empty() ? kNoValue : m_slots[slotOf(text, hashOf(text))].id;
}

void MultiColumn::push(std::uint32_t value) {
    if (value == kNoValue) return;
    if (isSingle()) {
        if (m_values.size() == m_rows) {
            m_values.push_back(value);
            return;
        }
        if (m_values.back() == value) return;
        widen();
    }
    for (std::size_t i = m_offsets.back(); i < m_values.size(); ++i) {
        if (m_values[i] == value) return;
    }
    m_values.push_back(value);
}

// The row being built has one value already and is about to have two.
void MultiColumn::widen() {
    m_offsets.reserve(m_values.size() + 1);
    std::uint32_t kept = 0;
    for (const std::uint32_t value : m_values) {
        m_offsets.push_back(kept);
        if (value != kNoValue) m_values[kept++] = value;
    }
    m_values.resize(kept);
}

void MultiColumn::endRow() {
    if (isSingle()) {
        if (m_values.size() == m_rows) m_values.push_back(kNoValue);
    } else {
        m_offsets.push_back(static_cast<std::uint32_t>(m_values.size()));
    }
    ++m_rows;
}

MultiColumn MultiColumn::ofSingles(std::vector<std::uint32_t> values) {
    MultiColumn column;
    column.m_rows = static_cast<std::uint32_t>(values.size());
    column.m_values = std::move(values);
    return column;
}

}  // namespace fairlead::link
