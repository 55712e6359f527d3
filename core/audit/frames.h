// For core/audit alone: how entries lie in the segment files.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/crypto/keys.h"

namespace fairlead::audit {

/// First line of every segment.
inline constexpr std::string_view kMagic = "fairlead-audit 3\n";
inline constexpr std::string_view kCheckpointName = "checkpoint";
inline constexpr std::string_view kSigningKeyName = "signing-key";

/// The keys that come from the log's one: HMACs of fixed words under it.
struct LogKeys {
    crypto::Secret mac;
    crypto::Secret marks;
    crypto::Secret signing;  ///< Seals the secret signing key.
    static LogKeys from(const crypto::Secret& key);
};

/// "segment-000001.log"
std::string segmentName(std::uint64_t number);

/// Length, its check, entry, MAC of its leaf hash, check of both.
std::string frameOf(std::string_view entry, std::string_view leaf, const LogKeys& keys);

/// What stands at the beginning of some bytes of a segment.
struct Frame {
    /// Whether it is sound, and if not where it is not.
    enum class State : std::uint8_t {
        Whole,
        Torn,           ///< As a crash leaves it: incomplete, or zeros.
        LengthChanged,  ///< The length is not the one that was written.
        Changed,        ///< The entry or its MAC is not.
    };
    State state = State::Torn;
    std::string_view entry{};
    std::string_view mac{};
    std::string leaf{};
    std::size_t bytes = 0;  ///< Of the whole frame.
};

/// Reads one frame; its views are of `bytes`. The MAC is for those who have the key to check.
Frame readFrame(std::string_view bytes);

/// Whether these are zeros alone: file systems may leave them where a crash came before the bytes did.
bool isZeros(std::string_view bytes);
/// Whether one of the file's sectors of 512 bytes is zeros alone as far as it is in these bytes, which begin at
/// `offset`: what a file that grew holds where a power cut lost the sector. Bytes of an entry never look like that.
bool hasLostSector(std::string_view bytes, std::uint64_t offset);

}  // namespace fairlead::audit
