#include "core/link/name_features.h"

#include <algorithm>
#include <bit>

#include "core/link/similarity.h"

namespace fairlead::link {
namespace {

std::uint16_t prefixOf(std::string_view word) {
    const auto at = [&](std::size_t i) {
        return i < word.size() ? static_cast<unsigned>(static_cast<unsigned char>(word[i])) : 0U;
    };
    return static_cast<std::uint16_t>(at(0) | (at(1) << 8U));
}

NameFeature featureOf(const Columns& columns, std::uint32_t word, std::uint32_t first) {
    NameFeature feature;
    feature.shape = columns.wordShapes[word];
    feature.word = word;
    feature.first = first;
    feature.sound = columns.wordSound[word];
    feature.prefix = prefixOf(columns.words.text(word));
    feature.grouped = columns.wordGroups[first].count > 0;
    return feature;
}

std::size_t lengthOf(std::uint64_t packed) { return 8 - static_cast<std::size_t>(std::countl_zero(packed)) / 8; }

}  // namespace

std::vector<NameFeature> forenameFeatures(const Columns& columns) {
    std::vector<NameFeature> features;
    features.reserve(columns.forenames.size());
    for (const ForenameEntry& entry : columns.forenames) {
        features.push_back(featureOf(columns, entry.first, entry.first));
        features.back().plain = entry.parts.count == 1 && features.back().shape.length > 1;
    }
    return features;
}

std::vector<NameFeature> surnameFeatures(const Columns& columns) {
    std::vector<NameFeature> features;
    features.reserve(columns.surnames.size());
    for (const SurnameEntry& entry : columns.surnames) {
        features.push_back(featureOf(columns, entry.whole, entry.first));
        features.back().plain = entry.parts.count <= 1;
    }
    return features;
}

bool surelyUnlike(const NameFeature& a, const NameFeature& b) {
    if (!a.plain || !b.plain || a.word == b.word || (a.grouped && b.grouped)) return false;
    if (a.sound != kNoValue && a.sound == b.sound) return false;
    const unsigned differing = static_cast<unsigned>(a.prefix) ^ b.prefix;
    // Of the prefix that Jaro and Winkler reward only two characters are here: with both the same it may be longer.
    if (differing == 0) return false;
    return !canBeAlike(a.shape, b.shape, (differing & 0xffU) == 0 ? 1 : 0);
}

std::uint64_t packedPostcode(std::string_view postcode) {
    if (postcode.size() > 8) return 0;
    std::uint64_t packed = 0;
    for (std::size_t i = postcode.size(); i > 0; --i)
        packed = (packed << 8U) | static_cast<unsigned char>(postcode[i - 1]);
    return packed;
}

bool isOneEditApart(std::uint64_t a, std::uint64_t b) {
    const std::size_t lengthA = lengthOf(a), lengthB = lengthOf(b);
    if (lengthA != lengthB) {
        if (lengthA + 1 != lengthB && lengthB + 1 != lengthA) return false;
        const auto x = std::bit_cast<std::array<char, 8>>(a), y = std::bit_cast<std::array<char, 8>>(b);
        return isOneEditApart(std::string_view(x.data(), lengthA), std::string_view(y.data(), lengthB));
    }
    const std::uint64_t differing = a ^ b;
    if (differing == 0) return true;
    const int low = std::countr_zero(differing) / 8, high = 7 - std::countl_zero(differing) / 8;
    if (low == high) return true;
    const auto at = [](std::uint64_t packed, int i) { return (packed >> static_cast<unsigned>(8 * i)) & 0xffU; };
    return high == low + 1 && at(a, low) == at(b, high) && at(a, high) == at(b, low);
}

}  // namespace fairlead::link
