// What settles most comparisons without a look at the texts: a few numbers for each value, close together.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/link/columns.h"

namespace fairlead::link {

/// A forename or surname in 32 bytes.
struct NameFeature {
    TextShape shape;                 ///< Of the word that is compared.
    std::uint32_t word = kNoValue;   ///< First forename; whole surname.
    std::uint32_t first = kNoValue;  ///< First word.
    std::uint32_t sound = kNoValue;
    std::uint16_t prefix = 0;  ///< First two characters.
    bool plain = false;        ///< One name and more than an initial: the word is all there is to compare.
    bool grouped = false;      ///< The first word has name variants.
};

/// Per id of Columns::forenames.
std::vector<NameFeature> forenameFeatures(const Columns& columns);
/// Per id of Columns::surnames.
std::vector<NameFeature> surnameFeatures(const Columns& columns);

/// True only if forenameLevel (or surnameLevel) of the two is "different"; false says nothing.
bool surelyUnlike(const NameFeature& a, const NameFeature& b);
/// True only if crossExactLevel of the two is "different"; false says nothing.
inline bool surelyNotCrossed(const NameFeature& forename, const NameFeature& surname) {
    return forename.word != surname.word && forename.word != surname.first && !(forename.grouped && surname.grouped);
}

/// A postcode of at most eight characters as a number, the first character lowest; 0 = none or a longer one.
std::uint64_t packedPostcode(std::string_view postcode);
/// isOneEditApart of two packed postcodes, neither 0.
bool isOneEditApart(std::uint64_t a, std::uint64_t b);

}  // namespace fairlead::link
