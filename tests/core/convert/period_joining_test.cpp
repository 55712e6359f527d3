#include "core/convert/period_joining.h"

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

namespace fairlead::convert {

namespace {

Episode episode(const char* person, const char* from, const char* until, const char* code, std::size_t line) {
    return {person, *Date::fromIso(from), Date::fromIso(until), code, line};
}

/// Periods as "person from until code line", problems as "rule line", in one list.
std::vector<std::string> joined(std::vector<Episode> episodes) {
    std::vector<std::string> problems;
    std::vector<std::string> out;
    for (const auto& period : joinEpisodes(std::move(episodes), [&](Rule rule, std::size_t line) {
             problems.push_back(fmt::format("{} {}", name(rule), line));
         })) {
        out.push_back(fmt::format("{} {} {} {} {}", period.person, period.from.iso(),
                                  period.until ? period.until->iso() : "open", period.code, period.line));
    }
    out.insert(out.end(), problems.begin(), problems.end());
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("episodes that touch are one period with the last legal status", "[convert]") {
    CHECK(joined({episode("a", "2020-03-01", "2020-04-01", "C1", 3), episode("a", "2020-01-01", "2020-03-01", "V2", 2),
                  episode("a", "2020-04-01", "", "C2", 4)}) == Lines{"a 2020-01-01 open C2 2"});
}

TEST_CASE("a gap of a day ends a period", "[convert]") {
    CHECK(joined(
              {episode("a", "2020-01-01", "2020-03-01", "V2", 2), episode("a", "2020-03-02", "2020-04-01", "C2", 3)}) ==
          Lines{"a 2020-01-01 2020-03-01 V2 2", "a 2020-03-02 2020-04-01 C2 3"});
}

TEST_CASE("overlapping episodes are joined to the later end and reported", "[convert]") {
    CHECK(joined(
              {episode("a", "2020-01-01", "2020-06-01", "V2", 2), episode("a", "2020-02-01", "2020-03-01", "C2", 3)}) ==
          Lines{"a 2020-01-01 2020-06-01 C2 2", "overlapping_episodes 3"});
}

TEST_CASE("an open episode that another one follows ends where that one begins and is reported", "[convert]") {
    CHECK(joined({episode("a", "2020-01-01", "", "V2", 2), episode("a", "2020-02-01", "2020-03-01", "C2", 3)}) ==
          Lines{"a 2020-01-01 2020-03-01 C2 2", "episode_not_closed 3"});
}

TEST_CASE("episodes of two people are never joined", "[convert]") {
    CHECK(joined({episode("b", "2020-02-01", "", "C2", 3), episode("a", "2020-01-01", "2020-02-01", "V2", 2)}) ==
          Lines{"a 2020-01-01 2020-02-01 V2 2", "b 2020-02-01 open C2 3"});
    CHECK(joined({}).empty());
}

}  // namespace fairlead::convert
