// Similarities of texts as DuckDB computes them: on bytes, not on characters.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fairlead::splink {

/// Jaro's similarity, 0 to 1; 0 for two empty texts. M. A. Jaro (1989).
double jaro(std::string_view a, std::string_view b);
/// Jaro's similarity, raised for a common prefix of up to 4 by 0.1 each where it is above 0.7. W. E. Winkler (1990).
double jaroWinkler(std::string_view a, std::string_view b);
/// Insertions, deletions and substitutions.
std::size_t levenshtein(std::string_view a, std::string_view b);
/// The same and transpositions, also of characters that are edited apart ("ca", "abc" -> 2). Lowrance & Wagner (1975).
std::size_t damerauLevenshtein(std::string_view a, std::string_view b);
/// Shared bytes by bytes in either, each byte value counted once; nothing when a text is empty.
std::optional<double> jaccard(std::string_view a, std::string_view b);

}  // namespace fairlead::splink
