// Whether any of many words stands in some bytes, in any form in which a program might write it down.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::test {

/// Forms of each word: as it is, in small and in capital letters; each of these as bytes, as UTF-16 of either byte
/// order, in hexadecimal, and in Base64 from any of the three places at which it can begin there.
class WordSearch {
public:
    /// REQUIRES: at least 12 bytes, so that what is left of it in Base64 is long enough to be told.
    void add(std::string_view word);
    [[nodiscard]] std::size_t words() const { return m_words.size(); }

    /// A word that was found.
    struct Hit {
        std::string word;
        std::string form;  ///< "UTF-16BE", "Base64 from 1".
        std::size_t at = 0;
    };
    /// Every place, in order.
    [[nodiscard]] std::vector<Hit> in(std::string_view bytes) const;

private:
    struct Pattern {
        std::string bytes;
        std::size_t word = 0;
        const char* form = "";
    };
    void addForms(std::string_view text, std::size_t word);
    void addPattern(std::string bytes, std::size_t word, const char* form);

    std::vector<std::string> m_words;
    std::vector<Pattern> m_patterns;
    std::unordered_multimap<std::uint64_t, std::size_t> m_byStart;  // The first eight bytes of a pattern.
    std::vector<bool> m_mayStart = std::vector<bool>(std::size_t{1} << 24U);
};

}  // namespace fairlead::test
