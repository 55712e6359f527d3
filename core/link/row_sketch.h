// Every row in one cache line: what settles most comparisons of two rows without a look at a text or a dictionary.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/link/columns.h"
#include "core/link/similarity.h"

namespace fairlead::link {

/// The kinds of comparison that a row sketch shows; a bit and four bits of a pattern for each, in this order.
enum class SketchPlace : std::uint8_t { Forename, Surname, BirthDate, Sex, Address };
inline constexpr std::size_t kSketchPlaces = 5;

/// A forename, a surname or a further text in 16 bytes: enough to see that two are unlike.
struct NameSketch {
    static constexpr std::uint8_t kAnything = 63;           ///< Length of what a sketch does not show.
    static constexpr std::uint64_t kGrouped = 1ULL << 63U;  ///< In `letters`: the first word has name variants.
    std::uint64_t letters = 0;                              ///< TextShape::letters of the word that is compared.
    std::uint16_t prefix = 0;                               ///< First two characters.
    std::uint16_t sound = 0;          ///< Low bits of the number of its sound; of a text, of its own.
    std::uint16_t word = 0;           ///< Low bits of the number of the word.
    std::uint8_t length = kAnything;  ///< Below kAnything: one name and more than an initial.
    std::uint8_t rest = 0;            ///< TextShape::rest.
};

/// In a packed postcode: a full United Kingdom postcode, with sector and district.
inline constexpr std::uint64_t kFullPostcode = 1ULL << 63U;

/// A row. Of a kind with several values nothing is shown but that.
struct alignas(64) RowSketch {
    static constexpr std::uint32_t kSeveral = kNoValue - 1;
    NameSketch forename, surname;
    std::uint64_t postcode = 0;  ///< packedPostcode (and kFullPostcode) where that is all of the address; else 0.
    DateDigits date;
    std::uint32_t forenameId = kNoValue, surnameId = kNoValue, addressId = kNoValue;  ///< kSeveral as above.
    std::uint16_t surnameFirst = 0;  ///< As NameSketch::word, of the surname's first word.
    std::uint8_t flags = kMissing;   ///< Missing: a bit for each SketchPlace; above them kMale and kFurther.
    std::uint8_t several = 0;        ///< A bit for each SketchPlace.
    static constexpr std::uint8_t kMissing = 31;  ///< All places.
    static constexpr std::uint8_t kMale = 32;     ///< The one sex of the row.
    static constexpr std::uint8_t kFurther = 64;  ///< There are further forenames.
};
static_assert(sizeof(NameSketch) == 16 && sizeof(RowSketch) == 64);

/// How many letters two words must have in common to be possibly alike, by their lengths and common prefix.
class LetterBounds {
public:
    /// What else makes two words alike: one begins with the other, or has it anywhere in it.
    enum class Containment : std::uint8_t { AtStart, Anywhere };
    explicit LetterBounds(Containment containment);
    /// False only if the level of two such names (not of one group of variants) or texts is "different".
    [[nodiscard]] bool mayBeAlike(const NameSketch& a, const NameSketch& b) const {
        const unsigned differing = static_cast<unsigned>(a.prefix) ^ b.prefix;
        const unsigned prefix = static_cast<unsigned>((differing & 0xffU) == 0) + static_cast<unsigned>(differing == 0);
        const int rest = a.rest < b.rest ? a.rest : b.rest;
        const int common = bitsIn(a.letters & b.letters & ~NameSketch::kGrouped) + rest;
        const int needed = m_needed[(prefix * kLengths + a.length) * kLengths + b.length];
        return (static_cast<unsigned>(common >= needed) | static_cast<unsigned>(a.sound == b.sound)) != 0;
    }

private:
    static constexpr std::size_t kLengths = NameSketch::kAnything + 1;
    std::array<std::uint8_t, 3 * kLengths * kLengths> m_needed{};
};

/// True if the first words of both have name variants.
inline bool bothGrouped(const NameSketch& a, const NameSketch& b) {
    return (a.letters & b.letters & NameSketch::kGrouped) != 0;
}

/// Everything the sketches of rows are made of, per id, and the rows.
struct Sketches {
    explicit Sketches(const Columns& columns);
    std::vector<NameSketch> forenames, surnames;  ///< Per id.
    std::vector<DateDigits> dates;                ///< Per id.
    std::vector<std::uint64_t> postcodes;         ///< Per address.
    std::vector<std::vector<NameSketch>> texts;   ///< Per attribute column and text.
    std::vector<RowSketch> rows;
    LetterBounds nameBounds{LetterBounds::Containment::AtStart};   ///< forenameLevel, surnameLevel.
    LetterBounds textBounds{LetterBounds::Containment::Anywhere};  ///< textLevel.

private:
    [[nodiscard]] RowSketch rowOf(const Columns& columns, std::uint32_t row) const;
};

/// A text of at most eight ASCII characters as a number, the last character lowest; 0 = none, or another text.
std::uint64_t packedPostcode(std::string_view postcode);

}  // namespace fairlead::link
