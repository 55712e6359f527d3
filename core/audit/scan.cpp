#include "core/audit/scan.h"

#include <array>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/folder.h"

namespace fairlead::audit {

namespace {

constexpr std::uintmax_t kMaxSegmentBytes = 1U << 28U;
constexpr std::string_view kAnyMagic = "fairlead-audit ";
constexpr std::array<std::string_view, 2> kFirstMagics = {"fairlead-audit 1\n", "fairlead-audit 2\n"};
constexpr std::string_view kFirstCheckpoint = "fairlead-audit/1\n";
constexpr const char* kFirstFormat =
    "its format is one before the first release: make the workspace anew from its extracts";
constexpr std::size_t kLeastWitnessBytes = 10;

/// How many segments there are: all files of that form count, so that none can hide behind a gap.
Result<std::uint64_t> countSegments(const std::filesystem::path& folder) {
    const auto names = namesIn(folder);
    if (!names) return fail(names.error().code, "audit log", names.error().detail);
    const auto isSegment = [](const std::string& name) {
        return name.starts_with("segment-") && name.ends_with(".log");
    };
    return static_cast<std::uint64_t>(std::ranges::count_if(*names, isSegment));
}

}  // namespace

void LogReader::stop(std::string problem, ErrorCode code) {
    if (!m_scan.problem) m_scan.problem = Error{code, "audit log", std::move(problem)};
}

void LogReader::disagree(std::string problem) {
    if (!m_scan.problem) m_scan.isPlaced = false;
    stop(std::move(problem));
}

void LogReader::readCheckpoint(std::string_view text) {
    if (text.starts_with(kFirstCheckpoint)) return stop(kFirstFormat);
    const auto note = parseNote(text);
    // Nobody else signs the file beside the log: its bytes are those that we write.
    if (!note || noteText(*note) != text) return disagree("the checkpoint is changed");
    m_scan.checkpointSize = note->checkpoint.size;
    watch({note->checkpoint, *note});
}

void LogReader::watch(const Witness& witness) {
    if (witness.checkpoint.root.size() < kLeastWitnessBytes) return stop("a checkpoint to compare with is too short");
    m_known.emplace(witness.checkpoint.size, witness.checkpoint.root);
    if (witness.note) m_notes.push_back(*witness.note);
    compareKnown();
}

void LogReader::compareKnown() {
    const auto [first, last] = m_known.equal_range(m_scan.chain.entries());
    if (first == last) return;
    const auto now = m_scan.chain.checkpoint();
    for (auto it = first; it != last; ++it) {
        if (!now.root.starts_with(it->second))
            disagree(fmt::format("the log is not the one that the checkpoint of {} entries was made of", now.size));
    }
}

void LogReader::checkNotes() {
    for (const Note& note : m_notes) {
        // Before the first entry nobody but the holder of the key file knows who signs.
        const auto* const key = m_scan.chain.keyAt(note.checkpoint.size);
        if (key == nullptr) continue;
        if (note.origin != m_scan.chain.origin()) disagree("a checkpoint is of another log");
        if (!isSignedBy(note, *key))
            disagree(fmt::format("the checkpoint of {} entries is not signed by the log's key", note.checkpoint.size));
    }
}

void LogReader::finish() {
    if (m_scan.problem) return;
    const auto entries = m_scan.chain.entries();
    if (!m_known.empty() && m_known.rbegin()->first > entries)
        return stop(fmt::format("entries are missing at the end: {} of {}", entries, m_known.rbegin()->first));
    // A checkpoint follows every entry: a crash can keep one from it, not two.
    if (entries > m_scan.checkpointSize + 1)
        return stop(fmt::format("entries after {} are covered by no checkpoint", m_scan.checkpointSize));
    checkNotes();
}

Status LogReader::openTexts(Record& record) const {
    if (m_keys.log != nullptr && !record.sealedMarks.empty()) {
        FAIRLEAD_TRY(const auto plain, crypto::decrypt(record.sealedMarks, record.previousLeaf, m_keys.log->marks));
        FAIRLEAD_TRY(record.entry.marks, decodeDetails(plain.view()));
    }
    if (m_keys.reader != nullptr && !record.sealedDetails.empty()) {
        FAIRLEAD_TRY(const auto plain, crypto::unseal(record.sealedDetails, *m_keys.reader));
        // Sealed for this place in the log, not copied from another.
        if (!plain.view().starts_with(record.previousLeaf)) return fail(ErrorCode::Corrupt, "audit log");
        FAIRLEAD_TRY(record.entry.details, decodeDetails(plain.view().substr(record.previousLeaf.size())));
    }
    return {};
}

bool LogReader::readEntry(const Frame& frame) {
    if (m_keys.log != nullptr && !crypto::equalInConstantTime(crypto::mac(frame.leaf, m_keys.log->mac), frame.mac)) {
        stop("not sealed by this log's key");
        return false;
    }
    auto record = decode(frame.entry);
    if (!record) {
        stop(record.error().detail, record.error().code);
        return false;
    }
    // The MAC covers the sealed details; they are opened for those who read them.
    const bool isRead = m_visit != nullptr && *m_visit;
    if (isRead && !openTexts(*record)) {
        stop("details cannot be opened");
        return false;
    }
    if (auto problem = m_scan.chain.add(*record, frame.leaf)) {
        stop(std::move(*problem));
        return false;
    }
    if (isRead) (*m_visit)(*record);
    compareKnown();
    return !m_scan.problem;
}

bool LogReader::torn(std::string_view rest, bool isLast) {
    if (!isLast) stop("ends within an entry");
    m_scan.tornBytes = rest.size();
    return false;
}

/// The one entry that no checkpoint covers yet was under way: a power cut may lose any sector of it.
bool LogReader::isUnderWay(std::string_view rest, bool isLast) const {
    return isLast && m_scan.chain.entries() >= m_scan.checkpointSize && hasLostSector(rest, m_scan.soundBytes);
}

bool LogReader::readFrames(std::string_view frames, bool isLast) {
    while (!frames.empty()) {
        const Frame frame = readFrame(frames);
        if (frame.state != Frame::State::Whole && isUnderWay(frames, isLast)) return torn(frames, true);
        switch (frame.state) {
            case Frame::State::Torn: return torn(frames, isLast);
            case Frame::State::LengthChanged: stop("its length is changed"); return false;
            case Frame::State::Changed: stop("changed"); return false;
            case Frame::State::Whole: break;
        }
        if (!readEntry(frame)) return false;
        m_scan.soundBytes += frame.bytes;
        frames.remove_prefix(frame.bytes);
    }
    return true;
}

bool LogReader::readSegment(std::string_view bytes, bool isLast) {
    ++m_scan.segments;
    m_scan.soundBytes = 0;
    const bool isShort = bytes.size() < kMagic.size();
    if (isLast && ((isShort && kMagic.starts_with(bytes)) || (bytes.size() <= kMagic.size() && isZeros(bytes))))
        return torn(bytes, true);
    if (!bytes.starts_with(kMagic)) {
        if (std::ranges::any_of(kFirstMagics, [&](std::string_view first) { return bytes.starts_with(first); })) {
            stop(kFirstFormat);
        } else {
            const bool isOurs = bytes.starts_with(kAnyMagic);
            stop("a segment without its first line", isOurs ? ErrorCode::NewerFormat : ErrorCode::Corrupt);
        }
        return false;
    }
    m_scan.soundBytes = kMagic.size();
    return readFrames(bytes.substr(kMagic.size()), isLast);
}

namespace {

constexpr std::uintmax_t kMaxCheckpointBytes = 4096;

Result<Scan> scanOnce(const std::filesystem::path& folder, LogReader reader, const Result<std::string>& checkpoint) {
    FAIRLEAD_TRY(const auto segments, countSegments(folder));
    if (segments == 0 && !checkpoint) return fail(ErrorCode::NotFound, "audit log");
    if (checkpoint) reader.readCheckpoint(*checkpoint);
    for (std::uint64_t number = 1; number <= segments; ++number) {
        const auto bytes = readFile(folder / segmentName(number), kMaxSegmentBytes);
        if (!bytes && bytes.error().code != ErrorCode::NotFound) return fail(bytes.error());
        if (!bytes) reader.stop("a segment is missing");
        if (!bytes || reader.scan().problem || !reader.readSegment(*bytes, number == segments)) break;
    }
    // A log without a checkpoint has lost it: it is written before the first segment.
    if (!checkpoint) reader.disagree("the checkpoint is missing");
    reader.finish();
    return reader.take();
}

}  // namespace

Result<Scan> scanLog(const std::filesystem::path& folder, const ScanKeys& keys, const std::vector<Witness>& witnesses,
                     const LogReader::Visit& visit) {
    constexpr int kAttempts = 5;
    auto checkpoint = readFile(folder / kCheckpointName, kMaxCheckpointBytes);
    for (int attempt = 1;; ++attempt) {
        LogReader reader(keys, &visit);
        for (const auto& witness : witnesses) reader.watch(witness);
        auto scan = scanOnce(folder, std::move(reader), checkpoint);
        if (!scan || !scan->problem || attempt == kAttempts) return scan;
        // What looks bad may be a writer at work: then the checkpoint has moved.
        auto now = readFile(folder / kCheckpointName, kMaxCheckpointBytes);
        if (!now || (checkpoint && *now == *checkpoint)) return scan;
        checkpoint = std::move(now);
    }
}

}  // namespace fairlead::audit
