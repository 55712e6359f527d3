// Checkpoints as signed notes, and the key that changes.

#include "core/audit/composer.h"
#include "core/audit/frames.h"
#include "core/audit/scan.h"
#include "core/audit/signing_file.h"
#include "core/base/text.h"
#include "tests/core/audit/log_fixture.h"

using namespace fairlead;
using namespace fairlead::audit;
using namespace fairlead::test;
using crypto::Secret;
using crypto::SignKeyPair;

namespace {

const std::string kRoot = crypto::sha256("root");

VerifyReport against(const std::filesystem::path& folder, const Witness& witness) {
    return valueOf(AuditLog::verify(folder, {.witnesses = {witness}}));
}

/// The secrets in a log's key file.
std::vector<SignKeyPair> secretsOf(const std::filesystem::path& folder, const Secret& key) {
    return valueOf(readSigningKeys(folder / "signing-key", LogKeys::from(key).signing));
}

}  // namespace

TEST_CASE("a checkpoint is a note as other transparency logs write it", "[audit]") {
    Secret seed(32);
    const auto pair = valueOf(SignKeyPair::fromSeed(seed));
    const auto origin = originOf(pair.publicKey);
    CHECK(origin == "fairlead.local/" + crypto::fingerprint(pair.publicKey));
    const auto note = signNote(origin, {41, kRoot}, pair);
    const auto text = noteText(note);
    CHECK(text == origin + "\n41\n" + crypto::base64(kRoot) + "\n\n\u2014 " + origin + " " +
                      crypto::base64(note.keyId + note.signature) + "\n");
    CHECK(note.keyId == crypto::sha256(origin + "\n\x01" + std::string(pair.publicKey.view())).substr(0, 4));
    CHECK(crypto::verify(origin + "\n41\n" + crypto::base64(kRoot) + "\n", note.signature, pair.publicKey));
    CHECK(valueOf(parseNote(text)) == note);
    CHECK(isSignedBy(note, pair.publicKey));
    CHECK_FALSE(isSignedBy(note, SignKeyPair::generate().publicKey));
    // Others may have signed under it.
    CHECK(valueOf(parseNote(text + "\u2014 auditor.example AAAAAAAA\n")) == note);
}

TEST_CASE("what is no checkpoint is not read as one", "[audit]") {
    const auto pair = SignKeyPair::generate();
    const auto text = noteText(signNote(originOf(pair.publicKey), {41, kRoot}, pair));
    const auto lines = split(text, '\n');
    const auto with = [&](std::size_t line, const std::string& other) {
        std::string changed;
        for (std::size_t i = 0; i + 1 < lines.size(); ++i)
            changed += (i == line ? other : std::string(lines[i])) + "\n";
        return changed;
    };
    for (const std::string& bad :
         {std::string(), std::string("\n"), with(0, "elsewhere.example/1"), with(1, "041"), with(1, "-1"), with(1, "x"),
          with(2, "AAAA"), with(2, std::string(lines[2]) + "="), with(3, "extension"), with(4, "no signature"),
          with(4, "\u2014 other.example AAAA"), with(4, std::string(lines[4]) + "A"),
          with(4, std::string(lines[4]) + "\n" + std::string(lines[4])), text.substr(0, text.size() - 1)}) {
        INFO(bad);
        CHECK(codeOf(parseNote(bad)) == ErrorCode::ParseError);
        CHECK(codeOf(parseWitness(bad)) == ErrorCode::ParseError);
    }
}

TEST_CASE("a witness is a file or a size and a root in any of its forms", "[audit]") {
    const auto pair = SignKeyPair::generate();
    const auto note = signNote(originOf(pair.publicKey), {41, kRoot}, pair);
    CHECK(valueOf(parseWitness(noteText(note))).note == note);
    CHECK(valueOf(parseWitness("41 " + hex(kRoot))).checkpoint == note.checkpoint);
    CHECK(valueOf(parseWitness(" 41 " + crypto::base64(kRoot) + "\n")).checkpoint == note.checkpoint);
    const auto letters = note.checkpoint.shortRoot();
    CHECK(valueOf(parseWitness("41 " + letters)).checkpoint.root == kRoot.substr(0, 10));
    auto small = letters;
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    std::erase(small, '-');
    CHECK(valueOf(parseWitness("41 " + small)).checkpoint.root == kRoot.substr(0, 10));
    for (const char* bad : {"41", "41 ABCD", "ABCD-EFGH-IJKL-MNOP", "x ABCD-EFGH-IJKL-MNOP", "41 ABCD-EFGH-IJKL-MNO1",
                            "41 ABCD-EFGH-IJKL-MNOP 3", "041 ABCD-EFGH-IJKL-MNOP"})
        CHECK(codeOf(parseWitness(bad)) == ErrorCode::ParseError);
}

TEST_CASE("any older checkpoint is compared by size and root, and its signature by the key of its time", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto audit = folder / "audit";
    std::vector<Note> notes;
    for (int session = 0; session < 4; ++session) {
        auto log = valueOf(AuditLog::open(audit, {key, kReader.publicKey}, kLogClock));
        for (int i = 0; i < 3; ++i) {
            valueOf(log.append(entryOf(i)));
            notes.push_back(log.signedHead());
        }
    }
    CHECK(verified(audit).keys == 4);
    const auto leaves = valueOf(AuditLog::leaves(audit));
    const auto stranger = SignKeyPair::generate();
    for (const Note& note : notes) {
        CHECK(against(audit, {note.checkpoint, note}).intact);
        CHECK(isConsistent({note.checkpoint, verified(audit).head}, consistencyProof(leaves, note.checkpoint.size)));
        auto forged = note;
        forged.signature[7] = static_cast<char>(forged.signature[7] ^ 1);
        CHECK(against(audit, {forged.checkpoint, forged}).problem.contains("not signed by the log's key"));
        // The right root under another's key, or another's name.
        forged = signNote(note.origin, note.checkpoint, stranger);
        CHECK_FALSE(against(audit, {forged.checkpoint, forged}).intact);
        forged = signNote(originOf(stranger.publicKey), note.checkpoint, stranger);
        CHECK(against(audit, {forged.checkpoint, forged}).problem.contains("of another log"));
        CHECK_FALSE(against(audit, {{note.checkpoint.size, kRoot}}).intact);
    }
    CHECK(against(audit, {MerkleTree().checkpoint()}).intact);
}

TEST_CASE("the key changes with every opening and after so many entries, and the old secret goes", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto audit = folder / "audit";
    std::vector<std::string> files;
    for (int session = 0; session < 3; ++session) {
        makeLog(audit, key, 1);
        files.push_back(bytesOf(audit / "signing-key"));
        CHECK(secretsOf(audit, key).size() == 1);
    }
    CHECK(files[0] != files[1]);
    CHECK(verified(audit, &key).keys == 3);
    makeLog(audit, key, static_cast<int>(kEntriesPerKey) + 5);
    const auto report = verified(audit, &key);
    CHECK(report.intact);
    CHECK(report.keys == 5);
}

TEST_CASE("who takes the key of today cannot change what was signed before", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto audit = folder / "audit";
    makeLog(audit, key, 5);
    const auto earlier = valueOf(AuditLog::read(audit, {&key, &kReader}));
    makeLog(audit, key, 5);
    const auto records = valueOf(AuditLog::read(audit, {&key, &kReader}));
    const auto witness = verified(audit, &key).head;
    // The thief has everything: the log's key, and through it today's secret. He writes the log anew with entry 3
    // changed. The first key's secret is gone, so what stands in for its signatures has to be his own.
    const auto keys = LogKeys::from(key);
    auto stolen = std::move(secretsOf(audit, key).front());
    const auto forge = [&](bool asFirst) {
        Composer composer(keys, kReader.publicKey, kLogClock, {});
        std::string frames;
        for (const Record& record : records) {
            Entry entry = record.entry;
            if (record.sequence == 3) entry.subjectCount = 0;
            if (entry.verb != Verb::KeyChange) {
                const auto composed = valueOf(composer.compose(entry));
                frames += composed.frame;
                valueOf(composer.take(composed));
                continue;
            }
            // Either the log's own first key, whose signature he can only copy; or his own from the beginning.
            const bool isFirst = record.sequence == 1;
            if (asFirst || isFirst) {
                const auto next = asFirst ? stolen.publicKey
                                          : valueOf(crypto::SignPublicKey::fromBytes(record.certificate.substr(0, 32)));
                auto composed = valueOf(composer.composeKeyChange(next, stolen));
                composed.record.certificate = asFirst ? composed.record.certificate : record.certificate;
                const auto bytes = encode(composed.record);
                composed.leaf = leafHash(bytes);
                frames += frameOf(bytes, composed.leaf, keys);
                valueOf(composer.take(composed));
                continue;
            }
            const auto composed = valueOf(composer.composeKeyChange(stolen.publicKey, stolen));
            frames += composed.frame;
            // The chain itself says that nobody with the right to it signed this.
            CHECK(codeOf(composer.take(composed)) == ErrorCode::Internal);
            break;
        }
        LogReader reader({&keys}, nullptr);
        reader.readFrames(frames, true);
        return reader.take();
    };
    const auto copied = forge(false);
    REQUIRE(copied.problem);
    CHECK(copied.problem->detail == "names a key that the one before it did not sign");
    CHECK(copied.chain.entries() == 6);
    // His own key from the beginning gives a sound log, but under another name than every old checkpoint bears.
    const auto another = forge(true);
    CHECK_FALSE(another.problem);
    CHECK(another.chain.origin() != verified(audit).origin);
    CHECK(another.chain.checkpoint().root != witness.root);
}

TEST_CASE("details sealed for another place in the log do not open", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto audit = folder / "audit";
    makeLog(audit, key, 3);
    const auto records = valueOf(AuditLog::read(audit, {&key, &kReader}));
    // Whoever holds the log's key can copy a box without opening it.
    Record moved = records[3];
    moved.sealedDetails = records[2].sealedDetails;
    const auto frames = framesOf(segmentOf(audit));
    const auto bytes = encode(moved);
    writeBytes(audit / "segment-000001.log",
               segmentOf(audit).substr(0, frames[3]) + frameOf(bytes, leafHash(bytes), LogKeys::from(key)));
    const auto visit = LogReader::Visit([](const Record&) {});
    const auto problemFor = [&](const ScanKeys& keys) {
        LogReader reader(keys, &visit);
        reader.readSegment(segmentOf(audit), true);
        return reader.scan().problem ? reader.scan().problem->detail : std::string();
    };
    const auto logKeys = LogKeys::from(key);
    CHECK(problemFor({&logKeys}).empty());
    CHECK(problemFor({&logKeys, &kReader}) == "details cannot be opened");
}

TEST_CASE("a crash while the key changes leaves a log that goes on", "[audit]") {
    const TempFolder folder;
    const auto key = Secret::random(32);
    const auto keys = LogKeys::from(key);
    const auto audit = folder / "audit";
    makeLog(audit, key, 3);
    const auto before = std::pair{segmentOf(audit), bytesOf(audit / "checkpoint")};
    const auto old = std::move(secretsOf(audit, key).front());
    const auto next = SignKeyPair::generate();
    // Both secrets are in the file; the log does not know the new one yet.
    valueOf(keepSigningKeys(audit / "signing-key", {&old, &next}, keys.signing));
    copyFolder(audit, folder / "early");
    CHECK(valueOf(AuditLog::open(folder / "early", {key, kReader.publicKey}, kLogClock)).head().size == 5);
    CHECK(verified(folder / "early", &key).intact);
    // The log knows it, and the checkpoint is still the old one.
    {
        Composer composer(keys, kReader.publicKey, kLogClock, valueOf(scanLog(audit, {&keys}, {}, {})).chain);
        const auto change = valueOf(composer.composeKeyChange(next.publicKey, old));
        writeBytes(audit / "segment-000001.log", before.first + change.frame);
    }
    CHECK(valueOf(AuditLog::open(audit, {key, kReader.publicKey}, kLogClock)).head().size == 6);
    const auto report = verified(audit, &key);
    CHECK(report.intact);
    CHECK(report.keys == 3);
    CHECK(secretsOf(audit, key).size() == 1);
}
