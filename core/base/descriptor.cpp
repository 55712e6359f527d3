#include "core/base/descriptor.h"

#include <cerrno>
#include <cstring>

namespace fairlead {

ErrorCode codeOfErrno(int error) {
    switch (error) {
        case ENOENT: return ErrorCode::NotFound;
        case EEXIST: return ErrorCode::AlreadyExists;
        case ENOSPC:
        case EDQUOT: return ErrorCode::DiskFull;
        default: return ErrorCode::Io;
    }
}

std::unexpected<Error> failErrno(const std::filesystem::path& path, int error) {
    return fail(codeOfErrno(error), path.filename().string(), std::strerror(error));
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

ssize_t readSome(int descriptor, char* into, std::size_t size) {
    ssize_t got = 0;
    do got = ::read(descriptor, into, size);
    while (got < 0 && errno == EINTR);
    return got;
}

}  // namespace fairlead
