// For core/audit alone: how entries lie in the segment files, and reading all of them.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/audit/entry.h"
#include "core/audit/merkle.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::audit {

/// First line of every segment.
inline constexpr std::string_view kMagic = "fairlead-audit 1\n";
inline constexpr std::string_view kCheckpointName = "checkpoint";

/// The two keys that come from the log's one.
struct LogKeys {
    crypto::Secret mac;
    crypto::Secret details;
    /// Both are HMACs of fixed words under the log's key.
    static LogKeys from(const crypto::Secret& key);
};

/// "segment-000001.log"
std::string segmentName(std::uint64_t number);

/// Length, its check, entry, leaf hash, MAC.
std::string frameOf(std::string_view entry, const LogKeys& keys);

/// The checkpoint file's text.
std::string checkpointText(const Checkpoint& checkpoint, const LogKeys& keys);

/// Everything that reading a log from its first byte gives.
struct Scan {
    std::uint64_t entries = 0;  ///< Sound ones.
    MerkleTree tree;
    std::string lastLeaf = std::string(32, '\0');
    std::int64_t maxSeenMs = 0;
    std::map<std::uint64_t, Entry> unfinished;  ///< Intents without an end, without their details.
    std::uint64_t segments = 0;
    std::uint64_t soundBytes = 0;  ///< Of the last segment.
    std::uint64_t tornBytes = 0;   ///< Behind them.
    std::optional<Error> problem;  ///< The first bad place: entry `entries` + 1, unless it is the checkpoint.
    bool isTruncated = false;      ///< The problem is that the checkpoint knows more.
};

/// Reads all segments, and the checkpoint when there is one. `keys` may be null: then no MAC is checked.
/// `witnesses` are compared as the checkpoint is. `visit` may be empty. Errors: Io, NotFound (no log there).
Result<Scan> scanLog(const std::filesystem::path& folder, const LogKeys* keys, const std::vector<Checkpoint>& witnesses,
                     const std::function<void(const Record&)>& visit);

}  // namespace fairlead::audit
