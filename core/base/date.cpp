#include "core/base/date.h"

#include <chrono>

#include <fmt/format.h>

namespace fairlead {

namespace {

namespace calendar = std::chrono;

Date fromDays(calendar::year_month_day day) {
    return Date{static_cast<std::int32_t>(calendar::sys_days(day).time_since_epoch().count())};
}

/// The number made of `count` digits at `position`, or -1.
int digits(std::string_view text, std::size_t position, std::size_t count) {
    int number = 0;
    for (std::size_t i = position; i < position + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

std::optional<Date> checked(int year, int month, int day) {
    if (year < 1800 || year > 2999 || month < 1 || day < 1) return std::nullopt;
    return Date::fromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

}  // namespace

std::optional<Date> Date::fromCivil(int year, unsigned month, unsigned day) {
    const calendar::year_month_day civil{calendar::year(year), calendar::month(month), calendar::day(day)};
    if (!civil.ok()) return std::nullopt;
    return fromDays(civil);
}

std::optional<Date> Date::fromIso(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return checked(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

std::optional<Date> Date::fromUk(std::string_view text) {
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
    return checked(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2));
}

YearMonthDay Date::civil() const {
    const calendar::year_month_day day{calendar::sys_days(calendar::days(days))};
    return {static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())};
}

std::string Date::iso() const {
    if (*this == never()) return "never";
    if (*this == beginning()) return "beginning";
    const auto day = civil();
    return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::string Date::uk() const {
    if (*this == never()) return "never";
    if (*this == beginning()) return "beginning";
    const auto day = civil();
    return fmt::format("{:02}/{:02}/{:04}", day.day, day.month, day.year);
}

Date Date::plusMonths(int months) const {
    const auto day = civil();
    const calendar::year_month month =
        calendar::year_month(calendar::year(day.year), calendar::month(day.month)) + calendar::months(months);
    const calendar::year_month_day wanted{month.year(), month.month(), calendar::day(day.day)};
    if (wanted.ok()) return fromDays(wanted);
    return fromDays(calendar::year_month_day(month / calendar::last));
}

Date Date::monthStart() const { return Date{days - static_cast<std::int32_t>(civil().day) + 1}; }

Date Date::monthEnd() const { return monthStart().plusMonths(1) - 1; }

int ageInYears(Date birth, Date at) {
    const auto born = birth.civil();
    const auto now = at.civil();
    int years = now.year - born.year;
    if (now.month < born.month || (now.month == born.month && now.day < born.day)) --years;
    return years;
}

}  // namespace fairlead
