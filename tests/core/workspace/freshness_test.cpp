// Row digests in the audit log: older pages and files put back under the same key are found.

#include "core/workspace/freshness.h"

#include <random>
#include <set>
#include <stop_token>

#include <fmt/format.h>

#include "core/base/sanitizer.h"
#include "core/workspace/definition_register.h"
#include "core/workspace/relink.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

// The covered tables: written down again, so that one that the digests forget shows.
const std::set<std::string> kCoreTables{"delivery",    "fact",
                                        "fact_reach",  "family_edge",
                                        "load",        "membership",
                                        "merge_split", "pending_link",
                                        "roll",        "run",
                                        "school",      "source_person",
                                        "dataset",     "birth_month_before",
                                        "mention",     "purge",
                                        "purge_count", "purged_delivery",
                                        "definition",  "definition_change",
                                        "link_model",  "link_model_event",
                                        "fact_kind"};
const std::set<std::string> kIdentityTables{"address",      "family_member", "identifier",   "intake_key",
                                            "joining_link", "kept_pair",     "kept_state",   "link",
                                            "name",         "person_ref",    "relationship", "decision"};
constexpr std::size_t kPage = 4096;
/// Of each file; what a sanitizer could say of one it says of the first few hundred.
constexpr int kSplices = FAIRLEAD_SANITIZED == 1 ? 500 : 5'000;
constexpr int kCrowd = 150;

void open(WorkspaceFixture& fixture) {
    fixture.workspace = valueOf(workspace::Workspace::open(fixture.path, {fixture.passphrase}, fixture.resources,
                                                           fixture.clock, access::KdfPolicy::forTests()));
}

workspace::Freshness fresh(WorkspaceFixture& fixture) {
    return valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task));
}

std::set<std::string> tablesOf(store::Database& database) {
    std::set<std::string> tables;
    auto query = valueOf(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'"));
    while (valueOf(query.next())) {
        if (!query.text(0).starts_with("sqlite_")) tables.emplace(query.text(0));
    }
    return tables;
}

/// The rows of the covered tables as text; nothing where a page cannot be read.
std::optional<std::string> rowsOf(store::Database& database, const std::set<std::string>& tables) {
    std::string rows;
    for (const std::string& table : tables) {
        auto columns = database.prepare(fmt::format("SELECT count(*) FROM pragma_table_info('{}')", table));
        auto query = database.prepare(fmt::format("SELECT * FROM {} NOT INDEXED", table));
        if (!columns || !query || !columns->next().value_or(false)) return std::nullopt;
        const auto count = static_cast<int>(columns->integer(0));
        while (true) {
            const auto more = query->next();
            if (!more) return std::nullopt;
            if (!*more) break;
            rows += table;
            for (int i = 0; i < count; ++i)
                rows += query->isNull(i) ? std::string("|NULL") : fmt::format("|{}", query->text(i));
            rows += '\n';
        }
    }
    return rows;
}

struct Versions {
    std::string now;
    std::vector<std::string> older;
    /// Where an older version is not as now: its number and the page.
    std::vector<std::pair<std::size_t, std::size_t>> differing;
};

void findDiffering(Versions& versions) {
    for (std::size_t number = 0; number < versions.older.size(); ++number) {
        const std::string& older = versions.older[number];
        for (std::size_t at = 0; at + kPage <= std::min(versions.now.size(), older.size()); at += kPage) {
            if (versions.now.compare(at, kPage, older, at, kPage) != 0) versions.differing.emplace_back(number, at);
        }
    }
}

/// Puts one to four pages of older versions into the file of now.
std::string spliced(const Versions& versions, std::mt19937& random) {
    auto bytes = versions.now;
    for (auto left = 1 + random() % 4; left > 0; --left) {
        const auto [number, at] = versions.differing[random() % versions.differing.size()];
        bytes.replace(at, kPage, versions.older[number], at, kPage);
    }
    return bytes;
}

/// A later delivery of education's: one pupil moves school, one name is corrected; with as many more as make tables
/// of several pages, some of whom move with each delivery.
std::filesystem::path deliverLater(WorkspaceFixture& fixture, int sequence = 2, int crowd = 0) {
    Rows later;
    for (int i = 0; i < crowd; ++i) {
        const std::string ref = fmt::format("N{}", i);
        later.person(ref, fmt::format("Given{}", i), fmt::format("Family{}", i / 2), "2012-05-06")
            .home(ref, fmt::format("1000123{:05}", i + (i % 7 == 0 ? sequence : 0)))
            .roll(ref, i % 5 == 0 ? 107000 + sequence - 1 : kSchool, "9", "2024-09-01");
    }
    later.school(kSchool, "Harbour School").school(107002, "Hill School");
    later.person("E1", "Amelia Rose", "Okafor-Whitby", "2011-03-14").home("E1", "100012345699");
    later.person("E2", "Samuel", "Okafor", "2013-09-02", "M").home("E2", "100012345671");
    later.roll("E1", kSchool, "10", "2023-09-01").roll("E2", 107002, "7", "2026-02-01");
    return fixture.deliver("education", sequence, "2023-09-01", "2026-07-01", later);
}

/// Files of four states of a workspace: loaded, linked, with a second load linked, and with a third, which is how it
/// stays.
std::map<std::string, Versions> fileVersions(WorkspaceFixture& fixture) {
    std::map<std::string, Versions> files;
    const auto keep = [&](bool isNow) {
        fixture.workspace.reset();
        for (const std::string name : {"core.db", "identity.db"}) {
            auto bytes = bytesOf(fixture.path / name);
            if (isNow) {
                files[name].now = std::move(bytes);
            } else {
                files[name].older.push_back(std::move(bytes));
            }
        }
        open(fixture);
    };
    fixture.load(deliverSmallTown(fixture));
    keep(false);
    fixture.link();
    keep(false);
    fixture.load({deliverLater(fixture, 2, kCrowd)});
    fixture.link();
    keep(false);
    fixture.load({deliverLater(fixture, 3, kCrowd)});
    fixture.link();
    keep(true);
    for (auto& [name, versions] : files) findDiffering(versions);
    return files;
}

struct Databases {
    store::Database* core;
    store::Database* identity;
};

/// What one file holds and what the digests say; nothing where a page cannot be read.
struct Reading {
    std::optional<std::string> rows;
    std::optional<std::pair<workspace::RowDigests, workspace::RowDigests>> digests;
};

Reading readingOf(const Databases& both, bool ofCore, const TaskContext& task) {
    Reading reading;
    reading.rows = rowsOf(ofCore ? *both.core : *both.identity, ofCore ? kCoreTables : kIdentityTables);
    const auto batch = workspace::batchDigests(*both.core, *both.identity, task);
    auto registers = workspace::registerDigests(*both.core);
    const auto decisions = workspace::decisionDigests(*both.identity);
    if (!batch || !registers || !decisions) return reading;
    registers->insert(decisions->begin(), decisions->end());
    reading.digests = std::pair{*batch, *registers};
    return reading;
}

}  // namespace

TEST_CASE("Every table of a workspace is covered by digests, or named as one that is not", "[workspace]") {
    WorkspaceFixture fixture;
    auto& core = fixture.workspace->core();
    auto& identity = fixture.workspace->identity();
    std::set<std::string> known;
    for (const auto& [table, digest] : valueOf(workspace::batchDigests(core, identity, fixture.task)))
        known.insert(table);
    for (const auto& [table, digest] : valueOf(workspace::registerDigests(core))) CHECK(known.insert(table).second);
    for (const auto& [table, digest] : valueOf(workspace::decisionDigests(identity))) CHECK(known.insert(table).second);
    std::set<std::string> there;
    for (const auto& [file, database] : {std::pair{"core", &core}, std::pair{"identity", &identity}}) {
        for (const std::string& table : tablesOf(*database)) {
            if (!workspace::isUncovered(table)) there.insert(fmt::format("{}.{}", file, table));
        }
    }
    CHECK(known == there);
}

TEST_CASE("A workspace is fresh after whatever is done in it", "[workspace]") {
    WorkspaceFixture fixture;
    CHECK(fresh(fixture).batchEntry == 0);
    CHECK(fresh(fixture).differing.empty());
    fixture.load(deliverSmallTown(fixture));
    CHECK(fresh(fixture).isFresh);
    fixture.link();
    CHECK(fresh(fixture).isFresh);
    fixture.reopen();
    CHECK(fresh(fixture).isFresh);
    const auto before = fresh(fixture).registerEntry;
    valueOf(workspace::changeStatus(
        *fixture.workspace, {{"missing", 2}, indicator::DefinitionStatus::Approved, "agreed by the board in June"}));
    CHECK(fresh(fixture).isFresh);
    CHECK(fresh(fixture).registerEntry > before);
    fixture.load({deliverLater(fixture)});
    CHECK(fresh(fixture).isFresh);
    // A load that comes to nothing leaves everything as it was.
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    CHECK_FALSE(workspace::relink(*fixture.workspace, stopped).has_value());
    CHECK(fresh(fixture).isFresh);
}

TEST_CASE("A row changed behind the log's back is found in its table", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const auto changed = [&](store::Database& database, std::string_view sql, std::string_view undo) {
        valueOf(database.execute(sql));
        auto found = fresh(fixture);
        CHECK_FALSE(found.isFresh);
        CHECK_FALSE(found.wasInterrupted);
        valueOf(database.execute(undo));
        CHECK(fresh(fixture).isFresh);
        return found.differing;
    };
    using Tables = std::vector<std::string>;
    auto& core = fixture.workspace->core();
    CHECK(changed(core, "UPDATE fact SET code = code || 'x'",
                  "UPDATE fact SET code = substr(code, 1, length(code) - 1)") == Tables{"core.fact"});
    CHECK(changed(core, "UPDATE definition SET from_load = from_load + 1",
                  "UPDATE definition SET from_load = from_load - 1") == Tables{"core.definition"});
    CHECK(changed(fixture.workspace->identity(), "UPDATE name SET surname = surname || ' '",
                  "UPDATE name SET surname = substr(surname, 1, length(surname) - 1)") == Tables{"identity.name"});
}

TEST_CASE("Pages of older versions put back under the same key are found when they change a row", "[workspace]") {
    WorkspaceFixture fixture;
    auto files = fileVersions(fixture);
    CHECK(fresh(fixture).isFresh);
    auto& core = fixture.workspace->core();
    auto& identity = fixture.workspace->identity();
    const auto& keys = fixture.workspace->keyring().keys;
    std::mt19937 random(20261122);
    for (const bool isCore : {true, false}) {
        const std::string name = isCore ? "core.db" : "identity.db";
        const auto path = fixture.folder / name;
        const Reading now = readingOf({&core, &identity}, isCore, fixture.task);
        int changedRows = 0;
        std::set<std::string> different;
        for (int i = 0; i < kSplices; ++i) {
            const auto bytes = spliced(files[name], random);
            different.insert(crypto::sha256(bytes));
            writeBytes(path, bytes);
            auto opened = store::Database::openReadOnly(path, isCore ? keys.core : keys.identity);
            if (!opened) continue;  // found by opening it
            const Databases both{isCore ? &*opened : &core, isCore ? &identity : &*opened};
            const Reading then = readingOf(both, isCore, fixture.task);
            INFO(name << " splice " << i);
            REQUIRE(then.rows.has_value() == then.digests.has_value());
            if (!then.rows) continue;  // found by reading it
            changedRows += then.rows == now.rows ? 0 : 1;
            REQUIRE((then.digests == now.digests) == (then.rows == now.rows));
        }
        // It would prove nothing if the pages held no rows.
        CHECK(changedRows > kSplices / 8);
        // Nor if they were the same few over and over.
        CHECK(different.size() > kSplices / 3);
    }
}

TEST_CASE("An older database put back whole is found", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    fixture.workspace.reset();
    for (const std::string name : {"core.db", "identity.db"})
        writeBytes(fixture.folder / name, bytesOf(fixture.path / name));
    open(fixture);
    fixture.load({deliverLater(fixture)});
    for (const std::string name : {"identity.db", "core.db"}) {
        fixture.workspace.reset();
        writeBytes(fixture.path / name, bytesOf(fixture.folder / name));
        open(fixture);
        const auto found = fresh(fixture);
        CHECK_FALSE(found.isFresh);
        CHECK_FALSE(found.differing.empty());
    }
}

TEST_CASE("A row changed behind the log's back still shows after a further load and run", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    valueOf(fixture.workspace->core().execute("UPDATE fact SET code = code || 'x'"));
    valueOf(fixture.workspace->identity().execute("DELETE FROM address WHERE source_person % 2 = 0"));
    fixture.load({deliverLater(fixture)});
    fixture.link();
    fixture.reopen();
    CHECK(fresh(fixture).differing == std::vector<std::string>{"core.fact", "identity.address"});
}
