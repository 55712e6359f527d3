#include "core/audit/frames.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/audit/merkle.h"

namespace fairlead::audit {

namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kCheckBytes = 8;
constexpr std::uint32_t kMaxEntryBytes = 1U << 20U;

std::string littleEndian(std::uint32_t value) {
    std::string bytes;
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xffU);
    return bytes;
}

/// Four bytes that only this length has: a changed length must not pass for an entry cut short by a crash.
std::string lengthCheck(std::string_view length) {
    return crypto::sha256(std::string("fairlead audit length ") + std::string(length)).substr(0, 4);
}

/// So that a changed MAC shows to those without its key too.
std::string frameCheck(std::string_view leaf, std::string_view mac) {
    crypto::Sha256 hash;
    hash.add(leaf);
    hash.add(mac);
    return hash.finish().substr(0, kCheckBytes);
}

std::optional<std::uint32_t> lengthIn(std::string_view header) {
    const auto length = header.substr(0, 4);
    if (lengthCheck(length) != header.substr(4, 4)) return std::nullopt;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<unsigned char>(length[i])} << 8U * i;
    if (value > kMaxEntryBytes) return std::nullopt;
    return value;
}

crypto::Secret derived(std::string_view words, const crypto::Secret& key) {
    auto bytes = crypto::mac(words, key);
    auto secret = crypto::Secret::copyOf(bytes);
    crypto::wipe(bytes);
    return secret;
}

}  // namespace

LogKeys LogKeys::from(const crypto::Secret& key) {
    return {.mac = derived("fairlead audit mac 1", key),
            .marks = derived("fairlead audit marks 1", key),
            .signing = derived("fairlead audit signing 1", key)};
}

std::string segmentName(std::uint64_t number) { return fmt::format("segment-{:06}.log", number); }

std::string frameOf(std::string_view entry, std::string_view leaf, const LogKeys& keys) {
    const auto length = littleEndian(static_cast<std::uint32_t>(entry.size()));
    const auto mac = crypto::mac(leaf, keys.mac);
    return length + lengthCheck(length) + std::string(entry) + mac + frameCheck(leaf, mac);
}

bool isZeros(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return c == '\0'; });
}

bool hasLostSector(std::string_view bytes, std::uint64_t offset) {
    constexpr std::uint64_t kSector = 512;
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, kSector - offset % kSector);
        if (isZeros(part)) return true;
        bytes.remove_prefix(part.size());
        offset += part.size();
    }
    return false;
}

Frame readFrame(std::string_view bytes) {
    Frame frame;
    if (bytes.size() < kHeaderBytes || isZeros(bytes)) return frame;
    const auto length = lengthIn(bytes);
    if (!length) {
        frame.state = Frame::State::LengthChanged;
        return frame;
    }
    frame.bytes = kHeaderBytes + *length + kMacBytes + kCheckBytes;
    if (bytes.size() < frame.bytes) return frame;
    frame.entry = bytes.substr(kHeaderBytes, *length);
    frame.mac = bytes.substr(kHeaderBytes + *length, kMacBytes);
    frame.leaf = leafHash(frame.entry);
    const auto check = bytes.substr(frame.bytes - kCheckBytes, kCheckBytes);
    frame.state = frameCheck(frame.leaf, frame.mac) == check ? Frame::State::Whole : Frame::State::Changed;
    return frame;
}

}  // namespace fairlead::audit
