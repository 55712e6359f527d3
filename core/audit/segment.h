// For core/audit alone: a segment file open for appending.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::audit {

/// The log's error for an errno: DiskFull or Io.
std::unexpected<Error> failErrno(int error);

/// Locked against other processes while it is open. -1 is no descriptor.
class Segment {
public:
    Segment() = default;
    ~Segment();
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    /// Errors: Io, DiskFull, Busy.
    Status open(const std::filesystem::path& path, int extraFlags);
    /// All of it durable, or none of it there. REQUIRES: open. Errors: Io, DiskFull.
    Status append(std::string_view bytes);
    /// Shortens it. REQUIRES: open. Errors: Io.
    Status cut(std::uint64_t size);

private:
    [[nodiscard]] Status sync() const;
    int m_fd = -1;
};

}  // namespace fairlead::audit
