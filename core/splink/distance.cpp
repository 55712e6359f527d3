#include "core/splink/distance.h"

#include <bitset>

#include <rapidfuzz/distance/DamerauLevenshtein.hpp>
#include <rapidfuzz/distance/Jaro.hpp>
#include <rapidfuzz/distance/JaroWinkler.hpp>
#include <rapidfuzz/distance/Levenshtein.hpp>

namespace fairlead::splink {
namespace {

constexpr std::size_t kByteValues = 256;

std::bitset<kByteValues> bytesOf(std::string_view text) {
    std::bitset<kByteValues> bytes;
    for (const char c : text) bytes.set(static_cast<unsigned char>(c));
    return bytes;
}

}  // namespace

// The library says 1 for two empty texts, DuckDB 0.
double jaro(std::string_view a, std::string_view b) {
    return a.empty() || b.empty() ? 0.0 : rapidfuzz::jaro_similarity(a, b);
}

double jaroWinkler(std::string_view a, std::string_view b) {
    constexpr double kPrefixWeight = 0.1;
    return a.empty() || b.empty() ? 0.0 : rapidfuzz::jaro_winkler_similarity(a, b, kPrefixWeight);
}

std::size_t levenshtein(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(rapidfuzz::levenshtein_distance(a, b));
}

std::size_t damerauLevenshtein(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(rapidfuzz::experimental::damerau_levenshtein_distance(a, b));
}

std::optional<double> jaccard(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return std::nullopt;
    const auto x = bytesOf(a), y = bytesOf(b);
    return static_cast<double>((x & y).count()) / static_cast<double>((x | y).count());
}

}  // namespace fairlead::splink
