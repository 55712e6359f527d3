#include "core/demo/names.h"

#include <algorithm>
#include <filesystem>

#include <catch2/catch_all.hpp>

#include "core/record/identifiers.h"
#include "tests/core/demo/small_city.h"

using namespace fairlead;
using namespace fairlead::demo;
using fairlead::test::codeOf;
using fairlead::test::projectPath;
using fairlead::test::TempFolder;
using fairlead::test::writeBytes;

namespace {

/// A copy of the project's lists in which one file is replaced.
ErrorCode codeWith(const char* file, std::string_view text) {
    const TempFolder folder;
    std::filesystem::copy(projectPath("resources/names"), folder.path(), std::filesystem::copy_options::recursive);
    writeBytes(folder / file, text);
    return codeOf(Names::read(folder.path()));
}

}  // namespace

TEST_CASE("the lists of names stay small", "[demo]") {
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(projectPath("resources/names")))
        bytes += entry.file_size();
    CHECK(bytes < 1'500'000);
}

TEST_CASE("every community has forenames of both sexes and surnames", "[demo]") {
    const auto names = demo::test::readNames();
    Random random(1, "names");
    for (std::size_t i = 0; i < kCommunities; ++i) {
        const auto community = static_cast<Community>(i);
        CHECK_FALSE(name(community).empty());
        CHECK_FALSE(names.surname(community, random).empty());
        for (const auto year : {1940, 1975, 1999, 2020}) {
            CHECK_FALSE(names.forename(community, Sex::Female, year, random).empty());
            CHECK_FALSE(names.forename(community, Sex::Male, year, random).empty());
        }
    }
}

TEST_CASE("forenames follow the years of birth", "[demo]") {
    const auto names = demo::test::readNames();
    Random random(1, "years");
    int susan = 0;
    int susanNow = 0;
    int smith = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (names.forename(Community::British, Sex::Female, 1955, random) == "Susan") ++susan;
        if (names.forename(Community::British, Sex::Female, 2018, random) == "Susan") ++susanNow;
        if (names.surname(Community::British, random) == "Smith") ++smith;
    }
    CHECK(susan > 100);
    CHECK(susanNow < 5);
    CHECK(smith > 150);
}

TEST_CASE("variants and nicknames are other spellings of the same name", "[demo]") {
    const auto names = demo::test::readNames();
    Random random(1, "variants");
    for (int i = 0; i < 50; ++i) {
        const auto other = names.forenameVariant("Mohammed", random);
        CHECK_FALSE(other.empty());
        CHECK(other != "Mohammed");
        CHECK(other.starts_with('M'));
    }
    CHECK(names.forenameVariant("Xyzzy", random).empty());
    CHECK(names.nickname("Xyzzy", random).empty());
    CHECK_FALSE(names.nickname("William", random).empty());
    CHECK_FALSE(names.surnameVariant("Hussain", random).empty());
}

TEST_CASE("streets have postcodes of Bristol and Bath that are well formed", "[demo]") {
    const auto names = demo::test::readNames();
    CHECK(names.streets().size() > 1000);
    CHECK(names.streetsElsewhere().size() > 50);
    for (const auto* list : {&names.streets(), &names.streetsElsewhere()}) {
        for (const auto& street : *list) {
            REQUIRE_FALSE(street.postcodes.empty());
            for (const auto& postcode : street.postcodes) {
                CHECK((postcode.starts_with("BS") || postcode.starts_with("BA")));
                CHECK(record::canonicalPostcode(postcode) == postcode);
            }
        }
    }
}

TEST_CASE("lists that are missing or malformed are refused", "[demo]") {
    const TempFolder empty;
    CHECK(codeOf(Names::read(empty.path())) == ErrorCode::NotFound);
    CHECK(codeWith("surnames.csv", "name,count\nSmith,1\n") == ErrorCode::MissingColumn);
    CHECK(codeWith("surnames.csv", "community,surname,count\nmartian,Zog,1\n") == ErrorCode::ParseError);
    CHECK(codeWith("surnames.csv", "community,surname,count\nbritish,Smith,-4\n") == ErrorCode::ParseError);
    CHECK(codeWith("surnames.csv", "community,surname,count\nbritish,Smith\n") == ErrorCode::ParseError);
    CHECK(codeWith("surnames.csv", "community,surname,count\nbritish,Smith,5\n") == ErrorCode::ParseError);
    CHECK(codeWith("forenames.csv", "community,sex,born_from,name,count\nbritish,X,1900,Ann,5\n") ==
          ErrorCode::ParseError);
    CHECK(
        codeWith("forenames.csv", "community,sex,born_from,name,count\nbritish,F,2000,Ann,5\nbritish,F,1990,Eve,5\n") ==
        ErrorCode::ParseError);
    CHECK(codeWith("variants.csv", "kind,group,name\nplace,1,Bath\n") == ErrorCode::ParseError);
    CHECK(codeWith("streets.csv", "street,town,postcodes\nA Road,Bristol,BS1\n") == ErrorCode::ParseError);
    CHECK(codeWith("streets.csv", "street,town,postcodes\nA Road,Bristol,BS1 1AA\n") == ErrorCode::ParseError);
    CHECK(codeWith("nicknames.csv", "name,nickname\n\"William,Bill\n") == ErrorCode::ParseError);
}
