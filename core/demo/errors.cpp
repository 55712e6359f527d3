#include "core/demo/errors.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace fairlead::demo {

namespace {

struct Rule {
    std::string_view from;
    std::string_view to;
};

constexpr std::array<Rule, 30> kHearing = {
    {{"ph", "f"},  {"ll", "l"},  {"tt", "t"}, {"ss", "s"},  {"nn", "n"}, {"mm", "m"},  {"rr", "r"},  {"ck", "k"},
     {"ee", "ea"}, {"ea", "ee"}, {"ie", "y"}, {"ey", "y"},  {"ou", "u"}, {"ai", "ay"}, {"ay", "ai"}, {"c", "k"},
     {"k", "c"},   {"v", "f"},   {"z", "s"},  {"th", "f"},  {"gh", ""},  {"oo", "u"},  {"aa", "a"},  {"dh", "d"},
     {"kh", "k"},  {"w", "v"},   {"y", "i"},  {"ei", "ie"}, {"e", "a"},  {"a", "e"}}};
constexpr std::array<Rule, 12> kScanning = {{{"m", "rn"},
                                             {"rn", "m"},
                                             {"l", "1"},
                                             {"i", "l"},
                                             {"o", "0"},
                                             {"e", "c"},
                                             {"cl", "d"},
                                             {"h", "b"},
                                             {"u", "v"},
                                             {"n", "ri"},
                                             {"g", "q"},
                                             {"s", "5"}}};

// Letters with their neighbours on a British keyboard.
constexpr std::array<std::string_view, 26> kNeighbours = {"qsz", "vgn", "xdv", "sfe", "wrd", "dgr", "fht", "gjy", "uok",
                                                          "hku", "jli", "kop", "nj",  "bmh", "ipl", "ol",  "wa",  "etf",
                                                          "adw", "ryg", "yij", "cbf", "qes", "zcs", "tuh", "xas"};

// Two-byte letters of Polish, Romanian and French names, upper and lower case.
constexpr std::array<Rule, 36> kAccents = {
    {{"ą", "a"}, {"ć", "c"}, {"ę", "e"}, {"ł", "l"}, {"ń", "n"}, {"ó", "o"}, {"ś", "s"}, {"ź", "z"}, {"ż", "z"},
     {"Ą", "A"}, {"Ć", "C"}, {"Ę", "E"}, {"Ł", "L"}, {"Ń", "N"}, {"Ó", "O"}, {"Ś", "S"}, {"Ź", "Z"}, {"Ż", "Z"},
     {"ă", "a"}, {"â", "a"}, {"î", "i"}, {"ș", "s"}, {"ț", "t"}, {"Ă", "A"}, {"Â", "A"}, {"Î", "I"}, {"Ș", "S"},
     {"Ț", "T"}, {"é", "e"}, {"è", "e"}, {"ë", "e"}, {"É", "E"}, {"ï", "i"}, {"ö", "o"}, {"ü", "u"}, {"ç", "c"}}};

constexpr std::array<Rule, 9> kStreets = {{{"Road", "Rd"},
                                           {"Street", "St"},
                                           {"Avenue", "Ave"},
                                           {"Close", "Cl"},
                                           {"Gardens", "Gdns"},
                                           {"Crescent", "Cres"},
                                           {"Drive", "Dr"},
                                           {"Terrace", "Terr"},
                                           {"Lane", "Ln"}}};

bool isLower(char c) { return c >= 'a' && c <= 'z'; }

/// One of the rules that fit after the first letter, applied once.
template <std::size_t N>
std::string applyOne(std::string_view text, const std::array<Rule, N>& rules, Random& random) {
    std::vector<std::pair<std::size_t, std::size_t>> fits;
    for (std::size_t r = 0; r < N; ++r) {
        const auto at = text.find(rules[r].from, 1);
        if (at != std::string_view::npos) fits.emplace_back(r, at);
    }
    if (fits.empty() || text.size() < 3) return std::string(text);
    const auto [rule, at] = fits[random.below(fits.size())];
    std::string changed(text);
    changed.replace(at, rules[rule].from.size(), rules[rule].to);
    return changed;
}

}  // namespace

std::string typed(std::string_view text, Random& random) {
    // Only plain small letters change, so that no letter of several bytes is torn apart.
    std::vector<std::size_t> places;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (isLower(text[i])) places.push_back(i);
    }
    std::string changed(text);
    if (places.size() < 2) return changed;
    const auto at = places[random.below(places.size())];
    switch (random.below(4)) {
        case 0: changed.erase(at, 1); break;
        case 1: changed.insert(at, 1, text[at]); break;
        case 2: {
            const auto near = kNeighbours.at(static_cast<std::size_t>(text[at] - 'a'));
            changed[at] = near[random.below(near.size())];
            break;
        }
        default:
            if (at + 1 < text.size() && isLower(text[at + 1])) std::swap(changed[at], changed[at + 1]);
            break;
    }
    return changed;
}

std::string heard(std::string_view text, Random& random) { return applyOne(text, kHearing, random); }
std::string scanned(std::string_view text, Random& random) { return applyOne(text, kScanning, random); }

std::string withoutAccents(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size();) {
        const auto* rule =
            std::ranges::find_if(kAccents, [&](const Rule& one) { return text.substr(i).starts_with(one.from); });
        if (rule == kAccents.end()) {
            plain += text[i++];
        } else {
            plain += rule->to;
            i += rule->from.size();
        }
    }
    return plain;
}

Date dayMonthSwapped(Date date) {
    const auto civil = date.civil();
    if (civil.day > 12) return date;
    return Date::fromCivil(civil.year, civil.day, civil.month).value_or(date);
}

Date datedWrong(Date date, Random& random) {
    auto civil = date.civil();
    switch (random.below(3)) {
        case 0: civil.year += random.chance(500'000) ? 1 : -1; break;
        case 1: civil.day = civil.day > 10 ? civil.day - 10 : civil.day + 10; break;
        default: civil.day = civil.day > 1 ? civil.day - 1 : civil.day + 1; break;
    }
    return Date::fromCivil(civil.year, civil.month, civil.day).value_or(date);
}

std::string streetShortened(std::string_view street) {
    for (const auto& rule : kStreets) {
        if (street.ends_with(rule.from))
            return std::string(street.substr(0, street.size() - rule.from.size())) + std::string(rule.to);
    }
    return std::string(street);
}

}  // namespace fairlead::demo
