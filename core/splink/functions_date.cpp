#include <array>
#include <cmath>
#include <cstdlib>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/splink/date_format.h"
#include "core/splink/functions.h"

namespace fairlead::splink {
namespace {

using Arguments = std::span<const Value>;
constexpr double kSecondsPerDay = 86400.0;

double daysOf(double seconds) { return std::floor(seconds / kSecondsPerDay); }
YearMonthDay civilOf(double seconds) { return Date{static_cast<std::int32_t>(daysOf(seconds))}.civil(); }

Value byFormat(const Value& text, std::string_view format) {
    if (text.kind != Kind::Text) return toTimestamp(text);
    const auto seconds = parseByFormat(text.text, format);
    return seconds ? Value::instant(Kind::Timestamp, *seconds) : Value{};
}

// By the format, or by the first of a list of formats that fits.
Value strptime(Arguments arguments, const CallContext& /*context*/) {
    if (arguments[1].kind != Kind::List) return byFormat(arguments[0], arguments[1].text);
    for (const Value& format : arguments[1].list()) {
        const Value read = byFormat(arguments[0], format.text);
        if (!read.isNull()) return read;
    }
    return {};
}

Value javaTimestamp(Arguments arguments, const CallContext& /*context*/) {
    if (arguments.size() == 1) return toTimestamp(arguments[0]);
    const auto format = fromJavaFormat(arguments[1].text);
    return format ? byFormat(arguments[0], *format) : Value{};
}

Value javaDate(Arguments arguments, const CallContext& context) { return toDate(javaTimestamp(arguments, context)); }

Value date(Arguments arguments, const CallContext& /*context*/) { return toDate(arguments[0]); }

// Seconds since 1970; a number is an amount of seconds already, as the difference of two moments is.
Value epoch(Arguments arguments, const CallContext& /*context*/) {
    if (arguments[0].kind == Kind::Number) return arguments[0];
    const Value moment = toTimestamp(arguments[0]);
    return moment.isNull() ? Value{} : Value::ofNumber(moment.number);
}

Value unixTimestamp(Arguments arguments, const CallContext& context) {
    const Value moment = javaTimestamp(arguments, context);
    return moment.isNull() ? Value{} : Value::ofNumber(moment.number);
}

// A whole count of the unit since 1970: differences of it count the boundaries crossed.
std::optional<double> unitsOf(std::string_view unit, double seconds) {
    const auto civil = civilOf(seconds);
    if (unit == "year" || unit == "years") return civil.year;
    if (unit == "quarter") return civil.year * 4.0 + (civil.month - 1) / 3;  // NOLINT(bugprone-integer-division)
    if (unit == "month" || unit == "months") return civil.year * 12.0 + civil.month;
    if (unit == "week" || unit == "weeks") return std::floor((daysOf(seconds) + 3.0) / 7.0);  // 1970-01-01: a Thursday
    if (unit == "day" || unit == "days") return daysOf(seconds);
    if (unit == "hour" || unit == "hours") return std::floor(seconds / 3600.0);
    if (unit == "minute" || unit == "minutes") return std::floor(seconds / 60.0);
    if (unit == "second" || unit == "seconds") return std::floor(seconds);
    return std::nullopt;
}

// date_diff('day', a, b) = b - a in units; with two arguments Spark's datediff(end, start) in days.
Value dateDifference(Arguments arguments, const CallContext& /*context*/) {
    const bool units = arguments.size() == 3;
    const Value from = toTimestamp(arguments[1]), until = toTimestamp(arguments[units ? 2 : 0]);
    if (from.isNull() || until.isNull()) return {};
    const std::string unit = units ? lowerAscii(arguments[0].text) : "day";
    const auto a = unitsOf(unit, from.number), b = unitsOf(unit, until.number);
    return a && b ? Value::ofNumber(*b - *a) : Value{};
}

Value datePart(std::string_view part, const Value& value) {
    const Value moment = toTimestamp(value);
    if (moment.isNull()) return {};
    const auto civil = civilOf(moment.number);
    if (part == "year") return Value::ofNumber(civil.year);
    if (part == "month") return Value::ofNumber(civil.month);
    if (part == "day") return Value::ofNumber(civil.day);
    return {};
}
Value partOf(Arguments arguments, const CallContext& /*context*/) {
    return datePart(lowerAscii(arguments[0].text), arguments[1]);
}
Value year(Arguments arguments, const CallContext& /*context*/) { return datePart("year", arguments[0]); }
Value month(Arguments arguments, const CallContext& /*context*/) { return datePart("month", arguments[0]); }
Value day(Arguments arguments, const CallContext& /*context*/) { return datePart("day", arguments[0]); }

constexpr std::array kFunctions = {
    Function{"try_strptime", 2, 2, strptime},
    Function{"strptime", 2, 2, strptime},
    Function{"to_timestamp", 1, 2, javaTimestamp},
    Function{"try_to_timestamp", 1, 2, javaTimestamp},
    Function{"to_date", 1, 2, javaDate},
    Function{"try_to_date", 1, 2, javaDate},
    Function{"date", 1, 1, date},
    Function{"epoch", 1, 1, epoch},
    Function{"unix_timestamp", 1, 2, unixTimestamp},
    Function{"to_unix_timestamp", 1, 2, unixTimestamp},
    Function{"datediff", 2, 3, dateDifference},
    Function{"date_diff", 2, 3, dateDifference},
    Function{"date_part", 2, 2, partOf},
    Function{"datepart", 2, 2, partOf},
    Function{"year", 1, 1, year},
    Function{"month", 1, 1, month},
    Function{"day", 1, 1, day},
    Function{"dayofmonth", 1, 1, day},
};

}  // namespace

std::span<const Function> dateFunctions() { return kFunctions; }

bool isKnownDateFormat(std::string_view format, bool java) {
    return java ? fromJavaFormat(format).has_value() : isStrptimeFormat(format);
}

bool hasJavaFormat(std::string_view lowerName) { return lowerName != "try_strptime" && lowerName != "strptime"; }

}  // namespace fairlead::splink
