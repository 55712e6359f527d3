// Pupils by prevention level and outcome heading.

#include "core/indicator/outcomes.h"

#include <algorithm>
#include <set>

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"
#include "tests/core/indicator/random_city.h"

using namespace fairlead;
using namespace fairlead::indicator;
using namespace fairlead::indicator::test;

TEST_CASE("A level or heading counts each pupil with one of its indicators once, by counting them one by one",
          "[indicator]") {
    const RandomCity city(21, 50);
    const SchoolSlice slice = city.slice(3);
    const Date at = RandomCity::kFirst + 150;
    const OutcomeReading reading = outcomes(slice, at);
    REQUIRE(reading.levels.size() == 3);
    CHECK(reading.levels.front().title == "Tertiary prevention");
    std::size_t named = 0;
    for (const auto* lines : {&reading.levels, &reading.headings}) {
        for (const OutcomeLine& line : *lines) {
            INFO(line.title);
            named += line.definitions.size();
            REQUIRE(line.points.size() == 12);
            CHECK(line.points.back().at == at);
            std::set<record::PersonKey> pupils;
            for (const RollSpell& row : slice.roll) {
                for (const BookSpell& held : slice.spells->of(row.person)) {
                    const std::string& id = (*slice.definitions)[held.definition].id;
                    const bool isBehind = std::ranges::find(line.definitions, id) != line.definitions.end();
                    if (isBehind && held.spell.interval.contains(at)) pupils.insert(row.person);
                }
            }
            if (line.definitions.empty()) {
                CHECK(line.points.back().pupils == Count::notSupplied());
            } else {
                CHECK(line.points.back().pupils == Count::of(static_cast<int>(pupils.size())));
            }
        }
    }
    const auto counted = std::ranges::count_if(*slice.definitions,
                                               [](const Definition& one) { return one.group != Group::AdultFamily; });
    CHECK(named == static_cast<std::size_t>(2 * counted));
}

TEST_CASE("Schools counted together count a pupil of both once, and else the sum", "[indicator]") {
    const auto cityOf = [](std::initializer_list<std::int64_t> pupils) {
        SliceBuilder city;
        for (const std::int64_t pupil : pupils) city.pupil(pupil);
        for (std::int64_t person = 1; person <= 4; ++person)
            city.status(person, record::FactKind::EarlyHelp, day("2026-01-10"), day("2026-04-01"));
        return city.build();
    };
    const SchoolSlice one = cityOf({1, 2, 3});
    const SchoolSlice other = cityOf({3, 4});
    const Date at = day("2026-03-15");
    OutcomeTally tally(*one.definitions, at);
    tally.add(one);
    tally.add(other);
    int counted = 0;
    for (const auto& [both, alone] : {std::pair(tally.reading().levels, outcomes(one, at).levels),
                                      std::pair(tally.reading().headings, outcomes(one, at).headings)}) {
        REQUIRE(both.size() == alone.size());
        for (std::size_t line = 0; line < both.size(); ++line) {
            CHECK(both[line].title == alone[line].title);
            CHECK(both[line].definitions == alone[line].definitions);
            if (alone[line].points.back().pupils != Count::of(3)) continue;
            CHECK(both[line].points.back().pupils == Count::of(4));
            ++counted;
        }
    }
    CHECK(counted == 2);
}
