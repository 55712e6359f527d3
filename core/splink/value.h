// Values of the condition language: NULL, booleans, numbers, texts, instants, lists and structures.

#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::splink {

/// What a value is.
enum class Kind : std::uint8_t { Null, Bool, Number, Text, Date, Timestamp, List, Struct };

/// One value. It does not own its text or items: an Arena or a column does.
struct Value {
    Kind kind = Kind::Null;
    double number = 0.0;           ///< Bool: 0 or 1; Number; Date and Timestamp: seconds since 1970-01-01.
    std::string_view text;         ///< Text.
    const Value* items = nullptr;  ///< List: its items; Struct: name (Text) and value in turn.
    std::uint32_t itemCount = 0;   ///< Values behind `items`.

    [[nodiscard]] bool isNull() const { return kind == Kind::Null; }
    [[nodiscard]] bool isTrue() const { return kind == Kind::Bool && number != 0.0; }
    [[nodiscard]] std::span<const Value> list() const { return {items, itemCount}; }

    /// TRUE or FALSE.
    static Value boolean(bool value) { return {Kind::Bool, value ? 1.0 : 0.0, {}, nullptr, 0}; }
    /// NULL for what is no finite number.
    static Value ofNumber(double value);
    static Value ofText(std::string_view text) { return {Kind::Text, 0.0, text, nullptr, 0}; }
    /// Date or Timestamp; NULL beyond some ten thousand years.
    static Value instant(Kind kind, double seconds);
};

/// Owns what values made during an evaluation point to; cleared between evaluations without giving memory back.
class Arena {
public:
    /// A text value over a copy that the arena keeps.
    Value text(std::string_view text);
    /// A list (or structure) value over items that the arena keeps.
    Value list(std::vector<Value> items, Kind kind = Kind::List);
    void clear() { m_usedTexts = m_usedLists = 0; }

private:
    std::deque<std::string> m_texts;
    std::deque<std::vector<Value>> m_lists;
    std::size_t m_usedTexts = 0, m_usedLists = 0;
};

/// A text that is a JSON list (or object) as a list (or structure); nothing when it is not one, or nested deeper than
/// 16.
std::optional<Value> parseJsonValue(std::string_view text, Arena& arena);

/// As a number: numbers, booleans, texts that are whole numbers or decimals; otherwise NULL.
Value toNumber(const Value& value);
/// As a text: numbers in the shortest form, dates as YYYY-MM-DD; NULL for lists and structures.
Value toText(const Value& value, Arena& arena);
/// As a date: dates, timestamps, texts that begin with YYYY-MM-DD; otherwise NULL.
Value toDate(const Value& value);
/// As a timestamp: dates, timestamps, texts YYYY-MM-DD[( |T)HH:MM[:SS[.fff]]][Z]; otherwise NULL.
Value toTimestamp(const Value& value);
/// As a list: lists, texts that are JSON lists; otherwise NULL.
Value toList(const Value& value, Arena& arena);
/// As a boolean: booleans, numbers (0 = false), "true" and "false"; otherwise NULL.
Value toBool(const Value& value);

/// -1, 0 or 1; nothing when one is NULL or the two cannot be compared. A text beside a number or an instant is read as
/// one. Lists compare item by item, a NULL item equal to another.
std::optional<int> compareValues(const Value& a, const Value& b);

/// Equality as the items of a list have it: NULL equals nothing.
bool sameValue(const Value& a, const Value& b);

}  // namespace fairlead::splink
