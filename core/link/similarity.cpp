#include "core/link/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include <rapidfuzz/distance/JaroWinkler.hpp>
#include <rapidfuzz/distance/OSA.hpp>

namespace fairlead::link {
namespace {

// Bands of Jaro-Winkler (prefix weight 0.1), as W. E. Winkler (1990) and Splink's name comparison use them.
constexpr double kClose = 0.92;
constexpr double kSimilar = 0.85;
constexpr std::size_t kShortestForOneEdit = 4;  // "ANN" and "DAN" are two names
constexpr std::size_t kShortestPrefix = 3;

double jaroWinkler(std::string_view a, std::string_view b) {
    return rapidfuzz::jaro_winkler_similarity(a, b, 0.1, kSimilar);
}

std::size_t osa(std::string_view a, std::string_view b, std::size_t cutoff) {
    const std::size_t longer = std::max(a.size(), b.size());
    const std::size_t shorter = std::min(a.size(), b.size());
    if (longer - shorter > cutoff) return cutoff + 1;
    return static_cast<std::size_t>(rapidfuzz::osa_distance(a, b, cutoff));
}

bool shareOne(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    return std::ranges::any_of(a, [&](std::uint32_t value) { return std::ranges::find(b, value) != b.end(); });
}

// 1 / (1 - 0.1 p) for a common prefix of p characters.
constexpr std::array<double, 5> kInverse = {1.0, 1.0 / 0.9, 1.0 / 0.8, 1.0 / 0.7, 1.0 / 0.6};

// 2 = close, 1 = similar, 0 = neither: the same bands for all names.
int bandOf(std::string_view a, std::string_view b) {
    const double similarity = jaroWinkler(a, b);
    if (similarity >= kClose) return 2;
    const std::size_t shorter = std::min(a.size(), b.size());
    const std::size_t edits = osa(a, b, 2);
    if (shorter >= kShortestForOneEdit && edits <= 1) return 2;
    if (similarity >= kSimilar) return 1;
    return shorter > kShortestForOneEdit && edits <= 2 ? 1 : 0;
}

bool canBeAlike(const ShapedText& a, const ShapedText& b) {
    if (!canBeAlike(a.shape, b.shape, 4)) return false;  // most pairs end here, without the texts
    const std::size_t shorter = std::min(a.text.size(), b.text.size());
    std::size_t prefix = 0;
    while (prefix < std::min<std::size_t>(4, shorter) && a.text[prefix] == b.text[prefix]) ++prefix;
    return canBeAlike(a.shape, b.shape, static_cast<int>(prefix));
}

int band(const ShapedText& a, const ShapedText& b) { return canBeAlike(a, b) ? bandOf(a.text, b.text) : 0; }

ShapedText shaped(const Columns& columns, std::uint32_t word) {
    return {columns.words.text(word), columns.wordShapes[word]};
}

bool soundsAlike(const Columns& columns, std::uint32_t a, std::uint32_t b) {
    return columns.wordSound[a] != kNoValue && columns.wordSound[a] == columns.wordSound[b];
}

bool isPrefix(std::string_view a, std::string_view b) {
    const auto& [shorter, longer] = std::minmax(a, b, [](auto x, auto y) { return x.size() < y.size(); });
    return shorter.size() >= kShortestPrefix && longer.starts_with(shorter);
}

// Two records with one first forename: what their further forenames say.
ForenameLevel furtherForenames(const Columns& columns, const ForenameEntry& a, const ForenameEntry& b) {
    if (a.parts.count < 2 || b.parts.count < 2) return ForenameLevel::Exact;
    bool fits = false;
    for (const std::uint32_t x : columns.list(a.parts).subspan(1)) {
        for (const std::uint32_t y : columns.list(b.parts).subspan(1)) {
            const std::string_view one = columns.words.text(x), other = columns.words.text(y);
            const bool initial = one.size() == 1 || other.size() == 1;
            if (x == y && !initial) return ForenameLevel::AlsoFurther;
            fits = fits || (initial ? one[0] == other[0] : band(shaped(columns, x), shaped(columns, y)) > 0) ||
                   shareOne(columns.list(columns.wordGroups[x]), columns.list(columns.wordGroups[y]));
        }
    }
    return fits ? ForenameLevel::Exact : ForenameLevel::FirstOnly;
}

bool hasOtherForename(const ForenameEntry& a, const ForenameEntry& b, const Columns& columns) {
    if (a.parts.count == 1 && b.parts.count == 1) return false;
    const auto others = columns.list(b.parts);
    return std::ranges::any_of(columns.list(a.parts), [&](std::uint32_t word) {
        return columns.words.text(word).size() > 1 && std::ranges::find(others, word) != others.end();
    });
}

}  // namespace

// Nearly all pairs are unlike, and the letters alone show it: with c letters in common at most, Jaro's similarity is
// at most (c/|a| + c/|b| + 1) / 3 and at least max(|a|,|b|) - c edits are needed.
bool canBeAlike(const TextShape& a, const TextShape& b, int prefix) {
    const int common = bitsIn(a.letters & b.letters) + std::min(a.rest, b.rest);
    const int longer = std::max(a.length, b.length), shorter = std::min(a.length, b.length);
    if (shorter == 0) return false;
    const int edits = longer - common;
    if ((edits <= 1 && shorter >= static_cast<int>(kShortestForOneEdit)) ||
        (edits <= 2 && shorter > static_cast<int>(kShortestForOneEdit)))
        return true;
    // (c/l + c/s + 1) / 3 >= j, without a division; Winkler's prefix lowers the j that is enough.
    constexpr double kRounding = 1e-9;
    const int rewarded = std::min(prefix, shorter);
    const double matches = std::min(common, shorter);
    const double enough = (kSimilar - 0.1 * rewarded) * kInverse[static_cast<std::size_t>(rewarded)];
    return matches * (shorter + longer) >= (3.0 * enough - 1.0) * longer * shorter - kRounding;
}

bool isOneEditApart(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    if (a.size() <= 1 && b.size() <= 1) return true;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

ForenameLevel forenameLevel(const Columns& columns, std::uint32_t a, std::uint32_t b) {
    if (a == b) return columns.forenames[a].parts.count > 1 ? ForenameLevel::AlsoFurther : ForenameLevel::Exact;
    const ForenameEntry& left = columns.forenames[a];
    const ForenameEntry& right = columns.forenames[b];
    if (left.first == right.first) return furtherForenames(columns, left, right);
    if (left.whole == right.whole) return ForenameLevel::Exact;
    const std::string_view leftFirst = columns.words.text(left.first);
    const std::string_view rightFirst = columns.words.text(right.first);
    if (leftFirst.size() == 1 || rightFirst.size() == 1) {
        return leftFirst[0] == rightFirst[0] ? ForenameLevel::Initial : ForenameLevel::Different;
    }
    if (shareOne(columns.list(columns.wordGroups[left.first]), columns.list(columns.wordGroups[right.first])))
        return ForenameLevel::Variant;
    int closeness = band(shaped(columns, left.first), shaped(columns, right.first));
    if (left.parts.count > 1 || right.parts.count > 1) {
        closeness = std::max(closeness, band(shaped(columns, left.whole), shaped(columns, right.whole)));
    }
    // Alike to the eye and to the ear are two signs of one name.
    const bool sounds = soundsAlike(columns, left.first, right.first);
    if (closeness == 2 || (closeness == 1 && sounds)) return ForenameLevel::Close;
    if (hasOtherForename(left, right, columns)) return ForenameLevel::OtherForename;
    if (closeness == 1 || sounds || isPrefix(leftFirst, rightFirst)) {
        return ForenameLevel::Similar;
    }
    return ForenameLevel::Different;
}

SurnameLevel surnameLevel(const Columns& columns, std::uint32_t a, std::uint32_t b) {
    if (a == b) return SurnameLevel::Exact;
    const SurnameEntry& left = columns.surnames[a];
    const SurnameEntry& right = columns.surnames[b];
    if (left.whole == right.whole) return SurnameLevel::Exact;
    if ((left.parts.count > 1 || right.parts.count > 1) &&
        shareOne(columns.list(left.parts), columns.list(right.parts)))
        return SurnameLevel::Part;
    const int closeness = band(shaped(columns, left.whole), shaped(columns, right.whole));
    const bool sounds = soundsAlike(columns, left.whole, right.whole);
    if (closeness == 2 || (closeness == 1 && sounds)) return SurnameLevel::Close;
    if (closeness == 1 || sounds) return SurnameLevel::Similar;
    return SurnameLevel::Different;
}

CrossLevel crossExactLevel(const Columns& columns, const ForenameEntry& forename, const SurnameEntry& surname) {
    if (forename.first == surname.whole || forename.first == surname.first) return CrossLevel::Same;
    const bool variant =
        shareOne(columns.list(columns.wordGroups[forename.first]), columns.list(columns.wordGroups[surname.first]));
    return variant ? CrossLevel::Same : CrossLevel::Different;
}

CrossLevel crossLevel(const Columns& columns, const ForenameEntry& forename, const SurnameEntry& surname) {
    if (crossExactLevel(columns, forename, surname) == CrossLevel::Same) return CrossLevel::Same;
    const int closeness = band(shaped(columns, forename.first), shaped(columns, surname.whole));
    return closeness == 2 ? CrossLevel::Alike : CrossLevel::Different;
}

DateDigits dateDigits(std::uint32_t date) {
    DateDigits out;
    out.year = static_cast<std::uint16_t>(date / 10000);
    out.months = static_cast<std::uint16_t>(out.year * 12U + date / 100 % 100);
    for (unsigned digit = 0; digit < 8; ++digit, date /= 10) out.digits |= (date % 10) << (4 * digit);
    return out;
}

std::uint8_t addressLevel(const Columns& columns, std::uint32_t a, std::uint32_t b) {
    const auto level = [](AddressLevel value) { return static_cast<std::uint8_t>(value); };
    if (a == b && columns.addresses[a].home != kNoValue) return level(AddressLevel::SameHome);
    const AddressEntry& x = columns.addresses[a];
    const AddressEntry& y = columns.addresses[b];
    const auto equal = [](std::uint32_t left, std::uint32_t right) { return left != kNoValue && left == right; };
    const auto contradict = [](std::uint32_t left, std::uint32_t right) {
        return left != kNoValue && right != kNoValue && left != right;
    };
    if (equal(x.uprn, y.uprn)) return level(AddressLevel::SameHome);
    const bool sameHouse = equal(x.house, y.house) && !contradict(x.flat, y.flat) && !contradict(x.uprn, y.uprn);
    if (equal(x.postcode, y.postcode)) return level(sameHouse ? AddressLevel::SameHome : AddressLevel::SamePostcode);
    const bool sameDoor = sameHouse && equal(x.street, y.street);
    if (x.postcode == kNoValue || y.postcode == kNoValue) {
        if (sameDoor) return level(AddressLevel::SameHome);
        return contradict(x.uprn, y.uprn) || contradict(x.street, y.street) ? level(AddressLevel::Different) : kNoLevel;
    }
    if (sameDoor || isOneEditApart(columns.addressParts.text(x.postcode), columns.addressParts.text(y.postcode))) {
        return level(AddressLevel::OneCharacter);
    }
    if (equal(x.sector, y.sector)) return level(AddressLevel::SameSector);
    return level(equal(x.district, y.district) ? AddressLevel::SameDistrict : AddressLevel::Different);
}

TextLevel textLevel(const ShapedText& a, const ShapedText& b) {
    if (a.text == b.text) return TextLevel::Exact;
    const int closeness = band(a, b);
    if (closeness == 2) return TextLevel::Close;
    const ShapedText& shorter = a.shape.length <= b.shape.length ? a : b;
    const ShapedText& longer = a.shape.length <= b.shape.length ? b : a;
    // A text can only be within another that has all its letters.
    const bool contained = shorter.text.size() >= kShortestForOneEdit &&
                           (shorter.shape.letters & ~longer.shape.letters) == 0 &&
                           longer.text.find(shorter.text) != std::string_view::npos;
    return closeness == 1 || contained ? TextLevel::Similar : TextLevel::Different;
}

}  // namespace fairlead::link
