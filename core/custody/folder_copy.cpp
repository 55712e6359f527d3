#include "core/custody/folder_copy.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/descriptor.h"
#include "core/base/file.h"
#include "core/base/folder.h"

namespace fairlead::custody {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kFiles = {"aggregate.pack", "core.db", "header", "identity.db", "recovery"};
constexpr std::string_view kLog = "audit";
constexpr std::string_view kLogBefore = "audit-before-";

bool isLogFolder(std::string_view name) {
    if (name == kLog) return true;
    if (!name.starts_with(kLogBefore)) return false;
    name.remove_prefix(kLogBefore.size());
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isOfSession(std::string_view name) { return name == "lock" || name == "staging"; }

/// Files of the folder and of the folders in it that `takes` takes, with their names within.
template <typename Takes>
Result<std::vector<std::string>> filesIn(const fs::path& folder, const Takes& takes) {
    std::vector<std::string> files;
    FAIRLEAD_TRY(const auto names, namesIn(folder));
    for (const std::string& name : names) {
        std::error_code failed;
        const fs::file_status status = fs::status(folder / name, failed);
        if (failed) return fail(ErrorCode::Io, folder.filename().string(), failed.message());
        if (fs::is_regular_file(status) && takes(name)) files.push_back(name);
        if (!fs::is_directory(status) || isOfSession(name)) continue;
        FAIRLEAD_TRY(const auto inner, namesIn(folder / name));
        for (const std::string& one : inner)
            if (std::string within = fmt::format("{}/{}", name, one); takes(within)) files.push_back(std::move(within));
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

bool isWorkspaceFile(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos) return std::ranges::find(kFiles, name) != kFiles.end();
    const auto inner = name.substr(slash + 1);
    return isLogFolder(name.substr(0, slash)) && !inner.empty() && inner.find('/') == std::string_view::npos &&
           inner != "." && inner != "..";
}

Result<std::vector<std::string>> workspaceFiles(const fs::path& folder) { return filesIn(folder, isWorkspaceFile); }

Result<std::vector<std::string>> everyFile(const fs::path& folder) {
    return filesIn(folder, [](std::string_view name) { return !isOfSession(name); });
}

Result<FolderInTheMaking> FolderInTheMaking::begin(const fs::path& wanted) {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(wanted, failed)))
        return fail(ErrorCode::AlreadyExists, wanted.filename().string());
    FolderInTheMaking folder(wanted);
    fs::remove_all(folder.m_part, failed);
    FAIRLEAD_OK(folder.makeFolder({}));
    return folder;
}

FolderInTheMaking::~FolderInTheMaking() {
    std::error_code ignored;
    if (!m_part.empty()) fs::remove_all(m_part, ignored);
}

Status FolderInTheMaking::makeFolder(const std::string& name) {
    const fs::path path = name.empty() ? m_part : m_part / name;
    std::error_code failed;
    if (!fs::create_directory(path, failed) || failed)
        return fail(ErrorCode::Io, m_wanted.filename().string(), failed.message());
    fs::permissions(path, fs::perms::owner_all, failed);
    if (!name.empty()) m_within.insert(name);
    return {};
}

Result<FileDigest> FolderInTheMaking::copy(const fs::path& from, const std::string& name) {
    const std::string within = fs::path(name).parent_path().string();
    if (!within.empty() && !m_within.contains(within)) FAIRLEAD_OK(makeFolder(within));
    return copyDurably(from / name, m_part / name);
}

Status FolderInTheMaking::publish() {
    for (const std::string& name : m_within) FAIRLEAD_OK(syncFolder(m_part / name));
    FAIRLEAD_OK(syncFolder(m_part));
    if (::rename(m_part.c_str(), m_wanted.c_str()) != 0) return failErrno(m_wanted, errno);
    m_part.clear();
    return syncFolder(m_wanted.has_parent_path() ? m_wanted.parent_path() : fs::path("."));
}

}  // namespace fairlead::custody
