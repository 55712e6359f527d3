// Levels of two values, as pure functions of two dictionary entries; compare.h takes the best over all versions.

#pragma once

#include <cstdint>
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
DateLevel dateLevel(const DateDigits& a, const DateDigits& b);
/// kNoLevel where the two addresses have no part in common to compare.
inline constexpr std::uint8_t kNoLevel = 15;
std::uint8_t addressLevel(const Columns& columns, std::uint32_t a, std::uint32_t b);
/// A text with its shape.
struct ShapedText {
    std::string_view text;
    TextShape shape;
};
/// False only where neither Jaro-Winkler nor the number of edits can call two texts of these shapes alike, with
/// `prefix` first characters (at most four) in common.
bool canBeAlike(const TextShape& a, const TextShape& b, int prefix);
TextLevel textLevel(const ShapedText& a, const ShapedText& b);
/// True when one character differs, is missing, or two neighbours are swapped (optimal string alignment <= 1).
bool isOneEditApart(std::string_view a, std::string_view b);

}  // namespace fairlead::link
