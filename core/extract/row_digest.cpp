#include "core/extract/row_digest.h"

#include <array>
#include <charconv>

#include "core/base/text.h"

namespace fairlead::extract {

namespace {
constexpr std::size_t kFlushBytes = 64U * 1024U;
}

void RowDigest::appendNumber(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    m_text.append(digits.data(), end);
}

void RowDigest::add(std::int64_t rowId, std::span<const Cell> cells) {
    appendNumber(rowId);
    for (const auto& cell : cells) {
        m_text += '\t';
        if (cell.storage == Cell::Storage::Integer) appendNumber(cell.integer);
        if (cell.storage == Cell::Storage::Text) m_text += cell.text;
    }
    m_text += '\n';
    ++m_rows;
    if (m_text.size() >= kFlushBytes) flush();
}

void RowDigest::flush() {
    m_hash.add(m_text);
    m_text.clear();
}

TableDigest RowDigest::finish() {
    flush();
    return {m_rows, hex(m_hash.finish())};
}

}  // namespace fairlead::extract
