#include "core/convert/value_parsing.h"

#include <array>
#include <string>

#include <catch2/catch_all.hpp>

namespace fairlead::convert {

TEST_CASE("a date is read by the first format that fits the whole text", "[convert]") {
    const std::array<std::string, 3> formats{"%Y-%b-%d %H:%M:%S", "%Y-%m-%d", "%d/%m/%Y"};
    const auto iso = [&](std::string_view text) {
        const auto date = parseDate(text, formats);
        return date ? date->iso() : "none";
    };
    CHECK(iso("2024-Dec-01 00:00:00") == "2024-12-01");
    CHECK(iso("2024-dec-01 23:59:59") == "2024-12-01");
    CHECK(iso("2024-12-01") == "2024-12-01");
    CHECK(iso("29/02/2024") == "2024-02-29");
    for (const char* bad :
         {"", "29/02/2023", "2024-Dez-01 00:00:00", "2024-Dec-01", "2024-Dec-01 24:00:00", "2024-Dec-01 00:60:00",
          "2024-12-01 ", "1/2/2024", "45292", "01/01/0001", "2024-12-0", "2024-1\xC3\xA9-01"}) {
        CAPTURE(bad);
        CHECK(iso(bad) == "none");
    }
    CHECK_FALSE(parseDate("2024", std::array<std::string, 1>{"%Q"}).has_value());
}

TEST_CASE("a whole number may carry a fraction of zero and nothing else", "[convert]") {
    CHECK(parseWholeNumber("134") == 134);
    CHECK(parseWholeNumber("134.0") == 134);
    CHECK(parseWholeNumber("-1.0") == -1);
    CHECK(parseWholeNumber("-0.0") == 0);
    CHECK(parseWholeNumber("100012345678.0") == 100'012'345'678);
    for (const char* bad : {"", "134.5", "1,000", "nan", "inf", "1e300", "12x", " 1", "0x10"}) {
        CAPTURE(bad);
        CHECK_FALSE(parseWholeNumber(bad).has_value());
    }
}

}  // namespace fairlead::convert
