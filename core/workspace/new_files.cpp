#include "core/workspace/new_files.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/folder.h"

namespace fairlead::workspace {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEpoch = ".epoch-";

Result<std::vector<std::string>> newFilesIn(const fs::path& folder) {
    FAIRLEAD_TRY(auto names, namesIn(folder));
    const auto isNew = [](std::string_view name) {
        return std::ranges::any_of(kDatabaseFiles, [name](std::string_view file) {
            return name.starts_with(file) && name.substr(file.size()).starts_with(kEpoch);
        });
    };
    std::erase_if(names, [&](const std::string& name) { return !isNew(name); });
    return names;
}

}  // namespace

fs::path newFilePath(const fs::path& folder, std::string_view file, std::int64_t epoch) {
    return folder / fmt::format("{}{}{}", file, kEpoch, epoch);
}

Status settleNewFiles(const fs::path& folder, std::int64_t epoch) {
    FAIRLEAD_TRY(const auto names, newFilesIn(folder));
    if (names.empty()) return {};
    std::error_code failed;
    for (const std::string& name : names) {
        const std::string_view file = kDatabaseFiles[name.starts_with(kDatabaseFiles[0]) ? 0 : 1];
        if (folder / name == newFilePath(folder, file, epoch))
            fs::rename(folder / name, folder / file, failed);
        else
            fs::remove(folder / name, failed);  // with its journal, which is of the list as well
        if (failed) return fail(ErrorCode::Io, name, failed.message());
    }
    return syncFolder(folder);
}

}  // namespace fairlead::workspace
