#include "core/custody/file_copy.h"

#include <cerrno>

#include <fcntl.h>

#include "core/base/descriptor.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"

namespace fairlead::custody {

namespace {

namespace fs = std::filesystem;

/// Gives a file's bytes piece by piece.
template <typename Take>
Status eachPiece(const fs::path& path, const Take& take) {
    constexpr std::size_t kPiece = 1U << 20U;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen()) return failErrno(path, errno);
    std::string piece(kPiece, '\0');
    while (true) {
        const auto count = readSome(file.get(), piece.data(), piece.size());
        if (count < 0) return failErrno(path, errno);
        if (count == 0) return {};
        FAIRLEAD_OK(take(std::string_view(piece).substr(0, static_cast<std::size_t>(count))));
    }
}

}  // namespace

Result<FileDigest> digestOf(const fs::path& path) {
    crypto::Sha256 hash;
    FileDigest digest;
    FAIRLEAD_OK(eachPiece(path, [&](std::string_view piece) -> Status {
        hash.add(piece);
        digest.bytes += piece.size();
        return {};
    }));
    digest.sha256 = hex(hash.finish());
    return digest;
}

Result<FileDigest> copyDurably(const fs::path& from, const fs::path& to) {
    constexpr mode_t kOwnerOnly = 0600;
    const Descriptor file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
    if (!file.isOpen()) return failErrno(to, errno);
    crypto::Sha256 hash;
    FileDigest copied;
    FAIRLEAD_OK(eachPiece(from, [&](std::string_view piece) -> Status {
        hash.add(piece);
        copied.bytes += piece.size();
        if (!writeAll(file.get(), piece)) return failErrno(to, errno);
        return {};
    }));
    if (::fsync(file.get()) != 0) return failErrno(to, errno);
    copied.sha256 = hex(hash.finish());
    // What is on the disk counts, not what was meant to be there.
    FAIRLEAD_TRY(const auto written, digestOf(to));
    if (written != copied) return fail(ErrorCode::Corrupt, to.filename().string(), "the copy differs");
    return copied;
}

}  // namespace fairlead::custody
