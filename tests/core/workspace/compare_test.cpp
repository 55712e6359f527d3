#include "core/workspace/compare.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "core/workspace/change.h"
#include "core/workspace/overview.h"
#include "tests/core/workspace/workspace_fixture.h"

using namespace fairlead;
using namespace fairlead::workspace;

TEST_CASE("comparing dates gives every figure of the overview what explaining it alone gives", "[workspace][compare]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSmallTown(fixture));
    fixture.link();
    const CompareRequest request{{test::kSchool}, {test::day("2026-01-31"), {}}, {test::day("2026-06-22"), {}}};
    const auto page = compareDates(*fixture.workspace, request, fixture.task);
    REQUIRE(page.has_value());
    CHECK((*page)->toAsAt == test::day("2026-06-22"));
    int counted = 0;
    for (const ComparedFigure& figure : (*page)->figures) {
        INFO(figure.id);
        CHECK(figure.group != indicator::Group::AdultFamily);
        const auto alone =
            explainChange(*fixture.workspace, {request.school, figure.id, request.from, request.to}, fixture.task);
        REQUIRE(alone.has_value());
        CHECK(figure.explanation.before == alone->explanation.before);
        CHECK(figure.explanation.after == alone->explanation.after);
        CHECK(figure.bounds.least == alone->bounds.least);
        CHECK(figure.bounds.most == alone->bounds.most);
        int sum = figure.explanation.before;
        for (std::size_t i = 0; i < figure.explanation.parts.size(); ++i) {
            const indicator::ChangePart& part = figure.explanation.parts[i];
            CHECK(part.gained == alone->explanation.parts[i].gained);
            CHECK(part.lost == alone->explanation.parts[i].lost);
            sum += part.amount();
            for (const record::PersonKey pupil : part.gained) CHECK((*page)->pseudonyms.contains(pupil));
        }
        CHECK(sum == figure.explanation.after);
        counted += figure.explanation.after;
    }
    CHECK(counted > 0);
    REQUIRE((*page)->figures.size() > 12);
    CHECK((*page)->figures.front().id == "receiving_support");
    CHECK((*page)->figures.front().isGroup);
}

TEST_CASE("comparing dates of a year group counts its pupils on each day as the overview of that year does",
          "[workspace][compare]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSmallTown(fixture));
    fixture.link();
    CompareRequest request{{test::kSchool}, {test::day("2026-01-31"), {}}, {test::day("2026-06-22"), {}}};
    const auto whole = compareDates(*fixture.workspace, request, fixture.task).value();
    REQUIRE(whole->yearGroups.size() > 1);
    int summed = 0;
    for (const std::string& year : whole->yearGroups) {
        request.yearGroup = year;
        const auto page = compareDates(*fixture.workspace, request, fixture.task).value();
        CHECK(page->yearGroups == whole->yearGroups);
        for (const bool later : {false, true}) {
            OverviewRequest wanted;
            wanted.school = request.school;
            wanted.asAt = later ? request.to.asAt : request.from.asAt;
            wanted.yearGroup = year;
            const auto overview = fairlead::workspace::overview(*fixture.workspace, wanted, fixture.task).value();
            for (const indicator::GroupFigure& group : overview->overview.groups) {
                const auto same = std::ranges::find(page->figures, group.id, &ComparedFigure::id);
                if (same == page->figures.end() || !group.figure.pupils.isValue()) continue;
                INFO(year << " " << group.id << " " << later);
                const auto& explanation = same->explanation;
                CHECK((later ? explanation.after : explanation.before) == group.figure.pupils.value);
                summed += later ? explanation.after : 0;
            }
        }
    }
    CHECK(summed > 0);
    request.yearGroup = "no such year";
    const auto nobody = compareDates(*fixture.workspace, request, fixture.task).value();
    CHECK(std::ranges::all_of(nobody->figures, [](const ComparedFigure& one) { return one.explanation.after == 0; }));
}

TEST_CASE("comparing the dates of a school that is not there, or of nothing, says so", "[workspace][compare]") {
    test::WorkspaceFixture fixture;
    CHECK(loadList(*fixture.workspace).value().empty());
    const CompareRequest request{{1}, {test::day("2026-01-31"), {}}, {test::day("2026-06-22"), {}}};
    CHECK(compareDates(*fixture.workspace, request, fixture.task).error().code == ErrorCode::NotFound);
    fixture.load(test::deliverSmallTown(fixture));
    CHECK(compareDates(*fixture.workspace, request, fixture.task).error().code == ErrorCode::NotFound);
    const auto loads = loadList(*fixture.workspace).value();
    REQUIRE(loads.size() == 1);
    CHECK(loads[0].load.value == 1);
}

TEST_CASE("a figure that nobody supplied for one of two dates has no difference, here as on the overview",
          "[workspace][compare]") {
    test::WorkspaceFixture fixture;
    fixture.load(test::deliverSmallTown(fixture));
    fixture.link();
    const auto changeOf = [&](const std::string& figure, const std::string& from) {
        const auto page = explainChange(*fixture.workspace,
                                        {{test::kSchool}, figure, {test::day(from), {}}, {test::day("2026-06-22"), {}}},
                                        fixture.task);
        REQUIRE(page.has_value());
        return page->explanation;
    };
    const auto pupilsOn = [&](const std::string& figure, const std::string& date) {
        const auto page = overview(*fixture.workspace, {{test::kSchool}, test::day(date), {}, {}}, fixture.task);
        REQUIRE(page.has_value());
        for (const indicator::GroupFigure& group : (*page)->overview.groups)
            for (const indicator::IndicatorFigure& one : group.indicators)
                if (one.id == figure) return one.figure.pupils;
        FAIL("not on the page");
        return indicator::Count::notApplicable();
    };
    // The police's records begin in 2024; early help has delivered nothing.
    const auto missing = changeOf("missing", "2023-12-31");
    CHECK_FALSE(missing.isSuppliedBefore);
    CHECK(missing.isSuppliedAfter);
    CHECK_FALSE(missing.isComparable());
    CHECK(pupilsOn("missing", "2023-12-31") == indicator::Count::notSupplied());
    CHECK(pupilsOn("missing", "2026-06-22") == indicator::Count::of(missing.after));
    CHECK(missing.after == 1);
    CHECK(changeOf("missing", "2024-01-01").isComparable());
    const auto help = changeOf("early_help", "2026-01-31");
    CHECK_FALSE(help.isSuppliedBefore);
    CHECK_FALSE(help.isSuppliedAfter);
    CHECK(pupilsOn("early_help", "2026-06-22") == indicator::Count::notSupplied());
}
