#include "core/base/file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fairlead {

namespace {

/// Closes a file descriptor when it goes.
class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

std::unexpected<Error> failErrno(const std::filesystem::path& path, int error) {
    const auto code = error == ENOENT                      ? ErrorCode::NotFound
                      : error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull
                                                           : ErrorCode::Io;
    return fail(code, path.filename().string(), std::strerror(error));
}

Status writeAll(int fd, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failErrno(path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(fd) != 0) return failErrno(path, errno);
    return {};
}

}  // namespace

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
        const auto got = ::read(fd.get(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
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
        if (auto written = writeAll(fd.get(), bytes, path); !written) {
            ::unlink(temporary.c_str());
            return written;
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
