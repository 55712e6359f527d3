#include "core/workspace/outcomes.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/core/workspace/slide_school.h"
#include "tests/core/workspace/workspace_fixture.h"

using namespace fairlead;
using namespace fairlead::workspace;

namespace {

/// Pupils of a line by month; -1 where nobody supplied it.
std::vector<int> seriesOf(const indicator::OutcomeLine& line) {
    std::vector<int> series;
    for (const indicator::MonthPoint& point : line.points)
        series.push_back(point.pupils.isValue() ? point.pupils.value : -1);
    return series;
}

bool isSomewhere(const std::vector<indicator::OutcomeLine>& lines) {
    return std::ranges::any_of(lines, [](const indicator::OutcomeLine& line) { return seriesOf(line).back() > 0; });
}

}  // namespace

TEST_CASE("where one school has all pupils, the reading of all schools is that school's", "[workspace][outcomes]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSlideSchool(fixture));
    fixture.link();
    OverviewRequest request;
    request.school = {test::kSlideSchool};
    request.asAt = test::day("2022-06-22");
    const auto one = outcomes(*fixture.workspace, request, fixture.task);
    const auto all = areaOutcomes(*fixture.workspace, {request.asAt, {}, {}}, fixture.task);
    REQUIRE(one.has_value());
    REQUIRE(all.has_value());
    // The school's page reads families as well; a reading of pupils does not need them and must not miss them.
    REQUIRE(all->reading.levels.size() == one->reading.levels.size());
    REQUIRE(all->reading.headings.size() == one->reading.headings.size());
    for (std::size_t i = 0; i < one->reading.levels.size(); ++i)
        CHECK(seriesOf(all->reading.levels[i]) == seriesOf(one->reading.levels[i]));
    for (std::size_t i = 0; i < one->reading.headings.size(); ++i)
        CHECK(seriesOf(all->reading.headings[i]) == seriesOf(one->reading.headings[i]));
    CHECK(isSomewhere(one->reading.levels));
    CHECK(isSomewhere(one->reading.headings));
    CHECK(all->schools == 1);
}
