#include "core/demo/random.h"

#include <array>
#include <map>
#include <set>

#include <catch2/catch_all.hpp>

using namespace fairlead;
using namespace fairlead::demo;

TEST_CASE("a stream gives the numbers that it gave when it was written", "[demo]") {
    // Pinned: another value means that every city of every seed has changed.
    Random random(1, "family", 7);
    const std::array<std::uint64_t, 3> first = {random.next(), random.next(), random.next()};
    CHECK(first ==
          std::array<std::uint64_t, 3>{11935249248267812339ULL, 12669656908065730761ULL, 6991564758409879436ULL});
}

TEST_CASE("streams of different purposes, numbers and seeds differ", "[demo]") {
    const auto first = [](Random random) { return random.next(); };
    const std::set<std::uint64_t> all = {first({1, "a", 0}), first({2, "a", 0}), first({1, "b", 0}), first({1, "a", 1}),
                                         first({1, "a", 0, 1})};
    CHECK(all.size() == 5);
}

TEST_CASE("draws stay within their bounds and reach both ends", "[demo]") {
    Random random(1, "bounds");
    std::map<int, int> seen;
    for (int i = 0; i < 3000; ++i) ++seen[random.between(-2, 3)];
    CHECK(seen.size() == 6);
    CHECK(seen.begin()->first == -2);
    CHECK(seen.rbegin()->first == 3);
    for (const auto& [value, count] : seen) CHECK(count > 350);
    for (int i = 0; i < 1000; ++i) {
        const int middle = random.around(10, 20);
        CHECK((middle >= 10 && middle <= 20));
    }
    CHECK(random.below(1) == 0);
    const Date day = *Date::fromCivil(2026, 6, 30);
    CHECK(random.day(day, day) == day);
}

TEST_CASE("chances and weights come out in proportion", "[demo]") {
    Random random(1, "proportion");
    int hits = 0;
    std::array<int, 3> weighted{};
    for (int i = 0; i < 100'000; ++i) {
        if (random.chance(200'000)) ++hits;
        ++weighted.at(random.weighted({1, 0, 3}));
    }
    CHECK(hits > 19'400);
    CHECK(hits < 20'600);
    CHECK(weighted[1] == 0);
    CHECK(weighted[0] > 24'300);
    CHECK(weighted[0] < 25'700);
    CHECK_FALSE(random.chance(0));
    CHECK(random.chance(1'000'000));
}
