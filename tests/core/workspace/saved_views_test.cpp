#include "core/workspace/saved_views.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using workspace::SavedView;

TEST_CASE("views are kept in the workspace by name, replaced and removed", "[workspace][views]") {
    WorkspaceFixture fixture;
    CHECK(valueOf(workspace::savedViews(*fixture.workspace)).empty());
    const SavedView nine{"Year 9, care", "overview", {kSchool}, "9", "child_in_care"};
    REQUIRE(workspace::saveView(*fixture.workspace, {"Z", "people", {0}, "", ""}));
    REQUIRE(workspace::saveView(*fixture.workspace, {"Year 9, care", "overview", {1}, "9", ""}));
    REQUIRE(workspace::saveView(*fixture.workspace, nine));
    fixture.reopen();
    auto views = valueOf(workspace::savedViews(*fixture.workspace));
    REQUIRE(views.size() == 2);
    CHECK(views.front() == nine);
    REQUIRE(workspace::removeView(*fixture.workspace, "Z"));
    CHECK(workspace::removeView(*fixture.workspace, "Z").error().code == ErrorCode::NotFound);
    CHECK(valueOf(workspace::savedViews(*fixture.workspace)).size() == 1);
}

TEST_CASE("a view without a name, with a line break in it, or one too many is refused", "[workspace][views]") {
    WorkspaceFixture fixture;
    for (const char* name : {"", "  ", "two\nlines", "a\ttab"}) {
        INFO(name);
        CHECK(workspace::saveView(*fixture.workspace, {name, "overview", {0}, "", ""}).error().code ==
              ErrorCode::InvalidArgument);
    }
    CHECK_FALSE(workspace::saveView(*fixture.workspace, {std::string(81, 'x'), "overview", {0}, "", ""}));
    for (std::size_t i = 0; i < workspace::kMostViews; ++i)
        REQUIRE(workspace::saveView(*fixture.workspace, {"view " + std::to_string(i), "overview", {0}, "", ""}));
    CHECK_FALSE(workspace::saveView(*fixture.workspace, {"one more", "overview", {0}, "", ""}));
    CHECK(workspace::saveView(*fixture.workspace, {"view 7", "people", {0}, "", ""}));
}
