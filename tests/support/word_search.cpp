#include "tests/support/word_search.h"

#include <algorithm>
#include <cctype>
#include <cstring>

#include "core/base/check.h"
#include "core/base/text.h"

namespace fairlead::test {

namespace {

constexpr std::size_t kStartBytes = 8;
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint64_t startOf(std::string_view bytes) {
    std::uint64_t start = 0;
    std::memcpy(&start, bytes.data(), kStartBytes);
    return start;
}

std::size_t slotOf(std::uint64_t start) { return static_cast<std::size_t>((start * 0x9E3779B97F4A7C15ULL) >> 40U); }

std::string wide(std::string_view text, bool bigEndian) {
    std::string out;
    for (const char c : text) {
        if (bigEndian) out += '\0';
        out += c;
        if (!bigEndian) out += '\0';
    }
    return out;
}

/// What of a text's Base64 does not depend on the `before` bytes that stand before it, nor on what follows.
std::string base64Within(std::string_view text, std::size_t before) {
    const std::string padded = std::string(before, '\0') + std::string(text);
    std::string all;
    std::uint32_t kept = 0;
    unsigned bits = 0;
    for (const char c : padded) {
        kept = (kept << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) all += kLetters[(kept >> (bits - 6)) & 63U];
    }
    return all.substr((before * 8 + 5) / 6);
}

template <typename Change>
std::string changed(std::string_view text, Change change) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [&](unsigned char c) { return static_cast<char>(change(c)); });
    return out;
}

}  // namespace

void WordSearch::add(std::string_view word) {
    FAIRLEAD_CHECK(word.size() >= 12);
    m_words.emplace_back(word);
    std::vector<std::string> cases = {std::string(word), changed(word, [](int c) { return std::tolower(c); }),
                                      changed(word, [](int c) { return std::toupper(c); })};
    std::ranges::sort(cases);
    cases.erase(std::ranges::unique(cases).begin(), cases.end());
    for (const auto& text : cases) addForms(text, m_words.size() - 1);
}

void WordSearch::addForms(std::string_view text, std::size_t word) {
    addPattern(std::string(text), word, "bytes");
    addPattern(wide(text, false), word, "UTF-16LE");
    addPattern(wide(text, true), word, "UTF-16BE");
    addPattern(hex(text), word, "hexadecimal");
    addPattern(base64Within(text, 0), word, "Base64 from 0");
    addPattern(base64Within(text, 1), word, "Base64 from 1");
    addPattern(base64Within(text, 2), word, "Base64 from 2");
}

void WordSearch::addPattern(std::string bytes, std::size_t word, const char* form) {
    const auto start = startOf(bytes);
    m_byStart.emplace(start, m_patterns.size());
    m_mayStart[slotOf(start)] = true;
    m_patterns.push_back({std::move(bytes), word, form});
}

std::vector<WordSearch::Hit> WordSearch::in(std::string_view bytes) const {
    std::vector<Hit> hits;
    for (std::size_t at = 0; at + kStartBytes <= bytes.size(); ++at) {
        const auto start = startOf(bytes.substr(at));
        if (!m_mayStart[slotOf(start)]) continue;
        const auto [first, last] = m_byStart.equal_range(start);
        for (auto found = first; found != last; ++found) {
            const Pattern& pattern = m_patterns[found->second];
            if (bytes.substr(at).starts_with(pattern.bytes)) hits.push_back({m_words[pattern.word], pattern.form, at});
        }
    }
    return hits;
}

}  // namespace fairlead::test
