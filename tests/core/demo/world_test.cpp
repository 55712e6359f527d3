// The city as it truly is: people, families, schools.
#include <map>
#include <set>

#include <catch2/catch_all.hpp>

#include "core/demo/population.h"
#include "core/demo/schools.h"
#include "core/demo/special_cases.h"
#include "core/record/identifiers.h"
#include "tests/core/demo/small_city.h"

using namespace fairlead;
using namespace fairlead::demo;
using demo::test::makeCity;
using demo::test::smallCity;
using fairlead::test::codeOf;

TEST_CASE("a city has exactly as many pupils on roll as were asked for", "[demo]") {
    for (const std::int64_t pupils : {20, 333, 2000}) {
        TaskContext task;
        const auto world = fairlead::test::valueOf(makeWorld(pupils, 5, demo::test::readNames(), task));
        std::int64_t onRoll = 0;
        for (const auto school : currentSchools(world)) onRoll += school >= 0 ? 1 : 0;
        CHECK(onRoll == pupils);
    }
}

TEST_CASE("too few or too many pupils are refused, and a stop request is heeded", "[demo]") {
    const auto names = demo::test::readNames();
    TaskContext task;
    CHECK(codeOf(makeWorld(0, 1, names, task)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(makeWorld(-5, 1, names, task)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(makeWorld(100'001, 1, names, task)) == ErrorCode::InvalidArgument);
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    CHECK(codeOf(makeWorld(2000, 1, names, stopped)) == ErrorCode::Cancelled);
}

TEST_CASE("ten schools serve two thousand pupils and three hundred a city", "[demo]") {
    const auto small = schoolCounts(2000);
    CHECK(small.primaries + small.secondaries + small.referralUnits == 10);
    const auto large = schoolCounts(60'000);
    CHECK(large.primaries + large.secondaries + large.referralUnits == 300);
}

TEST_CASE("no two schools of the largest city share a name or a number", "[demo]") {
    World world;
    world.pupilTarget = 100'000;
    openSchools(world);
    std::set<std::string> names;
    std::set<std::int64_t> urns;
    for (const auto& school : world.schools) {
        CHECK(names.insert(school.name).second);
        CHECK(urns.insert(school.urn).second);
        if (school.predecessorUrn != 0) CHECK(urns.insert(school.predecessorUrn).second);
    }
    CHECK(names.size() == 500);
}

TEST_CASE("people and rows grow in proportion to the pupils", "[demo]") {
    const auto half = makeCity(1000, 1);
    const auto& whole = smallCity();
    const auto ratio = [](std::size_t a, std::size_t b) { return static_cast<double>(a) / static_cast<double>(b); };
    CHECK(ratio(whole.world.persons.size(), half->world.persons.size()) == Catch::Approx(2.0).epsilon(0.02));
    CHECK(ratio(whole.world.facts.size(), half->world.facts.size()) == Catch::Approx(2.0).epsilon(0.1));
    CHECK(ratio(whole.world.enrolments.size(), half->world.enrolments.size()) == Catch::Approx(2.0).epsilon(0.1));
}

TEST_CASE("parents are older than their children and twins share a birthday", "[demo]") {
    const auto& city = smallCity();
    int twins = 0;
    for (const auto& family : city.world.families) {
        for (PersonIndex i = family.first; i < family.first + family.count; ++i) {
            const auto& one = city.person(i);
            if (one.twin != kNobody) {
                ++twins;
                CHECK(city.person(one.twin).birth == one.birth);
                CHECK(city.person(one.twin).twin == i);
                CHECK(city.person(one.twin).forename != one.forename);
            }
            if (one.place != Place::Mother) continue;
            for (PersonIndex c = family.first; c < family.first + family.count; ++c) {
                if (city.person(c).place == Place::Child) CHECK(ageInYears(one.birth, city.person(c).birth) >= 17);
            }
        }
    }
    CHECK(twins >= 10);
}

TEST_CASE("stays of a person follow each other without overlap", "[demo]") {
    const auto& world = smallCity().world;
    for (const auto& person : world.persons) {
        REQUIRE(person.stayCount > 0);
        for (std::int32_t i = person.firstStay + 1; i < person.firstStay + person.stayCount; ++i) {
            const auto& before = world.stays[static_cast<std::size_t>(i) - 1];
            const auto& after = world.stays[static_cast<std::size_t>(i)];
            CHECK(before.until <= after.from);
            CHECK(before.from < before.until);
        }
    }
}

TEST_CASE("pupil numbers are valid and nobody shares one", "[demo]") {
    std::set<std::string> seen;
    int temporary = 0;
    for (const auto& pupil : smallCity().world.pupils) {
        CHECK(record::checkUpn(pupil.upn) == record::UpnCheck::Valid);
        CHECK(seen.insert(pupil.upn).second);
        if (pupil.temporaryUpn.empty()) continue;
        ++temporary;
        CHECK(record::checkUpn(pupil.temporaryUpn) == record::UpnCheck::Temporary);
        CHECK(seen.insert(pupil.temporaryUpn).second);
    }
    CHECK(temporary > 5);
}

TEST_CASE("a pupil is at one main school at a time", "[demo]") {
    const auto& world = smallCity().world;
    for (std::size_t i = 1; i < world.enrolments.size(); ++i) {
        const auto& before = world.enrolments[i - 1];
        const auto& after = world.enrolments[i];
        CHECK(before.from < before.until);
        if (before.pupil == after.pupil && before.status != 'S' && after.status != 'S')
            CHECK(before.until <= after.from);
    }
}

TEST_CASE("an academy goes on under a new number on the day its predecessor closes", "[demo]") {
    const auto& city = smallCity();
    const auto& schools = city.delivery(Agency::Education, 4).schools;
    int academies = 0;
    for (const auto& school : schools) {
        if (school.successorUrn == 0) continue;
        ++academies;
        const auto successor = std::ranges::find(schools, school.successorUrn, &record::SchoolRow::urn);
        REQUIRE(successor != schools.end());
        CHECK(successor->opened == school.closed);
        for (const auto& row : city.delivery(Agency::Education, 1).roll) {
            if (row.urn == school.urn) CHECK(*row.until <= *school.closed);
            if (row.urn == successor->urn) CHECK(*row.from >= *successor->opened);
        }
    }
    CHECK(academies == 1);
}

TEST_CASE("every special case occurs in the default city", "[demo]") {
    const auto& city = smallCity();
    std::set<std::string> seen;
    for (const auto& one : specialCases(city.world, city.registers, city.delivered)) {
        INFO(one.id);
        CHECK_FALSE(one.groups.empty());
        CHECK(seen.insert(one.id).second);
    }
    for (const auto* id : {"twins", "same_name", "shared_house", "refuge", "placed_out_of_area", "dual_registration",
                           "academised_school", "cancelled_crime", "three_siblings", "new_surname", "temporary_upn"}) {
        CHECK(seen.contains(id));
    }
}

TEST_CASE("Polish surnames take the form of the one who bears them", "[demo]") {
    CHECK(surnameFor("Kowalski", Community::Polish, Sex::Female) == "Kowalska");
    CHECK(surnameFor("Kowalska", Community::Polish, Sex::Male) == "Kowalski");
    CHECK(surnameFor("Nowak", Community::Polish, Sex::Female) == "Nowak");
    CHECK(surnameFor("Kowalski", Community::British, Sex::Female) == "Kowalski");
}

TEST_CASE("the curriculum year follows the birth date", "[demo]") {
    const auto year = [](int y, unsigned m, unsigned d) { return curriculumYear(*Date::fromCivil(y, m, d), 2025); };
    CHECK(year(2021, 8, 31) == 0);
    CHECK(year(2021, 9, 1) == -1);
    CHECK(year(2010, 9, 1) == 10);
    CHECK(year(2009, 9, 1) == 11);
}
