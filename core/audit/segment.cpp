#include "core/audit/segment.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fairlead::audit {

std::unexpected<Error> failErrno(int error) {
    const auto code = error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Io;
    return fail(code, "audit log", std::strerror(error));
}

Segment::~Segment() {
    if (m_fd >= 0) ::close(m_fd);
}

Status Segment::open(const std::filesystem::path& path, int extraFlags) {
    const int fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | extraFlags, S_IRUSR | S_IWUSR);
    if (fd < 0) return failErrno(errno);
    if (m_fd >= 0) ::close(m_fd);
    m_fd = fd;
    if (::flock(m_fd, LOCK_EX | LOCK_NB) != 0) return fail(ErrorCode::Busy, "audit log");
    return {};
}

Status Segment::append(std::string_view bytes) {
    const auto before = ::lseek(m_fd, 0, SEEK_END);
    auto rest = bytes;
    while (!rest.empty()) {
        const auto written = ::write(m_fd, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            if (::ftruncate(m_fd, before) != 0) return failErrno(errno);
            return failErrno(error);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    return sync();
}

Status Segment::cut(std::uint64_t size) {
    if (::ftruncate(m_fd, static_cast<off_t>(size)) != 0) return failErrno(errno);
    return sync();
}

Status Segment::sync() const {
    if (::fdatasync(m_fd) != 0) return failErrno(errno);
    return {};
}

}  // namespace fairlead::audit
