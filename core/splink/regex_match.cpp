#include <algorithm>

#include <unicode/uchar.h>

#include "core/splink/characters.h"
#include "core/splink/regex.h"

namespace fairlead::splink {

/// Runs a program over a text: all threads of the program side by side, in order of preference.
class RegexMachine {
public:
    RegexMachine(const Regex& regex, std::string_view text)
        : m_regex(regex), m_text(text), m_slots(2 * (regex.m_groups + 1)), m_seen(regex.m_code.size(), 0) {}

    std::optional<std::vector<std::size_t>> run(std::size_t from) {
        std::optional<std::vector<std::size_t>> matched;
        std::vector<Thread> threads, next;
        for (std::size_t at = from;;) {
            const Character c = at < m_text.size() ? characterAt(m_text, at) : Character{};
            ++m_round;
            std::vector<Thread> ready;
            for (Thread& thread : threads) follow(std::move(thread), at, ready);
            if (!matched) follow({0, std::vector<std::size_t>(m_slots, kUnset)}, at, ready);
            next.clear();
            for (Thread& thread : ready) {
                const auto& instruction = m_regex.m_code[thread.at];
                if (instruction.code == Regex::Code::Match) {
                    matched = std::move(thread.slots);
                    break;  // what comes after is less preferred
                }
                if (c.bytes != 0 && m_regex.accepts(instruction, c.code))
                    next.push_back({thread.at + 1, std::move(thread.slots)});
            }
            if (c.bytes == 0 || (matched && next.empty())) return matched;
            threads.swap(next);
            at += c.bytes;
        }
    }

    static constexpr std::size_t kUnset = static_cast<std::size_t>(-1);

private:
    struct Thread {
        std::uint32_t at = 0;
        std::vector<std::size_t> slots;
    };

    // All places that a thread reaches without a character, most preferred first.
    void follow(Thread start, std::size_t position, std::vector<Thread>& ready) {
        std::vector<Thread> stack;
        stack.push_back(std::move(start));
        while (!stack.empty()) {
            Thread thread = std::move(stack.back());
            stack.pop_back();
            if (m_seen[thread.at] == m_round) continue;
            m_seen[thread.at] = m_round;
            const auto& instruction = m_regex.m_code[thread.at];
            switch (instruction.code) {
                case Regex::Code::Jump: thread.at = instruction.first; break;
                case Regex::Code::Split:
                    stack.push_back({instruction.second, thread.slots});
                    thread.at = instruction.first;
                    break;
                case Regex::Code::Save:
                    thread.slots[instruction.first] = position;
                    ++thread.at;
                    break;
                case Regex::Code::TextStart:
                case Regex::Code::TextEnd:
                case Regex::Code::Boundary:
                    if (!holds(instruction, position)) continue;
                    ++thread.at;
                    break;
                default: ready.push_back(std::move(thread)); continue;
            }
            stack.push_back(std::move(thread));
        }
    }

    [[nodiscard]] bool holds(const Regex::Instruction& instruction, std::size_t position) const {
        if (instruction.code == Regex::Code::TextStart) return position == 0;
        if (instruction.code == Regex::Code::TextEnd) return position == m_text.size();
        const bool before = position > 0 && isWordCharacter(static_cast<unsigned char>(m_text[position - 1]));
        const bool after = position < m_text.size() && isWordCharacter(static_cast<unsigned char>(m_text[position]));
        return (before != after) != instruction.negated;
    }

    const Regex& m_regex;
    std::string_view m_text;
    std::size_t m_slots;
    std::vector<std::size_t> m_seen;  // per instruction: the round that reached it
    std::size_t m_round = 0;
};

bool Regex::accepts(const Instruction& instruction, char32_t c) const {
    const char32_t plain = m_ignoreCase ? foldedCharacter(c) : c;
    if (instruction.code == Code::Any) return c != '\n';
    if (instruction.code == Code::Character) return plain == instruction.character;
    const auto within = [](const Range& range, char32_t x) { return range.low <= x && x <= range.high; };
    const bool member = std::ranges::any_of(m_classes[instruction.first], [&](const Range& range) {
        if (within(range, c)) return true;
        return m_ignoreCase &&
               (within(range, plain) || within(range, static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)))));
    });
    return member != instruction.negated;
}

std::optional<std::pair<std::size_t, std::size_t>> Regex::find(std::string_view text, std::size_t group,
                                                               std::size_t from) const {
    const auto slots = RegexMachine(*this, text).run(from);
    if (!slots) return std::nullopt;
    const std::size_t first = (*slots)[2 * group], second = (*slots)[2 * group + 1];
    if (first == RegexMachine::kUnset || second == RegexMachine::kUnset)
        return std::pair{std::size_t{0}, std::size_t{0}};
    return std::pair{first, second};
}

}  // namespace fairlead::splink
