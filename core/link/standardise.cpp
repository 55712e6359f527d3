#include "core/link/standardise.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "core/base/text.h"
#include "core/record/identifiers.h"

namespace fairlead::link {
namespace {

bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Making a transliterator costs milliseconds, using one microseconds; it is not safe to share between threads.
icu::Transliterator* transliterator() {
    thread_local const std::unique_ptr<icu::Transliterator> instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "Any-Latin; NFD; [:Nonspacing Mark:] Remove; NFC; Latin-ASCII", UTRANS_FORWARD, status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    return instance.get();
}

std::string toLatin(std::string_view utf8) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(std::min<std::size_t>(utf8.size(), 1U << 20U))));
    if (icu::Transliterator* made = transliterator(); made != nullptr) made->transliterate(text);
    std::string latin;
    text.toUTF8String(latin);
    return latin;
}

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

constexpr std::array<std::string_view, 11> kTitles = {"MR", "MRS", "MISS", "MS",  "MASTER", "MSTR",
                                                      "DR", "REV", "PROF", "SIR", "MX"};

constexpr std::array<std::string_view, 30> kPlaceholders = {
    "UNKNOWN", "UNK",     "NOT KNOWN", "NOTKNOWN", "N K",      "NOT STATED", "NOT GIVEN", "NOT PROVIDED",
    "N A",     "NONE",    "NULL",      "NIL",      "BABY",     "BABY BOY",   "BABY GIRL", "INFANT",
    "UNBORN",  "NEWBORN", "TWIN",      "TWIN ONE", "TWIN TWO", "NO NAME",    "NONAME",    "NO SURNAME",
    "TBC",     "TBA",     "ANONYMOUS", "XX",       "XXX",      "XXXX"};

std::string_view withoutTitles(std::string_view words) {
    while (true) {
        const std::size_t blank = words.find(' ');
        if (blank == std::string_view::npos) return words;
        if (std::ranges::find(kTitles, words.substr(0, blank)) == kTitles.end()) return words;
        words.remove_prefix(blank + 1);
    }
}

std::string canonicalName(std::string_view text) {
    const std::string upper = latinUpper(text);
    std::string words;
    words.reserve(upper.size());
    for (const char c : upper) {
        if (isLetter(c)) {
            words += c;
        } else if (c != '\'' && c != '`' && !words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    if (!words.empty() && words.back() == ' ') words.pop_back();
    std::string canonical(withoutTitles(words));
    return isPlaceholderName(canonical) ? std::string() : canonical;
}

std::string alphanumeric(std::string_view text) {
    std::string kept;
    for (const char c : latinUpper(text)) {
        if (isLetter(c) || isDigit(c)) kept += c;
    }
    return kept;
}

CanonicalIdentifier canonicalUpn(std::string_view value) {
    const std::string upn = alphanumeric(value);
    switch (record::checkUpn(upn)) {
        case record::UpnCheck::Valid: return {"upn", upn, {}};
        case record::UpnCheck::Temporary: return {"temporary_upn", upn, {}};
        case record::UpnCheck::WrongLength: return {"upn", {}, "wrong length"};
        case record::UpnCheck::WrongCharacters: return {"upn", {}, "wrong characters"};
        case record::UpnCheck::WrongCheckLetter: return {"upn", {}, "wrong check letter"};
    }
    return {"upn", {}, "wrong characters"};
}

CanonicalIdentifier canonicalUln(std::string_view value) {
    const std::string digits = alphanumeric(value);
    const bool ok =
        digits.size() == 10 && std::ranges::all_of(digits, isDigit) && digits != "9999999999" && digits[0] != '0';
    return {"uln", ok ? digits : std::string(), ok ? std::string() : "not ten digits, or the number for none"};
}

}  // namespace

std::string latinUpper(std::string_view utf8) {
    if (isAscii(utf8)) return upperAscii(utf8);
    std::string latin = toLatin(utf8);
    // Modifier apostrophes and the like have no ASCII form: dropping them is what closing up an apostrophe does.
    std::erase_if(latin, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
    return upperAscii(latin);
}

std::string canonicalForenames(std::string_view text) { return canonicalName(text); }
std::string canonicalSurname(std::string_view text) { return canonicalName(text); }

std::string canonicalText(std::string_view text) {
    const std::string upper = latinUpper(text);
    const bool mail = upper.find('@') != std::string::npos;
    std::string words;
    words.reserve(upper.size());
    for (const char c : upper) {
        if (isLetter(c) || isDigit(c) || (mail && (c == '@' || c == '.'))) {
            words += c;
        } else if (c != '\'' && !words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    if (!words.empty() && words.back() == ' ') words.pop_back();
    return isPlaceholderName(words) ? std::string() : words;
}

std::string canonicalStreet(std::string_view text) {
    using Short = std::pair<std::string_view, std::string_view>;
    constexpr auto kShort = std::to_array<Short>({{"ST", "STREET"},
                                                  {"RD", "ROAD"},
                                                  {"CL", "CLOSE"},
                                                  {"AVE", "AVENUE"},
                                                  {"AV", "AVENUE"},
                                                  {"LN", "LANE"},
                                                  {"DR", "DRIVE"},
                                                  {"GDNS", "GARDENS"},
                                                  {"TERR", "TERRACE"},
                                                  {"TER", "TERRACE"},
                                                  {"PL", "PLACE"},
                                                  {"SQ", "SQUARE"},
                                                  {"CRES", "CRESCENT"},
                                                  {"CT", "COURT"},
                                                  {"GR", "GROVE"},
                                                  {"PK", "PARK"},
                                                  {"WLK", "WALK"}});
    std::string street = canonicalText(text);
    const std::size_t blank = street.rfind(' ');
    if (blank == std::string::npos) return street;
    const auto found = std::ranges::find(kShort, std::string_view(street).substr(blank + 1), &Short::first);
    if (found != kShort.end()) street.replace(blank + 1, std::string::npos, found->second);
    return street;
}

bool isPlaceholderName(std::string_view canonical) {
    return std::ranges::find(kPlaceholders, canonical) != kPlaceholders.end();
}

bool isPlaceholderDate(Date date) {
    const YearMonthDay civil = date.civil();
    const bool firstOfJanuary = civil.month == 1 && civil.day == 1;
    return civil.year > 2200 || (firstOfJanuary && (civil.year <= 1800 || civil.year == 1900 || civil.year == 1901));
}

std::uint32_t dateDigits(Date date) {
    const YearMonthDay civil = date.civil();
    return static_cast<std::uint32_t>(civil.year) * 10000U + civil.month * 100U + civil.day;
}

PostcodeParts canonicalPostcodeParts(std::string_view text) {
    const std::string compact = alphanumeric(text);
    if (compact.starts_with("ZZ99")) return {};
    if (const auto canonical = record::canonicalPostcode(text)) {
        return {*canonical, canonical->substr(0, canonical->size() - 2), canonical->substr(0, canonical->find(' '))};
    }
    PostcodeParts parts;
    parts.unit = compact;
    if (isPlaceholderName(parts.unit)) parts.unit.clear();
    return parts;
}

std::string canonicalSex(std::string_view text) {
    const std::string upper = upperAscii(trimmed(text));
    if (upper == "F" || upper == "FEMALE" || upper == "2" || upper == "W") return "F";
    if (upper == "M" || upper == "MALE" || upper == "1") return "M";
    return {};
}

CanonicalIdentifier canonicalIdentifier(std::string_view kind, std::string_view value) {
    if (kind == "upn" || kind == "former_upn") return canonicalUpn(value);
    if (kind == "uln") return canonicalUln(value);
    if (kind == "nhs") {
        const std::string digits = alphanumeric(value);
        const bool ok = record::isValidNhsNumber(digits);
        return {"nhs", ok ? digits : std::string(), ok ? std::string() : "wrong check digit or length"};
    }
    const std::string kept = alphanumeric(value);
    const bool same = std::ranges::all_of(kept, [&](char c) { return c == kept.front(); });
    if (kept.size() < 3 || same) return {std::string(kind), {}, "too short, or one character repeated"};
    return {std::string(kind), kept, {}};
}

bool isUniqueIdentifierKind(std::string_view canonicalKind) {
    return canonicalKind == "upn" || canonicalKind == "nhs" || canonicalKind == "uln" || canonicalKind == "pnc";
}

}  // namespace fairlead::link
