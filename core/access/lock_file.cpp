#include "core/access/lock_file.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/descriptor.h"
#include "core/base/text.h"

namespace fairlead::access {

namespace {

constexpr std::size_t kMaxBytes = 1024;

struct flock wholeFile(short type) {
    struct flock lock{};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// Texts of other systems go into a line-based file: nothing that breaks a line.
std::string oneLine(std::string_view text) {
    return text.empty() || !isValidUtf8(text) || hasControlCharacters(text) ? "unknown" : std::string(text);
}

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? oneLine(name.data()) : "unknown";
}

std::string userName() {
    std::array<char, 4096> buffer{};
    struct passwd entry{};
    struct passwd* found = nullptr;
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? fmt::format("user {}", ::geteuid()) : oneLine(found->pw_name);
}

LockHolder readHolder(int fd) {
    std::string text(kMaxBytes, '\0');
    const auto count = ::pread(fd, text.data(), text.size(), 0);
    text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    const auto lines = split(text, '\n');
    if (lines.size() != 5) return {.pid = 0, .host = "unknown", .user = "unknown", .sinceMs = 0};
    return {.pid = parseInteger(lines[0]).value_or(0),
            .host = oneLine(lines[1]),
            .user = oneLine(lines[2]),
            .sinceMs = parseInteger(lines[3]).value_or(0)};
}

std::string described(const LockHolder& holder) {
    constexpr std::int64_t kDayMs = 86'400'000;
    const bool known = holder.sinceMs > 0 && holder.sinceMs < std::int64_t{200} * 366 * kDayMs;
    const auto seconds = holder.sinceMs % kDayMs / 1000;
    const auto since =
        known ? fmt::format("{} {:02}:{:02} UTC", Date{static_cast<std::int32_t>(holder.sinceMs / kDayMs)}.uk(),
                            seconds / 3600, seconds / 60 % 60)
              : std::string("an unknown time");
    return fmt::format("{} on {}, process {}, since {}", holder.user, holder.host, holder.pid, since);
}

}  // namespace

LockFile::~LockFile() {
    if (m_fd < 0) return;
    // Not unlinked: another process may have opened the file and would then hold a lock that nobody sees.
    static_cast<void>(::ftruncate(m_fd, 0) == 0);
    ::close(m_fd);
}

LockFile::LockFile(LockFile&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
}

Result<LockFile> LockFile::acquire(const std::filesystem::path& path, const Clock& clock) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0) return failErrno(path, errno);
    auto request = wholeFile(F_WRLCK);
    if (::fcntl(fd, F_OFD_SETLK, &request) != 0) {
        const int error = errno;
        const auto holder = readHolder(fd);
        ::close(fd);
        if (error == EAGAIN || error == EACCES)
            return fail(ErrorCode::Busy, path.filename().string(), described(holder));
        return failErrno(path, error);
    }
    LockFile lock(fd);
    const auto text = fmt::format("{}\n{}\n{}\n{}\n", ::getpid(), hostName(), userName(), clock.nowMs());
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
        return failErrno(path, errno);
    }
    return lock;
}

std::optional<LockHolder> LockFile::holder(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return std::nullopt;
    auto request = wholeFile(F_WRLCK);
    const bool asked = ::fcntl(fd, F_OFD_GETLK, &request) == 0;
    std::optional<LockHolder> holder;
    if (asked && request.l_type != F_UNLCK) holder = readHolder(fd);
    ::close(fd);
    return holder;
}

}  // namespace fairlead::access
