// Levels of two values, as pure functions of two dictionary entries; compare.h takes the best over all versions.

#pragma once

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/link/columns.h"

namespace fairlead::link {

/// Levels of ComparisonKind::Forename, in order.
enum class ForenameLevel : std::uint8_t {
    AlsoFurther,  ///< The first and a further one the same.
    Exact,        ///< The first the same; of further ones nothing is known on a side, or they may fit.
    FirstOnly,    ///< The first the same, the further ones contradict.
    Variant,
    Close,
    OtherForename,
    Similar,
    Initial,
    Swapped,
    Crossed,
    Different
};
/// Levels of ComparisonKind::Surname, in order.
enum class SurnameLevel : std::uint8_t { Exact, Part, Close, Similar, Different };
/// Levels of ComparisonKind::BirthDate, in order.
enum class DateLevel : std::uint8_t {
    Exact,
    DayMonthSwapped,
    OneCharacter,
    TwoParts,
    SameYear,
    WithinAYear,
    WithinTenYears,
    Different
};
/// Levels of ComparisonKind::Sex, in order.
enum class SexLevel : std::uint8_t { Same, Different };
/// Levels of ComparisonKind::Address, in order.
enum class AddressLevel : std::uint8_t { SameHome, SamePostcode, OneCharacter, SameSector, SameDistrict, Different };
/// Levels of ComparisonKind::Identifier, in order.
enum class IdentifierLevel : std::uint8_t { Agrees, Mixed, OneCharacter, Conflict };
/// Levels of ComparisonKind::Text, in order.
enum class TextLevel : std::uint8_t { Exact, Close, Similar, Different };

/// Levels 0 to this agree on the first forename: its frequency is their evidence.
inline constexpr std::size_t kLastSameForename = 2;
/// Never Swapped or Crossed: that needs the surnames too.
ForenameLevel forenameLevel(const Columns& columns, std::uint32_t a, std::uint32_t b);
SurnameLevel surnameLevel(const Columns& columns, std::uint32_t a, std::uint32_t b);
/// How a forename of one record fits a surname of another.
enum class CrossLevel : std::uint8_t { Different, Alike, Same };
/// Whether they are one name, alone or as one of its variants. Never Alike.
CrossLevel crossExactLevel(const Columns& columns, const ForenameEntry& forename, const SurnameEntry& surname);
/// The same, and whether they are one or two letters off.
CrossLevel crossLevel(const Columns& columns, const ForenameEntry& forename, const SurnameEntry& surname);
/// A date made ready for comparing.
struct DateDigits {
    std::uint32_t digits = 0;  ///< YYYYMMDD, four bits a digit.
    std::uint16_t months = 0;  ///< Since the year 0.
    std::uint16_t year = 0;
};
/// From a YYYYMMDD number.
DateDigits dateDigits(std::uint32_t date);
/// The first level that holds. Without a branch: which one it is cannot be foretold.
inline DateLevel dateLevel(const DateDigits& a, const DateDigits& b) {
    constexpr int kThirteenMonths = 13, kTenYears = 10;
    const std::uint32_t differing = a.digits ^ b.digits;
    const auto swappedDay = static_cast<std::uint16_t>((a.digits << 8U) | ((a.digits >> 8U) & 0xffU));
    // The lowest digit that differs and its neighbour.
    const int low = std::countr_zero(differing | 0x80000000U) & ~3;
    const std::uint32_t x = (a.digits >> low) & 0xffU, y = (b.digits >> low) & 0xffU, rest = differing >> low;
    const auto as = [](bool holds, DateLevel level) {
        return static_cast<unsigned>(holds) << static_cast<unsigned>(level);
    };
    const bool otherYear = (differing >> 16U) != 0, otherMonth = (differing & 0xff00U) != 0,
               otherDay = (differing & 0xffU) != 0;
    const unsigned holding =
        as(differing == 0, DateLevel::Exact) |
        as(((a.digits & 0xffff0000U) | swappedDay) == b.digits, DateLevel::DayMonthSwapped) |
        as((rest < 16) | ((rest < 256) & (((x >> 4U) | ((x & 15U) << 4U)) == y)), DateLevel::OneCharacter) |
        as(int{otherYear} + int{otherMonth} + int{otherDay} == 1, DateLevel::TwoParts) |
        as(!otherYear, DateLevel::SameYear) |
        as(std::abs(a.months - b.months) <= kThirteenMonths, DateLevel::WithinAYear) |
        as(std::abs(a.year - b.year) <= kTenYears, DateLevel::WithinTenYears) | as(true, DateLevel::Different);
    return static_cast<DateLevel>(std::countr_zero(holding));
}
/// kNoLevel where the two addresses have no part in common to compare.
inline constexpr std::uint8_t kNoLevel = 15;
std::uint8_t addressLevel(const Columns& columns, std::uint32_t a, std::uint32_t b);
/// A text with its shape.
struct ShapedText {
    std::string_view text;
    TextShape shape;
};
/// As std::popcount, which is a call to the compiler's library where the processor is not known to have it.
inline int bitsIn(std::uint64_t x) {
    x -= (x >> 1U) & 0x5555555555555555ULL;
    x = (x & 0x3333333333333333ULL) + ((x >> 2U) & 0x3333333333333333ULL);
    x = (x + (x >> 4U)) & 0x0f0f0f0f0f0f0f0fULL;
    return static_cast<int>((x * 0x0101010101010101ULL) >> 56U);
}
/// False only where neither Jaro-Winkler nor the number of edits can call two texts of these shapes alike, with
/// `prefix` first characters (at most four) in common.
bool canBeAlike(const TextShape& a, const TextShape& b, int prefix);
TextLevel textLevel(const ShapedText& a, const ShapedText& b);
/// True when one character differs, is missing, or two neighbours are swapped (optimal string alignment <= 1).
bool isOneEditApart(std::string_view a, std::string_view b);

}  // namespace fairlead::link
