#include "core/base/text.h"

#include <catch2/catch_all.hpp>

using namespace fairlead;

TEST_CASE("Well-formed UTF-8 is told from what only looks like it", "[base]") {
    CHECK(isValidUtf8("Zoë Żółć 李"));
    CHECK(isValidUtf8(""));
    CHECK_FALSE(isValidUtf8("\xC0\xAF"));          // over-long slash
    CHECK_FALSE(isValidUtf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(isValidUtf8("\xF5\x80\x80\x80"));  // beyond U+10FFFF
    CHECK_FALSE(isValidUtf8("abc\xE2\x82"));       // cut short
    CHECK_FALSE(isValidUtf8("\x80"));
}

TEST_CASE("Controls that could mislead a reader are found", "[base]") {
    CHECK_FALSE(hasControlCharacters("O'Brien-Smith"));
    CHECK(hasControlCharacters(std::string_view("a\0b", 3)));
    CHECK(hasControlCharacters("line\nbreak"));
    CHECK(hasControlCharacters("right\xE2\x80\xAEleft"));  // U+202E
    CHECK(hasControlCharacters("zero\xE2\x80\x8Bwidth"));  // U+200B
    CHECK(hasControlCharacters("\xC2\x85"));               // C1
}

TEST_CASE("Numbers are read whole or not at all", "[base]") {
    CHECK(parseInteger("134") == 134);
    CHECK(parseInteger("-1") == -1);
    CHECK_FALSE(parseInteger("134.0"));
    CHECK_FALSE(parseInteger(" 1"));
    CHECK_FALSE(parseInteger("99999999999999999999"));
    CHECK(parseNumber("134.5") == 134.5);
    CHECK_FALSE(parseNumber("134,5"));
}

TEST_CASE("Splitting keeps empty parts and trimming takes blanks only", "[base]") {
    CHECK(split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
    CHECK(trimmed(" \t a b \r\n") == "a b");
    CHECK(trimmed("   ").empty());
    CHECK(upperAscii("Zoë") == "ZOë");
    CHECK(hex(std::string_view("\x00\xff", 2)) == "00ff");
}
