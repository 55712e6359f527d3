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
