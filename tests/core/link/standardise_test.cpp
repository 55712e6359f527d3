#include "core/link/standardise.h"

#include <catch2/catch_all.hpp>

using namespace fairlead;
using namespace fairlead::link;

TEST_CASE("names come to one spelling whatever their case, marks, script and hyphens", "[link]") {
    CHECK(canonicalForenames("  Zoë-May ") == "ZOE MAY");
    CHECK(canonicalForenames("Łukasz") == "LUKASZ");
    CHECK(canonicalSurname("O'Brien") == "OBRIEN");
    CHECK(canonicalSurname("O\xE2\x80\x99"
                           "Brien") == "OBRIEN");
    CHECK(canonicalSurname("Smith-Jones") == "SMITH JONES");
    CHECK(canonicalForenames("\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD") == "IVAN");
    CHECK(canonicalForenames("Master Jack") == "JACK");
}

TEST_CASE("placeholders in names and dates are missing", "[link]") {
    for (const char* text : {"Unknown", "N/A", "baby boy", "-", "", "Not Known"})
        CHECK(canonicalForenames(text).empty());
    CHECK(canonicalForenames("Babette") == "BABETTE");
    CHECK(isPlaceholderDate(*Date::fromIso("1900-01-01")));
    CHECK_FALSE(isPlaceholderDate(*Date::fromIso("2012-01-01")));
}

TEST_CASE("ill-formed UTF-8 and very long names do not stop standardising", "[link]") {
    CHECK(canonicalForenames("Jo\xFFhn").find("JO") == 0);
    CHECK(canonicalForenames(std::string(10'000, 'x')).size() == 10'000);
    CHECK(canonicalForenames(std::string("A\0B", 3)) == "A B");
}

TEST_CASE("postcodes are split, foreign ones kept whole and no-fixed-abode codes missing", "[link]") {
    const PostcodeParts parts = canonicalPostcodeParts("bs78qd");
    CHECK(parts.unit == "BS7 8QD");
    CHECK(parts.sector == "BS7 8");
    CHECK(parts.district == "BS7");
    CHECK(canonicalPostcodeParts("4223").unit == "4223");
    CHECK(canonicalPostcodeParts("4223").sector.empty());
    CHECK(canonicalPostcodeParts("ZZ99 3VZ").unit.empty());
}

TEST_CASE("an identifier with a wrong check character is no evidence", "[link]") {
    CHECK(canonicalIdentifier("upn", "A950000178301").value == "A950000178301");
    CHECK(canonicalIdentifier("former_upn", "a950000178301").kind == "upn");
    CHECK(canonicalIdentifier("upn", "R247962919251").value.empty());
    CHECK(canonicalIdentifier("upn", "N80146011800A").kind == "temporary_upn");
    CHECK(canonicalIdentifier("nhs", "943 476 5919").value == "9434765919");
    CHECK(canonicalIdentifier("nhs", "9434765918").value.empty());
    CHECK(canonicalIdentifier("la_child_id", "0000").value.empty());
    CHECK(canonicalIdentifier("la_child_id", "ab-123").value == "AB123");
}

TEST_CASE("names that sound alike share a sound", "[link]") {
    CHECK(soundOf("MOHAMMED") == soundOf("MUHAMAD"));
    CHECK(soundOf("KATHRYN") == soundOf("CATHERINE"));
    CHECK(soundOf("PHILIP") == soundOf("FILIP"));
    CHECK(soundOf("SMITH") == soundOf("SMYTHE"));
    CHECK(soundOf("JONES") != soundOf("SMITH"));
}

TEST_CASE("a street's last word is spelt in full", "[link]") {
    CHECK(canonicalStreet("Bristol Rd.") == "BRISTOL ROAD");
    CHECK(canonicalStreet("st john's st") == "ST JOHNS STREET");
    CHECK(canonicalStreet("Broadway") == "BROADWAY");
    CHECK(canonicalStreet("St") == "ST");
}
