#include "core/splink/characters.h"

#include <algorithm>
#include <cstdint>

#include <unicode/uchar.h>

namespace fairlead::splink {
namespace {

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

void append(std::string& out, UChar32 code) {
    const auto c = static_cast<std::uint32_t>(code);
    const auto continuation = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3fU)); };
    if (c < 0x80U) {
        out += static_cast<char>(c);
        return;
    }
    if (c < 0x800U) {
        out += static_cast<char>(0xc0U | (c >> 6U));
    } else if (c < 0x10000U) {
        out += static_cast<char>(0xe0U | (c >> 12U));
        continuation(6);
    } else {
        out += static_cast<char>(0xf0U | (c >> 18U));
        continuation(12);
        continuation(6);
    }
    continuation(0);
}

template <typename Change>
std::string changed(std::string_view text, Change change) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Character c = characterAt(text, at);
        append(out, change(static_cast<UChar32>(c.code)));
        at += c.bytes;
    }
    return out;
}

// The byte at which the character begins, at most the text's end.
std::size_t byteOf(std::string_view text, std::size_t character) {
    std::size_t at = 0;
    for (; character > 0 && at < text.size(); --character) at += characterAt(text, at).bytes;
    return at;
}

}  // namespace

Character characterAt(std::string_view text, std::size_t position) {
    const auto byte = [&](std::size_t ahead) { return static_cast<unsigned char>(text[position + ahead]); };
    const unsigned lead = byte(0);
    if (lead < 0x80U) return {lead, 1};
    const std::size_t length = lead >= 0xf0U ? 4 : (lead >= 0xe0U ? 3 : 2);
    if (lead < 0xc2U || lead > 0xf4U || position + length > text.size()) return {0xfffd, 1};
    char32_t code = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return {0xfffd, 1};
        code = (code << 6U) | (byte(i) & 0x3fU);
    }
    return {code, length};
}

std::size_t characterCount(std::string_view text) {
    if (isAscii(text)) return text.size();
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) at += characterAt(text, at).bytes;
    return count;
}

std::string_view characters(std::string_view text, std::size_t first, std::size_t count) {
    if (isAscii(text)) return text.substr(std::min(first, text.size()), count);
    text.remove_prefix(byteOf(text, first));
    return text.substr(0, byteOf(text, count));
}

std::string lowerText(std::string_view text) {
    return changed(text, [](UChar32 c) { return u_tolower(c); });
}

std::string upperText(std::string_view text) {
    return changed(text, [](UChar32 c) { return u_toupper(c); });
}

char32_t foldedCharacter(char32_t c) {
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

bool isWordCharacter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace fairlead::splink
