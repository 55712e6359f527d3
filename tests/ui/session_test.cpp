// The session over a real workspace, as far as it goes without extracts; the journey test of the program does the rest.

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temp_folder.h"
#include "ui/shell/workspace_session.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("a new workspace opens with its passphrase alone, and has no schools yet", "[ui][session]") {
    const test::TempFolder folder;
    const auto clock = std::make_shared<FixedClock>(Date::fromCivil(2026, 6, 30).value());
    const SessionMakers makers = workspaceMakers({std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "resources"}, clock, {});
    const auto passphrase = crypto::Secret::copyOf("lantern gravel otter museum");
    const auto path = folder / "small.fairlead";
    TaskContext task;
    {
        const auto created = makers.create({path, "Analyst", {}}, passphrase);
        REQUIRE(created.has_value());
        CHECK((*created)->name() == "small.fairlead");
        const auto sources = (*created)->sources(task);
        REQUIRE(sources.has_value());
        CHECK((*sources)->datasets.empty());
        CHECK((*sources)->persons == 0);
        CHECK((*created)->schools(Date::fromCivil(2026, 6, 30).value(), task).error().code == ErrorCode::NotFound);
        CHECK_FALSE((*created)->load({folder / "nothing.fxt"}, task).has_value());
        CHECK_FALSE((*created)->link(task).has_value());
        CHECK_FALSE((*created)->overview({{100000}, Date::fromCivil(2026, 6, 30).value(), {}}, "", task).has_value());
        CHECK(makers.open(path, passphrase).error().code == ErrorCode::Busy);
    }
    CHECK(makers.open(path, crypto::Secret::copyOf("something else entirely")).error().code == ErrorCode::WrongKey);
    CHECK(makers.open(path, passphrase).has_value());
}
