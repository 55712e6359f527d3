// Characters of UTF-8 texts, where SQL counts characters and not bytes.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairlead::splink {

/// The character at a byte, and how many bytes it has; what is no UTF-8 is U+FFFD, byte by byte.
struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};
/// REQUIRES: position < text.size().
Character characterAt(std::string_view text, std::size_t position);

/// How many characters the text has.
std::size_t characterCount(std::string_view text);
/// `count` characters from the character at `first` (0 = the first), fewer where the text ends.
std::string_view characters(std::string_view text, std::size_t first, std::size_t count);

/// Character by character in lower or upper case, without regard to language (ß stays ß).
std::string lowerText(std::string_view text);
std::string upperText(std::string_view text);

/// The form in which characters that differ by case alone are the same.
char32_t foldedCharacter(char32_t c);
/// a-z, A-Z, 0-9 and _.
bool isWordCharacter(char32_t c);

}  // namespace fairlead::splink
