// A file descriptor that closes itself.

#pragma once

#include <utility>

#include <unistd.h>

namespace fairlead::extract {

/// Owns a POSIX file descriptor; -1 = none.
class FileHandle {
public:
    explicit FileHandle(int descriptor = -1) : m_descriptor(descriptor) {}
    ~FileHandle() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    FileHandle(FileHandle&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

private:
    int m_descriptor;
};

}  // namespace fairlead::extract
