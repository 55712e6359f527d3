#include "core/record/identifiers.h"

#include <string>

#include <catch2/catch_all.hpp>

namespace fairlead::record {

// The numbers belong to nobody: they were computed from the published rules, or stand in a public data set.
TEST_CASE("a UPN is valid when its first letter is the remainder of the weighted sum", "[record]") {
    for (const char* upn : {"A950000178301", "H243278544154", "X845212818005", "C801460118001", "D888410119042"}) {
        CAPTURE(upn);
        CHECK(checkUpn(upn) == UpnCheck::Valid);
        CHECK(upnCheckLetter(std::string_view(upn).substr(1)) == upn[0]);
    }
    CHECK(checkUpn("a950000178301") == UpnCheck::Valid);
    CHECK(checkUpn("N80146011800A") == UpnCheck::Temporary);
}

TEST_CASE("a UPN that is not one says in what respect", "[record]") {
    CHECK(checkUpn("R247962919251") == UpnCheck::WrongCheckLetter);
    CHECK(checkUpn("X428558133462") == UpnCheck::WrongCheckLetter);
    CHECK(checkUpn("") == UpnCheck::WrongLength);
    CHECK(checkUpn("A95000017830") == UpnCheck::WrongLength);
    CHECK(checkUpn("I950000178301") == UpnCheck::WrongCharacters);
    CHECK(checkUpn("A95000O178301") == UpnCheck::WrongCharacters);
    CHECK(checkUpn("N80146011800S") == UpnCheck::WrongCharacters);
    CHECK(checkUpn("cbd0f54b-6c4a") == UpnCheck::WrongCharacters);
    CHECK(upnCheckLetter("247962919251") == 'Q');
    CHECK(upnCheckLetter("428558133462") == 'W');
    CHECK_FALSE(upnCheckLetter("1234").has_value());
}

TEST_CASE("one wrong digit or two neighbours swapped never leave a UPN valid", "[record]") {
    const std::string good = "C801460118001";
    for (std::size_t i = 1; i < good.size(); ++i) {
        std::string wrong = good;
        wrong[i] = wrong[i] == '9' ? '0' : static_cast<char>(wrong[i] + 1);
        CAPTURE(wrong);
        CHECK(checkUpn(wrong) == UpnCheck::WrongCheckLetter);
        if (i + 1 < good.size() && good[i] != good[i + 1]) {
            std::string swapped = good;
            std::swap(swapped[i], swapped[i + 1]);
            CHECK(checkUpn(swapped) == UpnCheck::WrongCheckLetter);
        }
    }
}

TEST_CASE("an NHS number is valid when its tenth digit is the check digit", "[record]") {
    CHECK(isValidNhsNumber("9434765919"));
    CHECK(isValidNhsNumber("401 023 2137"));
    CHECK(isValidNhsNumber("9990000018"));
    CHECK_FALSE(isValidNhsNumber("9434765918"));
    CHECK_FALSE(isValidNhsNumber("943476591"));
    CHECK_FALSE(isValidNhsNumber("94347659190"));
    CHECK_FALSE(isValidNhsNumber("943476591X"));
    CHECK_FALSE(isValidNhsNumber(""));
    CHECK(nhsCheckDigit("999000002") == '6');
    CHECK(nhsCheckDigit("999000003") == '4');
}

TEST_CASE("nine digits that give a check digit of ten have none", "[record]") {
    // 1 x 10 in the first place leaves 11 - 10 = 1; 6 x 2 in the last leaves 11 - 1 = 10.
    CHECK(nhsCheckDigit("100000000") == '1');
    CHECK_FALSE(nhsCheckDigit("000000006").has_value());
    CHECK_FALSE(nhsCheckDigit("99900000").has_value());
    CHECK_FALSE(nhsCheckDigit("99900000A").has_value());
}

TEST_CASE("a UPRN has one to twelve digits that are not all zero", "[record]") {
    CHECK(isValidUprn("1"));
    CHECK(isValidUprn("000123456789"));
    CHECK_FALSE(isValidUprn("0"));
    CHECK_FALSE(isValidUprn(""));
    CHECK_FALSE(isValidUprn("-1"));
    CHECK_FALSE(isValidUprn("1234567890123"));
    CHECK_FALSE(isValidUprn("12.0"));
}

TEST_CASE("a postcode comes out in capitals with one blank before the last three characters", "[record]") {
    CHECK(canonicalPostcode("bs78qd") == "BS7 8QD");
    CHECK(canonicalPostcode(" B S 1  4DJ ") == "BS1 4DJ");
    CHECK(canonicalPostcode("ec1a1bb") == "EC1A 1BB");
    CHECK(canonicalPostcode("W1A 0AX") == "W1A 0AX");
    CHECK(canonicalPostcode("M1 1AE") == "M1 1AE");
    CHECK(canonicalPostcode("B33 8TH") == "B33 8TH");
    CHECK(canonicalPostcode("DN55 1PT") == "DN55 1PT");
}

TEST_CASE("text that has not the shape of a postcode is none", "[record]") {
    for (const char* text : {"", "BS7", "Q17 9PC", "V21 2KD", "BS7 8QC", "BS7 8CD", "BI7 8QD", "BS777 8QD", "7BS 8QD",
                             "BS7 QQD", "B\xC3\xA9 1AA", "BS7-8QD", "Z"}) {
        CAPTURE(text);
        CHECK_FALSE(canonicalPostcode(text).has_value());
    }
}

}  // namespace fairlead::record
