// Whether bytes look drawn by chance, as ciphertext does and a table's page does not.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairlead::test {

inline constexpr std::size_t kDatabasePageBytes = 4096;

/// Pearson's chi-square of the 256 byte values against all being as likely: 255 degrees of freedom, so about 255 give
/// or take 23 where they are.
double chiSquareOf(std::string_view bytes);

/// Between 130 and 430: a page of chance bytes leaves these bounds less than once in 10^9 (Wilson and Hilferty's
/// approximation). A page of 4,096 bytes of rows is far above.
bool looksRandom(std::string_view bytes);

/// What of a database file does not look random, page by page: "page 3: 81250"; empty when all do. A rest that is no
/// page is a fault too.
std::string ordinaryPagesOf(std::string_view file);

}  // namespace fairlead::test
