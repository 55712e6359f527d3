// The functions that conditions may call: DuckDB's and Spark's names for them.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/splink/model.h"
#include "core/splink/value.h"

namespace fairlead::splink {

class Regex;

/// What a function works with beside its arguments.
struct CallContext {
    Arena& arena;
    Dialect dialect = Dialect::DuckDb;
};

/// A function of values. Functions over lambdas and patterns are the evaluator's (evaluate.h).
using Body = Value (*)(std::span<const Value> arguments, const CallContext& context);

/// What the evaluator does itself, having the lambda or the pattern.
enum class Special : std::uint8_t { None, Transform, Filter, Reduce, RegexExtract, RegexMatches, RegexReplace };

/// One function. `body` is null for a special one.
struct Function {
    std::string_view name;
    std::uint8_t fewest = 1, most = 1;  ///< Arguments.
    Body body = nullptr;
    bool seesNull = false;  ///< Otherwise one NULL argument makes NULL.
    Special special = Special::None;
};

/// The number of a function by its name in lower case.
std::optional<std::uint32_t> functionNumber(std::string_view lowerName);
/// The function of a number.
const Function& functionAt(std::uint32_t number);

/// The groups of functions; functions.cpp puts them together.
std::span<const Function> textFunctions();
std::span<const Function> numberFunctions();
std::span<const Function> dateFunctions();
std::span<const Function> listFunctions();

/// True when a date format is understood: `%Y` and its kin, or with `java` yyyy-MM-dd and its kin.
bool isKnownDateFormat(std::string_view format, bool java);
/// Whether a function's date formats are Java's.
bool hasJavaFormat(std::string_view lowerName);

}  // namespace fairlead::splink
