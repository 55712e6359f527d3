#include <atomic>
#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/audited_act.h"
#include "core/audit/composer.h"
#include "core/audit/frames.h"
#include "core/audit/scan.h"
#include "core/audit/signing_file.h"
#include "core/base/text.h"
#include "tests/core/audit/log_fixture.h"

using namespace fairlead;
using namespace fairlead::audit;
using namespace fairlead::test;
using fairlead::crypto::Secret;

TEST_CASE("entries come back as they were written, each part with its own key only", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    {
        auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
        CHECK(valueOf(log.append(entryOf(4))) == 2);
        CHECK(valueOf(log.append(entryOf(5))) == 3);
    }
    const auto records = valueOf(AuditLog::read(folder / "audit", {&key, &kReader}));
    REQUIRE(records.size() == 3);
    CHECK(records[0].entry.verb == Verb::KeyChange);
    CHECK(records[1].entry == entryOf(4));
    CHECK(records[2].entry == entryOf(5));
    CHECK(records[2].sequence == 3);
    CHECK(records[2].wallMs == kLogClock.nowMs());
    CHECK(records[0].session == records[2].session);
    const auto texts = [&](const ReadKeys& keys) {
        const auto entry = valueOf(AuditLog::read(folder / "audit", keys))[1].entry;
        return std::pair(!entry.details.empty(), !entry.marks.empty());
    };
    CHECK(texts({}) == std::pair(false, false));
    CHECK(texts({&key}) == std::pair(false, true));
    CHECK(texts({nullptr, &kReader}) == std::pair(true, false));
    const auto another = crypto::SealKeyPair::generate();
    CHECK(codeOf(AuditLog::read(folder / "audit", {&key, &another})) == ErrorCode::Corrupt);
    CHECK_FALSE(segmentOf(folder / "audit").contains("year 7"));
    CHECK_FALSE(segmentOf(folder / "audit").contains("3f7a"));
    CHECK(codeOf(AuditLog::read(folder / "nowhere", {&key, &kReader})) == ErrorCode::NotFound);
}

TEST_CASE("a log goes on where it ended", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    const auto before = verified(folder / "audit", &key);
    CHECK(before.entries == 4);
    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    CHECK(log.head().size == 5);
    CHECK(valueOf(log.append(entryOf(9))) == 6);
    const auto after = verified(folder / "audit", &key, {before.head});
    CHECK(after.intact);
    CHECK(after.entries == 6);
    CHECK(after.head == log.head());
    CHECK(after.head != before.head);
}

TEST_CASE("a clock set back shows in the log", "[audit][T-R4]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 1);
    const FixedClock earlier(Date{19'990});
    valueOf(valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, earlier)).append(entryOf(1)));
    const auto records = valueOf(AuditLog::read(folder / "audit", {&key, &kReader}));
    CHECK(records.back().wallMs == earlier.nowMs());
    CHECK(records.back().maxSeenMs == kLogClock.nowMs());
}

TEST_CASE("another key does not open the log and cannot go on with it", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto other = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    CHECK(codeOf(AuditLog::open(folder / "audit", {other, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
    CHECK_FALSE(verified(folder / "audit", &other).intact);
    CHECK(verified(folder / "audit").intact);
    CHECK(codeOf(AuditLog::open(folder / "audit", {Secret::random(16), kReader.publicKey}, kLogClock)) ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("a last entry of which a power cut lost a sector is cut off, unless a checkpoint covers it", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 4);
    const auto before = bytesOf(folder / "audit" / "checkpoint");
    const auto start = segmentOf(folder / "audit").size();
    copyFolder(folder / "audit", folder / "early");
    // An entry of several sectors, as one appends it without what opening adds.
    const auto keys = LogKeys::from(key);
    Composer composer(keys, kReader.publicKey, kLogClock, valueOf(scanLog(folder / "audit", {&keys}, {}, {})).chain);
    auto entry = entryOf(9);
    entry.marks["rows"] = std::string(2000, 'r');
    const auto composed = valueOf(composer.compose(entry));
    const auto whole = segmentOf(folder / "audit") + composed.frame;
    for (std::size_t sector = start / 512; sector <= (whole.size() - 1) / 512; ++sector) {
        const auto from = std::max(start, sector * 512), until = std::min(whole.size(), (sector + 1) * 512);
        auto torn = whole;
        torn.replace(from, until - from, until - from, '\0');
        INFO(sector);
        writeBytes(folder / "early" / "segment-000001.log", torn);
        CHECK(verified(folder / "early", &key).tornBytes == composed.frame.size());
        // No sector looks like that by itself: another change is one.
        torn.replace(from, until - from, until - from, 'z');
        writeBytes(folder / "early" / "segment-000001.log", torn);
        CHECK_FALSE(verified(folder / "early", &key).intact);
        // An entry that a checkpoint covers was complete once.
        torn = segmentOf(folder / "audit");
        torn.replace(torn.size() - 20, 20, 20, '\0');
        writeBytes(folder / "early" / "segment-000001.log", torn);
        CHECK_FALSE(verified(folder / "early", &key).intact);
    }
    CHECK(bytesOf(folder / "early" / "checkpoint") == before);
    writeBytes(folder / "early" / "segment-000001.log",
               whole.substr(0, start + 600) + std::string(whole.size() - start - 600, '\0'));
    CHECK(valueOf(AuditLog::open(folder / "early", {key, kReader.publicKey}, kLogClock)).head().size == 7);
}

TEST_CASE("a last entry that a crash left incomplete is cut off and noted", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto whole = makeLog(folder / "audit", key, 4);
    const auto frame = whole.substr(framesOf(whole)[4]);
    for (const std::string& tail : {frame.substr(0, 1), frame.substr(0, 7), frame.substr(0, 8), frame.substr(0, 60),
                                    frame.substr(0, frame.size() - 1), std::string(300, '\0')}) {
        copyFolder(folder / "audit", folder / "copy");
        writeBytes(folder / "copy" / "segment-000001.log", whole + tail);
        INFO(tail.size());
        const auto torn = verified(folder / "copy", &key);
        CHECK(torn.intact);
        CHECK(torn.tornBytes == tail.size());
        {
            const auto log = valueOf(AuditLog::open(folder / "copy", {key, kReader.publicKey}, kLogClock));
        }
        const auto records = valueOf(AuditLog::read(folder / "copy", {&key, &kReader}));
        REQUIRE(records.size() == 7);
        CHECK(records[5].entry.verb == Verb::KeyChange);
        CHECK(records.back().entry.verb == Verb::TailCut);
        CHECK(records.back().entry.marks.at("bytes") == std::to_string(tail.size()));
        CHECK(verified(folder / "copy", &key).tornBytes == 0);
    }
}

TEST_CASE("a log that crashed at its very beginning opens", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto audit = folder / "audit";
    std::filesystem::create_directory(audit);
    // The bytes that a log has before its first entry, in the order in which they are written.
    const auto begin = [&](const std::optional<std::string>& segment) {
        std::filesystem::remove_all(audit);
        std::filesystem::create_directory(audit);
        const auto pair = crypto::SignKeyPair::generate();
        valueOf(keepSigningKeys(audit / "signing-key", {&pair}, LogKeys::from(key).signing));
        const auto empty = MerkleTree().checkpoint();
        writeBytes(audit / "checkpoint", noteText(signNote(originOf(pair.publicKey), empty, pair)));
        if (segment) writeBytes(audit / "segment-000001.log", *segment);
        return pair.publicKey;
    };
    for (const std::optional<std::string>& segment :
         {std::optional<std::string>(), std::optional<std::string>(""), std::optional<std::string>("fairlead-"),
          std::optional<std::string>("fairlead-audit 3"), std::optional<std::string>("fairlead-audit 3\n"),
          std::optional<std::string>(std::string(17, '\0')),
          std::optional<std::string>("fairlead-audit 3\n" + std::string(30, '\0'))}) {
        INFO(segment.value_or("no segment"));
        const auto first = begin(segment);
        const auto before = verified(audit);
        CHECK(before.intact);
        valueOf(valueOf(AuditLog::open(audit, {key, kReader.publicKey}, kLogClock)).append(entryOf(1)));
        const auto report = verified(audit, &key);
        CHECK(report.intact);
        CHECK(report.origin == originOf(first));
        CHECK(report.entries == (before.tornBytes > 0 ? 3 : 2));
    }
    begin(std::nullopt);
    std::filesystem::remove(audit / "checkpoint");
    CHECK(valueOf(AuditLog::open(audit, {key, kReader.publicKey}, kLogClock)).head().size == 1);
    // An empty log whose checkpoint somebody else signed.
    begin("");
    const auto other = crypto::SignKeyPair::generate();
    writeBytes(audit / "checkpoint", noteText(signNote(originOf(other.publicKey), MerkleTree().checkpoint(), other)));
    CHECK(codeOf(AuditLog::open(audit, {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
}

TEST_CASE("one process at a time writes the log", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Busy);
}

TEST_CASE("a log is found intact while somebody writes it", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    std::atomic<bool> written = false;
    std::jthread writer([&] {
        for (int i = 0; i < 40; ++i) static_cast<void>(log.append(entryOf(i)));
        written = true;
    });
    std::uint64_t last = 0;
    while (!written) {
        const auto report = verified(folder / "audit", &key);
        INFO(report.problem);
        REQUIRE(report.intact);
        REQUIRE(report.entries >= last);
        last = report.entries;
    }
    writer.join();
    CHECK(verified(folder / "audit", &key).entries == 41);
}

TEST_CASE("an entry that could not be read again is not written", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    auto entry = entryOf(1);
    entry.purposeSha256 = "not a digest";
    CHECK(codeOf(log.append(entry)) == ErrorCode::InvalidArgument);
    entry = entryOf(1);
    entry.about = 2;
    CHECK(codeOf(log.append(entry)) == ErrorCode::InvalidArgument);
    entry = entryOf(1);
    entry.verb = Verb::KeyChange;
    CHECK(codeOf(log.append(entry)) == ErrorCode::InvalidArgument);
    CHECK(valueOf(log.append(entryOf(1))) == 2);
    CHECK(verified(folder / "audit", &key).entries == 2);
}

TEST_CASE("an act is in the log before it begins and has one end", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    {
        auto act = valueOf(AuditedAct::begin(log, entryOf(3)));
        CHECK(act.sequence() == 2);
        CHECK(verified(folder / "audit", &key).unfinished == std::vector<std::uint64_t>{2});
        auto moved = std::move(act);
        valueOf(moved.done({.objectSha256 = crypto::sha256("pdf"), .subjectCount = 12, .details = {{"pages", "4"}}}));
        CHECK(codeOf(moved.done()) == ErrorCode::Internal);
    }
    {
        const auto dropped = valueOf(AuditedAct::begin(log, entryOf(4)));
    }
    valueOf(valueOf(AuditedAct::begin(log, entryOf(5))).failed("disk_full"));
    const auto records = valueOf(AuditLog::read(folder / "audit", {&key, &kReader}));
    REQUIRE(records.size() == 7);
    CHECK(records[2].entry.state == State::Done);
    CHECK(records[2].entry.about == 2);
    CHECK(records[2].entry.subjectCount == 12);
    CHECK(records[2].entry.objectSha256 == crypto::sha256("pdf"));
    CHECK(records[2].entry.purposeSha256 == entryOf(3).purposeSha256);
    CHECK(records[4].entry.state == State::Failed);
    CHECK(records[4].entry.about == 4);
    CHECK(records[6].entry.marks.at("reason") == "disk_full");
    CHECK(verified(folder / "audit", &key).unfinished.empty());
}

TEST_CASE("a process killed during an act leaves an intent that the next opening shows", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto child = ::fork();
    if (child == 0) {
        auto log = AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock);
        auto act = AuditedAct::begin(*log, entryOf(1));
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    CHECK(log.unfinished() == std::vector<std::uint64_t>{2});
    valueOf(log.closeUnfinished());
    CHECK(log.unfinished().empty());
    const auto records = valueOf(AuditLog::read(folder / "audit", {&key, &kReader}));
    REQUIRE(records.size() == 4);
    CHECK(records[3].entry.state == State::Failed);
    CHECK(records[3].entry.about == 2);
    CHECK(records[3].entry.marks.at("reason") == "interrupted");
}

TEST_CASE("where the log cannot be written no act begins", "[audit][T-A3]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    writeBytes(folder / "file", "x");
    CHECK(codeOf(AuditLog::open(folder / "file", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Io);
    CHECK(codeOf(AuditLog::open(folder / "nowhere" / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Io);

    auto log = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
    // The checkpoint's folder goes away: the entry may be durable, the log as a whole is not sound any more.
    std::filesystem::rename(folder / "audit", folder / "moved");
    CHECK_FALSE(AuditedAct::begin(log, entryOf(1)).has_value());
    std::filesystem::rename(folder / "moved", folder / "audit");
    CHECK(codeOf(AuditedAct::begin(log, entryOf(2))) == ErrorCode::Io);
    CHECK(verified(folder / "audit", &key).entries <= 2);
    CHECK(verified(folder / "audit", &key).intact);
}

TEST_CASE("a full disk leaves the log as it was and no act begins", "[audit][T-A3]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 2);
    const auto child = ::fork();
    if (child == 0) {
        // A limit on the size of files stands in for the full disk; the signal it sends is ignored.
        ::signal(SIGXFSZ, SIG_IGN);
        auto log = AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock);
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
    CHECK(report.entries == 4);
    CHECK(report.tornBytes == 0);
}
