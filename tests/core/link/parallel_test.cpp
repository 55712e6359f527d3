#include "core/link/parallel.h"

#include <new>

#include <catch2/catch_all.hpp>

using namespace fairlead::link;

TEST_CASE("Every unit is worked once, on any number of threads", "[link]") {
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::vector<int> worked(100, 0);
        forEachUnit(worked.size(), threads, [&](unsigned, std::size_t unit) { ++worked[unit]; });
        CHECK(worked == std::vector<int>(100, 1));
    }
}

TEST_CASE("Want of memory in one unit is met by who waits for all, and ends the others", "[link]") {
    for (const unsigned threads : {1U, 3U}) {
        std::atomic<std::size_t> worked{0};
        const auto work = [&](unsigned, std::size_t unit) {
            if (unit == 10) throw std::bad_alloc();
            ++worked;
        };
        CHECK_THROWS_AS(forEachUnit(100'000'000, threads, work), std::bad_alloc);
        CHECK(worked >= 10);
        CHECK(worked < 100'000'000 - 1);
    }
}
