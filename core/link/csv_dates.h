// Dates as CSV files write them.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fairlead::link {

/// The formats that are understood. With signs between, day and month may have one digit; a time of day after an
/// ISO date is passed over.
inline constexpr std::array<std::string_view, 9> kDateFormats = {"YYYY-MM-DD", "YYYYMMDD",   "DD/MM/YYYY",
                                                                 "DD-MM-YYYY", "DD.MM.YYYY", "YYYY/MM/DD",
                                                                 "MM/DD/YYYY", "MM-DD-YYYY", "DDMMYYYY"};

/// YYYYMMDD of a text, whether there is such a day or not; nothing when the text has not the format's shape.
/// `format`: one of kDateFormats; empty = the first of them that fits, those that need to be named (month first,
/// DDMMYYYY) excepted. Year, month and day as numbers with kPartSeparator between are read whatever the format.
std::optional<std::uint32_t> dateDigitsOf(std::string_view text, std::string_view format);

/// How dates of a column are written.
struct DateFormatFound {
    std::string format;       ///< Fits most; empty: no format fits half of the texts.
    std::size_t fitting = 0;  ///< Possible days in the format.
    std::size_t texts = 0;    ///< Looked at.
    bool ambiguous = false;   ///< Day and month may be the other way round: both readings fit as many.
};
/// Decides from a sample of not empty texts. Of two formats that fit as many the earlier of kDateFormats wins.
DateFormatFound findDateFormat(std::span<const std::string> texts);

}  // namespace fairlead::link
