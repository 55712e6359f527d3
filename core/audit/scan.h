// For core/audit alone: reading a log from its first byte, and judging it.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/chain.h"
#include "core/audit/entry.h"
#include "core/audit/frames.h"
#include "core/audit/note.h"
#include "core/base/result.h"

namespace fairlead::audit {

/// Everything that reading a log gives.
struct Scan {
    Chain chain;                       ///< Of the sound entries.
    std::uint64_t checkpointSize = 0;  ///< Of the checkpoint beside it.
    std::uint64_t segments = 0;
    std::uint64_t soundBytes = 0;  ///< Of the last segment.
    std::uint64_t tornBytes = 0;   ///< Behind them.
    std::optional<Error> problem;  ///< The first bad place.
    bool isPlaced = true;          ///< It is the entry after the sound ones; else a checkpoint disagrees with them.
};

/// What a reader of a log may open. Pointers to what outlives it; null where it is not at hand.
struct ScanKeys {
    const LogKeys* log = nullptr;                 ///< Without it no MAC is checked and marks stay sealed.
    const crypto::SealKeyPair* reader = nullptr;  ///< Without it details stay sealed.
};

/// Reads the frames of one segment after the other. A copy goes on by itself.
class LogReader {
public:
    using Visit = std::function<void(const Record&)>;
    /// `visit` may be empty or null; else it outlives the reader.
    LogReader(const ScanKeys& keys, const Visit* visit) : m_keys(keys), m_visit(visit) {}

    /// The checkpoint that lies beside the log.
    void readCheckpoint(std::string_view text);
    /// Another one, kept elsewhere.
    void watch(const Witness& witness);
    /// The next segment. False when nothing after it can be read.
    bool readSegment(std::string_view bytes, bool isLast);
    /// Frames of a segment, without its first line. False as above.
    bool readFrames(std::string_view frames, bool isLast);
    /// After the last segment: are the checkpoints of this log, and is anything missing or not covered?
    void finish();
    /// Ends it with this problem, unless there was one before.
    void stop(std::string problem, ErrorCode code = ErrorCode::Corrupt);
    /// As stop(), where the bad place is no entry but a checkpoint.
    void disagree(std::string problem);

    [[nodiscard]] const Scan& scan() const { return m_scan; }
    /// The same, when nothing more is read.
    [[nodiscard]] Scan take() { return std::move(m_scan); }

private:
    bool torn(std::string_view rest, bool isLast);
    [[nodiscard]] bool isUnderWay(std::string_view rest, bool isLast) const;
    bool readEntry(const Frame& frame);
    [[nodiscard]] Status openTexts(Record& record) const;
    void compareKnown();
    void checkNotes();

    ScanKeys m_keys;
    const Visit* m_visit;
    std::multimap<std::uint64_t, std::string> m_known;  ///< Roots, or their first bytes, by size.
    std::vector<Note> m_notes;
    Scan m_scan;
};

/// Reads all segments, and the checkpoint; begins again when somebody wrote meanwhile, so `visit` may see entry 1
/// twice. Errors: Io, NotFound (no log there).
Result<Scan> scanLog(const std::filesystem::path& folder, const ScanKeys& keys, const std::vector<Witness>& witnesses,
                     const LogReader::Visit& visit);

}  // namespace fairlead::audit
