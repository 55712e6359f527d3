#include "core/extract/toml_document.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::extract {

namespace {

/// Walks over a TOML text and knows whether it stands in a string or a comment.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    /// The line of the first non-ASCII byte outside of strings and comments; 0 when there is none.
    std::size_t lineOfStrayByte() {
        while (m_position < m_text.size()) {
            const char c = m_text[m_position];
            if (static_cast<unsigned char>(c) >= 0x80) return m_line;
            if (c == '#') {
                skipComment();
            } else if (c == '"' || c == '\'') {
                skipString(c);
            } else {
                step();
            }
        }
        return 0;
    }

private:
    void step() {
        if (m_text[m_position] == '\n') ++m_line;
        ++m_position;
    }

    void skipComment() { m_position = std::min(m_text.find('\n', m_position), m_text.size()); }

    /// A one-line string ends at the line's end too: the parser reports the missing quote.
    void skipString(char quote) {
        const std::string triple(3, quote);
        const bool isMultiLine = m_text.substr(m_position).starts_with(triple);
        m_position += isMultiLine ? 3 : 1;
        while (m_position < m_text.size()) {
            if (quote == '"' && m_text[m_position] == '\\' && m_position + 1 < m_text.size()) {
                ++m_position;
                step();
                continue;
            }
            if (isMultiLine && m_text.substr(m_position).starts_with(triple)) {
                m_position += 3;
                // Up to two more quotes belong to the string: its text may end in quotes.
                while (m_position < m_text.size() && m_text[m_position] == quote) ++m_position;
                return;
            }
            if (!isMultiLine && (m_text[m_position] == quote || m_text[m_position] == '\n')) {
                if (m_text[m_position] == quote) ++m_position;
                return;
            }
            step();
        }
    }

    std::string_view m_text;
    std::size_t m_position = 0;
    std::size_t m_line = 1;
};

}  // namespace

Result<toml::table> parseToml(std::string_view text, std::string_view subject) {
    if (!isValidUtf8(text)) return fail(ErrorCode::Encoding, std::string(subject), "not UTF-8 text");
    if (const auto line = Scanner(text).lineOfStrayByte(); line != 0) {
        return fail(ErrorCode::ParseError, std::string(subject),
                    fmt::format("line {}: a letter outside of quotes and comments", line));
    }
    try {
        // Without a name, which the library would put into memory where it may not throw.
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::ParseError, std::string(subject),
                    fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
}

}  // namespace fairlead::extract
