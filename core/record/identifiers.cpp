#include "core/record/identifiers.h"

#include <algorithm>
#include <cstddef>

namespace fairlead::record {

namespace {

// The letters stand for 0 to 22; I, O and S are left out because they look like digits.
constexpr std::string_view kUpnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isUpperLetter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// What a character of a UPN counts for: a digit its value, the last letter of a temporary UPN its place.
std::optional<int> upnValue(char c, bool letterAllowed) {
    if (isDigit(c)) return c - '0';
    const auto place = kUpnLetters.find(c);
    if (!letterAllowed || place == std::string_view::npos) return std::nullopt;
    return static_cast<int>(place);
}

bool isOneOf(char c, std::string_view letters) { return letters.find(c) != std::string_view::npos; }

/// The outward half: A9, A99, AA9, AA99, A9A or AA9A with the letters each place allows. Source: the postcode
/// formats of Royal Mail as BS 7666 describes them; GIR is left out, nobody lives there.
bool isOutward(std::string_view code) {
    if (code.size() < 2 || code.size() > 4) return false;
    if (!isUpperLetter(code[0]) || isOneOf(code[0], "QVX")) return false;
    const std::size_t areaLetters = isUpperLetter(code[1]) ? 2 : 1;
    if (areaLetters == 2 && isOneOf(code[1], "IJZ")) return false;
    const std::string_view district = code.substr(areaLetters);
    if (district.empty() || district.size() > 2 || !isDigit(district[0])) return false;
    return district.size() == 1 || isDigit(district[1]) || isUpperLetter(district[1]);
}

bool isInward(std::string_view code) {
    return code.size() == 3 && isDigit(code[0]) && isUpperLetter(code[1]) && isUpperLetter(code[2]) &&
           !isOneOf(code[1], "CIKMOV") && !isOneOf(code[2], "CIKMOV");
}

}  // namespace

std::optional<char> upnCheckLetter(std::string_view twelve) {
    if (twelve.size() != 12) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < twelve.size(); ++i) {
        const auto value = upnValue(upper(twelve[i]), i == twelve.size() - 1);
        if (!value) return std::nullopt;
        sum += *value * (static_cast<int>(i) + 2);
    }
    return kUpnLetters[static_cast<std::size_t>(sum % 23)];
}

UpnCheck checkUpn(std::string_view upn) {
    if (upn.size() != 13) return UpnCheck::WrongLength;
    if (kUpnLetters.find(upper(upn[0])) == std::string_view::npos) return UpnCheck::WrongCharacters;
    const auto expected = upnCheckLetter(upn.substr(1));
    if (!expected) return UpnCheck::WrongCharacters;
    if (*expected != upper(upn[0])) return UpnCheck::WrongCheckLetter;
    return isDigit(upn[12]) ? UpnCheck::Valid : UpnCheck::Temporary;
}

std::optional<char> nhsCheckDigit(std::string_view nine) {
    if (nine.size() != 9 || !std::ranges::all_of(nine, isDigit)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < nine.size(); ++i) sum += (nine[i] - '0') * (10 - static_cast<int>(i));
    const int digit = (11 - sum % 11) % 11;
    if (digit == 10) return std::nullopt;
    return static_cast<char>('0' + digit);
}

bool isValidNhsNumber(std::string_view number) {
    std::string digits;
    for (const char c : number) {
        if (c == ' ') continue;
        if (!isDigit(c)) return false;
        digits.push_back(c);
    }
    if (digits.size() != 10) return false;
    return nhsCheckDigit(std::string_view(digits).substr(0, 9)) == digits[9];
}

bool isValidUprn(std::string_view uprn) {
    return !uprn.empty() && uprn.size() <= 12 && std::ranges::all_of(uprn, isDigit) &&
           std::ranges::any_of(uprn, [](char c) { return c != '0'; });
}

std::optional<std::string> canonicalPostcode(std::string_view postcode) {
    std::string code;
    for (const char c : postcode) {
        if (c == ' ' || c == '\t') continue;
        code.push_back(upper(c));
    }
    if (code.size() < 5 || code.size() > 7) return std::nullopt;
    const auto outward = std::string_view(code).substr(0, code.size() - 3);
    const auto inward = std::string_view(code).substr(code.size() - 3);
    if (!isOutward(outward) || !isInward(inward)) return std::nullopt;
    return std::string(outward) + " " + std::string(inward);
}

}  // namespace fairlead::record
