// Purge: what goes and what stays, that nothing of it is left in any file, and what readings of earlier days say.

#include "core/custody/purge.h"

#include <filesystem>

#include <openssl/evp.h>

#include "core/base/file.h"
#include "core/custody/certificate.h"
#include "core/custody/sieve.h"
#include "core/workspace/freshness.h"
#include "core/workspace/overview.h"
#include "core/workspace/relink.h"
#include "core/workspace/summary.h"
#include "tests/core/workspace/second_person.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using record::FactKind;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReason = "retention ended in June";
// In no other delivery, and nothing that any text could hold by chance.
const std::vector<std::string> kMarkers{"Zyxquorvane", "Wrexwumple", "QQ77ZZ31XK", "Gnarlthwaite Snickle", "ZQ9XJ8"};

/// The police's first delivery: with a person, a home, an identifier and facts that no later one has.
Rows firstPolice() {
    Rows rows;
    rows.person("P1", "Amelia", "Okafor Whitby", "2011-03-14").identifier("P1", "upn", "H801200001002");
    rows.home("P1", "100012345671");
    rows.person(kMarkers[1], kMarkers[0], "Markerson", "2012-02-02").identifier(kMarkers[1], "upn", kMarkers[2]);
    rows.rows.addresses.push_back(
        {kMarkers[1], "", "", "7", kMarkers[3], "Bristol", "BS1 1AA", "home", day("2020-01-01"), std::nullopt});
    rows.event("M1", "P1", FactKind::MissingEpisode, "2026-05-20", "M");
    rows.event("M0", "P1", FactKind::MissingEpisode, "2026-02-20", "M");
    rows.event("X9", kMarkers[1], FactKind::Crime, "2026-03-10", kMarkers[4], record::Role::Victim, "OCC7");
    return rows;
}

/// The second speaks for April to June: it has the missing episode of May and one of June.
Rows secondPolice() {
    Rows rows;
    rows.person("P1", "Amelia", "Okafor Whitby", "2011-03-14").identifier("P1", "upn", "H801200001002");
    rows.home("P1", "100012345671");
    rows.event("M1", "P1", FactKind::MissingEpisode, "2026-05-20", "M");
    rows.event("M2", "P1", FactKind::MissingEpisode, "2026-06-12", "M");
    return rows;
}

Rows school() {
    Rows rows;
    rows.school(kSchool, "Harbour School");
    rows.person("E1", "Amelia Rose", "Okafor-Whitby", "2011-03-14").identifier("E1", "upn", "H801200001002");
    rows.person("E3", "Ffion", "Pemberthy", "2012-02-02").identifier("E3", "upn", "H801200001019");
    rows.roll("E1", kSchool, "10", "2023-09-01").roll("E3", kSchool, "9", "2024-09-01");
    return rows;
}

/// Load 1: school and police 1. Load 2: police 2. Linked after each.
void fill(WorkspaceFixture& fixture) {
    fixture.load({fixture.deliver("education", 1, "2023-09-01", "2026-07-01", school()),
                  fixture.deliver("police", 1, "2026-01-01", "2026-06-01", firstPolice())});
    fixture.link();
    fixture.load({fixture.deliver("police", 2, "2026-04-01", "2026-07-01", secondPolice())});
    fixture.link();
}

record::DeliveryId deliveryOf(WorkspaceFixture& fixture, std::string_view label) {
    for (const auto& delivery : valueOf(custody::retention(*fixture.workspace)))
        if (delivery.label() == label) return delivery.delivery;
    FAIL("no delivery " << label);
    return {};
}

custody::PurgeReport purgeFirst(WorkspaceFixture& fixture) {
    return valueOf(custody::purge(*fixture.workspace,
                                  {{deliveryOf(fixture, "police/police_records number 1")}, std::string(kReason)},
                                  alone(), fixture.task));
}

indicator::Overview overviewAt(WorkspaceFixture& fixture, std::int64_t load, const std::string& asAt) {
    workspace::OverviewRequest request;
    request.school = {kSchool};
    request.knownAt = record::LoadId{load};
    request.asAt = day(asAt);
    return valueOf(workspace::overview(*fixture.workspace, request, fixture.task))->overview;
}

indicator::Count pupilsOf(const indicator::Overview& overview, std::string_view id) {
    for (const auto& group : overview.groups)
        for (const auto& figure : group.indicators)
            if (figure.id == id) return figure.figure.pupils;
    FAIL("no indicator " << id);
    return {};
}

/// Every page of a file, decrypted, with free ones and what is between cells: AES-256 in CBC mode under the raw key,
/// the last 80 bytes of a page are its IV and its MAC, the first 16 of the file are the salt.
std::string pagesOf(const fs::path& file, const crypto::Secret& key) {
    constexpr std::size_t kPage = 4096, kReserve = 80, kSalt = 16, kBlock = 16;
    const std::string bytes = valueOf(readFile(file));
    std::string pages;
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    for (std::size_t page = 0; page + kPage <= bytes.size(); page += kPage) {
        const auto* const raw = reinterpret_cast<const unsigned char*>(bytes.data()) + page;
        const std::size_t from = page == 0 ? kSalt : 0;
        std::string plain(kPage - kReserve - from + kBlock, '\0');
        int written = 0;
        REQUIRE(EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), raw + kPage - kReserve) == 1);
        EVP_CIPHER_CTX_set_padding(context, 0);
        REQUIRE(EVP_DecryptUpdate(context, reinterpret_cast<unsigned char*>(plain.data()), &written, raw + from,
                                  static_cast<int>(kPage - kReserve - from)) == 1);
        plain.resize(static_cast<std::size_t>(written));
        pages += plain;
    }
    EVP_CIPHER_CTX_free(context);
    CHECK(pages.size() > kPage);
    return pages;
}

std::vector<fs::path> filesOf(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
}

bool holdsAny(const std::string& bytes, const std::vector<std::string>& markers) {
    return std::ranges::any_of(markers, [&](const std::string& marker) { return bytes.contains(marker); });
}

}  // namespace

TEST_CASE("A purge takes what no other delivery holds and leaves the rest", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto preview = valueOf(custody::previewPurge(
        *fixture.workspace, {deliveryOf(fixture, "police/police_records number 1")}, fixture.task));
    // M0 and X9 lie before April; M1 of May is in the second delivery as well.
    CHECK(preview.core.at("fact") == custody::RowsLeft{.went = 2, .stayed = 2});
    CHECK(preview.core.at("source_person") == custody::RowsLeft{.went = 1, .stayed = 3});
    CHECK(preview.identity.at("name") == custody::RowsLeft{.went = 1, .stayed = 3});
    CHECK(preview.identity.at("address").went == 1);
    CHECK(preview.identity.at("identifier").went == 1);
    CHECK(preview.core.at("roll").went == 0);
    CHECK(preview.personsGone() == 1);
    CHECK(preview.deliveriesWithoutPersons == 0);

    const auto report = purgeFirst(fixture);
    CHECK(report.purge == 1);
    for (const auto& [table, rows] : preview.core) CHECK(report.done.core.at(table) == rows);
    for (const auto& [table, rows] : preview.identity) CHECK(report.done.identity.at(table) == rows);
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    fixture.reopen();
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    // Linking and loading go on from there.
    CHECK_FALSE(valueOf(workspace::summary(*fixture.workspace)).linkIsCurrent);
    fixture.link();
    CHECK(valueOf(workspace::summary(*fixture.workspace)).linkIsCurrent);
    Rows third = secondPolice();
    third.event("M3", "P1", FactKind::MissingEpisode, "2026-07-02", "M");
    fixture.clock->set(day("2026-08-02"));
    fixture.load({fixture.deliver("police", 3, "2026-04-01", "2026-08-01", third)});
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
}

TEST_CASE("After a purge no marker of its rows is in any file, and the old keys open nothing", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto pages = [&](const char* file, const crypto::Secret& key) { return pagesOf(fixture.path / file, key); };
    const auto& keys = fixture.workspace->keyring().keys;
    const auto oldCore = keys.core.clone(), oldIdentity = keys.identity.clone();
    CHECK(pages("core.db", oldCore).contains(kMarkers[4]));
    for (const std::string& marker : {kMarkers[0], kMarkers[1], kMarkers[2], kMarkers[3]})
        CHECK(pages("identity.db", oldIdentity).contains(marker));
    purgeFirst(fixture);
    CHECK_FALSE(holdsAny(pages("core.db", keys.core), kMarkers));
    CHECK_FALSE(holdsAny(pages("identity.db", keys.identity), kMarkers));
    CHECK(pages("identity.db", keys.identity).contains("Pemberthy"));

    std::vector<std::string> secrets = kMarkers;
    for (const crypto::Secret* const key : {&oldCore, &oldIdentity, &keys.core, &keys.identity})
        secrets.emplace_back(key->view().substr(0, 32));
    for (const auto& entry : auditOf(*fixture.workspace))
        for (const auto& [name, text] : entry.entry.details) CHECK_FALSE(holdsAny(name + text, kMarkers));
    for (int round = 0; round < 2; ++round) {
        fixture.workspace.reset();
        std::set<std::string> names;
        for (const fs::path& file : filesOf(fixture.path)) {
            INFO(file);
            CHECK_FALSE(holdsAny(valueOf(readFile(file)), secrets));
            names.insert(file.filename().string());
        }
        CHECK(names.size() == 7);
        CHECK(names.contains("core.db"));
        CHECK(codeOf(store::Database::open(fixture.path / "core.db", oldCore)) == ErrorCode::WrongKey);
        CHECK(codeOf(store::Database::open(fixture.path / "identity.db", oldIdentity)) == ErrorCode::WrongKey);
        fixture.reopen();
    }
}

TEST_CASE("A figure that rested on purged rows says so and is never a smaller number", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto purgedToday = indicator::Count::purged(day("2026-07-03"));
    // As at the end of May: load 1 knew it from the first delivery, load 2 from the second.
    CHECK(pupilsOf(overviewAt(fixture, 1, "2026-05-31"), "missing") == indicator::Count::of(1));
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-05-31"), "missing") == indicator::Count::of(1));
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-02-28"), "missing") == indicator::Count::of(1));
    fixture.clock->set(day("2026-07-03"));
    purgeFirst(fixture);
    CHECK(pupilsOf(overviewAt(fixture, 1, "2026-05-31"), "missing") == purgedToday);
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-05-31"), "missing") == indicator::Count::of(1));
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-02-28"), "missing") == purgedToday);
    CHECK(indicator::shorthand(purgedToday) == "[x] purged on 03/07/2026");
    // The first days of April look back into March.
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-04-10"), "missing").isPurged());

    const auto latest = overviewAt(fixture, 2, "2026-06-30");
    CHECK(pupilsOf(latest, "missing") == indicator::Count::of(1));
    CHECK(latest.onRoll == 2);
    CHECK_FALSE(latest.rollPurgedOn);
    // Quiet days before the window reach into what is gone: what is new cannot be said.
    CHECK(latest.listsPurgedOn == day("2026-07-03"));
    const auto before = overviewAt(fixture, 2, "2026-02-28");
    for (const auto& group : before.groups)
        if (group.id == "events") CHECK(group.figure.pupils == purgedToday);
}

TEST_CASE("A preview names the figures that would say that they were purged, and the days", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto lostWith = [&](std::string_view delivery) {
        return valueOf(custody::previewPurge(*fixture.workspace, {deliveryOf(fixture, delivery)}, fixture.task))
            .figures;
    };
    const auto figures = lostWith("police/police_records number 1");
    const auto missing = std::ranges::find(figures, "missing", &custody::LostFigure::id);
    REQUIRE(missing != figures.end());
    REQUIRE(missing->days.size() == 1);
    CHECK(missing->days.front().from == day("2026-01-01"));
    CHECK_FALSE(missing->isNow);
    CHECK(std::ranges::none_of(figures, [](const auto& figure) { return figure.id == "child_in_care"; }));
    // Each day is what readings say afterwards.
    const Date lastLost = missing->days.front().until - 1;
    CHECK(lastLost >= day("2026-03-31"));
    purgeFirst(fixture);
    CHECK(pupilsOf(overviewAt(fixture, 2, lastLost.iso()), "missing").isPurged());
    CHECK_FALSE(pupilsOf(overviewAt(fixture, 2, (lastLost + 1).iso()), "missing").isPurged());
    // What says so already is not counted again; without the roll every figure says so, today as well.
    const auto withRoll = lostWith("education/school_roll number 1");
    const auto again = std::ranges::find(withRoll, "missing", &custody::LostFigure::id);
    REQUIRE(again != withRoll.end());
    CHECK(again->isNow);
    CHECK(again->days.back().isOpen());
    CHECK(std::ranges::none_of(again->days, [&](const Interval& days) { return days.contains(lastLost); }));
    CHECK(withRoll.size() > figures.size());
}

TEST_CASE("Without a roll every figure says that it was purged", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    valueOf(custody::purge(*fixture.workspace,
                           {{deliveryOf(fixture, "education/school_roll number 1")}, std::string(kReason)}, alone(),
                           fixture.task));
    const auto overview = overviewAt(fixture, 2, "2026-06-30");
    CHECK(overview.rollPurgedOn == day("2026-07-01"));
    for (const auto& group : overview.groups) CHECK(group.figure.pupils.isPurged());
}

TEST_CASE("A purge takes a steward and an officer, and everybody else keeps their access", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto passphraseOf = [](std::string_view name) {
        return crypto::Secret::copyOf(std::string(name) + " rows the boat alone");
    };
    const std::vector<std::pair<std::string, access::Role>> people{{"Olive", access::Role::KeyOfficer},
                                                                   {"Stan", access::Role::DataSteward},
                                                                   {"Gwen", access::Role::GovernanceAuditor},
                                                                   {"Ana", access::Role::Analyst}};
    for (const auto& [name, role] : people) {
        const auto passphrase = passphraseOf(name);
        valueOf(workspace::addUser(
            *fixture.workspace, alone(),
            {.name = name, .roles = {role}, .passphrase = passphrase, .cost = access::KdfPolicy::testCost()}));
    }
    const auto open = [&](const std::string& name) {
        fixture.workspace.reset();
        const auto passphrase = passphraseOf(name);
        fixture.workspace = valueOf(workspace::Workspace::open(fixture.path, {passphrase, name}, fixture.resources,
                                                               fixture.clock, access::KdfPolicy::forTests()));
    };
    open("Olive");
    valueOf(workspace::retireUser(*fixture.workspace, "Test analyst"));
    open("Stan");
    const custody::PurgeRequest request{{deliveryOf(fixture, "police/police_records number 1")}, std::string(kReason)};
    const auto with = [&](const std::string& name) {
        const auto passphrase = passphraseOf(name);
        workspace::SecondPerson second = alone();
        second.credentials.emplace(workspace::Credentials{passphrase, name});
        return custody::purge(*fixture.workspace, request, second, fixture.task);
    };
    const std::string before = fixture.content();
    CHECK(codeOf(custody::purge(*fixture.workspace, request, alone(), fixture.task)) == ErrorCode::Denied);
    CHECK(codeOf(with("Ana")) == ErrorCode::Denied);
    CHECK(codeOf(with("Stan")) == ErrorCode::Denied);
    CHECK(fixture.content() == before);
    CHECK(filesOf(fixture.path).size() == 7);
    const auto report = valueOf(with("Olive"));
    const std::string text = valueOf(custody::certificate(*fixture.workspace, report.purge));
    for (const std::string_view part : {"Stan (", "Olive (", "police/police_records number 1", "core.fact",
                                        "identity.name", "retention ended in June", "(done)"}) {
        INFO(text);
        CHECK(text.contains(part));
    }
    CHECK_FALSE(holdsAny(text, kMarkers));
    const auto past = valueOf(custody::purges(*fixture.workspace));
    REQUIRE(past.size() == 1);
    CHECK(past[0].doneBy == "Stan");
    CHECK(past[0].second == "Olive");
    CHECK(past[0].deliveries == std::vector<std::string>{"police/police_records number 1"});
    CHECK(past[0].rowsWent == report.done.rows().went);
    CHECK(past[0].intent > 0);
    REQUIRE(past[0].done.has_value());
    CHECK(*past[0].done > past[0].intent);
    CHECK(codeOf(custody::certificate(*fixture.workspace, 7)) == ErrorCode::NotFound);
    for (const auto& [name, role] : people) open(name);
    CHECK(pupilsOf(overviewAt(fixture, 2, "2026-06-30"), "missing") == indicator::Count::of(1));
    CHECK(codeOf(custody::purge(*fixture.workspace, request, alone(), fixture.task)) == ErrorCode::Denied);
    CHECK(codeOf(custody::previewPurge(*fixture.workspace, request.deliveries, fixture.task)) == ErrorCode::Denied);
    open("Gwen");
    CHECK(codeOf(custody::purges(*fixture.workspace)) == ErrorCode::Denied);
    bool found = false;
    for (const auto& record : auditOf(*fixture.workspace))
        found |= record.entry.verb == audit::Verb::Erasure && record.entry.state == audit::State::Done &&
                 !record.entry.secondActor.empty();
    CHECK(found);
}

TEST_CASE("What is due is listed, a purge is refused where it makes no sense, and nothing comes back", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    auto list = valueOf(custody::retention(*fixture.workspace));
    REQUIRE(list.size() == 3);
    CHECK(custody::dueOf(list).empty());
    CHECK(std::ranges::none_of(list, &custody::DeliveryEnd::isReplaced));
    fixture.clock->set(day("2027-06-30"));
    CHECK(custody::dueOf(valueOf(custody::retention(*fixture.workspace))).empty());
    CHECK(valueOf(custody::retention(*fixture.workspace))[0].daysLeft == 0);
    fixture.clock->set(day("2027-07-01"));
    CHECK(valueOf(custody::retention(*fixture.workspace))[0].daysLeft == -1);
    CHECK(custody::dueOf(valueOf(custody::retention(*fixture.workspace))).size() == 3);

    const auto first = deliveryOf(fixture, "police/police_records number 1");
    const auto refused = [&](std::vector<record::DeliveryId> deliveries, const std::string& reason) {
        return codeOf(custody::purge(*fixture.workspace, {std::move(deliveries), reason}, alone(), fixture.task));
    };
    CHECK(refused({}, std::string(kReason)) == ErrorCode::InvalidArgument);
    CHECK(refused({{99}}, std::string(kReason)) == ErrorCode::NotFound);
    CHECK(refused({first}, "due") == ErrorCode::InvalidArgument);
    purgeFirst(fixture);
    CHECK(refused({first}, std::string(kReason)) == ErrorCode::InvalidArgument);
    list = valueOf(custody::retention(*fixture.workspace));
    CHECK(std::ranges::count_if(list, [](const auto& one) { return one.purgedOn == day("2027-07-01"); }) == 1);
    CHECK(custody::dueOf(list).size() == 2);

    fixture.clock->set(day("2026-07-05"));
    const auto again = workspace::load(*fixture.workspace, {fixture.folder / "police_001.fxt"}, fixture.task);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::AlreadyLoaded);
    CHECK(again.error().detail.contains("purged on 01/07/2027"));
}

TEST_CASE("A purge that is stopped or finds no room leaves everything as it was", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const std::string before = fixture.content();
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    const auto first = deliveryOf(fixture, "police/police_records number 1");
    CHECK(codeOf(custody::purge(*fixture.workspace, {{first}, std::string(kReason)}, alone(), stopped)) ==
          ErrorCode::Cancelled);
    // Something is in the way of the new file.
    fs::create_directories(fixture.path / "identity.db.epoch-2" / "in the way");
    CHECK_FALSE(custody::purge(*fixture.workspace, {{first}, std::string(kReason)}, alone(), fixture.task));
    fs::remove_all(fixture.path / "identity.db.epoch-2");
    CHECK(fixture.content() == before);
    fixture.reopen();
    CHECK(fixture.content() == before);
    CHECK(filesOf(fixture.path).size() == 7);
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    purgeFirst(fixture);
}

TEST_CASE("What readers decided about a purged record goes with it, reason and all", "[custody]") {
    WorkspaceFixture fixture;
    fill(fixture);
    const auto recordOf = [&](std::string_view reference) {
        auto query =
            valueOf(fixture.workspace->identity().prepare("SELECT min(source_person) FROM person_ref WHERE ref = ?1"));
        query.bind(1, reference);
        REQUIRE(valueOf(query.next()));
        return query.integer(0);
    };
    const auto insert = [&](std::int64_t a, std::int64_t b, std::string_view reason) {
        valueOf(fixture.workspace->identity().execute(
            fmt::format("INSERT INTO decision (a, b, verdict, reader, at_ms, reason, after_run) "
                        "VALUES ({}, {}, 'different', 'reader', 0, '{}', 1)",
                        std::min(a, b), std::max(a, b), reason)));
    };
    insert(recordOf(kMarkers[1]), recordOf("P1"), kMarkers[0]);
    insert(recordOf("P1"), recordOf("E1"), "looked at both");
    purgeFirst(fixture);
    auto left = valueOf(fixture.workspace->identity().prepare("SELECT reason FROM decision"));
    REQUIRE(valueOf(left.next()));
    CHECK(left.text(0) == "looked at both");
    CHECK_FALSE(valueOf(left.next()));
    left.reset();
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
}

TEST_CASE("Somebody has said of every table which of its rows go", "[custody]") {
    WorkspaceFixture fixture;
    const auto sieve =
        valueOf(custody::Sieve::open({fixture.workspace->core(), fixture.workspace->identity()}, {}, fixture.task));
    for (store::Database* const database : {&fixture.workspace->core(), &fixture.workspace->identity()})
        for (const std::string& table : valueOf(custody::copiedTables(*database))) {
            INFO(table);
            CHECK(sieve.keeps(*database, table).has_value());
        }
    CHECK(codeOf(sieve.keeps(fixture.workspace->core(), "no_such_table")) == ErrorCode::Internal);
}
