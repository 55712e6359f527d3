// Canonical forms: what two spellings must share to be called the same. The source value is never changed.
// Empty result = missing (nothing there, or a placeholder such as "UNKNOWN").

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace fairlead::link {

/// Upper-case Latin letters, digits and ASCII punctuation from any script (ICU: Any-Latin, marks removed,
/// Latin-ASCII). What cannot be written so is dropped; ill-formed UTF-8 becomes blanks.
std::string latinUpper(std::string_view utf8);

/// Forenames: A-Z words with one blank between; apostrophes closed up, hyphens and other signs blanks, leading
/// titles (MISS, MASTER, DR ...) dropped. Empty for placeholders.
std::string canonicalForenames(std::string_view text);

/// A surname, as canonicalForenames.
std::string canonicalSurname(std::string_view text);

/// Free text: upper-case letters and digits, other signs blanks ('@' and '.' kept in e-mail addresses).
std::string canonicalText(std::string_view text);

/// A street name, as canonicalText, its last word in full: "BRISTOL RD" is "BRISTOL ROAD".
std::string canonicalStreet(std::string_view text);

/// True for the placeholders that stand for "not known" in names ("UNKNOWN", "BABY BOY", "N A").
bool isPlaceholderName(std::string_view canonical);

/// True for birth dates that stand for "not known": 1 January of 1800, 1900 and 1901, and years after 2200.
bool isPlaceholderDate(Date date);

/// YYYYMMDD of a date.
std::uint32_t dateDigits(Date date);

/// A postcode and its parts; sector and district are empty for anything but a full United Kingdom postcode.
struct PostcodeParts {
    std::string unit;      ///< "BS7 8QD", or the upper-case text of a foreign code.
    std::string sector;    ///< "BS7 8"
    std::string district;  ///< "BS7"
};
/// Splits a postcode. Pseudo postcodes for no fixed abode (ZZ99) are missing.
PostcodeParts canonicalPostcodeParts(std::string_view text);

/// "F", "M", or empty; understands "female", "male", "f", "m", "1" (male) and "2" (female) as ISO/IEC 5218 has them.
std::string canonicalSex(std::string_view text);

/// What became of an identifier.
struct CanonicalIdentifier {
    std::string kind;    ///< "upn" for current and former UPNs, "temporary_upn", otherwise the kind as given.
    std::string value;   ///< Empty: not usable as evidence.
    std::string reason;  ///< Why not usable, for the quality report: "wrong check character".
};
/// Checks and canonicalises an identifier.
CanonicalIdentifier canonicalIdentifier(std::string_view kind, std::string_view value);

/// True when a person has one value of the kind at a time, so that two different valid values contradict.
bool isUniqueIdentifierKind(std::string_view canonicalKind);

/// The sound of a canonical word: consonants of English, Irish, Urdu, Arabic and Polish spellings folded together;
/// at most six signs. Our own rules (tests show what they join), in the family of Russell's Soundex and NYSIIS.
std::string soundOf(std::string_view canonicalWord);

}  // namespace fairlead::link
