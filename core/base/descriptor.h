// A file descriptor that closes itself, and what is done with one everywhere.

#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "core/base/result.h"

namespace fairlead {

/// Owns a POSIX file descriptor; -1 = none.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

/// What an `errno` of a file operation means: NotFound, AlreadyExists, DiskFull or Io.
ErrorCode codeOfErrno(int error);

/// That, about the file of this name (its folder is left out), with the system's own words.
std::unexpected<Error> failErrno(const std::filesystem::path& path, int error);

/// As write(2), but goes on after a signal and until all is written. False with `errno` set when it cannot.
[[nodiscard]] bool writeAll(int descriptor, std::string_view bytes);

/// As read(2), but goes on after a signal.
[[nodiscard]] ssize_t readSome(int descriptor, char* into, std::size_t size);

}  // namespace fairlead
