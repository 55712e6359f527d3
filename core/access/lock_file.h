// LockFile: one writer for a workspace, and who it is.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace fairlead::access {

/// Who holds a lock, as the holder wrote it.
struct LockHolder {
    std::int64_t pid = 0;
    std::string host;
    std::string user;
    std::int64_t sinceMs = 0;  ///< Milliseconds since 1970, UTC.
};

/// An open file description lock: the kernel gives it back when the holder ends, however it ends, so that nothing stale
/// can be left. The file itself stays. Move-only; released when it goes.
class LockFile {
public:
    /// Errors: Busy, with "user on host, process pid, since time" as detail; NotFound (no such folder), DiskFull, Io.
    static Result<LockFile> acquire(const std::filesystem::path& path, const Clock& clock);
    /// Who holds the lock now; nothing when nobody does.
    static std::optional<LockHolder> holder(const std::filesystem::path& path);

    ~LockFile();
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;

private:
    explicit LockFile(int fd) : m_fd(fd) {}
    int m_fd;
};

}  // namespace fairlead::access
