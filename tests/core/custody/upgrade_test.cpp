// A workspace of an older format: refused where it lies, upgraded as a copy.

#include "core/custody/upgrade.h"

#include <stop_token>

#include "core/base/file.h"
#include "core/workspace/freshness.h"
#include "core/workspace/schema.h"
#include "core/workspace/users.h"
#include "tests/core/workspace/second_person.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

namespace fs = std::filesystem;

/// Every file but the lock, which says who tried.
std::map<std::string, std::string> bytesIn(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().filename() != "lock")
            files[fs::relative(entry.path(), folder).string()] = valueOf(readFile(entry.path()));
    return files;
}

/// What every later version has added is empty or made anew.
std::string rowsOf(WorkspaceFixture& fixture) {
    std::string rows;
    for (const auto& [table, digest] :
         valueOf(workspace::batchDigests(fixture.workspace->core(), fixture.workspace->identity(), fixture.task)))
        if (!table.ends_with(".mention") && !table.contains(".kept_") && !table.contains("joining_"))
            rows += table + " " + digest + "\n";
    return rows;
}

Result<custody::Upgrade> upgradeTo(WorkspaceFixture& fixture, const fs::path& to, std::string_view user = {}) {
    return custody::upgrade({.folder = fixture.path,
                             .to = to,
                             .credentials = {fixture.passphrase, std::string(user)},
                             .resources = fixture.resources,
                             .policy = access::KdfPolicy::forTests()},
                            fixture.clock, fixture.task);
}

/// Alters the copy as a step with a mistake would: it is asked for the time once the old rows are known, when the copy
/// is about to be opened.
class MeddlingClock final : public Clock {
public:
    MeddlingClock(fs::path copy, std::function<void(const fs::path&)> meddle)
        : m_copy(std::move(copy)), m_meddle(std::move(meddle)) {}
    [[nodiscard]] std::int64_t nowMs() const override {
        if (!m_hasMeddled && fs::exists(m_copy / "core.db")) {
            m_hasMeddled = true;
            m_meddle(m_copy);
        }
        return day("2026-07-01").days * std::int64_t{86'400'000};
    }
    [[nodiscard]] bool hasMeddled() const { return m_hasMeddled; }

private:
    fs::path m_copy;
    std::function<void(const fs::path&)> m_meddle;
    mutable bool m_hasMeddled = false;
};

}  // namespace

TEST_CASE("An older workspace is not opened where it lies, and its upgraded copy holds every row", "[custody][T-R5]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const std::string before = rowsOf(fixture);
    fixture.becomeOld();
    const auto old = bytesIn(fixture.path);
    const auto refused = workspace::Workspace::open(fixture.path, {fixture.passphrase}, fixture.resources,
                                                    fixture.clock, access::KdfPolicy::forTests());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::OlderFormat);
    CHECK(refused.error().subject == "core.db");
    CHECK(bytesIn(fixture.path) == old);

    const fs::path to = custody::upgradedName(fixture.path);
    CHECK(to == fixture.folder / fmt::format("town-format-{}.fairlead", workspace::kSchemaVersion));
    const auto done = valueOf(upgradeTo(fixture, to));
    CHECK(done.fromVersion == 2);
    CHECK(done.tables > 10);
    CHECK(bytesIn(fixture.path) == old);
    CHECK_FALSE(fs::exists(to.string() + ".part"));
    fixture.path = to;
    fixture.reopen();
    CHECK(rowsOf(fixture) == before);
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    CHECK(valueOf(audit::AuditLog::verify(to / "audit")).intact);
    fixture.link();
    // There is nothing to do a second time.
    fixture.workspace.reset();
    const auto again = upgradeTo(fixture, fixture.folder / "again.fairlead");
    CHECK(codeOf(again) == ErrorCode::AlreadyExists);
    CHECK(again.error().subject == to.filename().string());
    CHECK_FALSE(fs::exists(fixture.folder / "again.fairlead"));
}

TEST_CASE("An upgrade that is refused or stopped leaves the old workspace and nothing else", "[custody][T-R6]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto ana = crypto::Secret::copyOf("Ana rows the boat alone");
    valueOf(workspace::addUser(
        *fixture.workspace, alone(),
        {.name = "Ana", .roles = {access::Role::Analyst}, .passphrase = ana, .cost = access::KdfPolicy::testCost()}));
    const fs::path to = fixture.folder / "new.fairlead";
    CHECK(codeOf(upgradeTo(fixture, to)) == ErrorCode::Busy);  // Somebody has it open.
    fixture.becomeOld();
    const auto old = bytesIn(fixture.path);
    CHECK(codeOf(upgradeTo(fixture, fixture.folder / "keys")) == ErrorCode::AlreadyExists);
    CHECK(codeOf(upgradeTo(fixture, to, "Ana")) == ErrorCode::WrongKey);
    const auto asAna = custody::upgrade({.folder = fixture.path,
                                         .to = to,
                                         .credentials = {ana, "Ana"},
                                         .resources = fixture.resources,
                                         .policy = access::KdfPolicy::forTests()},
                                        fixture.clock, fixture.task);
    CHECK(codeOf(asAna) == ErrorCode::Denied);
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    CHECK(codeOf(custody::upgrade({.folder = fixture.path,
                                   .to = to,
                                   .credentials = {fixture.passphrase},
                                   .resources = fixture.resources,
                                   .policy = access::KdfPolicy::forTests()},
                                  fixture.clock, stopped)) == ErrorCode::Cancelled);
    CHECK_FALSE(fs::exists(to));
    CHECK_FALSE(fs::exists(to.string() + ".part"));
    CHECK(bytesIn(fixture.path) == old);
    // What a broken-off one left is in nobody's way.
    fs::create_directories(to.string() + ".part/audit");
    writeBytes(to.string() + ".part/core.db", "half of it");
    valueOf(upgradeTo(fixture, to));
    CHECK_FALSE(fs::exists(to.string() + ".part"));
}

TEST_CASE("An upgrade that loses or changes a row is refused, and leaves the old workspace and nothing else",
          "[custody][T-R6]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const access::FileKeys& keys = fixture.workspace->keyring().keys;
    const std::array both{std::pair("core.db", keys.core.clone()), std::pair("identity.db", keys.identity.clone())};
    fixture.becomeOld();
    {
        auto core = valueOf(store::Database::open(fixture.path / "core.db", both.front().second));
        valueOf(core.execute("INSERT INTO decision VALUES (1, 9, 3, 'same', 'reader', 1, 'looked at both', 1, NULL)"));
    }
    const auto old = bytesIn(fixture.path);
    const fs::path to = fixture.folder / "new.fairlead";
    struct Loss {
        std::size_t file;
        std::string_view table, deed;
    };
    for (const auto& [file, table, deed] :
         {Loss{0, "fact", "DELETE FROM fact WHERE id = (SELECT max(id) FROM fact)"},
          Loss{0, "delivery", "UPDATE delivery SET purpose = 'another one'"},
          Loss{0, "decision", "DELETE FROM decision"},
          Loss{1, "person_ref", "UPDATE person_ref SET ref = ref || 'x' WHERE ref = 'E1'"}}) {
        INFO(deed);
        const MeddlingClock clock(to.string() + ".part", [&](const fs::path& copy) {
            auto database = valueOf(store::Database::open(copy / both.at(file).first, both.at(file).second));
            valueOf(database.execute(deed));
        });
        const auto refused =
            custody::upgrade({.folder = fixture.path,
                              .to = to,
                              .credentials = {fixture.passphrase},
                              .resources = fixture.resources,
                              .policy = access::KdfPolicy::forTests()},
                             std::shared_ptr<const Clock>(std::shared_ptr<void>(), &clock), fixture.task);
        CHECK(clock.hasMeddled());
        REQUIRE(codeOf(refused) == ErrorCode::Corrupt);
        CHECK(refused.error().subject == table);
        CHECK(refused.error().detail == "the upgraded copy has other rows");
        CHECK_FALSE(fs::exists(to));
        CHECK_FALSE(fs::exists(to.string() + ".part"));
        CHECK(bytesIn(fixture.path) == old);
    }
    valueOf(upgradeTo(fixture, to));
}

TEST_CASE("What a broken-off load left in an older workspace is settled in the copy", "[custody]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const std::string before = rowsOf(fixture);
    valueOf(
        fixture.workspace->identity().execute("INSERT INTO person_ref SELECT source_person + 1000, 'of no load', 2 "
                                              "FROM person_ref ORDER BY source_person DESC LIMIT 1"));
    valueOf(fixture.workspace->identity().execute("UPDATE setting SET value = '2' WHERE name = 'last_load'"));
    fixture.becomeOld();
    const fs::path to = fixture.folder / "new.fairlead";
    valueOf(upgradeTo(fixture, to));
    fixture.path = to;
    fixture.reopen();
    CHECK(rowsOf(fixture) == before);
}

TEST_CASE("Readers' decisions of an older workspace come along into identity.db", "[custody]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const crypto::Secret key = fixture.workspace->keyring().keys.core.clone();
    const auto linkedMs = fixture.clock->nowMs();
    fixture.becomeOld();
    {
        auto core = valueOf(store::Database::open(fixture.path / "core.db", key));
        valueOf(core.execute(
            fmt::format("INSERT INTO decision VALUES (1, 9, 3, 'same', 'reader', {}, 'looked at both', 1, {}),"
                        "(2, 3, 9, 'different', 'reader', {}, 'looked again', 1, NULL)",
                        linkedMs - 1, linkedMs, linkedMs)));
    }
    const fs::path to = fixture.folder / "new.fairlead";
    valueOf(upgradeTo(fixture, to));
    fixture.path = to;
    fixture.reopen();
    auto rows = valueOf(fixture.workspace->identity().prepare(
        "SELECT a, b, verdict, reader, reason, after_run, withdrawn_after_run FROM decision ORDER BY id"));
    std::string text;
    while (valueOf(rows.next()))
        text += fmt::format("{} {} {} {} {} {} {}\n", rows.integer(0), rows.integer(1), rows.text(2), rows.text(3),
                            rows.text(4), rows.integer(5), rows.isNull(6) ? "NULL" : rows.text(6));
    CHECK(text == "3 9 same reader looked at both 0 1\n3 9 different reader looked again 1 NULL\n");
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    CHECK_FALSE(fixture.workspace->core().prepare("SELECT 1 FROM decision").has_value());
}
