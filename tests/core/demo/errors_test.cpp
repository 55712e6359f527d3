#include "core/demo/errors.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/base/text.h"

using namespace fairlead;
using namespace fairlead::demo;

TEST_CASE("a typing slip changes a name by one letter or two neighbours", "[demo]") {
    Random random(1, "typing");
    int changed = 0;
    for (int i = 0; i < 500; ++i) {
        const auto slip = typed("Katherine", random);
        CHECK(slip.front() == 'K');
        CHECK(slip.size() >= 8);
        CHECK(slip.size() <= 10);
        if (slip != "Katherine") ++changed;
    }
    CHECK(changed > 450);
}

TEST_CASE("errors never tear a letter of several bytes apart", "[demo]") {
    Random random(1, "accents");
    for (int i = 0; i < 500; ++i) {
        CHECK(isValidUtf8(typed("Wiśniewski", random)));
        CHECK(isValidUtf8(heard("Małgorzata", random)));
        CHECK(isValidUtf8(scanned("Łukasz", random)));
    }
}

TEST_CASE("hearing and scanning follow their rules and leave short names alone", "[demo]") {
    Random random(1, "rules");
    CHECK(heard("Jo", random) == "Jo");
    CHECK(scanned("Ng", random) == "Ng");
    CHECK(heard("Bxb", random) == "Bxb");
    bool softened = false;
    for (int i = 0; i < 200; ++i) softened = softened || heard("Stephen", random) == "Stefen";
    CHECK(softened);
    bool misread = false;
    for (int i = 0; i < 200; ++i) misread = misread || scanned("Emma", random) == "Ernma";
    CHECK(misread);
}

TEST_CASE("accents go and plain letters stay", "[demo]") {
    CHECK(withoutAccents("Łukasz Wójcik") == "Lukasz Wojcik");
    CHECK(withoutAccents("Ștefan Lazăr") == "Stefan Lazar");
    CHECK(withoutAccents("Zoë O'Brien-Smith") == "Zoe O'Brien-Smith");
}

TEST_CASE("day and month swap only where that is another date", "[demo]") {
    const auto date = [](int year, unsigned month, unsigned day) { return *Date::fromCivil(year, month, day); };
    CHECK(dayMonthSwapped(date(2015, 3, 7)) == date(2015, 7, 3));
    CHECK(dayMonthSwapped(date(2015, 3, 13)) == date(2015, 3, 13));
    CHECK(dayMonthSwapped(date(2015, 4, 4)) == date(2015, 4, 4));
}

TEST_CASE("a wrong date is near the right one", "[demo]") {
    Random random(1, "dates");
    const Date truth = *Date::fromCivil(2012, 2, 29);
    int changed = 0;
    for (int i = 0; i < 300; ++i) {
        const auto wrong = datedWrong(truth, random);
        CHECK(std::abs(wrong - truth) <= 366);
        if (wrong != truth) ++changed;
    }
    CHECK(changed > 100);
}

TEST_CASE("streets are shortened at their end", "[demo]") {
    CHECK(streetShortened("Ashley Road") == "Ashley Rd");
    CHECK(streetShortened("Road Hill") == "Road Hill");
    CHECK(streetShortened("Street Gardens") == "Street Gdns");
}
