#include "core/convert/value_parsing.h"

#include <array>
#include <cmath>

#include "core/base/text.h"

namespace fairlead::convert {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

/// Reads one text by one format, from left to right.
class DateScanner {
public:
    explicit DateScanner(std::string_view text) : m_text(text) {}

    std::optional<Date> scan(std::string_view format) {
        for (std::size_t i = 0; i < format.size(); ++i) {
            const bool isField = format[i] == '%' && i + 1 < format.size();
            const bool fits = isField ? field(format[++i]) : literal(format[i]);
            if (!fits) return std::nullopt;
        }
        if (m_position != m_text.size() || m_year < 1800 || m_year > 2999) return std::nullopt;
        return Date::fromCivil(m_year, static_cast<unsigned>(m_month), static_cast<unsigned>(m_day));
    }

private:
    bool literal(char c) { return m_position < m_text.size() && m_text[m_position++] == c; }

    bool field(char code) {
        int time = 0;
        switch (code) {
            case 'Y': return digits(4, m_year);
            case 'm': return digits(2, m_month);
            case 'd': return digits(2, m_day);
            case 'b': return month();
            case 'H': return digits(2, time) && time < 24;
            case 'M': return digits(2, time) && time < 60;
            case 'S': return digits(2, time) && time < 60;
            default: return false;
        }
    }

    bool digits(std::size_t count, int& number) {
        if (m_position + count > m_text.size()) return false;
        number = 0;
        for (const std::size_t end = m_position + count; m_position < end; ++m_position) {
            const char c = m_text[m_position];
            if (c < '0' || c > '9') return false;
            number = number * 10 + (c - '0');
        }
        return true;
    }

    bool month() {
        const auto name = lowerAscii(m_text.substr(m_position, 3));
        for (std::size_t i = 0; i < kMonths.size(); ++i) {
            if (kMonths[i] != name) continue;
            m_month = static_cast<int>(i) + 1;
            m_position += 3;
            return true;
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_position = 0;
    int m_year = 0;
    int m_month = 0;
    int m_day = 0;
};

}  // namespace

std::optional<Date> parseDate(std::string_view text, std::span<const std::string> formats) {
    for (const auto& format : formats) {
        if (const auto date = DateScanner(text).scan(format)) return date;
    }
    return std::nullopt;
}

std::optional<std::int64_t> parseWholeNumber(std::string_view text) {
    if (const auto whole = parseInteger(text)) return whole;
    const auto number = parseNumber(text);
    constexpr double kExactlyRepresented = 9'007'199'254'740'992.0;  // 2^53
    if (!number || !std::isfinite(*number) || std::abs(*number) > kExactlyRepresented) return std::nullopt;
    if (std::trunc(*number) != *number) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

}  // namespace fairlead::convert
