#include "tests/support/page_statistic.h"

#include <array>

#include <fmt/format.h>

namespace fairlead::test {

double chiSquareOf(std::string_view bytes) {
    std::array<double, 256> counts{};
    for (const char c : bytes) counts[static_cast<unsigned char>(c)] += 1;
    const double expected = static_cast<double>(bytes.size()) / 256;
    double sum = 0;
    for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
    return sum;
}

bool looksRandom(std::string_view bytes) {
    constexpr double kLeast = 130, kMost = 430;
    const double found = chiSquareOf(bytes);
    return found > kLeast && found < kMost;
}

std::string ordinaryPagesOf(std::string_view file) {
    std::string found = file.size() % kDatabasePageBytes == 0 && !file.empty() ? "" : "not whole pages; ";
    for (std::size_t at = 0; at + kDatabasePageBytes <= file.size(); at += kDatabasePageBytes) {
        const auto page = file.substr(at, kDatabasePageBytes);
        if (!looksRandom(page))
            found += fmt::format("page {}: {:.0f}; ", at / kDatabasePageBytes + 1, chiSquareOf(page));
    }
    return found;
}

}  // namespace fairlead::test
