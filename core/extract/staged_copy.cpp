#include "core/extract/staged_copy.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "core/base/descriptor.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"

namespace fairlead::extract {

namespace {

constexpr std::size_t kChunkBytes = 1U << 20U;
constexpr std::string_view kPlaintextHeader{"SQLite format 3\0", 16};
constexpr std::array kSidecars{"-wal", "-shm", "-journal"};

/// A file to copy, and how long it was when it was opened.
struct Source {
    Descriptor file;
    std::uint64_t bytes = 0;
};

/// Whether parts of it were never written: it claims gigabytes that it does not hold, and what is encrypted has no
/// holes. False where the file system does not say; the file's position stays.
bool hasHoles(const Descriptor& file, std::uint64_t bytes) {
    const auto hole = ::lseek(file.get(), 0, SEEK_HOLE);
    return ::lseek(file.get(), 0, SEEK_SET) == 0 && hole >= 0 && static_cast<std::uint64_t>(hole) < bytes;
}

/// Step 1, all but the header: O_NONBLOCK so that a pipe without a writer does not hold us up.
Result<Source> openSource(const std::filesystem::path& source) {
    const auto subject = source.filename().string();
    Descriptor file(::open(source.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen() && errno == ELOOP) return fail(ErrorCode::ExtractNotRegularFile, subject, std::strerror(errno));
    if (!file.isOpen()) return failErrno(source, errno);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return failErrno(source, errno);
    if (!S_ISREG(status.st_mode)) return fail(ErrorCode::ExtractNotRegularFile, subject, "a pipe, device or folder");
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    if (bytes < kLeastFileBytes || bytes > kMostFileBytes || bytes % kPageBytes != 0) {
        return fail(ErrorCode::ExtractSize, subject, fmt::format("{} bytes", bytes));
    }
    if (hasHoles(file, bytes)) return fail(ErrorCode::ExtractSize, subject, "parts of it were never written");
    for (const auto* ending : kSidecars) {
        auto sidecar = source;
        sidecar += ending;
        std::error_code ignored;
        if (std::filesystem::exists(std::filesystem::symlink_status(sidecar, ignored))) {
            return fail(ErrorCode::ExtractSidecar, subject, sidecar.filename().string() + " lies beside it");
        }
    }
    return Source{std::move(file), bytes};
}

}  // namespace

Result<StagedCopy> StagedCopy::make(const std::filesystem::path& source, const std::filesystem::path& staging,
                                    TaskContext& task) {
    FAIRLEAD_TRY(const auto in, openSource(source));
    std::error_code ignored;
    if (!std::filesystem::is_directory(staging, ignored)) {
        return fail(ErrorCode::InvalidArgument, "staging", "not a folder");
    }
    StagedCopy copy(staging / ("extract-" + hex(crypto::randomBytes(16)) + ".fxt"));
    const Descriptor out(::open(copy.m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!out.isOpen()) return failErrno(copy.m_path, errno);
    task.begin(Phase::Copying, 0);
    crypto::Sha256 hash;
    std::vector<char> chunk(kChunkBytes);
    while (true) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled, source.filename().string());
        const auto got = readSome(in.file.get(), chunk.data(), chunk.size());
        if (got < 0) return failErrno(source, errno);
        if (got == 0) break;
        const std::string_view bytes(chunk.data(), static_cast<std::size_t>(got));
        if (copy.m_bytes == 0 && bytes.starts_with(kPlaintextHeader)) {
            return fail(ErrorCode::ExtractPlaintext, source.filename().string());
        }
        // Somebody is still writing: the copy must not grow with it.
        if (copy.m_bytes + bytes.size() > in.bytes) {
            return fail(ErrorCode::HashMismatch, source.filename().string(), "it grew while it was being copied");
        }
        hash.add(bytes);
        if (!writeAll(out.get(), bytes)) return failErrno(copy.m_path, errno);
        copy.m_bytes += bytes.size();
        task.advance(bytes.size());
    }
    copy.m_sha256 = hex(hash.finish());
    return copy;
}

StagedCopy::~StagedCopy() {
    if (!m_path.empty()) ::unlink(m_path.c_str());
}

StagedCopy::StagedCopy(StagedCopy&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_bytes(other.m_bytes), m_sha256(std::move(other.m_sha256)) {}

}  // namespace fairlead::extract
