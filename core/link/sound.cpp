// The sound of a name. Vowels carry little in transliterated names (Mohammed, Muhamed), so only the first is kept,
// as 'A'; consonants that one sound is written with are folded.

#include <array>
#include <utility>

#include "core/link/standardise.h"

namespace fairlead::link {
namespace {

using Fold = std::pair<std::string_view, std::string_view>;

// The longest spelling first. An empty right side is silent.
constexpr std::array<Fold, 22> kAnywhere = {
    {{"SCH", "S"}, {"TCH", "S"}, {"DGE", "J"}, {"IGH", "I"}, {"AUGH", "AF"}, {"CZ", "S"}, {"SZ", "S"}, {"RZ", "J"},
     {"CH", "S"},  {"SH", "S"},  {"PH", "F"},  {"TH", "T"},  {"GH", "G"},    {"KH", "K"}, {"CK", "K"}, {"CE", "SE"},
     {"CI", "SI"}, {"CY", "SI"}, {"DH", "D"},  {"BH", "B"},  {"QU", "K"},    {"X", "KS"}}};
constexpr std::array<Fold, 6> kAtStart = {
    {{"KN", "N"}, {"GN", "N"}, {"WR", "R"}, {"PS", "S"}, {"MAC", "MK"}, {"MC", "MK"}}};

std::string folded(std::string_view word) {
    std::string out;
    std::size_t at = 0;
    for (const auto& [from, to] : kAtStart) {
        if (word.starts_with(from)) {
            out += to;
            at = from.size();
            break;
        }
    }
    while (at < word.size()) {
        const std::string_view rest = word.substr(at);
        bool found = false;
        for (const auto& [from, to] : kAnywhere) {
            if (!rest.starts_with(from)) continue;
            out += to;
            at += from.size();
            found = true;
            break;
        }
        if (!found) out += word[at++];
    }
    return out;
}

char consonantClass(char c) {
    switch (c) {
        case 'C':
        case 'Q':
        case 'K': return 'K';
        case 'Z':
        case 'S': return 'S';
        case 'V':
        case 'F': return 'F';
        case 'G':
        case 'J': return 'J';
        case 'D':
        case 'T': return 'T';
        case 'B':
        case 'P': return 'P';
        case 'M':
        case 'N': return 'N';
        case 'L': return 'L';
        case 'R': return 'R';
        default: return '\0';  // vowels, H, W, Y
    }
}

}  // namespace

std::string soundOf(std::string_view canonicalWord) {
    constexpr std::size_t kMaxSigns = 6;
    std::string code;
    char previous = '\0';
    for (const char c : folded(canonicalWord)) {
        const char sign = consonantClass(c);
        if (sign == '\0') {
            if (code.empty() && c != ' ' && c != 'H') code += 'A';
            if (c != 'H') previous = '\0';
            continue;
        }
        if (sign != previous) code += sign;
        previous = sign;
        if (code.size() == kMaxSigns) break;
    }
    return code;
}

}  // namespace fairlead::link
