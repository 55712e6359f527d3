#include <algorithm>

#include <fmt/format.h>

#include "core/splink/characters.h"
#include "core/splink/regex.h"

namespace fairlead::splink {
namespace {

constexpr std::size_t kLargestProgram = 2000;
constexpr int kDeepestGroup = 50;
constexpr std::size_t kMostGroups = 20;
constexpr int kMostRepeats = 1000;

}  // namespace

/// Reads a pattern into a tree, then writes the tree as a program.
class RegexCompiler {
public:
    explicit RegexCompiler(std::string_view pattern) : m_pattern(pattern) {}

    Result<Regex> run() {
        if (m_pattern.starts_with("(?i)")) {
            m_regex.m_ignoreCase = true;
            m_at += 4;
        }
        const Piece whole = alternatives(0);
        if (m_problem.empty() && more()) problem("a ) without its (");
        if (m_problem.empty()) {
            save(0);
            write(whole);
            save(1);
            emit({.code = Code::Match});
        }
        if (!m_problem.empty())
            return fail(ErrorCode::ParseError, {}, fmt::format("pattern {}: {}", m_pattern, m_problem));
        m_regex.m_groups = m_groups;
        return std::move(m_regex);
    }

private:
    using Code = Regex::Code;
    using Instruction = Regex::Instruction;
    using Range = Regex::Range;

    enum class Shape : std::uint8_t { One, Sequence, Alternatives, Repeat, Group };
    struct Piece {
        Shape shape = Shape::Sequence;
        Instruction one;  // One
        std::vector<Piece> parts;
        std::size_t group = 0;  // Group: its number
        int low = 1, high = 1;  // Repeat: high -1 = without end
        bool lazy = false;
    };

    void problem(std::string_view what) {
        if (m_problem.empty()) m_problem = what;
        m_at = m_pattern.size();
    }
    [[nodiscard]] bool more() const { return m_at < m_pattern.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_pattern.size() ? m_pattern[m_at + ahead] : '\0';
    }
    bool take(char c) {
        const bool there = more() && peek() == c;
        if (there) ++m_at;
        return there;
    }
    char32_t takeCharacter() {
        const Character c = characterAt(m_pattern, m_at);
        m_at += c.bytes;
        return c.code;
    }

    static Piece one(Instruction instruction) {
        Piece piece;
        piece.shape = Shape::One;
        piece.one = instruction;
        return piece;
    }
    [[nodiscard]] Piece character(char32_t c) const {
        return one({.code = Code::Character, .character = m_regex.m_ignoreCase ? foldedCharacter(c) : c});
    }

    Piece alternatives(int depth) {
        Piece piece;
        if (depth > kDeepestGroup) {
            problem("groups too deep");
            return piece;
        }
        piece.shape = Shape::Alternatives;
        do {
            Piece sequence;
            while (more() && peek() != '|' && peek() != ')') sequence.parts.push_back(repeated(atom(depth)));
            piece.parts.push_back(std::move(sequence));
        } while (take('|'));
        return piece;
    }

    Piece repeated(Piece inner) {
        Piece piece;
        piece.shape = Shape::Repeat;
        if (take('*')) {
            piece.low = 0, piece.high = -1;
        } else if (take('+')) {
            piece.high = -1;
        } else if (take('?')) {
            piece.low = 0;
        } else if (peek() == '{' && peek(1) >= '0' && peek(1) <= '9') {
            ++m_at;
            piece.low = count();
            piece.high = take(',') ? (peek() == '}' ? -1 : count()) : piece.low;
            if (!take('}')) problem("a { that never closes");
            if (std::max(piece.low, piece.high) > kMostRepeats || (piece.high >= 0 && piece.high < piece.low))
                problem("a repetition out of range");
        } else {
            return inner;
        }
        piece.lazy = take('?');
        if (peek() == '*' || peek() == '+') problem("a repetition of a repetition");
        piece.parts.push_back(std::move(inner));
        return piece;
    }

    int count() {
        int value = 0;
        while (more() && peek() >= '0' && peek() <= '9')
            value = std::min(10 * value + (m_pattern[m_at++] - '0'), kMostRepeats + 1);
        return value;
    }

    Piece atom(int depth) {
        const char32_t c = takeCharacter();
        switch (c) {
            case '.': return one({.code = Code::Any});
            case '^': return one({.code = Code::TextStart});
            case '$': return one({.code = Code::TextEnd});
            case '(': return group(depth);
            case '[': return characterClass();
            case '\\': return escape();
            case '*':
            case '+':
            case '?': problem("a repetition of nothing"); return {};
            default: return character(c);
        }
    }

    Piece group(int depth) {
        Piece piece;
        if (take('?')) {
            if (!take(':')) problem("(? other than (?: and a leading (?i)");
        } else {
            piece.shape = Shape::Group;
            piece.group = ++m_groups;
            if (m_groups > kMostGroups) problem("too many groups");
        }
        piece.parts.push_back(alternatives(depth + 1));
        if (m_problem.empty() && !take(')')) problem("a ( without its )");
        return piece;
    }

    Piece ofClass(std::vector<Range> ranges, bool negated) {
        m_regex.m_classes.push_back(std::move(ranges));
        return one({.code = Code::Class,
                    .negated = negated,
                    .first = static_cast<std::uint32_t>(m_regex.m_classes.size() - 1)});
    }

    // The set behind \d, \w, \s; empty for other letters.
    static std::vector<Range> shorthand(char32_t letter) {
        switch (letter) {
            case 'd': return {{'0', '9'}};
            case 'w': return {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}};
            case 's': return {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
            default: return {};
        }
    }

    // The character that an escape stands for.
    char32_t escapedCharacter(char32_t c) {
        switch (c) {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            default:
                if (isWordCharacter(c) && c != '_') problem("an escape that is not known here");
                return c;
        }
    }

    Piece escape() {
        if (!more()) problem("a \\ at the end");
        if (!more()) return {};
        const char32_t c = takeCharacter();
        if (c == 'b' || c == 'B') return one({.code = Code::Boundary, .negated = c == 'B'});
        const bool upper = c == 'D' || c == 'W' || c == 'S';
        std::vector<Range> set = shorthand(upper ? c + ('a' - 'A') : c);
        if (!set.empty()) return ofClass(std::move(set), upper);
        return character(escapedCharacter(c));
    }

    char32_t classCharacter() {
        const char32_t c = takeCharacter();
        return c == '\\' && more() ? escapedCharacter(takeCharacter()) : c;
    }

    Piece characterClass() {
        const bool negated = take('^');
        std::vector<Range> ranges;
        for (bool first = true; more() && (first || peek() != ']'); first = false) {
            if (peek() == '[' && peek(1) == ':') problem("a named class");
            if (!more()) break;
            if (peek() == '\\') {
                const auto set = shorthand(static_cast<unsigned char>(peek(1)));
                ranges.insert(ranges.end(), set.begin(), set.end());
                if (!set.empty()) m_at += 2;
                if (!set.empty()) continue;
            }
            Range range;
            range.low = range.high = classCharacter();
            if (peek() == '-' && peek(1) != ']' && peek(1) != '\0') {
                ++m_at;
                range.high = classCharacter();
            }
            if (range.low > range.high) problem("a range the wrong way round");
            ranges.push_back(range);
        }
        if (m_problem.empty() && !take(']')) problem("a [ that never closes");
        return ofClass(std::move(ranges), negated);
    }

    // --- the program

    std::uint32_t emit(Instruction instruction) {
        if (here() >= kLargestProgram) problem("too big");
        if (m_problem.empty()) m_regex.m_code.push_back(instruction);
        return here() - 1;
    }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(m_regex.m_code.size()); }
    void save(std::size_t slot) { emit({.code = Code::Save, .first = static_cast<std::uint32_t>(slot)}); }
    void setSplit(std::uint32_t at, std::uint32_t into, std::uint32_t past, bool lazy) {
        if (!m_problem.empty()) return;
        m_regex.m_code[at] = {.code = Code::Split, .first = lazy ? past : into, .second = lazy ? into : past};
    }

    void write(const Piece& piece) {
        if (!m_problem.empty()) return;
        switch (piece.shape) {
            case Shape::One: emit(piece.one); return;
            case Shape::Sequence:
                for (const Piece& part : piece.parts) write(part);
                return;
            case Shape::Group:
                save(2 * piece.group);
                write(piece.parts.front());
                save(2 * piece.group + 1);
                return;
            case Shape::Alternatives: writeAlternatives(piece); return;
            case Shape::Repeat: writeRepeat(piece); return;
        }
    }

    void writeAlternatives(const Piece& piece) {
        std::vector<std::uint32_t> jumps;
        for (std::size_t i = 0; i + 1 < piece.parts.size(); ++i) {
            const std::uint32_t split = emit({});
            write(piece.parts[i]);
            jumps.push_back(emit({.code = Code::Jump}));
            setSplit(split, split + 1, here(), false);
        }
        write(piece.parts.back());
        for (const std::uint32_t jump : jumps) {
            if (m_problem.empty()) m_regex.m_code[jump].first = here();
        }
    }

    void writeRepeat(const Piece& piece) {
        const Piece& inner = piece.parts.front();
        for (int i = 0; i < piece.low; ++i) write(inner);
        if (piece.high < 0) {
            const std::uint32_t split = emit({});
            write(inner);
            emit({.code = Code::Jump, .first = split});
            setSplit(split, split + 1, here(), piece.lazy);
            return;
        }
        std::vector<std::uint32_t> splits;
        for (int i = piece.low; i < piece.high && m_problem.empty(); ++i) {
            splits.push_back(emit({}));
            write(inner);
        }
        for (const std::uint32_t split : splits) setSplit(split, split + 1, here(), piece.lazy);
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    std::size_t m_groups = 0;
    std::string m_problem;
    Regex m_regex;
};

Result<Regex> Regex::compile(std::string_view pattern) { return RegexCompiler(pattern).run(); }

}  // namespace fairlead::splink
