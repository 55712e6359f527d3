#undef _FORTIFY_SOURCE
#include "tests/crash/calls.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>
#include <map>
#include <mutex>
#include <span>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace fairlead::crash {

namespace {

constexpr std::size_t kMostDescriptors = 4096;

/// What a descriptor is open on.
struct Opened {
    enum class What : std::uint8_t { Unwatched, File, Folder };
    What what = What::Unwatched;
    std::uint64_t file = 0;
    std::string path;
    bool appends = false;
};

/// Everything that the calls look at. Never destroyed: calls come until the end of the process.
struct Hooks {
    std::mutex mutex;
    std::string folder;  ///< Watched, with a slash at its end; empty: nothing is.
    bool isRecording = false;
    bool skipsSyncs = false;
    std::vector<Operation> operations;
    std::map<std::string, std::uint64_t> names;
    std::uint64_t files = 0;
    std::array<Opened, kMostDescriptors> opened;
    Fault fault;
    bool isFaulty = false;
    bool wasHit = false;
    std::uint64_t seen = 0;
};

Hooks& hooks() {
    static Hooks* const all = new Hooks;
    return *all;
}

using Lock = std::scoped_lock<std::mutex>;

/// The path below the watched folder; nothing elsewhere. `at` is of openat() and its kin.
std::string below(int at, const char* path) {
    const Hooks& all = hooks();
    if (all.folder.empty() || path == nullptr) return {};
    std::string whole = path;
    if (!whole.starts_with('/') && at != AT_FDCWD && at >= 0 && static_cast<std::size_t>(at) < kMostDescriptors) {
        const Opened& folder = all.opened[static_cast<std::size_t>(at)];
        if (folder.what != Opened::What::Folder) return {};
        whole = all.folder + folder.path + '/' + whole;
    }
    return whole.starts_with(all.folder) ? whole.substr(all.folder.size()) : std::string();
}

Opened* openedOf(int fd) {
    if (fd < 0 || static_cast<std::size_t>(fd) >= kMostDescriptors) return nullptr;
    Opened& opened = hooks().opened[static_cast<std::size_t>(fd)];
    return opened.what == Opened::What::Unwatched ? nullptr : &opened;
}

enum class Call : std::uint8_t { Reading, Changing, Writing, Syncing };

bool isMeant(Call call) {
    switch (hooks().fault.calls) {
        case Calls::Any: return true;
        case Calls::Changing: return call != Call::Reading;
        case Calls::Writing: return call == Call::Writing;
        case Calls::Syncing: return call == Call::Syncing;
    }
    return false;
}

/// True when this call is to fail. The mutex is held.
bool fails(Call call) {
    Hooks& all = hooks();
    if (!all.isFaulty || !isMeant(call)) return false;
    ++all.seen;
    const bool hit = all.fault.isForGood ? all.seen >= all.fault.at : all.seen == all.fault.at;
    all.wasHit = all.wasHit || hit;
    return hit;
}

void record(Operation operation) {
    if (hooks().isRecording) hooks().operations.push_back(std::move(operation));
}

int failWith(int error) {
    errno = error;
    return -1;
}

void close(int fd) {
    if (fd >= 0 && static_cast<std::size_t>(fd) < kMostDescriptors)
        hooks().opened[static_cast<std::size_t>(fd)] = Opened();
}

/// An opened file or folder below the watched folder is known from now on.
void note(int fd, const std::string& path, int flags, bool wasThere) {
    Hooks& all = hooks();
    if (fd < 0 || static_cast<std::size_t>(fd) >= kMostDescriptors) return;
    struct stat status{};
    if (::fstat(fd, &status) != 0) return;
    Opened& opened = all.opened[static_cast<std::size_t>(fd)];
    opened = {.what = S_ISDIR(status.st_mode) ? Opened::What::Folder : Opened::What::File,
              .file = 0,
              .path = path,
              .appends = (flags & O_APPEND) != 0};
    if (opened.what == Opened::What::Folder) return;
    if (!wasThere) {
        all.names[path] = ++all.files;
        record({.kind = Operation::Kind::Create, .file = all.files, .path = path});
    }
    opened.file = all.names[path];
    if (wasThere && (flags & O_TRUNC) != 0) record({.kind = Operation::Kind::Truncate, .file = opened.file});
}

}  // namespace

int openBelow(int at, const char* path, int flags, unsigned mode) {
    const Lock lock(hooks().mutex);
    if (hooks().folder.empty()) {
        const auto fd = static_cast<int>(::syscall(SYS_openat, at, path, flags, mode));
        close(fd);
        return fd;
    }
    const std::string name = below(at, path);
    const bool isWatched = !name.empty() || (path != nullptr && std::string(path) + '/' == hooks().folder);
    const bool wasThere = isWatched && ::faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    const bool makes = (flags & O_CREAT) != 0 && !wasThere;
    if (isWatched && fails(makes ? Call::Changing : Call::Reading)) return failWith(hooks().fault.error);
    const auto fd = static_cast<int>(::syscall(SYS_openat, at, path, flags, mode));
    close(fd);
    if (isWatched) note(fd, name, flags, wasThere);
    return fd;
}

namespace {

ssize_t write(int fd, const void* bytes, std::size_t size, std::int64_t at) {
    const Lock lock(hooks().mutex);
    const Opened* const opened = openedOf(fd);
    if (opened != nullptr && fails(Call::Writing)) {
        if (hooks().fault.error != 0) return failWith(hooks().fault.error);
        size = (size + 1) / 2;
    }
    std::int64_t begin = at;
    if (opened != nullptr && at < 0) {
        struct stat status{};
        ::fstat(fd, &status);
        begin = opened->appends ? status.st_size : ::syscall(SYS_lseek, fd, 0, SEEK_CUR);
    }
    const ssize_t written =
        at < 0 ? ::syscall(SYS_write, fd, bytes, size) : ::syscall(SYS_pwrite64, fd, bytes, size, at);
    if (opened != nullptr && written > 0)
        record({.kind = Operation::Kind::Write,
                .file = opened->file,
                .at = static_cast<std::uint64_t>(begin),
                .bytes = std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written))});
    return written;
}

bool isReadFailing(int fd) {
    const Lock lock(hooks().mutex);
    return openedOf(fd) != nullptr && hooks().fault.error != 0 && fails(Call::Reading);
}

int truncate(int fd, std::int64_t size) {
    const Lock lock(hooks().mutex);
    const Opened* const opened = openedOf(fd);
    if (opened != nullptr && fails(Call::Changing)) return failWith(hooks().fault.error);
    const auto done = static_cast<int>(::syscall(SYS_ftruncate, fd, size));
    if (opened != nullptr && done == 0)
        record({.kind = Operation::Kind::Truncate, .file = opened->file, .at = static_cast<std::uint64_t>(size)});
    return done;
}

int sync(int fd, long number) {
    const Lock lock(hooks().mutex);
    const Opened* const opened = openedOf(fd);
    if (opened != nullptr && fails(Call::Syncing)) return failWith(hooks().fault.error);
    if (opened == nullptr || !hooks().skipsSyncs) {
        const auto done = static_cast<int>(::syscall(number, fd));
        if (done != 0) return done;
    }
    if (opened == nullptr) return 0;
    const bool isFolder = opened->what == Opened::What::Folder;
    record({.kind = isFolder ? Operation::Kind::SyncFolder : Operation::Kind::Sync,
            .file = opened->file,
            .path = opened->path});
    return 0;
}

int changeMode(int at, const char* path, unsigned mode) {
    const Lock lock(hooks().mutex);
    if (!below(at, path).empty() && fails(Call::Changing)) return failWith(hooks().fault.error);
    return static_cast<int>(::syscall(SYS_fchmodat, at, path, mode));
}

/// Copies inside the kernel, which nobody could put on tape: who copies so falls back on reading and writing.
ssize_t sendInside(int to, int from, off_t* at, std::size_t size) {
    const Lock lock(hooks().mutex);
    if (openedOf(to) != nullptr) return failWith(EINVAL);
    return ::syscall(SYS_sendfile, to, from, at, size);
}

int removeBelow(int at, const char* path, int flags) {
    const Lock lock(hooks().mutex);
    const std::string name = below(at, path);
    if (!name.empty() && fails(Call::Changing)) return failWith(hooks().fault.error);
    const auto done = static_cast<int>(::syscall(SYS_unlinkat, at, path, flags));
    if (done != 0 || name.empty()) return done;
    hooks().names.erase(name);
    record({.kind = Operation::Kind::Remove, .path = name});
    return 0;
}

int renameBelow(const char* from, const char* to) {
    const Lock lock(hooks().mutex);
    const std::string name = below(AT_FDCWD, from), next = below(AT_FDCWD, to);
    if (!name.empty() && fails(Call::Changing)) return failWith(hooks().fault.error);
    const auto done = static_cast<int>(::syscall(SYS_rename, from, to));
    if (done != 0 || name.empty()) return done;
    auto& names = hooks().names;
    std::map<std::string, std::uint64_t> moved;
    for (const auto& [path, file] : names) moved[renamed(path, name, next)] = file;
    names = std::move(moved);
    record({.kind = Operation::Kind::Rename, .path = name, .to = next});
    return 0;
}

int makeFolder(const char* path, unsigned mode) {
    const Lock lock(hooks().mutex);
    const std::string name = below(AT_FDCWD, path);
    if (!name.empty() && fails(Call::Changing)) return failWith(hooks().fault.error);
    const auto done = static_cast<int>(::syscall(SYS_mkdir, path, mode));
    if (done == 0 && !name.empty()) record({.kind = Operation::Kind::MakeFolder, .path = name});
    return done;
}

void watch(const std::filesystem::path& folder) {
    Hooks& all = hooks();
    all.folder = folder.string() + '/';
    all.names.clear();
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.push_back(entry.path().string().substr(all.folder.size()));
    }
    std::ranges::sort(files);
    all.files = 0;
    for (const std::string& file : files) all.names[file] = ++all.files;
}

}  // namespace

Tape::Tape(const std::filesystem::path& folder) {
    watch(folder);
    const Lock lock(hooks().mutex);
    hooks().operations.clear();
    hooks().isRecording = true;
}

Tape::~Tape() {
    const Lock lock(hooks().mutex);
    hooks().isRecording = false;
    hooks().folder.clear();
}

std::size_t Tape::count() const {
    const Lock lock(hooks().mutex);
    return hooks().operations.size();
}

std::vector<Operation> Tape::take() {
    const Lock lock(hooks().mutex);
    return std::move(hooks().operations);
}

Faults::Faults(const std::filesystem::path& folder, const Fault& fault) {
    watch(folder);
    const Lock lock(hooks().mutex);
    hooks().fault = fault;
    hooks().seen = 0;
    hooks().wasHit = false;
}

void Faults::begin() {
    const Lock lock(hooks().mutex);
    hooks().isFaulty = true;
}

Faults::~Faults() {
    const Lock lock(hooks().mutex);
    hooks().isFaulty = false;
    hooks().folder.clear();
}

bool Faults::wereHit() const {
    const Lock lock(hooks().mutex);
    return hooks().wasHit;
}

std::string renamed(const std::string& path, const std::string& from, const std::string& to) {
    const bool isIn = path == from || path.starts_with(from + '/');
    return isIn ? to + path.substr(from.size()) : path;
}

void skipSyncs() { hooks().skipsSyncs = true; }

}  // namespace fairlead::crash

// The names that everybody calls. Both of those with and without 64 are one on this platform.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl50-cpp,cppcoreguidelines-pro-type-vararg)
extern "C" {

namespace crash = fairlead::crash;

#define FAIRLEAD_OPEN_MODE(last)                \
    unsigned mode = 0;                          \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) { \
        va_list rest;                           \
        va_start(rest, last);                   \
        mode = va_arg(rest, unsigned);          \
        va_end(rest);                           \
    }

int open(const char* path, int flags, ...) {
    FAIRLEAD_OPEN_MODE(flags)
    return crash::openBelow(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    FAIRLEAD_OPEN_MODE(flags)
    return crash::openBelow(AT_FDCWD, path, flags, mode);
}
int openat(int at, const char* path, int flags, ...) {
    FAIRLEAD_OPEN_MODE(flags)
    return crash::openBelow(at, path, flags, mode);
}
int openat64(int at, const char* path, int flags, ...) {
    FAIRLEAD_OPEN_MODE(flags)
    return crash::openBelow(at, path, flags, mode);
}
int __open_2(const char* path, int flags) { return crash::openBelow(AT_FDCWD, path, flags, 0); }
int __open64_2(const char* path, int flags) { return crash::openBelow(AT_FDCWD, path, flags, 0); }

int close(int fd) {
    {
        const crash::Lock lock(crash::hooks().mutex);
        crash::close(fd);
    }
    return static_cast<int>(::syscall(SYS_close, fd));
}

ssize_t write(int fd, const void* bytes, std::size_t size) { return crash::write(fd, bytes, size, -1); }
ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t at) { return crash::write(fd, bytes, size, at); }
ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t at) { return crash::write(fd, bytes, size, at); }

ssize_t read(int fd, void* bytes, std::size_t size) {
    if (crash::isReadFailing(fd)) return crash::failWith(crash::hooks().fault.error);
    return ::syscall(SYS_read, fd, bytes, size);
}
ssize_t pread(int fd, void* bytes, std::size_t size, off_t at) {
    if (crash::isReadFailing(fd)) return crash::failWith(crash::hooks().fault.error);
    return ::syscall(SYS_pread64, fd, bytes, size, at);
}
ssize_t pread64(int fd, void* bytes, std::size_t size, off64_t at) {
    if (crash::isReadFailing(fd)) return crash::failWith(crash::hooks().fault.error);
    return ::syscall(SYS_pread64, fd, bytes, size, at);
}

int ftruncate(int fd, off_t size) noexcept { return crash::truncate(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return crash::truncate(fd, size); }
int fsync(int fd) { return crash::sync(fd, SYS_fsync); }
int fdatasync(int fd) { return crash::sync(fd, SYS_fdatasync); }

int unlink(const char* path) noexcept { return crash::removeBelow(AT_FDCWD, path, 0); }
int unlinkat(int at, const char* path, int flags) noexcept { return crash::removeBelow(at, path, flags); }
int rmdir(const char* path) noexcept { return crash::removeBelow(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
    if (crash::removeBelow(AT_FDCWD, path, 0) == 0) return 0;
    return errno == EISDIR || errno == EPERM ? crash::removeBelow(AT_FDCWD, path, AT_REMOVEDIR) : -1;
}
int rename(const char* from, const char* to) noexcept { return crash::renameBelow(from, to); }
int fchmodat(int at, const char* path, mode_t mode, int) noexcept { return crash::changeMode(at, path, mode); }
ssize_t sendfile(int to, int from, off_t* at, std::size_t size) noexcept {
    return crash::sendInside(to, from, at, size);
}
ssize_t writev(int fd, const iovec* parts, int count) {
    ssize_t all = 0;
    for (const iovec& part : std::span(parts, static_cast<std::size_t>(count))) {
        const ssize_t written = crash::write(fd, part.iov_base, part.iov_len, -1);
        if (written < 0) return all > 0 ? all : written;
        all += written;
        if (static_cast<std::size_t>(written) < part.iov_len) break;
    }
    return all;
}
int mkdir(const char* path, mode_t mode) noexcept { return crash::makeFolder(path, mode); }

// A fifth of the time of checking a state would go into locking memory, which leaves nothing on a disk.
int mlock(const void*, std::size_t) noexcept { return 0; }
int munlock(const void*, std::size_t) noexcept { return 0; }

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,cert-dcl50-cpp,cppcoreguidelines-pro-type-vararg)
