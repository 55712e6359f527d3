// Count: a figure, or one of the three reasons why there is none. A type, so that 0 never stands for the others.

#pragma once

#include <cstdint>
#include <string>

namespace fairlead::indicator {

/// A figure on a screen or in a document.
struct Count {
    /// A value, or why there is none.
    enum class Kind : std::uint8_t { Value, NotApplicable, Suppressed, NotSupplied };
    Kind kind = Kind::NotSupplied;
    int value = 0;  ///< Read only when kind is Value.

    /// A value; 0 is a true zero.
    static constexpr Count of(int value) { return {Kind::Value, value}; }
    /// The figure makes no sense here.
    static constexpr Count notApplicable() { return {Kind::NotApplicable, 0}; }
    /// Withheld because it is small.
    static constexpr Count suppressed() { return {Kind::Suppressed, 0}; }
    /// Nobody supplied the data.
    static constexpr Count notSupplied() { return {Kind::NotSupplied, 0}; }

    [[nodiscard]] constexpr bool isValue() const { return kind == Kind::Value; }
    friend constexpr bool operator==(const Count&, const Count&) = default;
};

/// "12", "-", "[c]" or "[x]".
std::string shorthand(const Count& count);

/// a - b; NotSupplied (or Suppressed, or NotApplicable) when either is.
Count difference(const Count& a, const Count& b);

}  // namespace fairlead::indicator
