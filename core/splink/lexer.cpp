#include "core/splink/lexer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace fairlead::splink {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}

// Longest first.
constexpr std::array<std::string_view, 27> kSigns = {
    "<=>", "->", "<>", "!=", "<=", ">=", "==", "||", "::", "//", "(", ")", "[", "]",
    ",",   ".",  "=",  "<",  ">",  "+",  "-",  "*",  "/",  "%",  ":", "{", "}"};

class Lexer {
public:
    Lexer(std::string_view text, Dialect dialect) : m_text(text), m_dialect(dialect) {}

    Result<std::vector<Token>> run() {
        if (m_text.size() > kLongestCondition)
            return fail(ErrorCode::ParseError, {}, fmt::format("longer than {} characters", kLongestCondition));
        std::vector<Token> tokens;
        for (;;) {
            FAIRLEAD_OK(skipBlanks());
            FAIRLEAD_TRY(Token token, next());
            tokens.push_back(std::move(token));
            if (tokens.back().kind == TokenKind::End) return tokens;
        }
    }

private:
    [[nodiscard]] char at(std::size_t ahead = 0) const {
        return m_position + ahead < m_text.size() ? m_text[m_position + ahead] : '\0';
    }
    [[nodiscard]] std::string_view rest() const { return m_text.substr(m_position); }

    Status skipBlanks() {
        for (;;) {
            while (m_position < m_text.size() && static_cast<unsigned char>(at()) <= ' ') ++m_position;
            if (rest().starts_with("--")) {
                m_position = std::min(m_text.find('\n', m_position), m_text.size());
            } else if (rest().starts_with("/*")) {
                const std::size_t end = m_text.find("*/", m_position + 2);
                if (end == std::string_view::npos)
                    return fail(ErrorCode::ParseError, {}, fmt::format("a comment at {} never closes", m_position));
                m_position = end + 2;
            } else {
                return {};
            }
        }
    }

    Result<Token> next() {
        Token token;
        token.position = m_position;
        if (m_position == m_text.size()) return token;
        const char c = at();
        if (isWordStart(c)) return word(std::move(token));
        if (isDigit(c) || (c == '.' && isDigit(at(1)))) return number(std::move(token));
        if (c == '\'') return quoted(std::move(token), TokenKind::Text);
        if (c == '"' || c == '`') return quoted(std::move(token), TokenKind::QuotedName);
        const auto* const sign =
            std::ranges::find_if(kSigns, [&](std::string_view candidate) { return rest().starts_with(candidate); });
        if (sign == kSigns.end()) {
            const bool shown = c > ' ' && c < '\x7f';
            return fail(
                ErrorCode::ParseError, {},
                fmt::format("the sign {} at {} has no meaning here", shown ? std::string(1, c) : "?", m_position));
        }
        token.kind = TokenKind::Sign;
        token.text = *sign;
        m_position += sign->size();
        return token;
    }

    Token word(Token token) {
        token.kind = TokenKind::Word;
        while (m_position < m_text.size() && (isWordStart(at()) || isDigit(at()) || at() == '$'))
            token.text += m_text[m_position++];
        return token;
    }

    Token number(Token token) {
        token.kind = TokenKind::Number;
        const auto digits = [&] {
            while (isDigit(at())) token.text += m_text[m_position++];
        };
        digits();
        if (at() == '.') {
            token.text += m_text[m_position++];
            digits();
        }
        const bool sign = at(1) == '+' || at(1) == '-';
        if ((at() == 'e' || at() == 'E') && isDigit(at(sign ? 2 : 1))) {
            token.text += 'e';
            ++m_position;
            if (sign) token.text += m_text[m_position++];
            if (token.text.back() == '+') token.text.pop_back();
            digits();
        }
        return token;
    }

    Result<Token> quoted(Token token, TokenKind kind) {
        token.kind = kind;
        const char quote = at();
        const bool escapes = kind == TokenKind::Text && m_dialect == Dialect::Spark;
        for (++m_position; m_position < m_text.size(); ++m_position) {
            const char c = at();
            if (c == quote && at(1) != quote) {
                ++m_position;
                return token;
            }
            if (c == quote || (c == '\\' && escapes && m_position + 1 < m_text.size())) ++m_position;
            token.text += escapes && c == '\\' ? escaped(at()) : at();
        }
        return fail(ErrorCode::ParseError, {}, fmt::format("a quote at {} never closes", token.position));
    }

    static char escaped(char c) { return c == 'n' ? '\n' : (c == 't' ? '\t' : c); }

    std::string_view m_text;
    Dialect m_dialect;
    std::size_t m_position = 0;
};

}  // namespace

Result<std::vector<Token>> tokensOf(std::string_view condition, Dialect dialect) {
    return Lexer(condition, dialect).run();
}

}  // namespace fairlead::splink
