#include <catch2/catch_all.hpp>
#include <sys/stat.h>

#include "core/access/lock_file.h"
#include "core/workspace/columns.h"
#include "core/workspace/reconcile.h"
#include "core/workspace/schema.h"
#include "tests/core/workspace/workspace_fixture.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::test;
using workspace::Workspace;

namespace {

Result<std::shared_ptr<Workspace>> openAgain(const WorkspaceFixture& fixture, std::string_view passphrase) {
    const auto secret = crypto::Secret::copyOf(passphrase);
    return Workspace::open(fixture.path, {secret}, fixture.resources, fixture.clock, access::KdfPolicy::forTests());
}

}  // namespace

TEST_CASE("A new workspace opens again with its passphrase and no other", "[workspace]") {
    WorkspaceFixture fixture;
    CHECK(fixture.workspace->name() == "Test analyst");
    CHECK_FALSE(fixture.workspace->rolesSeparated());
    fixture.workspace.reset();
    CHECK(codeOf(openAgain(fixture, "three small boats at noon")) == ErrorCode::WrongKey);
    CHECK(openAgain(fixture, "three small boats at dawn").has_value());
}

TEST_CASE("Everything in a workspace belongs to its owner alone", "[workspace]") {
    WorkspaceFixture fixture;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(fixture.path)) {
        struct stat status{};
        REQUIRE(::stat(entry.path().c_str(), &status) == 0);
        INFO(entry.path());
        CHECK((status.st_mode & (S_IRWXG | S_IRWXO)) == 0);
    }
}

TEST_CASE("A second session is refused and told who holds the first", "[workspace][T-R1]") {
    WorkspaceFixture fixture;
    const auto second = openAgain(fixture, "three small boats at dawn");
    REQUIRE(codeOf(second) == ErrorCode::Busy);
    CHECK_FALSE(second.error().detail.empty());
}

TEST_CASE("A workspace that cannot be made leaves nothing behind", "[workspace]") {
    TempFolder folder;
    workspace::NewWorkspace wanted;
    wanted.folder = folder / "new.fairlead";
    wanted.name = "Analyst";
    wanted.kdfPolicy = access::KdfPolicy::forTests();
    wanted.kdfCost = access::KdfPolicy::testCost();
    const auto clock = std::make_shared<FixedClock>(day("2026-07-01"));
    const auto create = [&](std::string_view passphrase, const std::filesystem::path& resources) {
        return Workspace::create(wanted, crypto::Secret::copyOf(passphrase), {resources}, clock);
    };
    SECTION("a weak passphrase") {
        CHECK(codeOf(create("aaaaaaaaaaaaaa", projectPath("resources"))) == ErrorCode::WeakPassphrase);
    }
    SECTION("no definitions") {
        CHECK(codeOf(create("three small boats at dawn", folder.path())) == ErrorCode::NotFound);
    }
    SECTION("no such keys folder") {
        wanted.keysFolder = folder / "nowhere";
        CHECK(codeOf(create("three small boats at dawn", projectPath("resources"))) == ErrorCode::NotFound);
    }
    SECTION("a name that is none") {
        wanted.name = "";
        CHECK(codeOf(create("three small boats at dawn", projectPath("resources"))) == ErrorCode::InvalidArgument);
    }
    CHECK_FALSE(std::filesystem::exists(wanted.folder));
}

TEST_CASE("A workspace is not made over something that is there", "[workspace]") {
    WorkspaceFixture fixture;
    workspace::NewWorkspace wanted;
    wanted.folder = fixture.path;
    wanted.name = "Analyst";
    CHECK(codeOf(Workspace::create(wanted, fixture.passphrase, fixture.resources, fixture.clock)) ==
          ErrorCode::AlreadyExists);
    CHECK(std::filesystem::exists(fixture.path / "header"));
}

TEST_CASE("A file of a later program is refused", "[workspace][T-R5]") {
    WorkspaceFixture fixture;
    valueOf(fixture.workspace->core().setUserVersion(workspace::kSchemaVersion + 1));
    fixture.workspace.reset();
    CHECK(codeOf(openAgain(fixture, "three small boats at dawn")) == ErrorCode::NewerFormat);
}

TEST_CASE("Of every pair of versions that the files may say only today's opens, and the refusal says which way",
          "[workspace][T-R5]") {
    WorkspaceFixture fixture;
    const auto& keys = fixture.workspace->keyring().keys;
    const auto coreKey = keys.core.clone(), identityKey = keys.identity.clone();
    fixture.workspace.reset();
    const auto say = [&](const char* file, const crypto::Secret& key, std::int64_t version) {
        valueOf(valueOf(store::Database::open(fixture.path / file, key)).setUserVersion(version));
    };
    const std::int64_t today = workspace::kSchemaVersion;
    const std::int64_t versions[] = {1, today - 1, today, today + 1, today + 1000};
    for (const auto core : versions) {
        for (const auto identity : versions) {
            INFO("core.db " << core << ", identity.db " << identity);
            say("core.db", coreKey, core);
            say("identity.db", identityKey, identity);
            const auto opened = openAgain(fixture, "three small boats at dawn");
            REQUIRE(opened.has_value() == (core == today && identity == today));
            if (opened) continue;
            const auto code = opened.error().code;
            CHECK((code == ErrorCode::NewerFormat || code == ErrorCode::OlderFormat));
            if (std::min(core, identity) > today) CHECK(code == ErrorCode::NewerFormat);
            if (std::max(core, identity) < today) CHECK(code == ErrorCode::OlderFormat);
        }
    }
}

TEST_CASE("A changed header is refused", "[workspace][T-R5]") {
    WorkspaceFixture fixture;
    fixture.workspace.reset();
    std::string header = bytesOf(fixture.path / "header");
    header[header.size() / 2] ^= 1;
    writeBytes(fixture.path / "header", header);
    CHECK_FALSE(openAgain(fixture, "three small boats at dawn").has_value());
}

TEST_CASE("What a crash left in staging is gone after opening", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.workspace.reset();
    writeBytes(fixture.path / "staging" / "copy.fxt", "left behind");
    fixture.reopen();
    CHECK(std::filesystem::is_empty(fixture.path / "staging"));
}

TEST_CASE("An older audit log put in the place of the newer one is refused", "[workspace][T-A2]") {
    WorkspaceFixture fixture;
    fixture.reopen();
    fixture.workspace.reset();
    const auto log = fixture.path / "audit";
    std::filesystem::copy(log, fixture.folder / "older", std::filesystem::copy_options::recursive);
    const auto open = [&] {
        return workspace::Workspace::open(fixture.path, {fixture.passphrase}, fixture.resources, fixture.clock,
                                          access::KdfPolicy::forTests());
    };
    REQUIRE(open().has_value());
    std::filesystem::rename(log, fixture.folder / "newer");
    CHECK(codeOf(open()) == ErrorCode::Corrupt);  // a new log must not begin in its place either
    std::filesystem::remove_all(log);
    std::filesystem::copy(fixture.folder / "older", log, std::filesystem::copy_options::recursive);
    const auto refused = open();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::Corrupt);
    CHECK(refused.error().detail.contains("entries are missing at the end"));
    std::filesystem::remove_all(log);
    std::filesystem::rename(fixture.folder / "newer", log);
    CHECK(open().has_value());
}

TEST_CASE("Opening and closing a workspace changes nothing in it", "[workspace]") {
    WorkspaceFixture fixture;
    fixture.load(deliverSmallTown(fixture));
    fixture.link();
    const std::string before = fixture.content();
    fixture.reopen();
    CHECK(fixture.content() == before);
}

TEST_CASE("Identity rows of a load that core does not know are removed on opening", "[workspace]") {
    WorkspaceFixture fixture;
    const auto files = deliverSmallTown(fixture);
    fixture.load({files[0], files[1]});
    const std::string before = fixture.content();
    // The crash between the two commits: identity has the third file, core does not.
    const std::string coreFile = bytesOf(fixture.path / "core.db");
    fixture.load({files[2]});
    fixture.workspace.reset();
    writeBytes(fixture.path / "core.db", coreFile);
    fixture.reopen();
    CHECK(fixture.content() == before);
    CHECK(fixture.load({files[2]}).load.value == 2);
}
