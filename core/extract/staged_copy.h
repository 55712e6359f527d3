// Steps 1 and 2 of opening: look at the supplied file without trusting it, and copy it to a private place while
// hashing it, so that what is checked is what is read.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/base/task_context.h"

namespace fairlead::extract {

/// Pages of SQLCipher 4; an extract has whole pages, at least two, and stays below 4 GiB.
inline constexpr std::uint64_t kPageBytes = 4096;
inline constexpr std::uint64_t kLeastFileBytes = 2 * kPageBytes;
inline constexpr std::uint64_t kMostFileBytes = (4ULL << 30U) - kPageBytes;

/// A private copy of a supplied file (mode 0600, random name); removed when it goes.
class StagedCopy {
public:
    /// Checks file type, size, header and sidecars of `source`, then copies it into `staging`.
    /// Errors: NotFound, ExtractNotRegularFile (link, pipe, folder), ExtractSize (parts that were never written, too),
    /// ExtractSidecar, ExtractPlaintext, HashMismatch when it grows meanwhile, Io, DiskFull, Cancelled, InvalidArgument
    /// when `staging` is no folder.
    static Result<StagedCopy> make(const std::filesystem::path& source, const std::filesystem::path& staging,
                                   TaskContext& task);
    ~StagedCopy();
    StagedCopy(StagedCopy&& other) noexcept;
    StagedCopy& operator=(StagedCopy&& other) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    /// SHA-256 of what was copied, lower-case hex.
    [[nodiscard]] const std::string& sha256() const { return m_sha256; }

private:
    explicit StagedCopy(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;
    std::uint64_t m_bytes = 0;
    std::string m_sha256;
};

}  // namespace fairlead::extract
