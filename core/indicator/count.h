// Count: a figure, or one of the four reasons why there is none. A type, so that 0 never stands for the others.

#pragma once

#include <cstdint>
#include <string>

#include "core/base/date.h"

namespace fairlead::indicator {

/// A figure on a screen or in a document.
struct Count {
    /// A value, or why there is none.
    enum class Kind : std::uint8_t { Value, NotApplicable, Suppressed, NotSupplied, Purged };
    Kind kind = Kind::NotSupplied;
    int value = 0;  ///< Read only when kind is Value; of Purged the day, read by purgedOn().

    /// A value; 0 is a true zero.
    static constexpr Count of(int value) { return {Kind::Value, value}; }
    /// The figure makes no sense here.
    static constexpr Count notApplicable() { return {Kind::NotApplicable, 0}; }
    /// Withheld because it is small.
    static constexpr Count suppressed() { return {Kind::Suppressed, 0}; }
    /// Nobody supplied the data.
    static constexpr Count notSupplied() { return {Kind::NotSupplied, 0}; }
    /// It rested on rows that were purged on that day: a number would be too small.
    static constexpr Count purged(Date on) { return {Kind::Purged, on.days}; }

    [[nodiscard]] constexpr bool isValue() const { return kind == Kind::Value; }
    [[nodiscard]] constexpr bool isPurged() const { return kind == Kind::Purged; }
    /// REQUIRES: isPurged().
    [[nodiscard]] constexpr Date purgedOn() const { return Date{value}; }
    friend constexpr bool operator==(const Count&, const Count&) = default;
};

/// "12", "-", "[c]", "[x]" or "[x] purged on 22/11/2026".
std::string shorthand(const Count& count);

/// a - b; NotSupplied (or Suppressed, NotApplicable, Purged) when either is.
Count difference(const Count& a, const Count& b);

}  // namespace fairlead::indicator
