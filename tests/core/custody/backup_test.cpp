// Backups: read back and compared when made, checked without a passphrase, restored elsewhere.

#include "core/custody/backup.h"

#include <stop_token>

#include "core/base/file.h"
#include "core/custody/recovery.h"
#include "core/custody/rotate.h"
#include "core/workspace/freshness.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/memory_scan.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;

namespace {

namespace fs = std::filesystem;

std::set<std::string> namesIn(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
    return names;
}

}  // namespace

TEST_CASE("A backup comes back as the workspace it was, in another place", "[custody][T-B1]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const std::string before = fixture.content();
    const auto made = valueOf(custody::backUp(*fixture.workspace, fixture.folder / "kept", fixture.task));
    CHECK(made.files.size() == 6);
    const auto checked = valueOf(custody::checkBackup(fixture.folder / "kept"));
    CHECK(checked.files == made.files);
    CHECK(checked.audit == made.audit);
    CHECK(namesIn(fixture.folder / "kept") ==
          std::set<std::string>{"audit", "backup-list", "core.db", "header", "identity.db"});
    CHECK(auditOf(*fixture.workspace).back().entry.state == audit::State::Done);

    // The workspace goes on, and is lost.
    fixture.load(
        {fixture.deliver("education", 2, "2023-09-01", "2026-07-01", Rows().school(kSchool, "Harbour School"))});
    CHECK(fixture.content() != before);
    fixture.workspace.reset();
    fs::remove_all(fixture.path);
    valueOf(custody::restore(fixture.folder / "kept", fixture.folder / "elsewhere.fairlead", fixture.task));
    fixture.path = fixture.folder / "elsewhere.fairlead";
    fixture.reopen();
    CHECK(fixture.content() == before);
    CHECK(valueOf(workspace::checkFreshness(*fixture.workspace, fixture.task)).isFresh);
    const auto report = valueOf(audit::AuditLog::verify(fixture.path / "audit"));
    CHECK(report.intact);
    fixture.load({fixture.folder / "education_002.fxt"});
}

TEST_CASE("A change to any file of a backup is found, and nothing is restored from it", "[custody][T-B1]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const fs::path kept = fixture.folder / "kept", elsewhere = fixture.folder / "elsewhere.fairlead";
    const auto made = valueOf(custody::backUp(*fixture.workspace, kept, fixture.task));
    const auto refused = [&](const std::string& name) {
        CHECK(codeOf(custody::checkBackup(kept)) == ErrorCode::Corrupt);
        const auto restored = custody::restore(kept, elsewhere, fixture.task);
        REQUIRE_FALSE(restored);
        CHECK(restored.error().subject == name);
        CHECK_FALSE(fs::exists(elsewhere));
        CHECK_FALSE(fs::exists(elsewhere.string() + ".part"));
    };
    for (const custody::BackedUpFile& file : made.files) {
        INFO(file.name);
        const std::string bytes = valueOf(readFile(kept / file.name));
        for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            valueOf(writeFileAtomically(kept / file.name, changed));
            refused(file.name);
        }
        valueOf(writeFileAtomically(kept / file.name, bytes + "x"));
        refused(file.name);
        fs::remove(kept / file.name);
        refused(file.name);
        valueOf(writeFileAtomically(kept / file.name, bytes));
    }
    valueOf(writeFileAtomically(kept / "audit" / "segment-000009.log", "x"));
    refused("audit/segment-000009.log");
    fs::remove(kept / "audit" / "segment-000009.log");
    const std::string list = valueOf(readFile(kept / custody::kBackupList));
    for (const std::string& bad :
         {std::string("x"), std::string(), list + "00 3 ../outside\n", list + "00 3 audit/..\n",
          list + "00 -3 header\n", "fairlead-backup 2" + list.substr(17), list + "rest"}) {
        valueOf(writeFileAtomically(kept / custody::kBackupList, bad));
        refused(std::string(custody::kBackupList));
    }
    fs::remove(kept / custody::kBackupList);
    CHECK(codeOf(custody::checkBackup(kept)) == ErrorCode::NotFound);
    valueOf(writeFileAtomically(kept / custody::kBackupList, list));
    valueOf(custody::restore(kept, elsewhere, fixture.task));
    CHECK(codeOf(custody::restore(kept, elsewhere, fixture.task)) == ErrorCode::AlreadyExists);
}

TEST_CASE("A backup is whole or not there", "[custody][T-B1]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    const auto refused = [&](const fs::path& folder) {
        return codeOf(custody::backUp(*fixture.workspace, folder, fixture.task));
    };
    CHECK(refused(fixture.path) == ErrorCode::InvalidArgument);
    CHECK(refused(fixture.path / "audit" / "copy") == ErrorCode::InvalidArgument);
    CHECK(refused({}) == ErrorCode::InvalidArgument);
    CHECK(refused(fixture.folder / "keys") == ErrorCode::AlreadyExists);
    CHECK(refused(fixture.folder / "no such" / "folder") == ErrorCode::Io);
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    const auto before = namesIn(fixture.folder.path());
    CHECK(codeOf(custody::backUp(*fixture.workspace, fixture.folder / "kept", stopped)) == ErrorCode::Cancelled);
    CHECK(namesIn(fixture.folder.path()) == before);
}

TEST_CASE("A backup takes the recovery file, the readers' pack and earlier logs, and opens where nothing else is",
          "[custody][T-B1]") {
    const TempFolder elsewhere;
    const fs::path restored = elsewhere / "home" / "restored.fairlead";
    fs::create_directories(restored.parent_path());
    crypto::Secret passphrase = crypto::Secret::copyOf("three small boats at dawn");
    workspace::Resources resources;
    std::shared_ptr<SetClock> clock;
    std::string before;
    std::pair<std::string, std::string> sheets;
    {
        WorkspaceFixture fixture;
        fixture.load(deliverSmallTown(fixture));
        fixture.link();
        workspace::SecondPerson alone;
        alone.policy = access::KdfPolicy::forTests();
        // A rotated workspace has the log before in a folder of its own.
        valueOf(custody::rotate(*fixture.workspace, alone, fixture.folder / "rotated.fairlead", fixture.task));
        fixture.workspace.reset();
        fixture.path = fixture.folder / "rotated.fairlead";
        fixture.reopen();
        const auto printed = valueOf(custody::makeSheets(*fixture.workspace, alone));
        sheets = {std::string(printed.first.view()), std::string(printed.second.view())};
        writeBytes(fixture.path / "aggregate.pack", "counts for readers");
        before = fixture.content();
        const auto made = valueOf(custody::backUp(*fixture.workspace, elsewhere / "kept", fixture.task));
        std::set<std::string> names;
        for (const custody::BackedUpFile& file : made.files) names.insert(file.name);
        for (const char* name : {"recovery", "aggregate.pack", "audit-before-1/checkpoint", "identity.db"})
            CHECK(names.contains(name));
        CHECK_FALSE(names.contains("lock"));
        resources = fixture.resources;
        clock = fixture.clock;
    }  // The computer that it was made on is gone, with every folder but the backup.
    inChild([&] {
        // Another user, without a home.
        ::setenv("HOME", (elsewhere / "home").c_str(), 1);
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"}) ::unsetenv(name);
        TaskContext task;
        return custody::restore(elsewhere / "kept", restored, task).has_value();
    });
    CHECK(bytesOf(restored / "aggregate.pack") == "counts for readers");
    CHECK(valueOf(audit::AuditLog::verify(restored / "audit-before-1")).intact);
    auto opened =
        valueOf(workspace::Workspace::open(restored, {passphrase}, resources, clock, access::KdfPolicy::forTests()));
    CHECK(WorkspaceFixture::contentOf(opened->core()) + WorkspaceFixture::contentOf(opened->identity()) == before);
    TaskContext task;
    CHECK(valueOf(workspace::checkFreshness(*opened, task)).isFresh);
    // Nobody remembers a passphrase: the sheets open the restored one.
    opened.reset();
    const auto next = crypto::Secret::copyOf("Nora rows the boat alone");
    valueOf(custody::useSheets(restored,
                               {.sheets = {sheets.first, sheets.second},
                                .firstBearer = "Head of unit",
                                .secondBearer = "Records lead",
                                .user = {.name = "Nora",
                                         .roles = {access::Role::DataSteward},
                                         .passphrase = next.view(),
                                         .cost = access::KdfPolicy::testCost()},
                                .policy = access::KdfPolicy::forTests()},
                               *clock));
    CHECK(workspace::Workspace::open(restored, {next, "Nora"}, resources, clock, access::KdfPolicy::forTests())
              .has_value());
}
