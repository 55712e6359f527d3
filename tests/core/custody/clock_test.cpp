// A clock that was set back: on record when the workspace is opened, and nothing lasts longer for it.

#include "core/custody/retention.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

TEST_CASE("A clock that was set back is on record, and keeps no delivery longer", "[custody]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto behind = [&] {
        fixture.reopen();
        const auto records = auditOf(*fixture.workspace);
        const auto& details = records.back().entry.details;
        REQUIRE(details.at("what") == "workspace opened");
        const auto found = details.find("clock_behind_minutes");
        return found == details.end() ? std::string() : found->second;
    };
    CHECK(behind().empty());
    fixture.clock->set(day("2027-07-01"));
    CHECK(behind().empty());
    CHECK(custody::dueOf(valueOf(custody::retention(*fixture.workspace))).size() == 3);
    fixture.clock->set(day("2027-06-30"));
    CHECK(behind() == "1440");
    CHECK(custody::dueOf(valueOf(custody::retention(*fixture.workspace))).size() == 3);
}
