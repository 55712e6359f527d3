#include "core/access/lock_file.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::access;
using fairlead::test::bytesOf;
using fairlead::test::codeOf;
using fairlead::test::TempFolder;
using fairlead::test::valueOf;

namespace {

const FixedClock kClock(*Date::fromCivil(2026, 6, 22));

}  // namespace

TEST_CASE("one holder at a time has the lock, and the next hears who it is", "[access][T-R1]") {
    const TempFolder folder;
    CHECK_FALSE(LockFile::holder(folder / "lock").has_value());
    {
        const auto lock = valueOf(LockFile::acquire(folder / "lock", kClock));
        const auto second = LockFile::acquire(folder / "lock", kClock);
        CHECK(codeOf(second) == ErrorCode::Busy);
        CHECK(second.error().detail.contains("process " + std::to_string(::getpid())));
        CHECK(second.error().detail.contains("22/06/2026 00:00 UTC"));
        const auto holder = LockFile::holder(folder / "lock");
        REQUIRE(holder.has_value());
        CHECK(holder->pid == ::getpid());
        CHECK(holder->sinceMs == kClock.nowMs());
        CHECK_FALSE(holder->user.empty());
        CHECK_FALSE(holder->host.empty());
    }
    CHECK_FALSE(LockFile::holder(folder / "lock").has_value());
    valueOf(LockFile::acquire(folder / "lock", kClock));
}

TEST_CASE("a lock moves with its object", "[access]") {
    const TempFolder folder;
    auto lock = valueOf(LockFile::acquire(folder / "lock", kClock));
    {
        const auto moved = std::move(lock);
        CHECK(codeOf(LockFile::acquire(folder / "lock", kClock)) == ErrorCode::Busy);
    }
    valueOf(LockFile::acquire(folder / "lock", kClock));
}

TEST_CASE("the lock of a killed process is free at once", "[access]") {
    const TempFolder folder;
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const auto child = ::fork();
    if (child == 0) {
        const auto lock = LockFile::acquire(folder / "lock", kClock);
        const char byte = lock ? 'y' : 'n';
        static_cast<void>(::write(ready[1], &byte, 1) == 1);
        ::pause();
        ::_exit(0);
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    REQUIRE(byte == 'y');
    CHECK(codeOf(LockFile::acquire(folder / "lock", kClock)) == ErrorCode::Busy);
    REQUIRE(LockFile::holder(folder / "lock").has_value());
    CHECK(LockFile::holder(folder / "lock")->pid == child);
    REQUIRE(::kill(child, SIGKILL) == 0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK_FALSE(bytesOf(folder / "lock").empty());
    valueOf(LockFile::acquire(folder / "lock", kClock));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("a lock whose content is rubbish still names an unknown holder", "[access]") {
    const TempFolder folder;
    const auto lock = valueOf(LockFile::acquire(folder / "lock", kClock));
    test::writeBytes(folder / "lock", "rubbish");
    const auto second = LockFile::acquire(folder / "lock", kClock);
    CHECK(codeOf(second) == ErrorCode::Busy);
    CHECK(second.error().detail.contains("unknown on unknown"));
}

TEST_CASE("a lock needs a folder and is never taken through a link", "[access]") {
    const TempFolder folder;
    CHECK(codeOf(LockFile::acquire(folder / "nowhere" / "lock", kClock)) == ErrorCode::NotFound);
    test::writeBytes(folder / "other", "content");
    std::filesystem::create_symlink(folder / "other", folder / "lock");
    CHECK(codeOf(LockFile::acquire(folder / "lock", kClock)) == ErrorCode::Io);
    CHECK(bytesOf(folder / "other") == "content");
}
