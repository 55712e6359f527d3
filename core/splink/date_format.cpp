#include "core/splink/date_format.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/date.h"
#include "core/base/text.h"

namespace fairlead::splink {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from front to back.
class Reader {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    void skipBlanks() {
        while (!m_rest.empty() && m_rest.front() == ' ') m_rest.remove_prefix(1);
    }
    bool literal(char c) {
        if (m_rest.empty() || m_rest.front() != c) return false;
        m_rest.remove_prefix(1);
        return true;
    }
    std::optional<int> number(std::size_t mostDigits) {
        std::size_t digits = 0;
        int value = 0;
        for (; digits < mostDigits && digits < m_rest.size() && isDigit(m_rest[digits]); ++digits)
            value = 10 * value + (m_rest[digits] - '0');
        if (digits == 0) return std::nullopt;
        m_rest.remove_prefix(digits);
        return value;
    }
    std::optional<double> fraction() {
        const std::size_t before = m_rest.size();
        const auto value = number(9);
        if (!value) return std::nullopt;
        double scale = 1.0;
        for (std::size_t i = before - m_rest.size(); i > 0; --i) scale *= 10.0;
        return *value / scale;
    }
    std::optional<int> month(bool whole) {
        for (std::size_t i = 0; i < kMonths.size(); ++i) {
            const std::string_view name = whole ? kMonths[i] : kMonths[i].substr(0, 3);
            if (lowerAscii(m_rest.substr(0, name.size())) != name) continue;
            m_rest.remove_prefix(name.size());
            return static_cast<int>(i) + 1;
        }
        return std::nullopt;
    }
    // Z or +hh[:mm]; the offset in seconds.
    std::optional<double> zone() {
        if (literal('Z')) return 0.0;
        const bool west = !m_rest.empty() && m_rest.front() == '-';
        if (!literal(west ? '-' : '+')) return std::nullopt;
        const auto hours = number(2);
        if (!hours) return std::nullopt;
        literal(':');
        const int minutes = number(2).value_or(0);
        return (west ? -60.0 : 60.0) * (*hours * 60 + minutes);
    }

private:
    std::string_view m_rest;
};

struct Moment {
    int year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    double fraction = 0.0, offset = 0.0;

    [[nodiscard]] std::optional<double> seconds() const {
        if (month < 1 || day < 1 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
        const auto date = Date::fromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
        if (!date) return std::nullopt;
        return date->days * 86400.0 + hour * 3600.0 + minute * 60.0 + second + fraction - offset;
    }
};

template <typename T>
bool set(T& place, std::optional<T> value) {
    if (value) place = *value;
    return value.has_value();
}

bool readField(char letter, Reader& reader, Moment& moment) {
    switch (letter) {
        case 'Y': return set(moment.year, reader.number(4));
        case 'y': {
            const bool read = set(moment.year, reader.number(2));
            moment.year += moment.year < 69 ? 2000 : 1900;
            return read;
        }
        case 'm': return set(moment.month, reader.number(2));
        case 'b': return set(moment.month, reader.month(false));
        case 'B': return set(moment.month, reader.month(true));
        case 'd': return set(moment.day, reader.number(2));
        case 'H': return set(moment.hour, reader.number(2));
        case 'M': return set(moment.minute, reader.number(2));
        case 'S': return set(moment.second, reader.number(2));
        case 'f': return set(moment.fraction, reader.fraction());
        case 'z': return set(moment.offset, reader.zone());
        case '%': return reader.literal('%');
        default: return false;
    }
}

constexpr std::string_view kLetters = "YymbBdHMSfz%";

}  // namespace

bool isStrptimeFormat(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') continue;
        if (i + 1 < format.size() && format[i + 1] == '-') ++i;
        if (++i >= format.size() || kLetters.find(format[i]) == std::string_view::npos) return false;
    }
    return true;
}

std::optional<double> parseByFormat(std::string_view text, std::string_view format) {
    Reader reader(text);
    Moment moment;
    reader.skipBlanks();
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == ' ') {
            reader.skipBlanks();
            continue;
        }
        if (format[i] != '%') {
            if (!reader.literal(format[i])) return std::nullopt;
            continue;
        }
        if (i + 1 < format.size() && format[i + 1] == '-') ++i;
        if (++i >= format.size() || !readField(format[i], reader, moment)) return std::nullopt;
    }
    reader.skipBlanks();
    return reader.atEnd() ? moment.seconds() : std::nullopt;
}

namespace {

// `run` times a letter of Java's formats as a field of strptime.
std::optional<std::string_view> fieldOfJava(char letter, std::size_t run) {
    switch (letter) {
        case 'y': return run == 2 ? "%y" : "%Y";
        case 'M':
            if (run >= 4) return "%B";
            return run == 3 ? "%b" : "%m";
        case 'd': return "%d";
        case 'H': return "%H";
        case 'm': return "%M";
        case 's': return "%S";
        case 'S': return "%f";
        case 'X':
        case 'x': return "%z";
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<std::string> fromJavaFormat(std::string_view format) {
    std::string out;
    for (std::size_t i = 0; i < format.size();) {
        const char c = format[i];
        if (c == '\'') {
            const std::size_t end = format.find('\'', i + 1);
            if (end == std::string_view::npos) return std::nullopt;
            out += end == i + 1 ? std::string_view("'") : format.substr(i + 1, end - i - 1);
            i = end + 1;
            continue;
        }
        const std::size_t run = std::min(format.find_first_not_of(c, i), format.size()) - i;
        i += run;
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter) {
            for (std::size_t n = 0; n < run; ++n) out.append(c == '%' ? "%%" : std::string(1, c));
            continue;
        }
        const std::optional<std::string_view> field = fieldOfJava(c, run);
        if (!field) return std::nullopt;
        out += *field;
    }
    return out;
}

}  // namespace fairlead::splink
