// A workspace's folder copied elsewhere: which files make it, and a copy that has its name when it is whole.

#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/custody/file_copy.h"

namespace fairlead::custody {

/// What makes a workspace, by name within its folder ("audit/checkpoint"), ascending: both databases, the header, the
/// log and those before it, the recovery sheets' file, the readers' pack. Not what is of a session (lock, staging) or
/// of an act under way. Errors: Io.
Result<std::vector<std::string>> workspaceFiles(const std::filesystem::path& folder);
/// True for a name that workspaceFiles() may give: it leads nowhere else.
bool isWorkspaceFile(std::string_view name);
/// workspaceFiles() and whatever an act that was broken off left: journals, new files. Errors: Io.
Result<std::vector<std::string>> everyFile(const std::filesystem::path& folder);

/// A folder that takes its name when it is whole, and goes when it is not.
class FolderInTheMaking {
public:
    /// Errors: AlreadyExists, Io (the folder above it).
    static Result<FolderInTheMaking> begin(const std::filesystem::path& wanted);
    ~FolderInTheMaking();
    FolderInTheMaking(FolderInTheMaking&& other) noexcept
        : m_wanted(std::move(other.m_wanted)),
          m_part(std::exchange(other.m_part, {})),
          m_within(std::move(other.m_within)) {}
    FolderInTheMaking& operator=(FolderInTheMaking&&) = delete;

    /// Where it is until it is whole.
    [[nodiscard]] const std::filesystem::path& path() const { return m_part; }
    /// A folder in it, for its owner alone. Errors: Io.
    Status makeFolder(const std::string& name);
    /// A file of `from` by its name within, "audit/checkpoint". Errors: as copyDurably().
    Result<FileDigest> copy(const std::filesystem::path& from, const std::string& name);
    /// One rename. Errors: Io.
    Status publish();

private:
    explicit FolderInTheMaking(const std::filesystem::path& wanted)
        : m_wanted(wanted), m_part(wanted.string() + ".part") {}
    std::filesystem::path m_wanted;
    std::filesystem::path m_part;
    std::set<std::string> m_within;  ///< Folders in it.
};

}  // namespace fairlead::custody
