#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/splink/characters.h"
#include "core/splink/distance.h"
#include "core/splink/functions.h"

namespace fairlead::splink {
namespace {

using Arguments = std::span<const Value>;
constexpr std::size_t kAll = std::string_view::npos;
constexpr double kLongestText = 1e6;  // characters that a text may grow to

// The text of an argument; the texts of lists and structures are empty.
std::string_view textOf(const Value& value, const CallContext& context) { return toText(value, context.arena).text; }

Value ofTexts(Arguments arguments, const CallContext& context) {
    std::string out;
    for (const Value& argument : arguments) {
        if (static_cast<double>(out.size()) > kLongestText) return {};
        out += textOf(argument, context);
    }
    return context.arena.text(out);
}

// A number argument as a whole number; nothing where it is none.
std::optional<std::int64_t> wholeOf(const Value& value) {
    const Value number = toNumber(value);
    if (number.isNull() || std::abs(number.number) > 1e15) return std::nullopt;
    return static_cast<std::int64_t>(number.number);
}

Value joinLists(Arguments arguments, const CallContext& context) {
    std::vector<Value> items;
    for (const Value& argument : arguments) {
        const Value list = toList(argument, context.arena);
        if (list.isNull() || static_cast<double>(items.size()) > kLongestText) return {};
        items.insert(items.end(), list.list().begin(), list.list().end());
    }
    return context.arena.list(std::move(items));
}

// a || b: NULL when one is; lists are joined too.
Value join(Arguments arguments, const CallContext& context) {
    return arguments[0].kind == Kind::List ? joinLists(arguments, context) : ofTexts(arguments, context);
}

// DuckDB's concat leaves NULLs out, Spark's is NULL.
Value concat(Arguments arguments, const CallContext& context) {
    const bool anyNull = std::ranges::any_of(arguments, &Value::isNull);
    if (anyNull && context.dialect == Dialect::Spark) return {};
    std::vector<Value> present;
    std::ranges::copy_if(arguments, std::back_inserter(present), [](const Value& value) { return !value.isNull(); });
    return ofTexts(present, context);
}

Value concatWith(Arguments arguments, const CallContext& context) {
    if (arguments[0].isNull()) return {};
    std::vector<Value> parts;
    for (const Value& argument : arguments.subspan(1)) {
        if (argument.isNull()) continue;
        if (!parts.empty()) parts.push_back(arguments[0]);
        parts.push_back(argument);
    }
    return ofTexts(parts, context);
}

Value lower(Arguments arguments, const CallContext& context) {
    return context.arena.text(lowerText(textOf(arguments[0], context)));
}
Value upper(Arguments arguments, const CallContext& context) {
    return context.arena.text(upperText(textOf(arguments[0], context)));
}

std::string_view withoutLeading(std::string_view text, std::string_view set) {
    const std::size_t first = text.find_first_not_of(set);
    return first == kAll ? std::string_view() : text.substr(first);
}
std::string_view withoutTrailing(std::string_view text, std::string_view set) {
    return text.substr(0, text.find_last_not_of(set) + 1);
}
std::string_view trimSet(Arguments arguments, const CallContext& context) {
    return arguments.size() > 1 ? textOf(arguments[1], context) : std::string_view(" ");
}
Value trimBoth(Arguments arguments, const CallContext& context) {
    const std::string_view set = trimSet(arguments, context);
    return context.arena.text(withoutTrailing(withoutLeading(textOf(arguments[0], context), set), set));
}
Value trimLeft(Arguments arguments, const CallContext& context) {
    return context.arena.text(withoutLeading(textOf(arguments[0], context), trimSet(arguments, context)));
}
Value trimRight(Arguments arguments, const CallContext& context) {
    return context.arena.text(withoutTrailing(textOf(arguments[0], context), trimSet(arguments, context)));
}

Value length(Arguments arguments, const CallContext& context) {
    if (arguments[0].kind == Kind::List) return Value::ofNumber(arguments[0].itemCount);
    return Value::ofNumber(static_cast<double>(characterCount(textOf(arguments[0], context))));
}

// SQL's substring: positions from 1; 0 and before it are places without characters; from the end when negative.
Value substring(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context);
    const auto start = wholeOf(arguments[1]);
    const auto count =
        arguments.size() > 2 ? wholeOf(arguments[2]) : std::optional<std::int64_t>(std::int64_t{1} << 50);
    if (!start || !count) return {};
    const auto size = static_cast<std::int64_t>(characterCount(text));
    const std::int64_t first = *start < 0 ? size + *start : *start - 1;
    std::int64_t from = first, until = first + *count;
    if (*count < 0) std::swap(from, until);  // DuckDB reads backwards
    from = std::clamp<std::int64_t>(from, 0, size);
    until = std::clamp<std::int64_t>(until, from, size);
    return context.arena.text(characters(text, static_cast<std::size_t>(from), static_cast<std::size_t>(until - from)));
}

Value leftOf(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context);
    const auto count = wholeOf(arguments[1]);
    if (!count) return {};
    const auto size = static_cast<std::int64_t>(characterCount(text));
    const std::int64_t kept = std::clamp<std::int64_t>(*count < 0 ? size + *count : *count, 0, size);
    return context.arena.text(characters(text, 0, static_cast<std::size_t>(kept)));
}

Value rightOf(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context);
    const auto count = wholeOf(arguments[1]);
    if (!count) return {};
    const auto size = static_cast<std::int64_t>(characterCount(text));
    const std::int64_t kept = std::clamp<std::int64_t>(*count < 0 ? size + *count : *count, 0, size);
    return context.arena.text(characters(text, static_cast<std::size_t>(size - kept), kAll));
}

Value replace(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context), what = textOf(arguments[1], context),
                           with = textOf(arguments[2], context);
    if (what.empty()) return context.arena.text(text);
    std::string out;
    std::size_t at = 0;
    for (std::size_t found = text.find(what); found != kAll; found = text.find(what, at)) {
        out.append(text.substr(at, found - at)).append(with);
        at = found + what.size();
        if (static_cast<double>(out.size()) > kLongestText) return {};
    }
    return context.arena.text(out.append(text.substr(at)));
}

Value reverse(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = characterAt(text, at).bytes;
        out.insert(0, text.substr(at, bytes));
        at += bytes;
    }
    return context.arena.text(out);
}

Value contains(Arguments arguments, const CallContext& context) {
    if (arguments[0].kind == Kind::List) {
        return Value::boolean(
            std::ranges::any_of(arguments[0].list(), [&](const Value& item) { return sameValue(item, arguments[1]); }));
    }
    return Value::boolean(textOf(arguments[0], context).find(textOf(arguments[1], context)) != kAll);
}
Value startsWith(Arguments arguments, const CallContext& context) {
    return Value::boolean(textOf(arguments[0], context).starts_with(textOf(arguments[1], context)));
}
Value endsWith(Arguments arguments, const CallContext& context) {
    return Value::boolean(textOf(arguments[0], context).ends_with(textOf(arguments[1], context)));
}

Value positionOf(Arguments arguments, const CallContext& context) {
    const std::string_view text = textOf(arguments[0], context);
    const std::size_t found = text.find(textOf(arguments[1], context));
    return Value::ofNumber(found == kAll ? 0.0 : static_cast<double>(characterCount(text.substr(0, found)) + 1));
}

std::vector<std::string_view> partsOf(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    std::size_t at = 0;
    while (!separator.empty()) {
        const std::size_t found = text.find(separator, at);
        if (found == kAll) break;
        parts.push_back(text.substr(at, found - at));
        at = found + separator.size();
    }
    parts.push_back(text.substr(at));
    return parts;
}

Value splitText(Arguments arguments, const CallContext& context) {
    const Value text = toText(arguments[0], context.arena);
    std::vector<Value> items;
    for (const std::string_view part : partsOf(text.text, textOf(arguments[1], context)))
        items.push_back(Value::ofText(part));
    return context.arena.list(std::move(items));
}

Value splitPart(Arguments arguments, const CallContext& context) {
    const Value text = toText(arguments[0], context.arena);
    const std::vector<std::string_view> parts = partsOf(text.text, textOf(arguments[1], context));
    const auto number = wholeOf(arguments[2]);
    if (!number) return {};
    const auto count = static_cast<std::int64_t>(parts.size());
    const std::int64_t at = *number < 0 ? count + *number : *number - 1;
    return Value::ofText(at < 0 || at >= count ? std::string_view() : parts[static_cast<std::size_t>(at)]);
}

// --- similarities

template <auto Measure>
Value similarity(Arguments arguments, const CallContext& context) {
    const double value = static_cast<double>(Measure(textOf(arguments[0], context), textOf(arguments[1], context)));
    const double cutoff = arguments.size() > 2 ? toNumber(arguments[2]).number : 0.0;
    return Value::ofNumber(value < cutoff ? 0.0 : value);
}
template <auto Measure>
Value distance(Arguments arguments, const CallContext& context) {
    return Value::ofNumber(static_cast<double>(Measure(textOf(arguments[0], context), textOf(arguments[1], context))));
}
Value jaccardOf(Arguments arguments, const CallContext& context) {
    const auto value = jaccard(textOf(arguments[0], context), textOf(arguments[1], context));
    return value ? Value::ofNumber(*value) : Value{};
}

constexpr std::array kFunctions = {
    Function{"||", 2, 255, join},
    Function{"concat", 1, 255, concat, true},
    Function{"concat_ws", 1, 255, concatWith, true},
    Function{"lower", 1, 1, lower},
    Function{"lcase", 1, 1, lower},
    Function{"upper", 1, 1, upper},
    Function{"ucase", 1, 1, upper},
    Function{"trim", 1, 2, trimBoth},
    Function{"ltrim", 1, 2, trimLeft},
    Function{"rtrim", 1, 2, trimRight},
    Function{"length", 1, 1, length},
    Function{"len", 1, 1, length},
    Function{"char_length", 1, 1, length},
    Function{"character_length", 1, 1, length},
    Function{"substr", 2, 3, substring},
    Function{"substring", 2, 3, substring},
    Function{"left", 2, 2, leftOf},
    Function{"right", 2, 2, rightOf},
    Function{"replace", 3, 3, replace},
    Function{"reverse", 1, 1, reverse},
    Function{"contains", 2, 2, contains},
    Function{"starts_with", 2, 2, startsWith},
    Function{"startswith", 2, 2, startsWith},
    Function{"prefix", 2, 2, startsWith},
    Function{"ends_with", 2, 2, endsWith},
    Function{"endswith", 2, 2, endsWith},
    Function{"suffix", 2, 2, endsWith},
    Function{"strpos", 2, 2, positionOf},
    Function{"instr", 2, 2, positionOf},
    Function{"string_split", 2, 2, splitText},
    Function{"str_split", 2, 2, splitText},
    Function{"split_part", 3, 3, splitPart},
    Function{"regexp_extract", 2, 3, nullptr, false, Special::RegexExtract},
    Function{"regexp_matches", 2, 2, nullptr, false, Special::RegexMatches},
    Function{"regexp_like", 2, 2, nullptr, false, Special::RegexMatches},
    Function{"rlike", 2, 2, nullptr, false, Special::RegexMatches},
    Function{"regexp_replace", 3, 4, nullptr, false, Special::RegexReplace},
    Function{"jaro_similarity", 2, 3, similarity<jaro>},
    Function{"jaro_sim", 2, 2, similarity<jaro>},
    Function{"jaro_winkler_similarity", 2, 3, similarity<jaroWinkler>},
    Function{"jaro_winkler", 2, 2, similarity<jaroWinkler>},
    Function{"jaro_winkler_sim", 2, 2, similarity<jaroWinkler>},
    Function{"levenshtein", 2, 2, distance<levenshtein>},
    Function{"editdist3", 2, 2, distance<levenshtein>},
    Function{"damerau_levenshtein", 2, 2, distance<damerauLevenshtein>},
    Function{"jaccard", 2, 2, jaccardOf},
};

}  // namespace

std::span<const Function> textFunctions() { return kFunctions; }

}  // namespace fairlead::splink
