// Regular expressions whose time is bounded by pattern times text: no backtracking, no recursion over the text.
// Method: K. Thompson (1968), with the sub-matches of R. Pike; the first alternative wins, as in Perl and RE2.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace fairlead::splink {

/// A compiled pattern: characters, `.`, classes, `\d \w \s \b` and their opposites, `^ $`, groups, `|`, `* + ?
/// {m,n}` and their lazy forms, `(?i)` in front. Works on characters of UTF-8.
class Regex {
public:
    /// Errors: ParseError (empty subject): what is not supported (references, look-around), a pattern that is too big.
    static Result<Regex> compile(std::string_view pattern);

    /// Bytes [first, second) of a group of the first match, 0 = the whole match. Nothing without a match; an empty
    /// range for a group that took no part.
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> find(std::string_view text, std::size_t group,
                                                                          std::size_t from = 0) const;
    [[nodiscard]] std::size_t groups() const { return m_groups; }

private:
    friend class RegexCompiler;
    friend class RegexMachine;

    enum class Code : std::uint8_t { Character, Any, Class, Split, Jump, Save, TextStart, TextEnd, Boundary, Match };
    struct Range {
        char32_t low = 0, high = 0;
    };
    struct Instruction {
        Code code = Code::Match;
        bool negated = false;      // Class, Boundary
        char32_t character = 0;    // Character
        std::uint32_t first = 0;   // Split, Jump: target; Class: set; Save: slot
        std::uint32_t second = 0;  // Split: the less preferred target
    };
    [[nodiscard]] bool accepts(const Instruction& instruction, char32_t c) const;

    std::vector<Instruction> m_code;
    std::vector<std::vector<Range>> m_classes;
    std::size_t m_groups = 0;
    bool m_ignoreCase = false;
};

}  // namespace fairlead::splink
