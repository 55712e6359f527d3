#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/splink/functions.h"

namespace fairlead::splink {
namespace {

using Arguments = std::span<const Value>;

template <auto Compute>
Value ofOne(Arguments arguments, const CallContext& /*context*/) {
    const Value number = toNumber(arguments[0]);
    return number.isNull() ? Value{} : Value::ofNumber(Compute(number.number));
}

constexpr auto kAbsolute = [](double x) { return std::abs(x); };
constexpr auto kFloor = [](double x) { return std::floor(x); };
constexpr auto kCeiling = [](double x) { return std::ceil(x); };
constexpr auto kRoot = [](double x) { return std::sqrt(x); };
constexpr auto kNaturalLog = [](double x) { return x > 0.0 ? std::log(x) : std::nan(""); };
constexpr auto kLog2 = [](double x) { return x > 0.0 ? std::log2(x) : std::nan(""); };
constexpr auto kLog10 = [](double x) { return x > 0.0 ? std::log10(x) : std::nan(""); };
constexpr auto kExponential = [](double x) { return std::exp(x); };
constexpr auto kSine = [](double x) { return std::sin(x); };
constexpr auto kCosine = [](double x) { return std::cos(x); };
constexpr auto kArcSine = [](double x) { return std::asin(x); };
constexpr auto kArcCosine = [](double x) { return std::acos(x); };
constexpr auto kRadians = [](double x) { return x * std::numbers::pi / 180.0; };

Value power(Arguments arguments, const CallContext& /*context*/) {
    const Value base = toNumber(arguments[0]), exponent = toNumber(arguments[1]);
    if (base.isNull() || exponent.isNull()) return {};
    return Value::ofNumber(std::pow(base.number, exponent.number));
}

Value roundTo(Arguments arguments, const CallContext& /*context*/) {
    const Value number = toNumber(arguments[0]);
    const Value digits = arguments.size() > 1 ? toNumber(arguments[1]) : Value::ofNumber(0.0);
    if (number.isNull() || digits.isNull()) return {};
    const double unit = std::pow(10.0, std::clamp(digits.number, -15.0, 15.0));
    return Value::ofNumber(std::round(number.number * unit) / unit);
}

// --- values of any kind

Value coalesce(Arguments arguments, const CallContext& /*context*/) {
    const auto found = std::ranges::find_if(arguments, [](const Value& value) { return !value.isNull(); });
    return found == arguments.end() ? Value{} : *found;
}

Value nullIf(Arguments arguments, const CallContext& /*context*/) {
    return compareValues(arguments[0], arguments[1]) == 0 ? Value{} : arguments[0];
}

Value choose(Arguments arguments, const CallContext& /*context*/) {
    return toBool(arguments[0]).isTrue() ? arguments[1] : arguments[2];
}

// The value that sorts last (sign 1) or first (sign -1); NULLs do not count.
template <int Sign>
Value extreme(Arguments arguments, const CallContext& /*context*/) {
    Value best;
    for (const Value& value : arguments) {
        if (value.isNull()) continue;
        const auto order = compareValues(value, best);
        if (best.isNull() || (order && *order * Sign > 0)) best = value;
    }
    return best;
}

constexpr std::array kFunctions = {
    Function{"abs", 1, 1, ofOne<kAbsolute>},
    Function{"floor", 1, 1, ofOne<kFloor>},
    Function{"ceil", 1, 1, ofOne<kCeiling>},
    Function{"ceiling", 1, 1, ofOne<kCeiling>},
    Function{"sqrt", 1, 1, ofOne<kRoot>},
    Function{"ln", 1, 1, ofOne<kNaturalLog>},
    Function{"log2", 1, 1, ofOne<kLog2>},
    Function{"log10", 1, 1, ofOne<kLog10>},
    Function{"exp", 1, 1, ofOne<kExponential>},
    Function{"sin", 1, 1, ofOne<kSine>},
    Function{"cos", 1, 1, ofOne<kCosine>},
    Function{"asin", 1, 1, ofOne<kArcSine>},
    Function{"acos", 1, 1, ofOne<kArcCosine>},
    Function{"radians", 1, 1, ofOne<kRadians>},
    Function{"pow", 2, 2, power},
    Function{"power", 2, 2, power},
    Function{"round", 1, 2, roundTo},
    Function{"coalesce", 1, 255, coalesce, true},
    Function{"ifnull", 2, 2, coalesce, true},
    Function{"nvl", 2, 2, coalesce, true},
    Function{"nullif", 2, 2, nullIf, true},
    Function{"if", 3, 3, choose, true},
    Function{"greatest", 1, 255, extreme<1>, true},
    Function{"least", 1, 255, extreme<-1>, true},
};

}  // namespace

std::span<const Function> numberFunctions() { return kFunctions; }

}  // namespace fairlead::splink
