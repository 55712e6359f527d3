// Check characters of the identifiers that agencies share. Sources: the UPN algorithm as DfE's children-in-need
// census rule 1510 quotes it, the NHS number's modulus 11; test vectors in tests/core/record.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairlead::record {

/// What can be said of a UPN from its characters alone.
enum class UpnCheck { Valid, Temporary, WrongLength, WrongCharacters, WrongCheckLetter };

/// Checks 13 characters; lower case is read as upper case. Temporary: valid, but the last character is a letter.
UpnCheck checkUpn(std::string_view upn);

/// The check letter for the 12 characters after it; nothing when they are not digits (a letter last is allowed).
std::optional<char> upnCheckLetter(std::string_view twelve);

/// The check digit for the first nine digits of an NHS number; nothing when they give 10 or are not digits.
std::optional<char> nhsCheckDigit(std::string_view nine);

/// True for ten digits (blanks between allowed) with the right check digit.
bool isValidNhsNumber(std::string_view number);

/// True for 1 to 12 digits that are not all zero.
bool isValidUprn(std::string_view uprn);

/// "BS7 8QD" from any case and spacing of a full United Kingdom postcode; nothing when it is not one.
std::optional<std::string> canonicalPostcode(std::string_view postcode);

}  // namespace fairlead::record
