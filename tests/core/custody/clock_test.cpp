// A clock that was set back: on record when the workspace is opened, and nothing lasts longer for it.

#include "core/audit/log.h"
#include "core/custody/retention.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 1440 * kMinuteMs;

/// A clock that shows what it is told, to the millisecond.
class AnyClock final : public Clock {
public:
    std::int64_t atMs = 0;
    [[nodiscard]] std::int64_t nowMs() const override { return atMs; }
};

}  // namespace

TEST_CASE("A clock that was set back is on record, and keeps no delivery longer", "[custody][T-R4]") {
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

TEST_CASE("A clock turned back ten minutes or a year is on record; a leap second and the end of summer time are not",
          "[custody][T-R4]") {
    WorkspaceFixture fixture;
    fixture.workspace.reset();
    const auto clock = std::make_shared<AnyClock>();
    /// Opens it at that moment and gives what its log says of the clock.
    const auto behindAt = [&](std::int64_t ms) {
        clock->atMs = ms;
        const auto opened = valueOf(workspace::Workspace::open(fixture.path, {fixture.passphrase}, fixture.resources,
                                                               clock, access::KdfPolicy::forTests()));
        const auto records = auditOf(*opened);
        CHECK(records.back().wallMs == ms);
        CHECK(opened->seenAheadOfClock().has_value() == records.back().entry.details.contains("clock_behind_minutes"));
        const auto found = records.back().entry.details.find("clock_behind_minutes");
        return found == records.back().entry.details.end() ? std::string() : found->second;
    };
    const std::int64_t start = day("2026-10-24").days * kDayMs;
    CHECK(behindAt(start).empty());
    CHECK(behindAt(start - 1000).empty());  // A leap second is counted twice.
    CHECK(behindAt(start - 4 * kMinuteMs).empty());
    CHECK(behindAt(start - 10 * kMinuteMs) == "10");
    CHECK(behindAt(start - 365 * kDayMs) == "525600");
    // On the night of 25 October a clock on the wall shows half past one twice; ours counts UTC.
    const std::int64_t halfPastMidnight = start + kDayMs + 30 * kMinuteMs;
    CHECK(behindAt(halfPastMidnight).empty());
    CHECK(behindAt(halfPastMidnight + 60 * kMinuteMs).empty());
    // Ten years ahead, once, and right again.
    const std::int64_t ahead = halfPastMidnight + 3653 * kDayMs;
    CHECK(behindAt(ahead).empty());
    CHECK(behindAt(ahead - 3653 * kDayMs) == std::to_string(3653 * 1440));
    fixture.reopen();
    std::int64_t seen = 0;
    for (const audit::Record& record : auditOf(*fixture.workspace)) {
        CHECK(record.maxSeenMs >= seen);
        CHECK(record.maxSeenMs >= record.wallMs);
        seen = record.maxSeenMs;
    }
    CHECK(seen == ahead);
    CHECK(valueOf(audit::AuditLog::verify(fixture.path / "audit")).intact);
}
