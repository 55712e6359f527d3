#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/audited_act.h"
#include "core/audit/log.h"
#include "core/base/text.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::audit;
using fairlead::crypto::Secret;
using fairlead::test::bytesOf;
using fairlead::test::codeOf;
using fairlead::test::TempFolder;
using fairlead::test::valueOf;
using fairlead::test::writeBytes;

namespace {

const FixedClock kClock(Date{20'000});

Entry entryOf(int number) {
    return {.verb = Verb::Consultation,
            .actor = "p1",
            .role = "analyst",
            .purposeSha256 = crypto::sha256("safeguarding review"),
            .subjectCount = static_cast<std::uint64_t>(number),
            .details = {{"filter", "year 7"}, {"number", std::to_string(number)}}};
}

/// A log of `count` entries and the bytes of its only segment.
std::string makeLog(const std::filesystem::path& folder, const Secret& key, int count) {
    auto log = valueOf(AuditLog::open(folder, key, kClock));
    for (int i = 0; i < count; ++i) valueOf(log.append(entryOf(i)));
    return bytesOf(folder / "segment-000001.log");
}

/// Where each frame of a segment begins, and its end.
std::vector<std::size_t> framesOf(std::string_view segment) {
    std::vector<std::size_t> starts;
    std::size_t at = segment.find('\n') + 1;
    while (at < segment.size()) {
        starts.push_back(at);
        std::uint32_t length = 0;
        for (unsigned i = 0; i < 4; ++i) {
            length |= std::uint32_t{static_cast<unsigned char>(segment[at + i])} << 8U * i;
        }
        at += 8 + length + 64;
    }
    starts.push_back(segment.size());
    return starts;
}

/// In place: writing the whole file anew for each of its bytes would wait for the disk each time.
void putByte(const std::filesystem::path& path, std::size_t at, char byte) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
    file.close();
    REQUIRE(file.good());
}

VerifyReport verified(const std::filesystem::path& folder, const Secret* key = nullptr,
                      std::vector<Checkpoint> witnesses = {}) {
    return valueOf(AuditLog::verify(folder, {.key = key, .witnesses = std::move(witnesses)}));
}

}  // namespace

TEST_CASE("entries come back as they were written, details with the key only", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    {
        auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
        CHECK(valueOf(log.append(entryOf(4))) == 1);
        CHECK(valueOf(log.append(entryOf(5))) == 2);
    }
    const auto records = valueOf(AuditLog::read(folder / "audit", &key));
    REQUIRE(records.size() == 2);
    CHECK(records[0].entry == entryOf(4));
    CHECK(records[1].entry == entryOf(5));
    CHECK(records[1].sequence == 2);
    CHECK(records[1].wallMs == kClock.nowMs());
    CHECK(records[0].session == records[1].session);
    CHECK(valueOf(AuditLog::read(folder / "audit", nullptr))[0].entry.details.empty());
    CHECK_FALSE(bytesOf(folder / "audit" / "segment-000001.log").contains("year 7"));
    CHECK(codeOf(AuditLog::read(folder / "nowhere", &key)) == ErrorCode::Io);
}

TEST_CASE("a log goes on where it ended", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    const auto before = verified(folder / "audit", &key);
    auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    CHECK(log.head() == before.head);
    CHECK(valueOf(log.append(entryOf(9))) == 4);
    const auto after = verified(folder / "audit", &key, {before.head});
    CHECK(after.intact);
    CHECK(after.entries == 4);
    CHECK(after.head == log.head());
    CHECK(after.head != before.head);
}

TEST_CASE("a clock set back shows in the log", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 1);
    const FixedClock earlier(Date{19'990});
    valueOf(valueOf(AuditLog::open(folder / "audit", key, earlier)).append(entryOf(1)));
    const auto records = valueOf(AuditLog::read(folder / "audit", &key));
    CHECK(records[1].wallMs == earlier.nowMs());
    CHECK(records[1].maxSeenMs == kClock.nowMs());
}

TEST_CASE("every changed byte of a log of fifty entries is found, at its entry", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto path = folder / "audit" / "segment-000001.log";
    const auto whole = makeLog(folder / "audit", key, 50);
    const auto starts = framesOf(whole);
    REQUIRE(starts.size() == 51);
    std::size_t entry = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        while (entry + 1 < starts.size() && i >= starts[entry + 1]) ++entry;
        const auto changed = static_cast<char>(whole[i] ^ (1 << i % 8));
        if (i > 0) putByte(path, i - 1, whole[i - 1]);
        putByte(path, i, changed);
        const auto report = verified(folder / "audit", &key);
        INFO("byte " << i << " of entry " << entry + 1);
        REQUIRE_FALSE(report.intact);
        REQUIRE(report.firstBad == (i < starts[0] ? 1 : entry + 1));
        if (i % 97 == 0) {
            // Without the key everything but the MACs themselves is checked.
            const bool inMac = i >= starts[0] && starts[entry + 1] - i <= 32;
            CHECK(verified(folder / "audit").intact == inMac);
            CHECK((codeOf(AuditLog::open(folder / "audit", key, kClock)) == ErrorCode::Corrupt || i < starts[0]));
        }
    }
}

TEST_CASE("entries taken out, exchanged, doubled or cut off are found", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto path = folder / "audit" / "segment-000001.log";
    const auto whole = makeLog(folder / "audit", key, 20);
    const auto at = framesOf(whole);
    const auto frame = [&](std::size_t i) { return whole.substr(at[i], at[i + 1] - at[i]); };
    const auto firstBadOf = [&](const std::string& bytes) {
        writeBytes(path, bytes);
        const auto report = verified(folder / "audit", &key);
        CHECK_FALSE(report.intact);
        CHECK(codeOf(AuditLog::open(folder / "audit", key, kClock)) == ErrorCode::Corrupt);
        return report.firstBad.value_or(0);
    };
    CHECK(firstBadOf(whole.substr(0, at[7]) + whole.substr(at[8])) == 8);
    CHECK(firstBadOf(whole.substr(0, at[7]) + frame(8) + frame(7) + whole.substr(at[9])) == 8);
    CHECK(firstBadOf(whole.substr(0, at[7]) + frame(6) + whole.substr(at[7])) == 8);
    CHECK(firstBadOf(whole.substr(0, at[19])) == 20);
    CHECK(firstBadOf(whole.substr(0, at[19] + 11)) == 20);
    CHECK(firstBadOf(whole.substr(0, at[0])) == 1);
    CHECK(firstBadOf(whole + frame(19)) == 21);
    CHECK(firstBadOf(whole + "rubbish at the end") == 21);
    std::filesystem::remove(path);
    CHECK_FALSE(verified(folder / "audit", &key).intact);
}

TEST_CASE("a log rolled back with its checkpoint is found by a witness only", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 5);
    std::filesystem::copy(folder / "audit", folder / "older", std::filesystem::copy_options::recursive);
    makeLog(folder / "audit", key, 2);
    const auto witness = verified(folder / "audit", &key).head;
    CHECK(witness.size == 7);
    CHECK(verified(folder / "audit", &key, {witness}).intact);
    CHECK(verified(folder / "older", &key).intact);
    const auto report = verified(folder / "older", &key, {witness});
    CHECK_FALSE(report.intact);
    CHECK(report.firstBad == 6);
    CHECK_FALSE(verified(folder / "audit", &key, {{.size = 3, .root = std::string(32, 'x')}}).intact);
}

TEST_CASE("another key does not open the log and cannot go on with it", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto other = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    CHECK(codeOf(AuditLog::open(folder / "audit", other, kClock)) == ErrorCode::Corrupt);
    CHECK_FALSE(verified(folder / "audit", &other).intact);
    CHECK(verified(folder / "audit").intact);
    CHECK(codeOf(AuditLog::open(folder / "audit", Secret::random(16), kClock)) == ErrorCode::InvalidArgument);
}

TEST_CASE("a checkpoint that is gone or changed is found", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    const auto text = bytesOf(folder / "audit" / "checkpoint");
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto bytes = text;
        bytes[i] = static_cast<char>(bytes[i] ^ 1);
        writeBytes(folder / "audit" / "checkpoint", bytes);
        INFO(i);
        CHECK_FALSE(verified(folder / "audit", &key).intact);
    }
    writeBytes(folder / "audit" / "checkpoint", "");
    CHECK_FALSE(verified(folder / "audit", &key).intact);
    std::filesystem::remove(folder / "audit" / "checkpoint");
    CHECK_FALSE(verified(folder / "audit", &key).intact);
    CHECK(codeOf(AuditLog::open(folder / "audit", key, kClock)) == ErrorCode::Corrupt);
}

TEST_CASE("a last entry that a crash left incomplete is cut off and noted", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto path = folder / "audit" / "segment-000001.log";
    makeLog(folder / "audit", key, 4);
    const auto whole = bytesOf(path);
    const auto frame = whole.substr(framesOf(whole)[3]);
    for (const std::string& tail : {frame.substr(0, 1), frame.substr(0, 7), frame.substr(0, 8), frame.substr(0, 60),
                                    frame.substr(0, frame.size() - 1), std::string(300, '\0')}) {
        std::filesystem::remove_all(folder / "copy");
        std::filesystem::copy(folder / "audit", folder / "copy", std::filesystem::copy_options::recursive);
        writeBytes(folder / "copy" / "segment-000001.log", whole + tail);
        INFO(tail.size());
        const auto torn = verified(folder / "copy", &key);
        CHECK(torn.intact);
        CHECK(torn.tornBytes == tail.size());
        {
            const auto log = valueOf(AuditLog::open(folder / "copy", key, kClock));
        }
        const auto records = valueOf(AuditLog::read(folder / "copy", &key));
        REQUIRE(records.size() == 5);
        CHECK(records.back().entry.verb == Verb::TailCut);
        CHECK(records.back().entry.details.at("bytes") == std::to_string(tail.size()));
        CHECK(verified(folder / "copy", &key).tornBytes == 0);
    }
}

TEST_CASE("a log that crashed at its very beginning opens", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 0);
    for (const std::string start : {"", "fairlead-", "fairlead-audit 1"}) {
        writeBytes(folder / "audit" / "segment-000001.log", start);
        valueOf(valueOf(AuditLog::open(folder / "audit", key, kClock)).append(entryOf(1)));
        CHECK(verified(folder / "audit", &key).intact);
        std::filesystem::remove_all(folder / "audit");
        makeLog(folder / "audit", key, 0);
    }
    std::filesystem::remove(folder / "audit" / "segment-000001.log");
    valueOf(valueOf(AuditLog::open(folder / "audit", key, kClock)).append(entryOf(1)));
    CHECK(verified(folder / "audit", &key).entries == 1);
}

TEST_CASE("one process at a time writes the log", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    CHECK(codeOf(AuditLog::open(folder / "audit", key, kClock)) == ErrorCode::Busy);
}

TEST_CASE("an entry that could not be read again is not written", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    auto entry = entryOf(1);
    entry.purposeSha256 = "not a digest";
    CHECK(codeOf(log.append(entry)) == ErrorCode::InvalidArgument);
    entry = entryOf(1);
    entry.about = 1;
    CHECK(codeOf(log.append(entry)) == ErrorCode::InvalidArgument);
    CHECK(valueOf(log.append(entryOf(1))) == 1);
    CHECK(verified(folder / "audit", &key).entries == 1);
}

TEST_CASE("an act is in the log before it begins and has one end", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    {
        auto act = valueOf(AuditedAct::begin(log, entryOf(3)));
        CHECK(act.sequence() == 1);
        CHECK(verified(folder / "audit", &key).unfinished == std::vector<std::uint64_t>{1});
        auto moved = std::move(act);
        valueOf(moved.done({.objectSha256 = crypto::sha256("pdf"), .subjectCount = 12, .details = {{"pages", "4"}}}));
        CHECK(codeOf(moved.done()) == ErrorCode::Internal);
    }
    {
        const auto dropped = valueOf(AuditedAct::begin(log, entryOf(4)));
    }
    valueOf(valueOf(AuditedAct::begin(log, entryOf(5))).failed("disk_full"));
    const auto records = valueOf(AuditLog::read(folder / "audit", &key));
    REQUIRE(records.size() == 6);
    CHECK(records[1].entry.state == State::Done);
    CHECK(records[1].entry.about == 1);
    CHECK(records[1].entry.subjectCount == 12);
    CHECK(records[1].entry.objectSha256 == crypto::sha256("pdf"));
    CHECK(records[1].entry.purposeSha256 == entryOf(3).purposeSha256);
    CHECK(records[3].entry.state == State::Failed);
    CHECK(records[3].entry.about == 3);
    CHECK(records[5].entry.details.at("reason") == "disk_full");
    CHECK(verified(folder / "audit", &key).unfinished.empty());
}

TEST_CASE("a process killed during an act leaves an intent that the next opening shows", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto child = ::fork();
    if (child == 0) {
        auto log = AuditLog::open(folder / "audit", key, kClock);
        auto act = AuditedAct::begin(*log, entryOf(1));
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    CHECK(log.unfinished() == std::vector<std::uint64_t>{1});
    valueOf(log.closeUnfinished());
    CHECK(log.unfinished().empty());
    const auto records = valueOf(AuditLog::read(folder / "audit", &key));
    REQUIRE(records.size() == 2);
    CHECK(records[1].entry.state == State::Failed);
    CHECK(records[1].entry.about == 1);
    CHECK(records[1].entry.details.at("reason") == "interrupted");
}

TEST_CASE("where the log cannot be written no act begins", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    writeBytes(folder / "file", "x");
    CHECK(codeOf(AuditLog::open(folder / "file", key, kClock)) == ErrorCode::Io);
    CHECK(codeOf(AuditLog::open(folder / "nowhere" / "audit", key, kClock)) == ErrorCode::Io);

    auto log = valueOf(AuditLog::open(folder / "audit", key, kClock));
    // The checkpoint's folder goes away: the entry may be durable, the log as a whole is not sound any more.
    std::filesystem::rename(folder / "audit", folder / "moved");
    CHECK_FALSE(AuditedAct::begin(log, entryOf(1)).has_value());
    std::filesystem::rename(folder / "moved", folder / "audit");
    CHECK(codeOf(AuditedAct::begin(log, entryOf(2))) == ErrorCode::Io);
    CHECK(verified(folder / "audit", &key).entries <= 1);
    CHECK(verified(folder / "audit", &key).intact);
}

TEST_CASE("a full disk leaves the log as it was and no act begins", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 2);
    const auto child = ::fork();
    if (child == 0) {
        // A limit on the size of files stands in for the full disk; the signal it sends is ignored.
        ::signal(SIGXFSZ, SIG_IGN);
        auto log = AuditLog::open(folder / "audit", key, kClock);
        const auto size = std::filesystem::file_size(folder / "audit" / "segment-000001.log");
        const rlimit limit{.rlim_cur = size + 40, .rlim_max = size + 40};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const bool refused = !AuditedAct::begin(*log, entryOf(1)).has_value();
        ::_exit(refused && !log->append(entryOf(2)).has_value() ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    const auto report = verified(folder / "audit", &key);
    CHECK(report.intact);
    CHECK(report.entries == 2);
    CHECK(report.tornBytes == 0);
}
