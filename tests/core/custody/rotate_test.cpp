#include "core/custody/rotate.h"

#include <algorithm>
#include <stop_token>

#include <catch2/catch_all.hpp>

#include "core/audit/log.h"
#include "core/base/file.h"
#include "core/workspace/freshness.h"
#include "core/workspace/reveal.h"
#include "core/workspace/summary.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using access::FileKey;
using workspace::Workspace;

namespace {

struct Rotated {
    Unit unit;
    std::filesystem::path folder = unit.fixture.folder / "new.fairlead";
    crypto::Secret core, identity, audit;  ///< As they were before.
    custody::RotationReport report;

    Rotated() {
        Workspace& stan = unit.open("Stan");
        core = stan.keyring().keys.core.clone();
        identity = stan.keyring().keys.identity.clone();
        audit = stan.keyring().keys.audit.clone();
        const Seconder olive("Olive");
        report = valueOf(custody::rotate(stan, olive.person, folder, unit.fixture.task));
    }
    [[nodiscard]] std::shared_ptr<Workspace> open(std::string_view name) const {
        const auto passphrase = passphraseOf(name);
        return valueOf(Workspace::open(folder, {passphrase, std::string(name)}, unit.fixture.resources,
                                       unit.fixture.clock, access::KdfPolicy::forTests()));
    }
};

}  // namespace

TEST_CASE("After a rotation everybody opens the new folder with their passphrase, and old keys open nothing there",
          "[custody]") {
    Rotated rotated;
    CHECK(rotated.report.rows > 0);
    CHECK(rotated.report.tables > 20);
    for (const auto& [name, role] : kUnitPeople) {
        INFO(name);
        const auto opened = rotated.open(name);
        for (const FileKey key : access::kFileKeys) CHECK(opened->holds(key) == access::holds({role}, key));
    }
    const auto stan = rotated.open("Stan");
    const access::FileKeys& keys = stan->keyring().keys;
    CHECK(keys.core.view() != rotated.core.view());
    CHECK(keys.identity.view() != rotated.identity.view());
    CHECK(keys.audit.view() != rotated.audit.view());
    CHECK_FALSE(store::Database::openReadOnly(rotated.folder / "core.db", rotated.core).has_value());
    CHECK_FALSE(store::Database::openReadOnly(rotated.folder / "identity.db", rotated.identity).has_value());
    CHECK_FALSE(audit::AuditLog::read(rotated.folder / "audit", {&rotated.audit}).has_value());
    // And new keys open nothing of the old.
    CHECK_FALSE(store::Database::openReadOnly(rotated.unit.fixture.path / "core.db", keys.core).has_value());
    // No byte of an old page is in a new file: pages of the old core.db do not occur in it.
    const std::string before = valueOf(readFile(rotated.unit.fixture.path / "core.db"));
    const std::string after = valueOf(readFile(rotated.folder / "core.db"));
    for (std::size_t page = 0; page + 4096 <= before.size(); page += 4096)
        CHECK_FALSE(after.contains(before.substr(page + 512, 64)));
}

TEST_CASE("Every row is in the new folder, and the new log says so and names the old one", "[custody]") {
    Rotated rotated;
    auto stan = rotated.open("Stan");
    CHECK(valueOf(workspace::checkFreshness(*stan, rotated.unit.fixture.task)).isFresh);
    const auto figures = valueOf(workspace::summary(*stan));
    Workspace& old = rotated.unit.open("Stan");
    CHECK(valueOf(workspace::checkFreshness(old, rotated.unit.fixture.task)).isFresh);
    CHECK(valueOf(workspace::summary(old)).sourcePersons == figures.sourcePersons);
    // The old log lies beside the new one, sound, and the new one bears its root.
    const auto before = valueOf(audit::AuditLog::verify(rotated.folder / "audit-before-1"));
    CHECK(before.intact);
    CHECK(before.entries == rotated.report.logEntries);
    stan.reset();
    const auto gwen = rotated.open("Gwen");
    const auto records = auditOf(*gwen);
    const auto link = std::ranges::find_if(
        records, [](const audit::Record& record) { return record.entry.marks.contains("before_root"); });
    REQUIRE(link != records.end());
    CHECK(link->sequence == 2);
    CHECK(link->entry.objectSha256 == before.head.root);
    CHECK(link->entry.details.at("before_log") == before.origin);
    CHECK_FALSE(link->entry.secondActor.empty());
    CHECK(valueOf(audit::AuditLog::verify(rotated.folder / "audit")).intact);
    // The workspace that was open has the act from intent to end, by both.
    const auto olds = auditOf(rotated.unit.open("Gwen"));
    const auto intent = std::ranges::find_if(olds, [](const audit::Record& record) {
        const auto what = record.entry.details.find("what");
        return what != record.entry.details.end() && what->second == "keys rotated into a new folder";
    });
    REQUIRE(intent != olds.end());
    CHECK(intent->entry.state == audit::State::Intent);
    CHECK(intent->sequence == before.entries);
    const auto done = std::ranges::find(olds, intent->sequence, [](const auto& record) { return record.entry.about; });
    REQUIRE(done != olds.end());
    CHECK(done->entry.state == audit::State::Done);
    CHECK(done->entry.secondActor == link->entry.secondActor);
}

TEST_CASE("A rotation is a steward's and a key officer's, into a folder that is not there", "[custody]") {
    Unit unit;
    const auto folder = unit.fixture.folder / "new.fairlead";
    for (const auto& [name, role] : kUnitPeople) {
        if (name == "Stan") continue;
        INFO(name);
        const Seconder stan("Stan");
        CHECK(isDenied(custody::rotate(unit.open(name), stan.person, folder, unit.fixture.task)));
        const Seconder other(name);
        const auto asSecond = custody::rotate(unit.open("Stan"), other.person, folder, unit.fixture.task);
        CHECK(asSecond.has_value() == (name == "Olive"));
        if (name != "Olive") CHECK(codeOf(asSecond) == ErrorCode::Denied);
        CHECK(std::filesystem::exists(folder) == (name == "Olive"));
        std::filesystem::remove_all(folder);
    }
    Workspace& stan = unit.open("Stan");
    CHECK(codeOf(custody::rotate(stan, {}, folder, unit.fixture.task)) == ErrorCode::Denied);
    const Seconder olive("Olive");
    CHECK(codeOf(custody::rotate(stan, olive.person, unit.fixture.path, unit.fixture.task)) ==
          ErrorCode::AlreadyExists);
    CHECK(std::filesystem::exists(unit.fixture.path / "header"));
    std::stop_source stop;
    stop.request_stop();
    TaskContext cancelled(stop.get_token());
    CHECK(codeOf(custody::rotate(stan, olive.person, folder, cancelled)) == ErrorCode::Cancelled);
    CHECK_FALSE(std::filesystem::exists(folder));
}
