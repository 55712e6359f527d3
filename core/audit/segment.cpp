#include "core/audit/segment.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/descriptor.h"

namespace fairlead::audit {

std::unexpected<Error> failErrno(int error) {
    const auto code = codeOfErrno(error);
    // Whatever a log misses, nothing that was asked for was not found.
    return fail(code == ErrorCode::DiskFull ? code : ErrorCode::Io, "audit log", std::strerror(error));
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
    if (!writeAll(m_fd, bytes)) {
        const int error = errno;
        if (::ftruncate(m_fd, before) != 0) return failErrno(errno);
        return failErrno(error);
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
