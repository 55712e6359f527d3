// What two processes of the program say to each other over a pipe: numbers and texts in frames, every length bounded.
// The side that reads takes nothing for granted: whoever writes may have been taken over by the file it reads.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::worker {

/// Most bytes that the payload of a frame may have.
inline constexpr std::size_t kMostFrameBytes = 256U * 1024U;

/// Puts numbers (little-endian) and texts (length first) one after the other.
class WireWriter {
public:
    /// 0 to 255.
    void byte(std::uint8_t value) { m_bytes += static_cast<char>(value); }
    /// Four bytes.
    void count(std::uint32_t value);
    /// Eight bytes.
    void integer(std::int64_t value);
    /// Four bytes of length, then the text.
    void text(std::string_view value);

    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    /// Ready for the next.
    void clear() { m_bytes.clear(); }

private:
    std::string m_bytes;
};

/// Takes them apart again. After a value that is not there everything is 0 or empty, and isSound() says so.
class WireReader {
public:
    explicit WireReader(std::string_view bytes) : m_left(bytes) {}
    /// As WireWriter has them; a text is borrowed from the bytes.
    std::uint8_t byte();
    std::uint32_t count();
    std::int64_t integer();
    std::string_view text();

    [[nodiscard]] bool isSound() const { return m_sound; }
    [[nodiscard]] bool atEnd() const { return m_left.empty(); }

private:
    std::string_view take(std::size_t size);

    std::string_view m_left;
    bool m_sound = true;
};

/// One message: what kind it is of, and what it says.
struct Frame {
    std::uint8_t kind = 0;
    std::string_view payload;  ///< Borrowed; at most kMostFrameBytes.
};

/// A frame as bytes: four of length, one of kind, the payload. REQUIRES: payload of at most kMostFrameBytes.
std::string framed(const Frame& frame);

/// Puts together the frames of bytes that come in pieces.
class FrameBuffer {
public:
    /// More bytes. Frames given before are not valid any more.
    void add(std::string_view bytes);
    /// The next whole frame, or nothing until more bytes come. Errors: InvalidArgument (longer than allowed).
    Result<std::optional<Frame>> next();

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

}  // namespace fairlead::worker
