#include "core/base/file.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/descriptor.h"

namespace fairlead {

Status syncFolder(const std::filesystem::path& folder) {
    const Descriptor fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isOpen() || ::fsync(fd.get()) != 0) return failErrno(folder, errno);
    return {};
}

Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t maxBytes) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.isOpen()) return failErrno(path, errno);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) return failErrno(path, errno);
    if (!S_ISREG(status.st_mode)) return fail(ErrorCode::Io, path.filename().string(), "not a regular file");
    if (static_cast<std::uintmax_t>(status.st_size) > maxBytes) {
        return fail(ErrorCode::InvalidArgument, path.filename().string(),
                    fmt::format("larger than the limit of {} bytes", maxBytes));
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = readSome(fd.get(), bytes.data() + have, bytes.size() - have);
        if (got < 0) return failErrno(path, errno);
        if (got == 0) break;  // the file became shorter while it was read
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

Status writeFileAtomically(const std::filesystem::path& path, std::string_view bytes) {
    auto temporary = path;
    temporary += fmt::format(".new-{}", ::getpid());
    {
        const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!fd.isOpen()) return failErrno(path, errno);
        if (!writeAll(fd.get(), bytes) || ::fsync(fd.get()) != 0) {
            const int error = errno;
            ::unlink(temporary.c_str());
            return failErrno(path, error);
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return failErrno(path, error);
    }
    return syncFolder(path.parent_path());
}

}  // namespace fairlead
