// From the text of a condition to words and signs.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/splink/model.h"

namespace fairlead::splink {

/// What a token is.
enum class TokenKind : std::uint8_t { Word, QuotedName, Text, Number, Sign, End };

/// A word, name, literal or sign. `text` is without quotes, escapes resolved.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    std::size_t position = 0;  ///< Byte of the condition it begins at.
};

/// The longest condition that is read, in bytes.
inline constexpr std::size_t kLongestCondition = 100'000;

/// Splits a condition; the last token is End. Comments are skipped. The dialect decides what a backslash in a text
/// means. Errors: ParseError (empty subject) with the place: a quote or comment that never closes, a sign that has no
/// meaning, a condition that is too long.
Result<std::vector<Token>> tokensOf(std::string_view condition, Dialect dialect);

}  // namespace fairlead::splink
