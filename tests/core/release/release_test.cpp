#include "core/release/release.h"

#include <algorithm>

#include <catch2/catch_all.hpp>

#include "core/audit/report.h"
#include "core/base/file.h"
#include "core/release/involvement.h"
#include "core/release/withdrawal.h"
#include "core/workspace/freshness.h"
#include "core/workspace/overview.h"
#include "core/workspace/released_names.h"
#include "core/workspace/reveal.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::Role;
using record::PersonKey;
using workspace::Workspace;

namespace {

const std::string kReason = "strategy meeting on 2 July";

/// A unit that knows the pupils by name, for asking.
struct Town {
    Unit unit;
    std::map<std::string, PersonKey> pupils;

    Town() {
        Workspace& stan = unit.open("Stan");
        workspace::OverviewRequest request;
        request.school = {kSchool};
        const auto page = valueOf(workspace::overview(stan, request, unit.fixture.task));
        std::vector<PersonKey> all;
        for (const auto& [pupil, label] : page->pseudonyms) all.push_back(pupil);
        for (const auto& [pupil, name] : valueOf(workspace::reveal(stan, all, kReason)).names) pupils[name] = pupil;
    }
    [[nodiscard]] PersonKey amelia() const { return pupils.at("Amelia Rose Okafor-Whitby"); }
    [[nodiscard]] PersonKey ffion() const { return pupils.at("Ffion Pemberthy"); }
    [[nodiscard]] std::vector<PersonKey> everybody() const {
        std::vector<PersonKey> all;
        for (const auto& [name, pupil] : pupils) all.push_back(pupil);
        return all;
    }
    [[nodiscard]] static release::InvolvementWanted involvementOf(PersonKey child) {
        return {.child = child,
                .coversFamily = false,
                .team = "Early Help North",
                .worker = "Ana",
                .purpose = "support plan after the June referral",
                .gateway = "children_act_2004_s10",
                .days = {day("2026-06-01"), day("2026-12-01")},
                .source = "case list, referral 2041"};
    }
    /// Stan records it.
    std::int64_t involve(PersonKey child, bool family = false) {
        auto wanted = involvementOf(child);
        wanted.coversFamily = family;
        return valueOf(release::recordInvolvement(unit.open("Stan"), wanted));
    }
    /// Stan and Olive release what Ana is involved with.
    Result<release::ReleaseReport> release(const std::string& until = "2026-08-01",
                                           std::vector<std::int64_t> involvements = {}) {
        const Seconder olive("Olive");
        return release::releaseNames(unit.open("Stan"), olive.person, {"Ana", std::move(involvements), day(until)});
    }
    workspace::RevealedNames ask(std::string_view who) {
        return valueOf(workspace::reveal(unit.open(who), everybody(), kReason));
    }
};

}  // namespace

TEST_CASE("An analyst sees the names released to them and no others, and how many are withheld", "[release][T-C2]") {
    Town town;
    CHECK(town.ask("Ana").names.empty());
    CHECK(town.ask("Ana").withheld == 3);
    town.involve(town.amelia());
    const auto report = valueOf(town.release());
    CHECK(report.named == 1);
    const auto seen = town.ask("Ana");
    CHECK(seen.names == std::map<PersonKey, std::string>{{town.amelia(), "Amelia Rose Okafor-Whitby"}});
    CHECK(seen.withheld == 2);
    CHECK(town.ask("Stan").names.size() == 3);
    CHECK(town.ask("Stan").withheld == 0);
    town.unit.add("Bea", {Role::Analyst});
    CHECK(town.ask("Bea").names.empty());
    CHECK(codeOf(workspace::reveal(town.unit.open("Olive"), town.everybody(), kReason)) == ErrorCode::Denied);
    CHECK(valueOf(workspace::checkFreshness(town.unit.open("Stan"), town.unit.fixture.task)).isFresh);
}

TEST_CASE("An envelope opens with its recipient's key and with no other key of the workspace", "[release][T-C2]") {
    Town town;
    town.unit.add("Bea", {Role::Analyst});
    town.involve(town.amelia());
    valueOf(town.release());
    // One for Bea as well: the same child, and another.
    for (const PersonKey child : {town.amelia(), town.ffion()}) {
        auto wanted = Town::involvementOf(child);
        wanted.worker = "Bea";
        valueOf(release::recordInvolvement(town.unit.open("Stan"), wanted));
    }
    const Seconder olive("Olive");
    valueOf(release::releaseNames(town.unit.open("Stan"), olive.person, {"Bea", {}, day("2026-08-01")}));
    std::vector<workspace::KeptRelease> kept = valueOf(workspace::readReleases(town.unit.open("Stan")));
    REQUIRE(kept.size() == 2);
    for (const std::string_view who : {"Ana", "Bea", "Stan", "Olive", "Gwen"}) {
        const access::Keyring& ring = town.unit.open(who).keyring();
        for (const workspace::KeptRelease& one : kept) {
            const bool isTheirs = one.release.terms.recipient == ring.principal.id;
            INFO(who << ", release " << one.release.terms.number);
            for (const access::Envelope& envelope : one.release.envelopes) {
                const auto opened = access::openEnvelope(one.release.terms, envelope, ring.seal);
                CHECK(opened.has_value() == isTheirs);
                if (!isTheirs) CHECK(codeOf(opened) == ErrorCode::WrongKey);
                // Not any key in hand opens the box itself either.
                for (const access::FileKey key : access::kFileKeys) {
                    const crypto::Secret& secret = ring.keys.of(key);
                    if (secret.size() < 32) continue;
                    const auto first = crypto::Secret::copyOf(secret.view().substr(0, 32));
                    CHECK_FALSE(crypto::decrypt(envelope.box, "", first).has_value());
                }
            }
        }
    }
    // An envelope of one release does not pass as another's, nor as another record's.
    const access::Keyring& bea = town.unit.open("Bea").keyring();
    const access::Release& hers = kept[1].release;
    auto moved = hers.envelopes[0];
    moved.record = hers.envelopes[1].record;
    CHECK(codeOf(access::openEnvelope(hers.terms, moved, bea.seal)) == ErrorCode::WrongKey);
    CHECK(codeOf(access::openEnvelope(kept[0].release.terms, hers.envelopes[0], bea.seal)) == ErrorCode::WrongKey);
}

TEST_CASE("A release is two people's, and neither is the one who receives it", "[release][T-I2]") {
    Town town;
    town.involve(town.amelia());
    const auto released = [&](std::string_view first, std::string_view second, const std::string& to) {
        const Seconder other(second);
        return codeOf(release::releaseNames(town.unit.open(first), other.person, {to, {}, day("2026-08-01")}));
    };
    CHECK(released("Stan", "Stan", "Ana") == ErrorCode::Denied);
    CHECK(released("Stan", "Ana", "Ana") == ErrorCode::Denied);
    CHECK(released("Stan", "Gwen", "Ana") == ErrorCode::Denied);
    CHECK(released("Olive", "Stan", "Ana") == ErrorCode::Denied);
    CHECK(released("Ana", "Olive", "Ana") == ErrorCode::Denied);
    CHECK(released("Stan", "Olive", "Stan") == ErrorCode::InvalidArgument);
    CHECK(released("Stan", "Olive", "Olive") == ErrorCode::InvalidArgument);
    CHECK(released("Stan", "Olive", "Nobody") == ErrorCode::NotFound);
    CHECK(codeOf(release::releaseNames(town.unit.open("Stan"), {}, {"Ana", {}, day("2026-08-01")})) ==
          ErrorCode::Denied);
    CHECK(valueOf(release::releases(town.unit.open("Stan"))).empty());
    REQUIRE(town.release().has_value());
    // Both are in the log, with both signatures, and the consultation names the release.
    town.ask("Ana");
    const auto kept = valueOf(workspace::readReleases(town.unit.open("Stan"))).at(0);
    const auto records = auditOf(town.unit.open("Gwen"));
    const auto done = std::ranges::find_if(records, [](const audit::Record& record) {
        return record.entry.verb == audit::Verb::Release && record.entry.state == audit::State::Done;
    });
    REQUIRE(done != records.end());
    CHECK(done->entry.actor == kept.release.terms.releasedBy);
    CHECK(done->entry.secondActor == kept.release.terms.secondedBy);
    CHECK(done->entry.objectSha256 == kept.digest);
    CHECK(done->entry.marks.at("signature") == crypto::base64(kept.release.signature));
    CHECK(done->entry.marks.at("second_signature") == crypto::base64(kept.release.secondSignature));
    const auto seen = std::ranges::find_if(records, [&](const audit::Record& record) {
        return record.entry.verb == audit::Verb::Consultation && record.entry.objectSha256 == kept.digest;
    });
    REQUIRE(seen != records.end());
    CHECK(seen->entry.state == audit::State::Intent);
    CHECK(seen->entry.subjectCount == 1);
    CHECK(seen->entry.details.at("purpose") == kReason);
    CHECK(audit::reportOf(records, {}).unusedReleases.empty());
}

TEST_CASE("A name that is not signed for is not shown", "[release]") {
    Town town;
    town.involve(town.amelia());
    valueOf(town.release());
    Workspace& ana = town.unit.open("Ana");
    // Who holds core.db's key can seal a name of their own to Ana; nobody signed it.
    auto kept = valueOf(workspace::readReleases(ana)).at(0);
    const auto forged = access::enclose(kept.release.terms, kept.release.envelopes[0].record, "Somebody Else",
                                        ana.keyring().seal.publicKey);
    {
        auto update = valueOf(ana.core().prepare("UPDATE released_name SET box = ?1, sealed_key = ?2"));
        valueOf(update.bindBlob(1, forged.box).bindBlob(2, forged.sealedKey).run());
    }
    CHECK(codeOf(workspace::reveal(ana, {town.amelia()}, kReason)) == ErrorCode::Corrupt);
    CHECK_FALSE(valueOf(release::releases(ana)).at(0).isSound);
    const auto records = auditOf(ana);
    CHECK(records.back().entry.state == audit::State::Failed);
}

TEST_CASE("A release ends on its day, also when the clock is set back, and when it is withdrawn", "[release][T-R4]") {
    Town town;
    town.involve(town.amelia());
    valueOf(town.release("2026-08-01"));
    auto& clock = *town.unit.fixture.clock;
    clock.set(day("2026-07-31"));
    CHECK(town.ask("Ana").names.size() == 1);
    clock.set(day("2026-08-01"));
    CHECK(town.ask("Ana").names.empty());
    clock.set(day("2026-07-02"));
    CHECK(town.ask("Ana").names.empty());
    CHECK(valueOf(release::releases(town.unit.open("Ana"))).at(0).state == release::ReleaseState::Ended);

    clock.set(day("2026-08-02"));
    valueOf(town.release("2026-09-01"));
    CHECK(town.ask("Ana").names.size() == 1);
    const std::string before = WorkspaceFixture::contentOf(town.unit.open("Stan").core());
    Workspace& stan = *town.unit.fixture.workspace;
    CHECK(codeOf(release::withdrawRelease(stan, 2, "short")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(release::withdrawRelease(stan, 3, "the case was closed")) == ErrorCode::NotFound);
    CHECK(codeOf(release::withdrawRelease(town.unit.open("Ana"), 2, "the case was closed")) == ErrorCode::Denied);
    valueOf(release::withdrawRelease(town.unit.open("Stan"), 2, "the case was closed"));
    CHECK(codeOf(release::withdrawRelease(*town.unit.fixture.workspace, 2, "the case was closed")) ==
          ErrorCode::InvalidArgument);
    const auto entries = valueOf(release::releases(*town.unit.fixture.workspace));
    CHECK(entries.at(1).state == release::ReleaseState::Withdrawn);
    CHECK(entries.at(1).withdrawnBy == "Stan");
    CHECK(town.ask("Ana").names.empty());
    // The envelope is gone, not marked.
    auto rows = valueOf(town.unit.open("Stan").core().prepare("SELECT count(*) FROM released_name WHERE release = 2"));
    CHECK(valueOf(rows.next()));
    CHECK(rows.integer(0) == 0);
    CHECK(before.contains("released_name|2|"));
}

TEST_CASE("Nothing is released without a running involvement of that user under a gateway in force", "[release]") {
    Town town;
    CHECK(codeOf(town.release()) == ErrorCode::InvalidArgument);
    Workspace& stan = town.unit.open("Stan");
    const auto recorded = [&](auto change) {
        auto wanted = Town::involvementOf(town.amelia());
        change(wanted);
        return codeOf(release::recordInvolvement(stan, wanted));
    };
    CHECK(recorded([](auto& wanted) { wanted.worker = "Nobody"; }) == ErrorCode::NotFound);
    CHECK(recorded([](auto& wanted) { wanted.gateway = "good_will"; }) == ErrorCode::NotFound);
    CHECK(recorded([](auto& wanted) { wanted.days = {day("1999-01-01"), day("1999-02-01")}; }) ==
          ErrorCode::GatewayNotInForce);
    // A gateway for one purpose carries that one.
    auto census = Town::involvementOf(town.amelia());
    census.gateway = "education_act_1996_s537a";
    const auto refused = release::recordInvolvement(stan, census);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::GatewayNotInForce);
    CHECK(refused.error().subject == "school census");
    CHECK(recorded([](auto& wanted) { wanted.days.until = wanted.days.from; }) == ErrorCode::InvalidArgument);
    CHECK(recorded([](auto& wanted) { wanted.purpose = "help"; }) == ErrorCode::InvalidArgument);
    CHECK(recorded([](auto& wanted) { wanted.source = " "; }) == ErrorCode::InvalidArgument);
    CHECK(recorded([](auto& wanted) { wanted.team = "two\nlines"; }) == ErrorCode::InvalidArgument);
    CHECK(recorded([](auto& wanted) { wanted.child = {987654}; }) == ErrorCode::NotFound);
    CHECK(valueOf(release::involvements(stan)).empty());

    census.purpose = "School census: the roll of the spring term";
    const auto forCensus = valueOf(release::recordInvolvement(stan, census));
    CHECK(valueOf(town.release("2026-08-01", {forCensus})).named == 1);
    // What was recorded before the gateway was narrowed is released no more.
    valueOf(town.unit.open("Stan").core().execute("UPDATE involvement SET purpose = 'support plan of the summer'"));
    CHECK(codeOf(town.release("2026-08-01", {forCensus})) == ErrorCode::GatewayNotInForce);
    valueOf(
        town.unit.open("Stan").core().execute("DELETE FROM released_name; DELETE FROM release; DELETE FROM "
                                              "involvement"));
    const std::int64_t first = town.involve(town.amelia());
    auto others = Town::involvementOf(town.ffion());
    others.worker = "Stan";
    const auto foreign = valueOf(release::recordInvolvement(town.unit.open("Stan"), others));
    CHECK(codeOf(town.release("2026-08-01", {foreign})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(town.release("2026-08-01", {77})) == ErrorCode::NotFound);
    CHECK(codeOf(town.release("2026-12-02", {first})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(town.release("2026-07-01", {first})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(town.release("2026-10-15", {first})) == ErrorCode::InvalidArgument);  // more than 90 days
    town.unit.fixture.clock->set(day("2026-12-01"));
    CHECK(codeOf(town.release("2026-12-05", {first})) == ErrorCode::InvalidArgument);  // it has ended
    CHECK(valueOf(release::involvements(town.unit.open("Ana"))).size() == 1);
    CHECK(valueOf(release::involvements(town.unit.open("Stan"))).size() == 2);
    CHECK(codeOf(release::involvements(town.unit.open("Olive"))) == ErrorCode::Denied);
}

TEST_CASE("An involvement with a family covers those recorded as family, not those at the same address", "[release]") {
    Town town;
    town.involve(town.amelia(), true);
    const auto report = valueOf(town.release());
    // Amelia and her mother; her brother shares the address alone.
    CHECK(report.named == 2);
    const auto seen = town.ask("Ana");
    CHECK(seen.names.contains(town.amelia()));
    CHECK_FALSE(seen.names.contains(town.pupils.at("Samuel Okafor-Whitby")));
}

TEST_CASE("Whoever withdraws an involvement withdraws every release that rests on it", "[release]") {
    Town town;
    const auto first = town.involve(town.amelia()), second = town.involve(town.ffion());
    valueOf(town.release("2026-08-01", {first, second}));
    valueOf(town.release("2026-08-01", {second}));
    valueOf(town.release("2026-08-01", {first}));
    valueOf(release::withdrawRelease(town.unit.open("Stan"), 3, "the case was closed"));
    Workspace& stan = *town.unit.fixture.workspace;
    CHECK(codeOf(release::withdrawInvolvement(stan, first, "short")) == ErrorCode::InvalidArgument);
    CHECK(codeOf(release::withdrawInvolvement(stan, 77, "the case was closed")) == ErrorCode::NotFound);
    CHECK(isDenied(release::withdrawInvolvement(town.unit.open("Ana"), first, "the case was closed")));
    CHECK(valueOf(release::withdrawInvolvement(town.unit.open("Stan"), first, "the case was closed")) ==
          std::vector<std::int64_t>{1});
    Workspace& again = *town.unit.fixture.workspace;
    CHECK(codeOf(release::withdrawInvolvement(again, first, "the case was closed")) == ErrorCode::InvalidArgument);
    const auto kept = valueOf(release::involvements(again));
    CHECK(release::stateOf(kept.at(0), day("2026-07-01")) == release::InvolvementState::Withdrawn);
    CHECK(release::stateOf(kept.at(1), day("2026-07-01")) == release::InvolvementState::Running);
    CHECK(release::stateOf(kept.at(1), day("2026-05-31")) == release::InvolvementState::ToCome);
    CHECK(release::stateOf(kept.at(1), day("2026-12-01")) == release::InvolvementState::Ended);
    CHECK(codeOf(town.release("2026-08-01", {first})) == ErrorCode::InvalidArgument);
    const auto entries = valueOf(release::releases(*town.unit.fixture.workspace));
    CHECK(entries.at(0).state == release::ReleaseState::Withdrawn);
    CHECK(entries.at(1).state == release::ReleaseState::Standing);
    const auto seen = town.ask("Ana");
    CHECK_FALSE(seen.names.contains(town.amelia()));
    CHECK(seen.names.contains(town.ffion()));
    CHECK(valueOf(workspace::checkFreshness(town.unit.open("Stan"), town.unit.fixture.task)).isFresh);
}

TEST_CASE("A release shows no more names than it may, each once a sitting, and refuses the rest", "[release][T-C3]") {
    Town town;
    const auto first = town.involve(town.amelia()), second = town.involve(town.ffion());
    const Seconder olive("Olive");
    const auto released = [&](std::int64_t budget) {
        return release::releaseNames(town.unit.open("Stan"), olive.person,
                                     {"Ana", {first, second}, day("2026-08-01"), budget});
    };
    CHECK(codeOf(released(release::kLargestBudget + 1)) == ErrorCode::InvalidArgument);
    CHECK(codeOf(released(-1)) == ErrorCode::InvalidArgument);
    CHECK(valueOf(released(5)).budget == 5);
    const auto shown = [&] { return valueOf(release::releases(*town.unit.fixture.workspace)).at(0).shown; };
    Workspace& ana = town.unit.open("Ana");
    const auto ask = [&](const std::vector<PersonKey>& whom) { return valueOf(workspace::reveal(ana, whom, kReason)); };
    CHECK(ask({town.amelia()}).names.size() == 1);
    CHECK(shown() == 1);
    // Again in the same sitting: nothing is counted twice.
    CHECK(ask({town.amelia(), town.ffion()}).names.size() == 2);
    CHECK(ask(town.everybody()).names.size() == 2);
    CHECK(shown() == 2);
    CHECK(town.ask("Ana").names.size() == 2);  // Another sitting.
    CHECK(shown() == 4);
    // One is left and two are asked for: neither is shown, and both are said to be beyond the budget.
    const auto refused = town.ask("Ana");
    CHECK(refused.names.empty());
    CHECK(refused.spent == 2);
    CHECK(refused.withheld == 1);
    CHECK(shown() == 4);
    CHECK(auditOf(*town.unit.fixture.workspace).back().entry.verb == audit::Verb::Denied);
    // One of the two alone is within it, and in that sitting stays.
    Workspace& later = *town.unit.fixture.workspace;
    CHECK(valueOf(workspace::reveal(later, {town.ffion()}, kReason)).names.size() == 1);
    const auto rest = valueOf(workspace::reveal(later, town.everybody(), kReason));
    CHECK(rest.names.size() == 1);
    CHECK(rest.spent == 1);
    const auto entry = valueOf(release::releases(later)).at(0);
    CHECK(entry.shown == 5);
    CHECK(entry.shownMs == later.clock().nowMs());
    CHECK(entry.isSound);
    CHECK(valueOf(workspace::checkFreshness(town.unit.open("Stan"), town.unit.fixture.task)).isFresh);
    // Both signed the budget: who writes another into the row ends the release.
    Workspace& stan = *town.unit.fixture.workspace;
    valueOf(stan.core().execute("UPDATE release_budget SET names = 500"));
    CHECK(codeOf(workspace::reveal(town.unit.open("Ana"), town.everybody(), kReason)) == ErrorCode::Corrupt);
    // A new release, as the refusal advises, shows them again; it may do so 20 times for each unless somebody says.
    CHECK(valueOf(released(0)).budget == 40);
    CHECK(town.ask("Ana").names.size() == 2);
}

TEST_CASE("Where the newest release has shown all it may, an older one that still stands shows its names",
          "[release]") {
    Town town;
    const std::vector both = {town.involve(town.amelia()), town.involve(town.ffion())};
    const Seconder olive("Olive");
    for (const std::int64_t budget : {3, 2})
        valueOf(release::releaseNames(town.unit.open("Stan"), olive.person, {"Ana", both, day("2026-08-01"), budget}));
    const auto shown = [&] {
        const auto all = valueOf(release::releases(*town.unit.fixture.workspace));
        return std::pair(all.at(0).shown, all.at(1).shown);
    };
    CHECK(town.ask("Ana").names.size() == 2);
    CHECK(shown() == std::pair<std::int64_t, std::int64_t>(0, 2));
    const auto denied = [&] {
        return std::ranges::count(auditOf(*town.unit.fixture.workspace), audit::Verb::Denied,
                                  [](const audit::Record& record) { return record.entry.verb; });
    };
    const auto before = denied();
    const auto older = town.ask("Ana");
    CHECK(older.names.size() == 2);
    CHECK(older.spent == 0);
    CHECK(shown() == std::pair<std::int64_t, std::int64_t>(2, 2));
    CHECK(denied() == before);
    // One name is left of the older one, and two are asked for.
    const auto spent = town.ask("Ana");
    CHECK(spent.names.empty());
    CHECK(spent.spent == 2);
    CHECK(denied() == before + 1);
    CHECK(valueOf(workspace::reveal(*town.unit.fixture.workspace, {town.ffion()}, kReason)).names.size() == 1);
    CHECK(shown() == std::pair<std::int64_t, std::int64_t>(3, 2));
}

TEST_CASE("An involvement tells the child's letter at school, and nothing more", "[release]") {
    Town town;
    town.involve(town.amelia());
    for (const char* who : {"Stan", "Ana"}) {
        const auto all = valueOf(release::involvements(town.unit.open(who)));
        REQUIRE(all.size() == 1);
        REQUIRE(all[0].childAt.size() == 1);
        CHECK(all[0].childAt[0].school == record::SchoolUrn{kSchool});
        CHECK(all[0].childAt[0].letter.starts_with("Pupil "));
        CHECK_FALSE(all[0].childAt[0].schoolName.empty());
    }
    valueOf(town.unit.open("Stan").core().execute("DELETE FROM pseudonym"));
    CHECK(valueOf(release::involvements(*town.unit.fixture.workspace))[0].childAt.empty());
}

TEST_CASE("One release names no more people than its budget", "[release][T-I1]") {
    Town town;
    WorkspaceFixture& fixture = town.unit.fixture;
    Workspace& stan = town.unit.open("Stan");
    {
        // More records than a release may name, each a person of their own to the last run.
        auto insert = valueOf(stan.core().prepare("INSERT INTO source_person VALUES (?1, NULL, 'F', 1)"));
        for (std::int64_t id = 900; id < 926; ++id) valueOf(insert.bind(1, id).run());
    }
    for (std::int64_t id = 900; id < 926; ++id) valueOf(release::recordInvolvement(stan, Town::involvementOf({-id})));
    CHECK(codeOf(town.release()) == ErrorCode::InvalidArgument);
    CHECK(valueOf(release::releases(*fixture.workspace)).empty());
}

TEST_CASE("A name follows the record it is from when people are joined or parted later", "[release]") {
    Town town;
    town.involve(town.amelia());
    valueOf(town.release());
    Workspace& stan = town.unit.open("Stan");
    const auto kept = valueOf(workspace::readReleases(stan)).at(0);
    const std::int64_t record = kept.release.envelopes.at(0).record;
    // Another run gives the record to another key.
    {
        auto update = valueOf(stan.core().prepare("UPDATE membership SET person = ?2 WHERE source_person = ?1"));
        valueOf(update.bind(1, record).bind(2, town.ffion().value).run());
    }
    Workspace& ana = town.unit.open("Ana");
    CHECK(valueOf(workspace::reveal(ana, {town.amelia()}, kReason)).withheld == 1);
    CHECK(valueOf(workspace::reveal(ana, {town.ffion()}, kReason)).names.at(town.ffion()) ==
          "Amelia Rose Okafor-Whitby");
}
