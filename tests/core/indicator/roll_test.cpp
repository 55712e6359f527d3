#include "core/indicator/roll.h"

#include <catch2/catch_all.hpp>

#include "tests/core/indicator/builders.h"

using namespace fairlead;
using namespace fairlead::indicator;
using fairlead::indicator::test::day;
using record::LoadId;
using record::PersonKey;
using record::SchoolUrn;

namespace {

RollSpell rollOf(std::int64_t person, std::int64_t urn, const char* from, const char* until, const char* year,
                 Enrolment enrolment = Enrolment::Single) {
    return {PersonKey{person},
            SchoolUrn{urn},
            {day(from), *until == '\0' ? Date::never() : day(until)},
            year,
            enrolment,
            LoadId{1},
            {}};
}

}  // namespace

TEST_CASE("A pupil is on the roll from the first day to the day before the last", "[indicator]") {
    const std::vector<RollSpell> roll{rollOf(1, 7, "2025-09-01", "2026-07-20", "9")};
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2025-09-01"), LoadId{1}).size() == 1);
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-07-19"), LoadId{1}).size() == 1);
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-07-20"), LoadId{1}).empty());
    CHECK(pupilsOnRoll(roll, SchoolUrn{8}, day("2026-01-01"), LoadId{1}).empty());
}

TEST_CASE("A pupil registered at two schools is on the roll of both, and the main one shows", "[indicator]") {
    const std::vector<RollSpell> roll{rollOf(1, 7, "2025-09-01", "", "9", Enrolment::MainOfTwo),
                                      rollOf(1, 8, "2026-01-05", "", "9", Enrolment::Subsidiary)};
    const auto main = pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{1});
    const auto other = pupilsOnRoll(roll, SchoolUrn{8}, day("2026-02-01"), LoadId{1});
    REQUIRE((main.size() == 1 && other.size() == 1));
    CHECK(main[0].enrolment == Enrolment::MainOfTwo);
    CHECK(other[0].enrolment == Enrolment::Subsidiary);
}

TEST_CASE("A pupil with two rows on one day counts once, in the year group that began last", "[indicator]") {
    const std::vector<RollSpell> roll{rollOf(1, 7, "2025-09-01", "", "10"), rollOf(1, 7, "2024-09-01", "", "9"),
                                      rollOf(2, 7, "2024-09-01", "", "9")};
    const auto all = pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{1});
    REQUIRE(all.size() == 2);
    CHECK(all[0].yearGroup == "10");
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{1}, "9").size() == 1);
}

TEST_CASE("The roll as known at a load leaves out what came later or was withdrawn", "[indicator]") {
    std::vector<RollSpell> roll{rollOf(1, 7, "2025-09-01", "", "9"), rollOf(2, 7, "2025-09-01", "", "9")};
    roll[0].withdrawn = LoadId{3};
    roll[1].received = LoadId{2};
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{1}).size() == 1);
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{2}).size() == 2);
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{3})[0].pupil == PersonKey{2});
}

TEST_CASE("Year groups sort as schools count them", "[indicator]") {
    CHECK(yearGroupOrder("N1") < yearGroupOrder("N2"));
    CHECK(yearGroupOrder("N2") < yearGroupOrder("R"));
    CHECK(yearGroupOrder("R") < yearGroupOrder("1"));
    CHECK(yearGroupOrder("9") < yearGroupOrder("10"));
    CHECK(yearGroupOrder("14") < yearGroupOrder("X"));
    CHECK(yearGroupOrder("X") < yearGroupOrder(""));
}

TEST_CASE("Enrolment codes of the census are read", "[indicator]") {
    CHECK(enrolmentFromCode("C") == Enrolment::Single);
    CHECK(enrolmentFromCode("M") == Enrolment::MainOfTwo);
    CHECK(enrolmentFromCode("S") == Enrolment::Subsidiary);
    CHECK(enrolmentFromCode("F") == Enrolment::Other);
}

TEST_CASE("A pupil whose records no run has seen is on the roll, whatever the number of the record", "[indicator]") {
    std::vector<RollSpell> roll(2);
    for (std::size_t i = 0; i < roll.size(); ++i) {
        roll[i].person = record::PersonKey{-1 - static_cast<std::int64_t>(i)};
        roll[i].school = SchoolUrn{7};
        roll[i].days = {day("2026-01-01"), Date::never()};
        roll[i].received = LoadId{1};
    }
    CHECK(pupilsOnRoll(roll, SchoolUrn{7}, day("2026-02-01"), LoadId{1}).size() == 2);
}
