// Decisions about pairs: by whom, how they are kept, and what the next linkage run makes of them.

#include "core/release/decisions.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/release/pairs_for_review.h"
#include "core/workspace/columns.h"
#include "core/workspace/freshness.h"
#include "core/workspace/overview.h"
#include "core/workspace/relink.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using release::Decision;
using release::Verdict;
using workspace::Workspace;

namespace {

const std::string kReason = "compared with the paper file";

/// By the agency's own key.
record::SourcePersonId recordOf(Workspace& workspace, std::string_view reference) {
    auto query = valueOf(workspace.identity().prepare("SELECT source_person FROM person_ref WHERE ref = ?1"));
    query.bind(1, reference);
    REQUIRE(valueOf(query.next()));
    return {query.integer(0)};
}

std::int64_t personOf(Workspace& workspace, record::SourcePersonId id) {
    return valueOf(workspace::scalar(
        workspace.core(),
        fmt::format("SELECT person FROM membership WHERE source_person = {} AND until_run IS NULL", id.value)));
}

/// Pupils with an episode, as Ana reads them.
indicator::Count missingPupils(Unit& unit) {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.asAt = day("2026-06-28");
    const auto page = valueOf(workspace::overview(unit.open("Ana"), request, unit.fixture.task));
    for (const auto& group : page->overview.groups)
        for (const auto& figure : group.indicators)
            if (figure.id == "missing") return figure.figure.pupils;
    return indicator::Count::notSupplied();
}

workspace::Freshness fresh(Unit& unit) {
    return valueOf(workspace::checkFreshness(unit.open("Stan"), unit.fixture.task));
}

/// A police record of a twin of E3's and P3's: that pair waits for a reader.
void addTwin(WorkspaceFixture& fixture) {
    Rows police;
    police.person("P1", "Amelia", "Okafor Whitby", "2011-03-14").identifier("P1", "upn", "H801200001002");
    police.person("P3", "Ffion", "Pemberthy", "2012-01-20").home("P3", "100012345688");
    police.person("P4", "Bronwen", "Pemberthy", "2012-01-20").home("P4", "100012345688");
    police.home("P1", "100012345671").event("M1", "P1", record::FactKind::MissingEpisode, "2026-06-12", "M");
    fixture.load({fixture.deliver("police", 2, "2024-01-01", "2026-06-30", police)});
}

Decision made(std::int64_t id, std::int64_t a, Verdict verdict, std::int64_t afterRun) {
    Decision one;
    one.id = id;
    one.a = {a};
    one.b = {9};
    one.verdict = verdict;
    one.afterRun = afterRun;
    return one;
}

Decision withdrawn(Decision one, std::int64_t afterRun) {
    one.withdrawnMs = 1;
    one.withdrawnAfterRun = afterRun;
    return one;
}

std::vector<std::int64_t> waiting(std::vector<Decision> all, std::int64_t lastRun) {
    release::markWaiting(all, lastRun);
    std::vector<std::int64_t> ids;
    for (const Decision& one : all)
        if (one.waits) ids.push_back(one.id);
    return ids;
}

/// Who is one person with whom, and which links there are, of the last run.
std::string resultOf(Workspace& workspace) {
    std::string text;
    auto members = valueOf(workspace.core().prepare(
        "SELECT source_person, (SELECT min(m.source_person) FROM membership m WHERE m.person = o.person AND "
        "m.until_run IS NULL), strength FROM membership o WHERE until_run IS NULL ORDER BY source_person"));
    while (valueOf(members.next()))
        text += fmt::format("{} {} {}\n", members.integer(0), members.integer(1), members.integer(2));
    auto links = valueOf(workspace.identity().prepare("SELECT a, b, bits, kind, state FROM link ORDER BY a, b"));
    while (valueOf(links.next()))
        text += fmt::format("{} {} {:.6f} {} {}\n", links.integer(0), links.integer(1), links.real(2), links.text(3),
                            links.text(4));
    return text;
}

}  // namespace

TEST_CASE("A reviewer parts two records without the key of the facts, and the next run and its figures follow",
          "[release]") {
    Unit unit;
    REQUIRE(missingPupils(unit) == indicator::Count::of(1));
    Workspace& lin = unit.open("Lin");
    REQUIRE_FALSE(lin.holds(access::FileKey::Core));
    const auto pupil = recordOf(lin, "E1"), police = recordOf(lin, "P1");
    CHECK(valueOf(release::decide(lin, {police, pupil, Verdict::Different, kReason})) == 1);
    const auto log = auditOf(lin);
    const auto digest = [](const audit::Record& one) { return one.entry.marks.find("register identity.decision"); };
    REQUIRE(digest(log.back()) != log.back().entry.marks.end());
    CHECK(digest(log.back())->second.starts_with("1 "));
    CHECK(log.back().entry.state == audit::State::Done);
    const audit::Entry& intent = log[log.size() - 3].entry;
    CHECK(intent.state == audit::State::Intent);
    CHECK(intent.verb == audit::Verb::Alteration);
    CHECK(intent.subjectCount == 2);
    CHECK(intent.actor == lin.principal());
    // Nothing has changed until somebody links.
    CHECK(missingPupils(unit) == indicator::Count::of(1));
    CHECK(fresh(unit).isFresh);
    Workspace& stan = unit.open("Stan");
    CHECK(personOf(stan, pupil) == personOf(stan, police));
    auto all = valueOf(release::decisions(stan));
    REQUIRE(all.size() == 1);
    CHECK(all[0].waits);
    CHECK(all[0].reader == "Lin");
    CHECK(all[0].reason == kReason);
    CHECK(all[0].a < all[0].b);
    valueOf(workspace::relink(stan, unit.fixture.task));
    CHECK(personOf(stan, pupil) != personOf(stan, police));
    CHECK_FALSE(valueOf(release::decisions(stan))[0].waits);
    CHECK(missingPupils(unit) == indicator::Count::of(0));
    CHECK(fresh(unit).isFresh);
    // Taken back, the run after that joins them again.
    Workspace& again = unit.open("Lin");
    valueOf(release::withdrawDecision(again, 1, "it was the wrong file"));
    all = valueOf(release::decisions(again));
    CHECK(all[0].waits);
    CHECK(all[0].withdrawnBy == "Lin");
    CHECK(codeOf(release::withdrawDecision(again, 1, "it was the wrong file")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(release::withdrawDecision(again, 2, "it was the wrong file")) == ErrorCode::NotFound);
    CHECK(fresh(unit).isFresh);
    valueOf(workspace::relink(unit.open("Stan"), unit.fixture.task));
    CHECK(missingPupils(unit) == indicator::Count::of(1));
}

TEST_CASE("A pair that waits is joined by a reader's word, and asks nobody any more", "[release]") {
    Unit unit;
    unit.open("Stan");
    addTwin(unit.fixture);
    unit.fixture.link();
    Workspace& lin = unit.open("Lin");
    const auto pupil = recordOf(lin, "E3"), twin = recordOf(lin, "P4");
    const auto isThere = [&](const std::vector<release::WaitingPair>& pairs) {
        return std::ranges::any_of(pairs, [&](const auto& pair) { return pair.a == pupil && pair.b == twin; });
    };
    REQUIRE(isThere(valueOf(release::pairsForReview(lin))));
    for (const Verdict verdict : {Verdict::Unsure, Verdict::Same}) {
        valueOf(release::decide(lin, {pupil, twin, verdict, kReason}));
        CHECK_FALSE(isThere(valueOf(release::pairsForReview(lin))));
    }
    const auto all = valueOf(release::decisions(lin));
    REQUIRE(all.size() == 2);
    CHECK(all[0].insteadOf == all[1].id);
    CHECK(all[0].waits);
    CHECK_FALSE(all[1].isInForce());
    CHECK_FALSE(all[1].waits);
    const auto fields = valueOf(release::pairFields(lin, {pupil, twin, kReason}));
    REQUIRE(fields.decision);
    CHECK(fields.decision->verdict == Verdict::Same);
    unit.open("Stan");
    unit.fixture.link();
    CHECK(personOf(*unit.fixture.workspace, pupil) == personOf(*unit.fixture.workspace, twin));
    CHECK_FALSE(isThere(valueOf(release::pairsForReview(unit.open("Lin")))));
}

TEST_CASE("Records that nothing connects are joined when somebody says that they know it", "[release]") {
    Unit unit;
    Workspace& lin = unit.open("Lin");
    const auto pupil = recordOf(lin, "E1"), other = recordOf(lin, "E3");
    release::DecisionWanted wanted{.a = pupil, .b = other, .verdict = Verdict::Same, .reason = kReason};
    REQUIRE(release::decide(lin, wanted).error().subject == "pair to decide");
    wanted.unconnected = true;
    valueOf(release::decide(lin, wanted));
    Workspace& stan = unit.open("Stan");
    REQUIRE(personOf(stan, pupil) != personOf(stan, other));
    valueOf(workspace::relink(stan, unit.fixture.task));
    CHECK(personOf(stan, pupil) == personOf(stan, other));
    wanted.b = wanted.a;
    CHECK(codeOf(release::decide(unit.open("Lin"), wanted)) == ErrorCode::InvalidArgument);
}

TEST_CASE("Two readers who differ are told of each other, and nothing is overwritten silently", "[release]") {
    Unit unit;
    unit.add("Lou", {access::Role::LinkReviewer});
    Workspace& lin = unit.open("Lin");
    const auto a = recordOf(lin, "E1"), b = recordOf(lin, "P1");
    valueOf(release::decide(lin, {a, b, Verdict::Different, kReason}));
    const auto same = release::decide(lin, {a, b, Verdict::Different, kReason});
    CHECK(codeOf(same) == ErrorCode::AlreadyExists);
    CHECK(same.error().subject == "this decision");
    Workspace& lou = unit.open("Lou");
    const auto refused = release::decide(lou, {a, b, Verdict::Same, "both schools were asked"});
    CHECK(codeOf(refused) == ErrorCode::AlreadyExists);
    CHECK(refused.error().subject == "another reader's decision");
    CHECK(refused.error().detail == "decision 1: different, by Lin on 2026-07-01");
    CHECK(valueOf(release::decisions(lou)).size() == 1);
    CHECK(valueOf(release::decide(lou, {a, b, Verdict::Same, "both schools were asked", true})) == 2);
    const auto all = valueOf(release::decisions(lou));
    REQUIRE(all.size() == 2);
    CHECK(all[0].reader == "Lou");
    CHECK(all[0].insteadOf == 1);
    CHECK(all[1].withdrawnBy == "Lou");
    CHECK(all[1].reason == kReason);
    CHECK(fresh(unit).isFresh);
}

TEST_CASE("What cannot be decided is refused, and nothing of it is written", "[release]") {
    Unit unit;
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        Workspace& opened = unit.open(name);
        const bool denied = !access::allows({role}, access::Action::DecideLinks);
        CHECK(isDenied(release::decide(opened, {{1}, {2}, Verdict::Same, "short"})) == denied);
        CHECK(isDenied(release::withdrawDecision(opened, 1, "short")) == denied);
        CHECK(isDenied(release::decisions(opened)) == !access::allows({role}, access::Action::ReviewPairs));
    }
    Workspace& lin = unit.open("Lin");
    const auto pupil = recordOf(lin, "E1"), police = recordOf(lin, "P1"), other = recordOf(lin, "E3");
    const auto refusal = [&](record::SourcePersonId a, record::SourcePersonId b, const std::string& reason = kReason) {
        return release::decide(lin, {a, b, Verdict::Same, reason}).error();
    };
    CHECK(refusal(pupil, police, "why not").code == ErrorCode::InvalidArgument);
    CHECK(auditOf(lin).back().entry.verb == audit::Verb::Denied);
    const auto entries = lin.audit().head().size;
    CHECK(refusal(pupil, pupil).subject == "records of a decision");
    CHECK(refusal(pupil, {77}).code == ErrorCode::NotFound);
    CHECK(refusal(pupil, {77}).subject == "record of a decision");
    CHECK(refusal(pupil, other).code == ErrorCode::NotFound);
    CHECK(refusal(pupil, other).subject == "pair to decide");
    CHECK(lin.audit().head().size == entries);
    CHECK(valueOf(release::decisions(lin)).empty());
}

TEST_CASE("A decision altered behind the log's back shows, also after a further decision", "[release]") {
    Unit unit;
    Workspace& lin = unit.open("Lin");
    valueOf(release::decide(lin, {recordOf(lin, "E1"), recordOf(lin, "P1"), Verdict::Different, kReason}));
    CHECK(fresh(unit).isFresh);
    valueOf(unit.open("Lin").identity().execute("UPDATE decision SET verdict = 'same'"));
    using Tables = std::vector<std::string>;
    CHECK(fresh(unit).differing == Tables{"identity.decision"});
    Workspace& again = unit.open("Lin");
    valueOf(release::decide(again, {recordOf(again, "E3"), recordOf(again, "P3"), Verdict::Different, kReason}));
    CHECK(fresh(unit).differing == Tables{"identity.decision"});
    valueOf(unit.open("Lin").identity().execute("UPDATE decision SET verdict = 'different'"));
    CHECK(fresh(unit).isFresh);
    valueOf(unit.open("Lin").identity().execute("DELETE FROM decision WHERE id = 1"));
    CHECK(fresh(unit).differing == Tables{"identity.decision"});
    // What a reviewer says of decisions leaves what was said of the other file's registers as it was.
    valueOf(unit.open("Stan").core().execute("UPDATE definition SET from_load = from_load + 1"));
    Workspace& last = unit.open("Lin");
    valueOf(release::withdrawDecision(last, 2, "it was the wrong file"));
    CHECK(fresh(unit).differing == Tables{"core.definition", "identity.decision"});
}

TEST_CASE("A run that compares what is new alone takes decisions as a whole one does", "[release]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    addTwin(fixture);
    fixture.link();
    auto& opened = *fixture.workspace;
    const auto id = [&](std::string_view reference) { return recordOf(opened, reference); };
    const auto compare = [&] {
        CHECK(valueOf(workspace::relink(opened, fixture.task)).incremental);
        const std::string increment = resultOf(opened);
        valueOf(workspace::relink(opened, fixture.task, true));
        CHECK(resultOf(opened) == increment);
        return increment;
    };
    const std::string before = compare();
    valueOf(release::decide(opened, {id("E3"), id("P4"), Verdict::Same, kReason}));
    valueOf(release::decide(opened, {id("E1"), id("P1"), Verdict::Different, kReason}));
    valueOf(release::decide(opened, {id("E3"), id("P3"), Verdict::Unsure, kReason}));
    CHECK(compare() != before);
    for (const std::int64_t decision : {1, 2, 3}) {
        valueOf(release::withdrawDecision(opened, decision, "it was the wrong file"));
        compare();
    }
    CHECK(resultOf(opened) == before);
}

TEST_CASE("What waits for the next run is what the last one took otherwise", "[release]") {
    using Ids = std::vector<std::int64_t>;
    const auto same = made(1, 1, Verdict::Same, 1);
    CHECK(waiting({same}, 1) == Ids{1});
    CHECK(waiting({same}, 2).empty());
    // Taken back before any run took it: as if it had never been.
    CHECK(waiting({withdrawn(same, 1)}, 1).empty());
    CHECK(waiting({withdrawn(same, 2)}, 2) == Ids{1});
    CHECK(waiting({withdrawn(same, 2)}, 3).empty());
    // Another in its place: the newest of the pair speaks for it.
    CHECK(waiting({withdrawn(same, 2), made(2, 1, Verdict::Different, 2)}, 2) == Ids{2});
    CHECK(waiting({withdrawn(same, 2), made(2, 1, Verdict::Same, 2)}, 2).empty());
    CHECK(waiting({withdrawn(same, 2), withdrawn(made(2, 1, Verdict::Different, 2), 2)}, 2) == Ids{2});
    // Pairs are counted, not rows.
    CHECK(waiting({same, made(2, 2, Verdict::Unsure, 1), withdrawn(made(3, 3, Verdict::Same, 1), 1)}, 1) == Ids{1, 2});
}
