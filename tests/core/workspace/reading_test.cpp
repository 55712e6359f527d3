#include <catch2/catch_all.hpp>

#include "core/workspace/brief.h"
#include "core/workspace/columns.h"
#include "core/workspace/drill.h"
#include "core/workspace/overview.h"
#include "core/workspace/pseudonym.h"
#include "core/workspace/reveal.h"
#include "core/workspace/schools.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

workspace::OverviewRequest harbour() {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day("2026-06-28");
    return request;
}

const indicator::IndicatorFigure& figureOf(const indicator::Overview& overview, std::string_view id) {
    for (const auto& group : overview.groups)
        for (const auto& figure : group.indicators)
            if (figure.id == id) return figure;
    FAIL("no indicator " << id);
    return overview.groups.front().indicators.front();
}

}  // namespace

TEST_CASE("The overview of a school counts its linked pupils", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto page = valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task));
    CHECK(page->schoolName == "Harbour School");
    CHECK(page->overview.onRoll == 3);
    CHECK(page->linked);
    CHECK(page->yearGroups == std::vector<std::string>{"7", "9", "10"});
    CHECK(figureOf(page->overview, "child_protection_plan").figure.pupils == indicator::Count::of(1));
    CHECK(figureOf(page->overview, "missing").figure.pupils == indicator::Count::of(1));
    CHECK(page->linkedShare > 0.6);
    CHECK(page->pseudonyms.size() == 3);
    for (const auto& line : page->overview.newIndicators) CHECK(page->pseudonyms.contains(line.pupil));
}

TEST_CASE("Before anything is linked an agency's record stands for itself", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto page = valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task));
    CHECK_FALSE(page->linked);
    CHECK(page->overview.onRoll == 3);
    CHECK(figureOf(page->overview, "child_protection_plan").figure.pupils == indicator::Count::of(0));
}

TEST_CASE("A figure as known at an earlier load stays what it was", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0], files[1]});
    fixture.link();
    const auto before = valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task));
    fixture.load({files[2]});
    fixture.link();
    auto request = harbour();
    const auto now = valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
    request.knownAt = record::LoadId{1};
    const auto then = valueOf(workspace::overview(*fixture.workspace, request, fixture.task));
    CHECK(figureOf(now->overview, "missing").figure.pupils == indicator::Count::of(1));
    CHECK(figureOf(then->overview, "missing").figure.pupils == figureOf(before->overview, "missing").figure.pupils);
    CHECK(then->overview.onRoll == before->overview.onRoll);
    request.knownAt = record::LoadId{9};
    CHECK(codeOf(workspace::overview(*fixture.workspace, request, fixture.task)) == ErrorCode::NotFound);
}

TEST_CASE("Person keys stay the same when the same records are linked again", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto keys = [&] {
        std::string text;
        auto query = valueOf(fixture.workspace->core().prepare(
            "SELECT source_person, person FROM membership WHERE until_run IS NULL ORDER BY 1"));
        while (valueOf(query.next())) text += fmt::format("{}:{} ", query.integer(0), query.integer(1));
        return text;
    };
    const std::string before = keys();
    fixture.link();
    CHECK(keys() == before);
    CHECK(valueOf(workspace::scalar(fixture.workspace->core(), "SELECT count(*) FROM membership WHERE from_run = 2")) ==
          0);
    CHECK(valueOf(workspace::scalar(fixture.workspace->core(),
                                    "SELECT count(*) FROM family_edge WHERE from_run = 2 OR until_run = 2")) == 0);
}

TEST_CASE("A reader's decision outlives every run", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    auto& core = fixture.workspace->core();
    const auto personOfPolice = [&] {
        return valueOf(workspace::scalar(
            core,
            "SELECT person FROM membership m JOIN source_person s ON s.id = m.source_person "
            "WHERE until_run IS NULL AND m.source_person >> 32 = (SELECT id FROM dataset WHERE agency = 'police') "
            "ORDER BY m.source_person DESC"));
    };
    const auto personOfPupil = [&] {
        return valueOf(workspace::scalar(
            core,
            "SELECT person FROM membership WHERE until_run IS NULL AND "
            "source_person >> 32 = (SELECT id FROM dataset WHERE agency = 'education') ORDER BY source_person DESC"));
    };
    REQUIRE(personOfPolice() == personOfPupil());
    auto records = valueOf(
        core.prepare("SELECT min(source_person), max(source_person) FROM membership "
                     "WHERE person = (SELECT person FROM membership WHERE until_run IS NULL AND source_person >> 32 = "
                     "(SELECT id FROM dataset WHERE agency = 'education') ORDER BY source_person DESC)"));
    REQUIRE(valueOf(records.next()));
    valueOf(fixture.workspace->identity().execute(
        fmt::format("INSERT INTO decision (a, b, verdict, reader, at_ms, reason, after_run) "
                    "VALUES ({}, {}, 'different', 'reader', 0, 'looked at both', 1)",
                    records.integer(0), records.integer(1))));
    records.reset();
    fixture.link();
    CHECK(personOfPolice() != personOfPupil());
    fixture.link();
    CHECK(personOfPolice() != personOfPupil());
    CHECK(valueOf(workspace::scalar(core, "SELECT count(*) FROM merge_split WHERE kind = 'split'")) == 1);
}

TEST_CASE("A page about a school that nobody named is refused", "[workspace]") {
    WorkspaceFixture fixture;
    CHECK(codeOf(workspace::overview(*fixture.workspace, harbour(), fixture.task)) == ErrorCode::NotFound);
    fixture.load(deliverSmallTown(fixture));
    auto request = harbour();
    request.school = {999999};
    CHECK(codeOf(workspace::overview(*fixture.workspace, request, fixture.task)) == ErrorCode::NotFound);
}

TEST_CASE("Schools are listed by name with the pupils on roll", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto schools = valueOf(workspace::schools(*fixture.workspace));
    REQUIRE(schools.size() == 2);
    CHECK(schools[0].name == "Harbour School");
    CHECK(schools[0].onRoll == 3);
    CHECK(schools[1].onRoll == 0);
}

TEST_CASE("Behind a figure stand its pupils, and behind a pupil the delivery and row", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto page = valueOf(workspace::drill(*fixture.workspace, harbour(), "child_protection_plan", fixture.task));
    CHECK(page->trend.points.size() == 12);
    CHECK_FALSE(page->rule.empty());
    REQUIRE(page->pupils.size() == 1);
    const auto pupil = page->pupils[0].pupil;
    const auto timeline = valueOf(workspace::timeline(*fixture.workspace, harbour(), pupil, fixture.task));
    CHECK(timeline->yearGroup == "10");
    CHECK(timeline->pseudonym == page->pseudonyms.at(pupil));
    bool hasPlan = false;
    for (const auto& spell : timeline->timeline.spells) {
        REQUIRE_FALSE(spell.evidence.empty());
        CHECK(timeline->deliveries.contains(spell.evidence[0].delivery));
        hasPlan = hasPlan || (spell.indicator == "child_protection_plan" && spell.evidence[0].agency == "social_care" &&
                              timeline->deliveries.at(spell.evidence[0].delivery).fileName == "social_care_001.fxt");
    }
    CHECK(hasPlan);
    CHECK(codeOf(workspace::drill(*fixture.workspace, harbour(), "no_such_figure", fixture.task)) ==
          ErrorCode::NotFound);
    CHECK(codeOf(workspace::timeline(*fixture.workspace, harbour(), {987654}, fixture.task)) == ErrorCode::NotFound);
}

TEST_CASE("Names are given for a reason, and asking is on record either way", "[workspace][T-C3]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto page = valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task));
    std::vector<record::PersonKey> pupils;
    for (const auto& [pupil, label] : page->pseudonyms) pupils.push_back(pupil);
    CHECK(codeOf(workspace::reveal(*fixture.workspace, pupils, "why not")) == ErrorCode::InvalidArgument);
    const auto names = valueOf(workspace::reveal(*fixture.workspace, pupils, "strategy meeting on 2 July"));
    std::vector<std::string> list;
    for (const auto& [pupil, name] : names.names) list.push_back(name);
    std::ranges::sort(list);
    CHECK(list == std::vector<std::string>{"Amelia Rose Okafor-Whitby", "Ffion Pemberthy", "Samuel Okafor-Whitby"});
    CHECK(names.withheld == 0);
    const auto records = auditOf(*fixture.workspace);
    CHECK(records[records.size() - 3].entry.verb == audit::Verb::Denied);
    CHECK(records.back().entry.verb == audit::Verb::Consultation);
    CHECK(records.back().entry.state == audit::State::Done);
}

TEST_CASE("Pseudonyms are letters that stay with their pupils", "[workspace]") {
    CHECK(workspace::pseudonymLabel(0) == "Pupil A");
    CHECK(workspace::pseudonymLabel(25) == "Pupil Z");
    CHECK(workspace::pseudonymLabel(26) == "Pupil AA");
    CHECK(workspace::pseudonymLabel(27 * 26) == "Pupil AAA");
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto before = valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task))->pseudonyms;
    fixture.reopen();
    CHECK(valueOf(workspace::overview(*fixture.workspace, harbour(), fixture.task))->pseudonyms == before);
}

TEST_CASE("A briefing is written whole, for its owner alone, and the log knows of it first", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto path = fixture.folder / "briefing.pdf";
    const auto receipt =
        valueOf(workspace::exportBriefing(*fixture.workspace, {harbour(), false, ""}, path, fixture.task));
    CHECK(bytesOf(path).starts_with("%PDF-"));
    CHECK(receipt.fileSha256 == crypto::sha256(bytesOf(path)));
    CHECK(receipt.auditSize == 10);
    CHECK(receipt.reference == "FL-2026-000001");
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::others_all) ==
          std::filesystem::perms::none);
    CHECK(codeOf(workspace::exportBriefing(*fixture.workspace, {harbour(), true, ""}, path, fixture.task)) ==
          ErrorCode::InvalidArgument);
    const auto document = valueOf(workspace::draftBriefing(*fixture.workspace, {harbour(), false, ""}, fixture.task));
    CHECK_FALSE(document->sections.empty());
}
