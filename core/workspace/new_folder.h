// The folder of a workspace that is being made.

#pragma once

#include <filesystem>
#include <utility>

#include "core/base/result.h"

namespace fairlead::workspace {

/// A new folder with those that a workspace has in it, readable by its owner alone; it goes again, with all that was
/// written into it, unless it is kept.
class NewFolder {
public:
    /// The folder above it must be there. Errors: AlreadyExists, Io.
    static Result<NewFolder> make(const std::filesystem::path& path);
    ~NewFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    NewFolder(NewFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    NewFolder& operator=(NewFolder&&) = delete;
    void keep() { m_path.clear(); }

private:
    explicit NewFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

}  // namespace fairlead::workspace
