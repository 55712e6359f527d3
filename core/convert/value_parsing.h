// Texts of real files as dates and numbers.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace fairlead::convert {

/// Reads a date by the first format that fits the whole text. A format has %Y (four digits), %m, %d, %H, %M, %S (two
/// digits), %b (Jan ... Dec, any case) and other characters as they are; the time of day is checked and dropped.
std::optional<Date> parseDate(std::string_view text, std::span<const std::string> formats);

/// Reads a whole number that may be written with a fraction of zero: "134", "134.0", "-1.0".
std::optional<std::int64_t> parseWholeNumber(std::string_view text);

}  // namespace fairlead::convert
