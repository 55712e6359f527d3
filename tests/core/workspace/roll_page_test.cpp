#include "core/workspace/roll_page.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

workspace::OverviewRequest onDay(const std::string& iso) {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day(iso);
    return request;
}

}  // namespace

TEST_CASE("the roll names what holds for each pupil on the day, by year", "[workspace][roll]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto page = valueOf(workspace::rollPage(*fixture.workspace, onDay("2026-06-28"), fixture.task));
    CHECK(page->schoolName == "Harbour School");
    REQUIRE(page->pupils.size() == 3);
    CHECK(page->pupils[0].yearGroup == "7");
    CHECK(page->pupils[0].indicators.empty());
    const workspace::RollEntry& amelia = page->pupils[2];
    CHECK(amelia.yearGroup == "10");
    CHECK(amelia.onRollSince == day("2023-09-01"));
    REQUIRE(amelia.indicators.size() >= 2);
    CHECK(amelia.indicators.front().title == "Child protection plan");
    CHECK(amelia.indicators.front().since == day("2026-02-10"));
    CHECK(amelia.indicators.back().group == indicator::Group::Events);
    CHECK(amelia.indicators.back().latest == day("2026-06-12"));
    for (const auto& pupil : page->pupils) CHECK(page->pseudonyms.contains(pupil.pupil));
}

TEST_CASE("the roll of an earlier day, of one year, and of a school that is not there", "[workspace][roll]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto early = valueOf(workspace::rollPage(*fixture.workspace, onDay("2025-07-01"), fixture.task));
    CHECK(early->pupils.size() == 2);
    for (const auto& pupil : early->pupils)
        for (const auto& held : pupil.indicators) CHECK(held.since <= day("2025-07-01"));
    auto year = onDay("2026-06-28");
    year.yearGroup = "9";
    CHECK(valueOf(workspace::rollPage(*fixture.workspace, year, fixture.task))->pupils.size() == 1);
    auto nowhere = onDay("2026-06-28");
    nowhere.school = {1};
    CHECK(workspace::rollPage(*fixture.workspace, nowhere, fixture.task).error().code == ErrorCode::NotFound);
}
