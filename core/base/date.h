// Date and Interval: civil days and half-open intervals of them. No time zones, no clock.
// Thread-safety: plain values.

#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead {

/// Year, month 1-12 and day 1-31 of a Date.
struct YearMonthDay {
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;
    friend constexpr auto operator<=>(const YearMonthDay&, const YearMonthDay&) = default;
};

/// A civil day, as days since 1970-01-01 (proleptic Gregorian calendar).
struct Date {
    std::int32_t days = 0;

    /// The day that an open-ended interval ends on: never reached.
    static constexpr Date never() { return Date{std::numeric_limits<std::int32_t>::max()}; }
    /// The day before every other.
    static constexpr Date beginning() { return Date{std::numeric_limits<std::int32_t>::min()}; }
    /// The given civil day, or nothing when there is no such day (30 February).
    static std::optional<Date> fromCivil(int year, unsigned month, unsigned day);
    /// Reads exactly YYYY-MM-DD, years 1800 to 2999; nothing otherwise.
    static std::optional<Date> fromIso(std::string_view text);
    /// Reads exactly DD/MM/YYYY, years 1800 to 2999; nothing otherwise.
    static std::optional<Date> fromUk(std::string_view text);

    /// REQUIRES: neither never() nor beginning().
    [[nodiscard]] YearMonthDay civil() const;
    /// "2026-06-22"; "never" and "beginning" for the two ends.
    [[nodiscard]] std::string iso() const;
    /// "22/06/2026", as every screen shows it.
    [[nodiscard]] std::string uk() const;
    /// The same day `months` later (or earlier), the last day of that month where it has no such day.
    [[nodiscard]] Date plusMonths(int months) const;
    /// The first day of this day's month.
    [[nodiscard]] Date monthStart() const;
    /// The last day of this day's month.
    [[nodiscard]] Date monthEnd() const;

    friend constexpr auto operator<=>(const Date&, const Date&) = default;
    friend constexpr Date operator+(Date date, std::int32_t n) { return Date{date.days + n}; }
    friend constexpr Date operator-(Date date, std::int32_t n) { return Date{date.days - n}; }
    friend constexpr std::int32_t operator-(Date a, Date b) { return a.days - b.days; }
};

/// Completed years from `birth` to `at`; a 29 February birthday falls on 1 March in common years.
int ageInYears(Date birth, Date at);

/// The days [from, until). Empty when until <= from; open-ended when until is Date::never(). `Interval{}` is not
/// empty: it runs from 1970-01-01 without an end.
struct Interval {
    Date from;
    Date until = Date::never();

    [[nodiscard]] constexpr bool isEmpty() const { return until <= from; }
    [[nodiscard]] constexpr bool isOpen() const { return until == Date::never(); }
    /// True from the first day to the day before `until`.
    [[nodiscard]] constexpr bool contains(Date day) const { return from <= day && day < until; }
    /// True when both hold a day; an empty interval holds none.
    [[nodiscard]] constexpr bool overlaps(const Interval& other) const {
        return from < other.until && other.from < until && !isEmpty() && !other.isEmpty();
    }
    friend constexpr auto operator<=>(const Interval&, const Interval&) = default;
};

}  // namespace fairlead
