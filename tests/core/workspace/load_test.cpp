#include <stop_token>

#include <catch2/catch_all.hpp>

#include "core/workspace/columns.h"
#include "core/workspace/load_preview.h"
#include "core/workspace/quality.h"
#include "core/workspace/summary.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using record::FactKind;

namespace {

std::int64_t count(WorkspaceFixture& fixture, const std::string& sql) {
    return valueOf(workspace::scalar(fixture.workspace->core(), sql));
}
std::int64_t countIdentity(WorkspaceFixture& fixture, const std::string& sql) {
    return valueOf(workspace::scalar(fixture.workspace->identity(), sql));
}

Rows oneChild() {
    Rows rows;
    rows.person("C1", "Amelia", "Okafor", "2011-03-14").home("C1", "100012345671");
    return rows;
}

}  // namespace

TEST_CASE("A load says what every file brought", "[workspace]") {
    WorkspaceFixture fixture;
    const auto report = fixture.load(deliverSmallTown(fixture));
    REQUIRE(report.files.size() == 3);
    CHECK(report.load.value == 1);
    CHECK(report.files[0].agency == "education");
    CHECK(report.files[0].persons == 3);
    CHECK(report.files[1].facts == 2);
    CHECK(report.files[1].newFacts == 2);
    CHECK(report.files[2].agency == "social_care");
    CHECK(report.files[2].authenticated);
    CHECK(count(fixture, "SELECT count(*) FROM source_person") == 7);
    CHECK(count(fixture, "SELECT count(*) FROM roll") == 3);
    CHECK(count(fixture, "SELECT count(*) FROM school") == 2);
    CHECK(countIdentity(fixture, "SELECT count(*) FROM relationship") == 1);
}

TEST_CASE("No name, address, identifier or agency reference stands in core.db", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const std::string core = WorkspaceFixture::contentOf(fixture.workspace->core());
    const std::string identity = WorkspaceFixture::contentOf(fixture.workspace->identity());
    for (const std::string word : {"Amelia", "Okafor", "Pemberthy", "Grace", "Made Up Road", "BS7 8QD", "100012345671",
                                   "H801200001002", "|E1|", "|C1|", "|P1|", "CP1", "OCC1", "M1|"}) {
        INFO(word);
        CHECK(core.find(word) == std::string::npos);
    }
    // The same search finds what it looks for where it belongs.
    CHECK(identity.find("Amelia") != std::string::npos);
    CHECK(identity.find("H801200001002") != std::string::npos);
}

TEST_CASE("Of a birth date core.db keeps month and year", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load({fixture.deliver("social_care", 1, "2024-01-01", "2026-07-01", oneChild())});
    CHECK(count(fixture, "SELECT birth_month FROM source_person") == 2011 * 12 + 2);
}

TEST_CASE("The same delivery again is recognised and changes nothing", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load(files);
    const std::string before = fixture.content();
    CHECK(codeOf(workspace::load(*fixture.workspace, files, fixture.task)) == ErrorCode::AlreadyLoaded);
    CHECK(fixture.content() == before);
}

TEST_CASE("A file that is held already is passed over beside new ones, with a note", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.gateways.emplace_back("crime_and_disorder_act_1998_s115");
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0]});
    const auto report = fixture.load({files[0], files[1], files[1]});
    CHECK(report.files.size() == 1);
    REQUIRE(report.notes.size() == 2);
    CHECK(report.notes[0].kind == workspace::LoadNote::Kind::AlreadyHeld);
}

TEST_CASE("An older delivery, a second one with the same number and one with another past are refused",
          "[workspace][T-X6]") {
    WorkspaceFixture fixture;
    const auto first = fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", oneChild());
    const auto second = fixture.deliver("social_care", 2, "2026-02-01", "2026-05-01", oneChild());
    fixture.load({first, second});
    const auto replay = fixture.deliver("social_care", 1, "2024-01-01", "2026-05-01", oneChild());
    CHECK(codeOf(workspace::load(*fixture.workspace, {replay}, fixture.task)) == ErrorCode::SequenceReplay);
    // The fixture chains to what it made last, which is not what the workspace holds.
    const auto stray = fixture.deliver("social_care", 3, "2026-03-01", "2026-06-01", oneChild());
    CHECK(codeOf(workspace::load(*fixture.workspace, {stray}, fixture.task)) == ErrorCode::SequenceReplay);
}

TEST_CASE("A gap in the deliveries is noted", "[workspace][T-X6]") {
    WorkspaceFixture fixture;
    fixture.gateways.emplace_back("crime_and_disorder_act_1998_s115");
    fixture.load({fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", oneChild())});
    const auto report = fixture.load({fixture.deliver("social_care", 3, "2026-04-01", "2026-06-01", oneChild())});
    REQUIRE(report.notes.size() == 1);
    CHECK(report.notes[0].kind == workspace::LoadNote::Kind::SequenceGap);
}

TEST_CASE("One bad file among good ones loads nothing", "[workspace][T-X1]") {
    WorkspaceFixture fixture;
    auto files = deliverSmallTown(fixture);
    std::string bytes = bytesOf(files[1]);
    bytes[bytes.size() / 2] ^= 1;
    writeBytes(files[1], bytes);
    const std::string before = fixture.content();
    CHECK_FALSE(workspace::load(*fixture.workspace, files, fixture.task).has_value());
    CHECK(fixture.content() == before);
    CHECK(std::filesystem::is_empty(fixture.path / "staging"));
}

TEST_CASE("What files would bring is said before anything is taken in", "[workspace]") {
    WorkspaceFixture fixture;
    Rows first = oneChild();
    fixture.load({fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", first)});
    Rows second = oneChild();
    second.status("S9", "C1", record::FactKind::ChildInNeed, "2026-06-03", "2026-06-01");
    second.identifier("C1", "nhs", "9990000001");
    const auto file = fixture.deliver("social_care", 2, "2026-02-01", "2026-05-01", second);
    const std::string before = fixture.content();
    const auto preview = valueOf(workspace::previewLoad(*fixture.workspace, {file}, fixture.task));
    CHECK(fixture.content() == before);
    REQUIRE(preview.files.size() == 1);
    const workspace::OfferedFile& offered = preview.files[0];
    CHECK(offered.sequence == 2);
    CHECK(offered.period == Interval{day("2026-02-01"), day("2026-05-01")});
    CHECK(offered.periodBefore == Interval{day("2024-01-01"), day("2026-04-01")});
    CHECK_FALSE(offered.gateways.empty());
    const auto table = [&](std::string_view name) {
        return *std::ranges::find(offered.tables, name, &workspace::OfferedTable::name);
    };
    CHECK(table("fact").rows == static_cast<std::int64_t>(second.rows.facts.size()));
    CHECK(table("fact").before == static_cast<std::int64_t>(first.rows.facts.size()));
    const auto broken = [&](workspace::Rule rule) {
        return std::ranges::find(offered.checks, rule, &workspace::OfferedCheck::rule)->broken.part;
    };
    CHECK(broken(workspace::Rule::EndsBeforeStart) == 1);
    CHECK(broken(workspace::Rule::AfterData) == 1);
    CHECK(broken(workspace::Rule::WrongCheckCharacter) == 1);
    CHECK(broken(workspace::Rule::BornInFuture) == 0);
    // What is found then is found by the reading of what is held, too.
    fixture.load({file});
    for (const workspace::RuleLine& line : valueOf(workspace::quality(*fixture.workspace, fixture.task)).rules)
        if (line.rule == workspace::Rule::EndsBeforeStart) CHECK(line.broken.part == 1);
}

TEST_CASE("A school may be described by another file of the same load, or by none", "[workspace]") {
    WorkspaceFixture fixture;
    Rows rows = oneChild();
    rows.school(424242, "A school").roll("C1", 424242, "9", "2025-09-01").roll("C1", 515151, "8", "2024-09-01");
    const auto file = fixture.deliver("education", 1, "2024-01-01", "2026-05-01", rows);
    const auto preview = valueOf(workspace::previewLoad(*fixture.workspace, {file}, fixture.task));
    const auto& checks = preview.files.at(0).checks;
    const auto found = std::ranges::find(checks, workspace::Rule::SchoolNotDescribed, &workspace::OfferedCheck::rule);
    REQUIRE(found != checks.end());
    CHECK(found->broken.part == 1);
    CHECK(found->broken.of == 2);
    CHECK_FALSE(preview.files[0].tables[0].before.has_value());
}

TEST_CASE("A file that cannot be loaded is refused before loading, with the same words", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load(files);
    CHECK(codeOf(workspace::previewLoad(*fixture.workspace, files, fixture.task)) == ErrorCode::AlreadyLoaded);
    CHECK(codeOf(workspace::previewLoad(*fixture.workspace, {}, fixture.task)) == ErrorCode::InvalidArgument);
    CHECK(std::filesystem::is_empty(fixture.path / "staging"));
}

TEST_CASE("A load that is stopped leaves the content as it was", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0]});
    const std::string before = fixture.content();
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    CHECK(codeOf(workspace::load(*fixture.workspace, {files[1], files[2]}, stopped)) == ErrorCode::Cancelled);
    CHECK(fixture.content() == before);
    CHECK(fixture.load({files[1], files[2]}).files.size() == 2);
}

TEST_CASE("A later delivery keeps, replaces and withdraws what its period covers, and leaves the rest", "[workspace]") {
    WorkspaceFixture fixture;
    Rows baseline = oneChild();
    baseline.status("OLD", "C1", FactKind::ChildInNeed, "2024-01-01", "2024-06-01", "N1");
    baseline.status("PLAN", "C1", FactKind::ChildProtectionPlan, "2026-02-10", "", "NEG");
    baseline.status("HELP", "C1", FactKind::EarlyHelp, "2026-03-01");
    baseline.status("SAME", "C1", FactKind::LookedAfter, "2026-03-02", "", "C2");
    fixture.load({fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", baseline)});
    Rows month = oneChild();
    month.status("PLAN", "C1", FactKind::ChildProtectionPlan, "2026-02-10", "2026-04-20", "NEG");
    month.status("SAME", "C1", FactKind::LookedAfter, "2026-03-02", "", "C2");
    month.status("NEW", "C1", FactKind::ChildInNeed, "2026-04-20", "", "N1");
    const auto report = fixture.load({fixture.deliver("social_care", 2, "2026-02-01", "2026-05-01", month)});
    CHECK(report.files[0].newFacts == 1);
    CHECK(report.files[0].changedFacts == 1);
    CHECK(report.files[0].withdrawnFacts == 1);
    CHECK(count(fixture, "SELECT count(*) FROM fact") == 6);
    CHECK(count(fixture, "SELECT count(*) FROM fact WHERE withdrawn IS NULL") == 4);
    CHECK(count(fixture, "SELECT count(*) FROM fact WHERE withdrawn = 2 AND received = 1") == 2);
    CHECK(count(fixture, "SELECT count(*) FROM fact WHERE received = 1 AND withdrawn IS NULL") == 2);
}

TEST_CASE("Deliveries loaded together end as the same deliveries loaded one by one", "[workspace]") {
    const auto facts = [](bool together) {
        WorkspaceFixture fixture;
        Rows baseline = oneChild();
        baseline.status("PLAN", "C1", FactKind::ChildProtectionPlan, "2026-02-10", "", "NEG")
            .status("GONE", "C1", FactKind::EarlyHelp, "2026-03-01");
        Rows month = oneChild();
        month.status("PLAN", "C1", FactKind::ChildProtectionPlan, "2026-02-10", "2026-04-20", "NEG");
        const auto first = fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", baseline);
        const auto second = fixture.deliver("social_care", 2, "2026-02-01", "2026-05-01", month);
        if (together)
            fixture.load({second, first});
        else
            fixture.load({first}), fixture.load({second});
        std::vector<std::string> held;
        auto query = valueOf(fixture.workspace->core().prepare(
            "SELECT kind, from_day, ends, code FROM fact WHERE withdrawn IS NULL ORDER BY 1, 2"));
        while (valueOf(query.next()))
            held.push_back(
                fmt::format("{} {} {} {}", query.integer(0), query.integer(1), query.integer(2), query.text(3)));
        return held;
    };
    CHECK(facts(true) == facts(false));
    CHECK(facts(true).size() == 1);
}

TEST_CASE("A new address is a new version, and the old one is marked as gone only for persons that were delivered",
          "[workspace]") {
    WorkspaceFixture fixture;
    Rows both = oneChild();
    both.person("C9", "Ines", "Marlowe", "2012-01-01").home("C9", "100012345688");
    fixture.load({fixture.deliver("social_care", 1, "2024-01-01", "2026-04-01", both)});
    Rows moved;
    moved.person("C1", "Amelia", "Okafor", "2011-03-14").home("C1", "100012345699", "2026-04-02");
    fixture.load({fixture.deliver("social_care", 2, "2026-04-01", "2026-05-01", moved)});
    CHECK(countIdentity(fixture, "SELECT count(*) FROM address") == 3);
    CHECK(countIdentity(fixture, "SELECT count(*) FROM address WHERE gone_load = 2 AND uprn = '100012345671'") == 1);
    CHECK(countIdentity(fixture, "SELECT count(*) FROM address WHERE gone_load IS NULL") == 2);
    CHECK(countIdentity(fixture, "SELECT count(*) FROM name") == 2);
}

TEST_CASE("A pupil who leaves the roll stays on it as known before", "[workspace]") {
    WorkspaceFixture fixture;
    Rows autumn;
    autumn.school(kSchool, "Harbour School")
        .person("E1", "Amelia", "Okafor", "2011-03-14")
        .roll("E1", kSchool, "10", "2025-09-01");
    fixture.load({fixture.deliver("education", 1, "2025-09-01", "2026-01-01", autumn)});
    Rows spring;
    spring.school(kSchool, "Harbour Academy")
        .person("E1", "Amelia", "Okafor", "2011-03-14")
        .roll("E1", kSchool, "10", "2025-09-01", "2026-02-01");
    fixture.load({fixture.deliver("education", 2, "2025-09-01", "2026-04-01", spring)});
    CHECK(count(fixture, "SELECT count(*) FROM roll WHERE received = 1 AND withdrawn = 2 AND until_day IS NULL") == 1);
    CHECK(count(fixture, "SELECT count(*) FROM roll WHERE received = 2 AND withdrawn IS NULL") == 1);
    CHECK(count(fixture, "SELECT count(*) FROM school WHERE name = 'Harbour Academy'") == 1);
}

TEST_CASE("A summary of a workspace names its datasets and the last day for which all of them speak", "[workspace]") {
    WorkspaceFixture fixture;
    const auto empty = valueOf(workspace::summary(*fixture.workspace));
    CHECK(empty.datasets.empty());
    CHECK_FALSE(empty.defaultAsAt.has_value());
    fixture.load(deliverSmallTown(fixture));
    const auto loaded = valueOf(workspace::summary(*fixture.workspace));
    REQUIRE(loaded.datasets.size() == 3);
    CHECK(loaded.datasets[0].gateways == std::vector<std::string>{"children_act_2004_s10"});
    CHECK(loaded.defaultAsAt == day("2026-06-28"));
    CHECK_FALSE(loaded.linkIsCurrent);
    CHECK(loaded.persons == 7);
    fixture.link();
    const auto linked = valueOf(workspace::summary(*fixture.workspace));
    CHECK(linked.linkIsCurrent);
    CHECK(linked.persons < 7);
    CHECK(linked.linkedShare > 0);
}

TEST_CASE("Loads, links and refusals are in the audit log without a name", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load(files);
    fixture.link();
    CHECK_FALSE(workspace::load(*fixture.workspace, files, fixture.task).has_value());
    const auto records = auditOf(*fixture.workspace);
    REQUIRE(records.size() == 10);
    CHECK(records[0].entry.verb == audit::Verb::KeyChange);
    CHECK(records[1].entry.marks.contains("register core.definition"));
    CHECK(records[2].entry.details.at("what") == "workspace opened");
    // This program limits nothing.
    CHECK(records[2].entry.details.at("posture_open").find("network") != std::string::npos);
    CHECK(records[3].entry.verb == audit::Verb::Collection);
    CHECK(records[3].entry.state == audit::State::Intent);
    CHECK(records[4].entry.marks.contains("rows core.fact"));
    CHECK(records[5].entry.state == audit::State::Done);
    CHECK(records[5].entry.subjectCount == 7);
    CHECK(records[6].entry.verb == audit::Verb::Combination);
    CHECK(records[9].entry.verb == audit::Verb::Denied);
    for (const auto& record : records)
        for (const auto& texts : {record.entry.details, record.entry.marks})
            for (const auto& [name, value] : texts) CHECK(value.find("Okafor") == std::string::npos);
}
