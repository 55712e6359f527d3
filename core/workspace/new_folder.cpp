#include "core/workspace/new_folder.h"

namespace fairlead::workspace {

namespace fs = std::filesystem;

Result<NewFolder> NewFolder::make(const fs::path& path) {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(path, failed))) return fail(ErrorCode::AlreadyExists, path.filename().string());
    NewFolder made(path);
    for (const auto& folder : {path, path / "audit", path / "staging"}) {
        fs::create_directory(folder, failed);
        if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
        if (failed) return fail(ErrorCode::Io, path.filename().string(), failed.message());
    }
    return made;
}

}  // namespace fairlead::workspace
