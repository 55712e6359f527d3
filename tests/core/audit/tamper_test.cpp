// Every change to a log is found.

#include <fstream>

#include "core/audit/composer.h"
#include "core/audit/scan.h"
#include "core/base/text.h"
#include "tests/core/audit/log_fixture.h"

using namespace fairlead;
using namespace fairlead::audit;
using namespace fairlead::test;
using fairlead::crypto::Secret;

namespace {

/// A log in memory, as the writer would leave it: frames without the first line, and the checkpoint.
struct MemoryLog {
    LogKeys keys;
    std::string frames;
    std::vector<std::size_t> starts;  ///< Of each frame, and the end.
    std::string checkpoint;           ///< The file's text.

    static MemoryLog of(int entries) {
        const auto key = Secret::random(32);
        MemoryLog log{LogKeys::from(key), {}, {}, {}};
        Composer composer(log.keys, kReader.publicKey, kLogClock, {});
        auto signing = crypto::SignKeyPair::generate();
        for (int i = 0; i < entries; ++i) {
            log.starts.push_back(log.frames.size());
            const bool isChange = i % 300 == 0;
            auto entry = entryOf(i);
            entry.state = State::Note;  // an intent without an end would be carried along to the last entry
            auto next = crypto::SignKeyPair::generate();
            const auto composed =
                valueOf(isChange ? composer.composeKeyChange(i == 0 ? signing.publicKey : next.publicKey, signing)
                                 : composer.compose(entry));
            if (isChange && i > 0) signing = std::move(next);
            log.frames += composed.frame;
            valueOf(composer.take(composed));
        }
        log.starts.push_back(log.frames.size());
        log.checkpoint = noteText(signNote(composer.chain().origin(), composer.chain().checkpoint(), signing));
        return log;
    }
    [[nodiscard]] std::string_view frame(std::size_t i) const {
        return std::string_view(frames).substr(starts[i], starts[i + 1] - starts[i]);
    }
    [[nodiscard]] std::string_view from(std::size_t i) const { return std::string_view(frames).substr(starts[i]); }
    [[nodiscard]] LogReader reader(bool keyed) const {
        LogReader made({keyed ? &keys : nullptr}, nullptr);
        made.readCheckpoint(checkpoint);
        return made;
    }
};

/// Goes on with these bytes and ends. Gives the first bad entry, 0 when nothing was found.
std::uint64_t firstBad(LogReader reader, std::string_view frames) {
    reader.readFrames(frames, true);
    reader.finish();
    return reader.scan().problem ? reader.scan().chain.entries() + 1 : 0;
}

}  // namespace

TEST_CASE("every changed byte of a log of a thousand entries is found at its entry", "[audit][T-A1]") {
    const auto log = MemoryLog::of(1000);
    for (const bool keyed : {true, false}) {
        auto reader = log.reader(keyed);
        std::uint64_t missed = 0;
        for (std::size_t entry = 0; entry < 1000; ++entry) {
            std::string frame(log.frame(entry));
            for (std::size_t i = 0; i < frame.size(); ++i) {
                const auto was = frame[i];
                frame[i] = static_cast<char>(was ^ (1 << (entry + i) % 8));
                // The frame alone: what follows it does not make it good again, as the next test shows.
                if (firstBad(reader, frame) != entry + 1) ++missed;
                frame[i] = was;
            }
            REQUIRE(reader.readFrames(frame, true));
        }
        INFO((keyed ? "with" : "without") << " the key");
        CHECK(missed == 0);
        reader.finish();
        CHECK_FALSE(reader.scan().problem);
    }
}

TEST_CASE("a changed byte shows in the whole log as it does in its entry", "[audit][T-A1]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto path = folder / "audit" / "segment-000001.log";
    const auto whole = makeLog(folder / "audit", key, 40);
    const auto starts = framesOf(whole);
    std::size_t entry = 0;
    for (std::size_t i = 0; i < whole.size(); i += 13) {
        while (entry + 1 < starts.size() && i >= starts[entry + 1]) ++entry;
        auto bytes = whole;
        bytes[i] = static_cast<char>(bytes[i] ^ (1 << i % 8));
        writeBytes(path, bytes);
        INFO("byte " << i << " of entry " << entry + 1);
        REQUIRE(verified(folder / "audit", &key).firstBad == (i < starts[0] ? 1 : entry + 1));
        REQUIRE(verified(folder / "audit").firstBad == (i < starts[0] ? 1 : entry + 1));
        REQUIRE_FALSE(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock).has_value());
    }
}

TEST_CASE("every entry that is dropped, doubled or exchanged with the next one is found", "[audit][T-A1]") {
    const auto log = MemoryLog::of(1000);
    auto reader = log.reader(true);
    for (std::size_t entry = 0; entry < 1000; ++entry) {
        INFO("entry " << entry + 1);
        const std::string frame(log.frame(entry));
        // Dropped: the next one stands in its place, or nothing does.
        REQUIRE(firstBad(reader, entry + 1 < 1000 ? log.frame(entry + 1) : std::string_view()) == entry + 1);
        if (entry + 1 < 1000) REQUIRE(firstBad(reader, std::string(log.frame(entry + 1)) + frame) == entry + 1);
        REQUIRE(firstBad(reader, frame + frame) == entry + 2);
        REQUIRE(reader.readFrames(frame, true));
    }
}

TEST_CASE("a log cut at any entry, or within one of its last, is found", "[audit][T-A2]") {
    const auto log = MemoryLog::of(1000);
    auto reader = log.reader(false);
    for (std::size_t entry = 0; entry < 1000; ++entry) {
        INFO("cut before entry " << entry + 1);
        REQUIRE(firstBad(reader, {}) == entry + 1);
        if (entry >= 995) {
            for (std::size_t i = 0; i < log.frame(entry).size(); ++i)
                REQUIRE(firstBad(reader, log.frame(entry).substr(0, i)) == entry + 1);
        }
        REQUIRE(reader.readFrames(log.frame(entry), true));
    }
    CHECK(firstBad(reader, {}) == 0);
    CHECK(firstBad(reader, "rubbish at the end") == 1001);
}

TEST_CASE("entries behind the checkpoint are found, but for the one that a crash can leave", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    const auto early = bytesOf(folder / "audit" / "checkpoint");
    {
        auto writer = valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock));
        writeBytes(folder / "audit" / "checkpoint", early);
        CHECK(verified(folder / "audit").intact);
        valueOf(writer.append(entryOf(7)));
    }
    writeBytes(folder / "audit" / "checkpoint", early);
    CHECK(verified(folder / "audit").problem.contains("covered by no checkpoint"));
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
}

TEST_CASE("a log rolled back with its checkpoint is found by whoever knows more", "[audit][T-A2]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 5);
    copyFolder(folder / "audit", folder / "older");
    makeLog(folder / "audit", key, 2);
    const auto witness = verified(folder / "audit", &key).head;
    CHECK(witness.size == 9);
    CHECK(verified(folder / "audit", &key, {witness}).intact);
    CHECK(verified(folder / "older", &key).intact);
    const auto report = verified(folder / "older", &key, {witness});
    CHECK_FALSE(report.intact);
    CHECK(report.firstBad == 7);
    CHECK_FALSE(verified(folder / "audit", &key, {{.size = 3, .root = std::string(32, 'x')}}).intact);
    CHECK(codeOf(AuditLog::open(folder / "older", {key, kReader.publicKey}, kLogClock, {{witness}})) ==
          ErrorCode::Corrupt);
    // Gone altogether: a new one must not begin in its place.
    CHECK(codeOf(AuditLog::open(folder / "nothing", {key, kReader.publicKey}, kLogClock, {{witness}})) ==
          ErrorCode::Corrupt);
    CHECK(valueOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock, {{witness}})).head().size ==
          10);
    // The first letters of the root are all that a briefing prints.
    CHECK(verified(folder / "audit", &key, {{witness.size, witness.root.substr(0, 10)}}).intact);
    CHECK_FALSE(verified(folder / "audit", &key, {{witness.size, "0123456789"}}).intact);
    CHECK_FALSE(verified(folder / "audit", &key, {{witness.size, witness.root.substr(0, 9)}}).intact);
}

TEST_CASE("segments rolled back under the key of today are found", "[audit][T-A2]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 5);
    copyFolder(folder / "audit", folder / "older");
    makeLog(folder / "audit", key, 2);
    std::filesystem::copy_file(folder / "audit" / "signing-key", folder / "older" / "signing-key",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(codeOf(AuditLog::open(folder / "older", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
}

TEST_CASE("a checkpoint or signing key that is gone or changed is found", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    makeLog(folder / "audit", key, 3);
    const auto text = bytesOf(folder / "audit" / "checkpoint");
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const int bit : {1, 4, 32}) {
            auto bytes = text;
            bytes[i] = static_cast<char>(bytes[i] ^ bit);
            writeBytes(folder / "audit" / "checkpoint", bytes);
            INFO("byte " << i << " bit " << bit);
            REQUIRE_FALSE(verified(folder / "audit").intact);
        }
    }
    for (const std::string& changed : {std::string(), text + "x", text + text, text.substr(0, text.size() - 1)}) {
        writeBytes(folder / "audit" / "checkpoint", changed);
        CHECK_FALSE(verified(folder / "audit").intact);
    }
    std::filesystem::remove(folder / "audit" / "checkpoint");
    CHECK_FALSE(verified(folder / "audit").intact);
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
    writeBytes(folder / "audit" / "checkpoint", text);

    const auto secret = bytesOf(folder / "audit" / "signing-key");
    CHECK_FALSE(secret.empty());
    for (std::size_t i = 0; i < secret.size(); ++i) {
        auto bytes = secret;
        bytes[i] = static_cast<char>(bytes[i] ^ 1);
        writeBytes(folder / "audit" / "signing-key", bytes);
        REQUIRE(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
    }
    std::filesystem::remove(folder / "audit" / "signing-key");
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
    writeBytes(folder / "audit" / "signing-key", secret);
    CHECK(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock).has_value());
}

TEST_CASE("a missing segment, and a log of a format before the first release, are refused with the reason", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto path = folder / "audit" / "segment-000001.log";
    const auto whole = makeLog(folder / "audit", key, 3);
    std::filesystem::remove(path);
    CHECK_FALSE(verified(folder / "audit").intact);
    writeBytes(folder / "audit" / "segment-000003.log", whole);
    CHECK(verified(folder / "audit").problem == "a segment is missing");
    std::filesystem::remove(folder / "audit" / "segment-000003.log");

    auto bytes = whole;
    bytes[15] = '4';
    writeBytes(path, bytes);
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::NewerFormat);
    for (const char format : {'1', '2'}) {
        bytes[15] = format;
        writeBytes(path, bytes);
        CHECK(verified(folder / "audit").problem.contains("before the first release"));
        CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
    }
    writeBytes(folder / "audit" / "checkpoint", "fairlead-audit/1\n3\n00\n00\n");
    CHECK(verified(folder / "audit").problem.contains("before the first release"));
    CHECK(codeOf(AuditLog::open(folder / "audit", {key, kReader.publicKey}, kLogClock)) == ErrorCode::Corrupt);
}
