#include "core/audit/report.h"

#include "core/audit/audited_act.h"
#include "tests/core/audit/log_fixture.h"

using namespace fairlead;
using namespace fairlead::audit;
using namespace fairlead::test;

namespace {

/// Records as a log would give them, one after the other.
class Story {
public:
    Story& at(const std::string& day, int hour) {
        m_nowMs = static_cast<std::int64_t>(Date::fromIso(day)->days) * 86'400'000 + hour * 3'600'000;
        return *this;
    }
    Story& open() {
        m_session = crypto::randomBytes(16);
        return *this;
    }
    std::uint64_t add(Entry entry) {
        Record record;
        record.sequence = m_records.size() + 1;
        record.wallMs = m_nowMs;
        m_maxMs = std::max(m_maxMs, m_nowMs);
        record.maxSeenMs = m_maxMs;
        record.session = m_session;
        record.entry = std::move(entry);
        m_records.push_back(std::move(record));
        return m_records.size();
    }
    void act(Entry entry, State end = State::Done, const std::string& reason = "") {
        entry.state = State::Intent;
        const auto intent = add(entry);
        entry.state = end;
        entry.about = intent;
        entry.details.clear();
        if (!reason.empty()) entry.marks["reason"] = reason;
        add(entry);
    }
    [[nodiscard]] Report report(const WorkingHours& hours = {}) const { return reportOf(m_records, hours); }

private:
    std::vector<Record> m_records;
    std::string m_session = std::string(16, 's');
    std::int64_t m_nowMs = 0, m_maxMs = 0;
};

Entry names(const std::string& actor, std::uint64_t people) {
    return {.verb = Verb::Consultation,
            .actor = actor,
            .purposeSha256 = crypto::sha256("panel"),
            .subjectCount = people,
            .details = {{"what", "names"}}};
}

}  // namespace

TEST_CASE("reveals are counted per person and hour, and those out of hours are marked", "[audit]") {
    Story story;
    story.at("2026-03-02", 9);  // a Monday
    story.act(names("a", 3));
    story.act(names("a", 4));
    story.act(names("b", 1));
    story.act({.verb = Verb::Consultation, .actor = "b", .subjectCount = 2});  // evidence, no names
    story.at("2026-03-02", 18).act(names("a", 5));
    story.at("2026-03-07", 10).act(names("b", 6), State::Failed, "io");
    const auto report = story.report();
    REQUIRE(report.reveals.size() == 4);
    CHECK(report.reveals[0].actor == "a");
    CHECK(report.reveals[0].reveals == 2);
    CHECK(report.reveals[0].people == 7);
    CHECK_FALSE(report.reveals[0].isOutOfHours);
    CHECK(report.reveals[1].actor == "b");
    CHECK(report.reveals[1].people == 1);
    CHECK(report.reveals[2].isOutOfHours);  // 18:00 is no working hour any more
    CHECK(report.reveals[3].isOutOfHours);  // Saturday
    CHECK(report.outOfHours.size() == 2);
    CHECK(report.failed.size() == 1);
    CHECK(report.failed.front().what == "names: io");
    CHECK(report.verbs.at(Verb::Consultation).begun == 6);
    CHECK(report.verbs.at(Verb::Consultation).done == 5);

    WorkingHours hours{.from = 10, .until = 24, .onWeekends = true};
    CHECK(story.report(hours).outOfHours.size() == 4);
    hours.localMs = [](std::int64_t utc) { return utc + 3'600'000; };  // an hour ahead: nine is ten
    CHECK(story.report(hours).outOfHours.empty());
    CHECK(story.report(hours).reveals.front().hourMs % 86'400'000 == 10 * 3'600'000);
}

TEST_CASE("what was denied, failed, broken off or never ended is listed with what it was about", "[audit]") {
    Story story;
    story.at("2026-03-02", 9);
    story.add(
        {.verb = Verb::Denied, .state = State::Note, .actor = "a", .details = {{"what", "names without a reason"}}});
    story.act({.verb = Verb::Collection, .actor = "a", .details = {{"what", "load"}}}, State::Failed, "disk_full");
    story.act(names("a", 1), State::Failed, "interrupted");
    story.act(names("a", 1), State::Failed, "not finished");
    const auto open = story.add(names("b", 2));
    story.open().at("2026-03-01", 9);
    story.add(
        {.verb = Verb::Consultation, .state = State::Note, .actor = "a", .details = {{"what", "workspace opened"}}});
    const auto report = story.report();
    REQUIRE(report.denied.size() == 1);
    CHECK(report.denied.front().what == "names without a reason");
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed.front().what == "load: disk_full");
    CHECK(report.interrupted.size() == 2);
    REQUIRE(report.unfinished.size() == 1);
    CHECK(report.unfinished.front().sequence == open);
    CHECK(report.unfinished.front().actor == "b");
    REQUIRE(report.clockSetBack.size() == 1);
    CHECK(report.clockSetBack.front().sequence == open + 1);
    CHECK(report.openings == 2);
    CHECK(report.entries == open + 1);
    CHECK(report.lastMs < report.firstMs);
}

TEST_CASE("an opening with something unprotected is listed, once until it stands otherwise", "[audit]") {
    Story story;
    story.at("2026-03-02", 9);
    const auto opened = [&](const char* actor, std::map<std::string, std::string> details) {
        details["what"] = "workspace opened";
        return story.add({.state = State::Note, .actor = actor, .details = std::move(details)});
    };
    opened("a", {{"posture_protected", "disk, swap"}});
    const auto first = opened("a", {{"posture_open", "swap, screen"}, {"posture_protected", "disk"}});
    opened("a", {{"posture_open", "swap, screen"}});
    const auto other = opened("b", {{"posture_open", "swap, screen"}});
    opened("a", {});  // by a program that did not look
    opened("a", {{"posture_protected", "disk, swap"}});
    const auto again = opened("a", {{"posture_open", "swap"}});
    const auto report = story.report();
    REQUIRE(report.unprotected.size() == 3);
    CHECK(report.unprotected[0].sequence == first);
    CHECK(report.unprotected[0].what == "swap, screen");
    CHECK(report.unprotected[1].sequence == other);
    CHECK(report.unprotected[2].sequence == again);
}

TEST_CASE("a release that nobody used is listed", "[audit]") {
    Story story;
    story.at("2026-03-02", 9);
    const Entry used{.verb = Verb::Release, .actor = "s", .objectSha256 = crypto::sha256("one"), .subjectCount = 3};
    const Entry unused{.verb = Verb::Release, .actor = "s", .objectSha256 = crypto::sha256("two"), .subjectCount = 3};
    auto before = names("a", 1);
    before.objectSha256 = unused.objectSha256;
    story.act(before);  // before the release: another matter
    story.act(used);
    story.act(unused);
    story.act(unused, State::Failed, "io");  // never in force
    auto reading = names("a", 1);
    reading.objectSha256 = used.objectSha256;
    story.act(reading);
    const auto report = story.report();
    REQUIRE(report.unusedReleases.size() == 1);
    CHECK(report.unusedReleases.front().sequence == 5);
}

TEST_CASE("the report of an empty log is empty", "[audit]") {
    const auto report = reportOf({}, {});
    CHECK(report.entries == 0);
    CHECK(report.reveals.empty());
    CHECK(report.openings == 0);
}
