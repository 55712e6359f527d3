#include "core/worker/wire.h"

#include "core/base/check.h"

namespace fairlead::worker {

namespace {

constexpr std::size_t kHeadBytes = 5;

template <typename Number>
void put(std::string& bytes, Number value) {
    for (std::size_t i = 0; i < sizeof(value); ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

template <typename Number>
Number numberOf(std::string_view bytes) {
    Number value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = static_cast<Number>(value << 8U) | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

}  // namespace

void WireWriter::count(std::uint32_t value) { put(m_bytes, value); }
void WireWriter::integer(std::int64_t value) { put(m_bytes, static_cast<std::uint64_t>(value)); }

void WireWriter::text(std::string_view value) {
    FAIRLEAD_CHECK(value.size() <= kMostFrameBytes);
    count(static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
}

std::string_view WireReader::take(std::size_t size) {
    if (!m_sound || size > m_left.size()) {
        m_sound = false;
        m_left = {};
        return {};
    }
    const auto taken = m_left.substr(0, size);
    m_left.remove_prefix(size);
    return taken;
}

std::uint8_t WireReader::byte() { return numberOf<std::uint8_t>(take(1)); }
std::uint32_t WireReader::count() { return numberOf<std::uint32_t>(take(4)); }
std::int64_t WireReader::integer() { return static_cast<std::int64_t>(numberOf<std::uint64_t>(take(8))); }
std::string_view WireReader::text() { return take(count()); }

std::string framed(const Frame& frame) {
    FAIRLEAD_CHECK(frame.payload.size() <= kMostFrameBytes);
    std::string bytes;
    bytes.reserve(kHeadBytes + frame.payload.size());
    put(bytes, static_cast<std::uint32_t>(frame.payload.size()));
    bytes += static_cast<char>(frame.kind);
    bytes += frame.payload;
    return bytes;
}

void FrameBuffer::add(std::string_view bytes) {
    m_bytes.erase(0, m_at);
    m_at = 0;
    m_bytes += bytes;
}

Result<std::optional<Frame>> FrameBuffer::next() {
    const auto left = std::string_view(m_bytes).substr(m_at);
    if (left.size() < kHeadBytes) return std::nullopt;
    const std::size_t size = numberOf<std::uint32_t>(left.substr(0, 4));
    if (size > kMostFrameBytes) return fail(ErrorCode::InvalidArgument, "frame", "longer than allowed");
    if (left.size() < kHeadBytes + size) return std::nullopt;
    m_at += kHeadBytes + size;
    return Frame{static_cast<std::uint8_t>(left[4]), left.substr(kHeadBytes, size)};
}

}  // namespace fairlead::worker
