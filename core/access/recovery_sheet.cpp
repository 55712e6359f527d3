// The text of a recovery sheet: per line 8 bytes in 13 letters and 3 that check them.

#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/access/recovery.h"
#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kLines = 4, kLineBytes = 8, kDataLetters = 13, kLineLetters = 16;

using LineLetters = std::array<char, kLineLetters>;

std::string checkOf(std::string_view bytes, int which, std::size_t line) {
    std::string text = fmt::format("fairlead sheet 1\n{}\n{}\n", which, line + 1);
    text += bytes;
    const std::string digest = crypto::sha256(text);
    crypto::wipe(text);
    std::string letters;
    for (std::size_t i = kDataLetters; i < kLineLetters; ++i)
        letters += kLetters[static_cast<unsigned char>(digest[i]) & 31U];
    return letters;
}

LineLetters lettersOf(std::string_view bytes, int which, std::size_t line) {
    LineLetters letters{};
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    // 64 bits in 13 letters: the last one holds four of them.
    letters[kDataLetters - 1] = kLetters[(number & 15U) << 1U];
    number >>= 4U;
    for (std::size_t i = kDataLetters - 1; i-- > 0; number >>= 5U) letters[i] = kLetters[number & 31U];
    const std::string check = checkOf(bytes, which, line);
    std::copy(check.begin(), check.end(), letters.begin() + kDataLetters);
    return letters;
}

/// The 16 letters of a line of print, or of typing without its number; nothing when it is no such line.
std::optional<LineLetters> lettersIn(std::string_view line) {
    LineLetters letters{};
    std::size_t count = 0;
    for (char c : line) {
        if (c == ' ' || c == '-' || c == '\t' || c == '\r') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '0') c = 'O';
        if (c == '1') c = 'I';
        if (kLetters.find(c) == std::string_view::npos || count == kLineLetters) return std::nullopt;
        letters[count++] = c;
    }
    return count == kLineLetters ? std::optional(letters) : std::nullopt;
}

std::uint64_t numberOf(const LineLetters& letters) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i + 1 < kDataLetters; ++i) number = number << 5U | kLetters.find(letters[i]);
    return number << 4U | kLetters.find(letters[kDataLetters - 1]) >> 1U;
}

std::array<char, kLineBytes> bytesOf(std::uint64_t number) {
    std::array<char, kLineBytes> bytes{};
    for (std::size_t i = kLineBytes; i-- > 0; number >>= 8U) bytes[i] = static_cast<char>(number & 0xffU);
    return bytes;
}

/// "3 ABCD-...": the number and what follows; nothing for other lines.
std::optional<std::pair<std::size_t, std::string_view>> numbered(std::string_view line) {
    line = trimmed(line);
    if (line.size() < 2 || line[0] < '1' || line[0] > '4' || (line[1] != ' ' && line[1] != '\t')) return std::nullopt;
    return std::pair(static_cast<std::size_t>(line[0] - '1'), line.substr(2));
}

/// What is wrong with a line of a sheet.
struct BadLine {
    int sheet;
    std::size_t line;
    std::string_view what;
};

std::unexpected<Error> refused(const BadLine& bad) {
    return fail(ErrorCode::InvalidArgument, fmt::format("sheet {}", bad.sheet),
                fmt::format("line {} {}", bad.line + 1, bad.what));
}

/// The 8 bytes of a line. Errors: InvalidArgument.
Result<std::array<char, kLineBytes>> checkedLine(std::string_view text, int which, std::size_t line) {
    const auto letters = lettersIn(text);
    if (!letters) return refused({which, line, "is mistyped"});
    const auto bytes = bytesOf(numberOf(*letters));
    const std::string_view view(bytes.data(), bytes.size());
    if (lettersOf(view, which, line) == *letters) return bytes;
    if (lettersOf(view, 3 - which, line) == *letters) return refused({which, line, "is of the other sheet"});
    return refused({which, line, "is mistyped"});
}

}  // namespace

crypto::Secret printSheet(const crypto::Secret& sheet, int which) {
    std::string text;
    for (std::size_t line = 0; line < kLines; ++line) {
        const LineLetters letters = lettersOf(sheet.view().substr(line * kLineBytes, kLineBytes), which, line);
        const std::string_view all(letters.data(), letters.size());
        text += fmt::format("{}  {}-{}-{}-{}\n", line + 1, all.substr(0, 4), all.substr(4, 4), all.substr(8, 4),
                            all.substr(12, 4));
    }
    auto printed = crypto::Secret::copyOf(text);
    crypto::wipe(text);
    return printed;
}

Result<crypto::Secret> readSheet(std::string_view text, int which) {
    crypto::Secret sheet(kLines * kLineBytes);
    std::array<bool, kLines> found{};
    for (const std::string_view line : split(text, '\n')) {
        const auto part = numbered(line);
        if (!part) continue;
        FAIRLEAD_TRY(const auto bytes, checkedLine(part->second, which, part->first));
        std::copy(bytes.begin(), bytes.end(), sheet.data() + part->first * kLineBytes);
        found[part->first] = true;
    }
    for (std::size_t line = 0; line < kLines; ++line)
        if (!found[line]) return refused({which, line, "is missing"});
    return sheet;
}

}  // namespace fairlead::access
