#include "core/access/passphrase.h"

#include <cstdlib>
#include <set>
#include <string>

#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::size_t kLeastCharacters = 12;
constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kLeastDistinct = 5;

/// Code points of well-formed UTF-8, ASCII letters as small ones.
std::u32string charactersOf(std::string_view text) {
    std::u32string characters;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) == 0x80U) {
            characters.back() = characters.back() << 6U | (byte & 0x3fU);
        } else {
            const unsigned lead = byte < 0x80U   ? byte
                                  : byte < 0xe0U ? byte & 0x1fU
                                  : byte < 0xf0U ? byte & 0x0fU
                                                 : byte & 0x07U;
            characters.push_back(byte >= 'A' && byte <= 'Z' ? lead + ('a' - 'A') : lead);
        }
    }
    return characters;
}

/// The text is one piece over and over, the last time perhaps not whole.
bool isRepeated(const std::u32string& text) {
    for (std::size_t period = 1; period <= text.size() / 2; ++period) {
        bool repeats = true;
        for (std::size_t i = period; repeats && i < text.size(); ++i) repeats = text[i] == text[i - period];
        if (repeats) return true;
    }
    return false;
}

/// Nearly every character is the one before it, its neighbour in the alphabet, or its neighbour digit.
bool isRun(const std::u32string& text) {
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const auto difference = static_cast<std::int64_t>(text[i]) - static_cast<std::int64_t>(text[i - 1]);
        if (std::abs(difference) <= 1) ++steps;
    }
    return steps * 10 > (text.size() - 1) * 7;
}

}  // namespace

Status checkPassphrase(std::string_view text) {
    if (text.size() > kMostBytes || !isValidUtf8(text) || hasControlCharacters(text)) {
        return fail(ErrorCode::InvalidArgument, "passphrase", "not a text of at most 1,024 bytes");
    }
    auto characters = charactersOf(text);
    const bool isShort = characters.size() < kLeastCharacters;
    const bool isTrivial = !isShort && (std::set(characters.begin(), characters.end()).size() < kLeastDistinct ||
                                        isRepeated(characters) || isRun(characters));
    std::fill(characters.begin(), characters.end(), U'\0');
    if (isShort) return fail(ErrorCode::WeakPassphrase, "passphrase", "shorter than 12 characters");
    if (isTrivial) return fail(ErrorCode::WeakPassphrase, "passphrase", "repetitive");
    return {};
}

bool KdfPolicy::allows(const crypto::KdfCost& cost) const {
    constexpr crypto::KdfCost kFloor{};
    return m_weak || (cost.passes >= kFloor.passes && cost.memoryBytes >= kFloor.memoryBytes);
}

}  // namespace fairlead::access
