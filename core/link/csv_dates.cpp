#include "core/link/csv_dates.h"

#include <algorithm>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/link/raw_input.h"

namespace fairlead::link {
namespace {

constexpr std::size_t kUnnamedFormats = 6;  // those tried when no format is named

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The number of digits at the beginning of the text, which are taken away; nothing when there are not as many.
std::optional<std::uint32_t> takeNumber(std::string_view& text, std::size_t least, std::size_t most) {
    std::uint32_t number = 0;
    std::size_t digits = 0;
    while (digits < most && digits < text.size() && isDigit(text[digits]))
        number = number * 10 + static_cast<std::uint32_t>(text[digits++] - '0');
    if (digits < least) return std::nullopt;
    text.remove_prefix(digits);
    return number;
}

std::optional<std::uint32_t> inFormat(std::string_view text, std::string_view format) {
    std::uint32_t year = 0, month = 0, day = 0;
    const bool hasSigns = format.size() > 8;
    for (std::size_t at = 0; at < format.size();) {
        const char kind = format[at];
        if (kind != 'Y' && kind != 'M' && kind != 'D') {
            if (text.empty() || text.front() != kind) return std::nullopt;
            text.remove_prefix(1);
            ++at;
            continue;
        }
        const std::size_t width = kind == 'Y' ? 4 : 2;
        const auto number = takeNumber(text, kind == 'Y' || !hasSigns ? width : 1, width);
        if (!number) return std::nullopt;
        (kind == 'Y' ? year : kind == 'M' ? month : day) = *number;
        at += width;
    }
    const bool hasTime = format == kDateFormats[0] && !text.empty() && (text.front() == 'T' || text.front() == ' ');
    if (!text.empty() && !hasTime) return std::nullopt;
    return year * 10000 + month * 100 + day;
}

// Year, month and day from three columns.
std::optional<std::uint32_t> ofParts(std::string_view text) {
    std::array<std::uint32_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t end = std::min(text.find(kPartSeparator), text.size());
        const auto number = parseInteger(text.substr(0, end));
        if (!number || *number < 0 || *number > (i == 0 ? 9999 : 99)) return std::nullopt;
        parts[i] = static_cast<std::uint32_t>(*number);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

bool isPossibleDay(std::string_view text, std::string_view format) {
    const auto digits = inFormat(text, format);
    return digits && Date::fromCivil(static_cast<int>(*digits / 10000), *digits / 100 % 100, *digits % 100);
}

}  // namespace

std::optional<std::uint32_t> dateDigitsOf(std::string_view text, std::string_view format) {
    if (text.find(kPartSeparator) != std::string_view::npos) return ofParts(text);
    if (!format.empty()) return inFormat(text, format);
    for (const std::string_view tried : std::span(kDateFormats).first(kUnnamedFormats)) {
        if (const auto digits = inFormat(text, tried)) return digits;
    }
    return std::nullopt;
}

DateFormatFound findDateFormat(std::span<const std::string> texts) {
    DateFormatFound found;
    found.texts = texts.size();
    for (const std::string_view format : kDateFormats) {
        const auto fitting = static_cast<std::size_t>(
            std::ranges::count_if(texts, [&](const std::string& text) { return isPossibleDay(text, format); }));
        const bool dayAndMonth = found.fitting > 0 && format.substr(0, 2) == "MM" && found.format.starts_with("DD");
        if (dayAndMonth && fitting == found.fitting) found.ambiguous = true;
        if (fitting <= found.fitting || 2 * fitting < texts.size()) continue;
        found.format = format;
        found.fitting = fitting;
        found.ambiguous = false;
    }
    return found;
}

}  // namespace fairlead::link
