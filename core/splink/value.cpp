#include "core/splink/value.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/base/date.h"
#include "core/base/text.h"

namespace fairlead::splink {
namespace {

namespace json = boost::json;

constexpr double kSecondsPerDay = 86400.0;
constexpr std::size_t kDeepestJson = 16;

Value fromJson(const json::value& value, Arena& arena) {
    switch (value.kind()) {
        case json::kind::null: return {};
        case json::kind::bool_: return Value::boolean(value.get_bool());
        case json::kind::int64:
        case json::kind::uint64:
        case json::kind::double_: return Value::ofNumber(value.to_number<double>());
        case json::kind::string: return arena.text({value.get_string().data(), value.get_string().size()});
        case json::kind::array: {
            std::vector<Value> items;
            for (const json::value& item : value.get_array()) items.push_back(fromJson(item, arena));
            return arena.list(std::move(items));
        }
        case json::kind::object: {
            std::vector<Value> items;
            for (const auto& member : value.get_object()) {
                items.push_back(arena.text({member.key().data(), member.key().size()}));
                items.push_back(fromJson(member.value(), arena));
            }
            return arena.list(std::move(items), Kind::Struct);
        }
    }
    return {};
}

// "HH:MM[:SS[.fff]]" in seconds.
std::optional<double> clockTime(std::string_view text) {
    const std::vector<std::string_view> parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    constexpr std::array<double, 3> kLimits = {24.0, 60.0, 60.0}, kUnits = {3600.0, 60.0, 1.0};
    double seconds = 0.0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = parseNumber(parts[i]);
        const bool whole = i == 2 || (number && std::floor(*number) == *number);
        if (!number || *number < 0.0 || *number >= kLimits[i] || !whole) return std::nullopt;
        seconds += *number * kUnits[i];
    }
    return seconds;
}

bool isInstant(Kind kind) { return kind == Kind::Date || kind == Kind::Timestamp; }

int signOf(double difference) { return difference < 0.0 ? -1 : static_cast<int>(difference > 0.0); }

std::optional<int> compareLists(const Value& a, const Value& b) {
    const std::uint32_t shared = std::min(a.itemCount, b.itemCount);
    for (std::uint32_t i = 0; i < shared; ++i) {
        if (a.items[i].isNull() && b.items[i].isNull()) continue;
        const std::optional<int> order = compareValues(a.items[i], b.items[i]);
        if (!order || *order != 0) return order;
    }
    return a.itemCount == b.itemCount ? 0 : (a.itemCount < b.itemCount ? -1 : 1);
}

}  // namespace

Value Value::ofNumber(double value) {
    if (std::isnan(value)) return {};
    return {Kind::Number, value, {}, nullptr, 0};
}

Value Value::instant(Kind kind, double seconds) {
    constexpr double kFurthest = 4e11;
    return std::abs(seconds) < kFurthest ? Value{kind, seconds, {}, nullptr, 0} : Value{};
}

Value Arena::text(std::string_view text) {
    if (m_usedTexts == m_texts.size()) m_texts.emplace_back();
    std::string& kept = m_texts[m_usedTexts++];
    kept.assign(text);
    return Value::ofText(kept);
}

Value Arena::list(std::vector<Value> items, Kind kind) {
    if (m_usedLists == m_lists.size()) m_lists.emplace_back();
    std::vector<Value>& kept = m_lists[m_usedLists++];
    kept = std::move(items);
    return {kind, 0.0, {}, kept.data(), static_cast<std::uint32_t>(kept.size())};
}

std::optional<Value> parseJsonValue(std::string_view text, Arena& arena) {
    if (text.empty() || (text.front() != '[' && text.front() != '{')) return std::nullopt;
    boost::system::error_code problem;
    json::parse_options options;
    options.max_depth = kDeepestJson;
    const json::value value = json::parse({text.data(), text.size()}, problem, {}, options);
    if (problem) return std::nullopt;
    return fromJson(value, arena);
}

Value toNumber(const Value& value) {
    if (value.kind == Kind::Number) return value;
    if (value.kind == Kind::Bool) return Value::ofNumber(value.number);
    if (value.kind != Kind::Text) return {};
    const auto number = parseNumber(trimmed(value.text));
    return number ? Value::ofNumber(*number) : Value{};
}

Value toText(const Value& value, Arena& arena) {
    switch (value.kind) {
        case Kind::Text: return value;
        case Kind::Bool: return Value::ofText(value.number != 0.0 ? "true" : "false");
        case Kind::Number: return arena.text(fmt::format("{}", value.number));
        case Kind::Date:
            return arena.text(Date{static_cast<std::int32_t>(std::floor(value.number / kSecondsPerDay))}.iso());
        case Kind::Timestamp: {
            const double days = std::floor(value.number / kSecondsPerDay);
            const auto seconds = static_cast<int>(value.number - days * kSecondsPerDay);
            return arena.text(fmt::format("{} {:02}:{:02}:{:02}", Date{static_cast<std::int32_t>(days)}.iso(),
                                          seconds / 3600, seconds / 60 % 60, seconds % 60));
        }
        case Kind::Null:
        case Kind::List:
        case Kind::Struct: break;
    }
    return {};
}

Value toTimestamp(const Value& value) {
    if (isInstant(value.kind)) return Value::instant(Kind::Timestamp, value.number);
    if (value.kind != Kind::Text) return {};
    constexpr std::size_t kDateLength = 10;
    std::string_view text = trimmed(value.text);
    const auto date = Date::fromIso(text.substr(0, kDateLength));
    if (!date) return {};
    const double midnight = date->days * kSecondsPerDay;
    text.remove_prefix(kDateLength);
    if (text.empty()) return Value::instant(Kind::Timestamp, midnight);
    if (text.front() != ' ' && text.front() != 'T') return {};
    text.remove_prefix(1);
    if (text.ends_with('Z')) text.remove_suffix(1);
    const auto time = clockTime(text);
    return time ? Value::instant(Kind::Timestamp, midnight + *time) : Value{};
}

Value toDate(const Value& value) {
    const Value timestamp = toTimestamp(value);
    if (timestamp.isNull()) return {};
    return Value::instant(Kind::Date, std::floor(timestamp.number / kSecondsPerDay) * kSecondsPerDay);
}

Value toList(const Value& value, Arena& arena) {
    if (value.kind == Kind::List) return value;
    if (value.kind != Kind::Text) return {};
    const std::optional<Value> list = parseJsonValue(value.text, arena);
    return list && list->kind == Kind::List ? *list : Value{};
}

Value toBool(const Value& value) {
    if (value.kind == Kind::Bool) return value;
    if (value.kind == Kind::Number) return Value::boolean(value.number != 0.0);
    if (value.kind != Kind::Text) return {};
    const std::string lower = lowerAscii(trimmed(value.text));
    if (lower == "true" || lower == "t" || lower == "1") return Value::boolean(true);
    if (lower == "false" || lower == "f" || lower == "0") return Value::boolean(false);
    return {};
}

std::optional<int> compareValues(const Value& a, const Value& b) {
    if (a.isNull() || b.isNull()) return std::nullopt;
    if (a.kind == Kind::Text && b.kind == Kind::Text) {
        const int order = a.text.compare(b.text);
        return order < 0 ? -1 : static_cast<int>(order > 0);
    }
    if (a.kind == b.kind && (a.kind == Kind::List || a.kind == Kind::Struct)) return compareLists(a, b);
    if (a.kind == Kind::Bool || b.kind == Kind::Bool) {
        const Value x = toBool(a), y = toBool(b);
        if (x.isNull() || y.isNull()) return std::nullopt;
        return signOf(x.number - y.number);
    }
    const bool instants = isInstant(a.kind) || isInstant(b.kind);
    if (instants && (a.kind == Kind::Number || b.kind == Kind::Number)) return std::nullopt;
    const Value x = instants ? toTimestamp(a) : toNumber(a), y = instants ? toTimestamp(b) : toNumber(b);
    if (x.isNull() || y.isNull()) return std::nullopt;
    return x.number == y.number ? 0 : signOf(x.number - y.number);
}

bool sameValue(const Value& a, const Value& b) { return compareValues(a, b) == 0; }

}  // namespace fairlead::splink
