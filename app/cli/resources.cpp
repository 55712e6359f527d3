#include <cstdlib>
#include <vector>

#include "app/cli/output.h"

namespace fairlead::cli {

Result<std::filesystem::path> findResources(const std::filesystem::path& option) {
    std::error_code ignored;
    const auto isThere = [&](const std::filesystem::path& folder) {
        return std::filesystem::is_directory(folder / "indicators", ignored);
    };
    if (!option.empty()) {
        if (isThere(option)) return option;
        return fail(ErrorCode::NotFound, option.string(), "no folder with indicators/ in it");
    }
    std::vector<std::filesystem::path> places;
    if (const char* variable = std::getenv("FAIRLEAD_RESOURCES"); variable != nullptr) places.emplace_back(variable);
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    places.push_back(program / "resources");
    places.push_back(program / ".." / "share" / "fairlead");
#ifdef FAIRLEAD_SOURCE_RESOURCES
    places.emplace_back(FAIRLEAD_SOURCE_RESOURCES);
#endif
    for (const auto& place : places)
        if (isThere(place)) return std::filesystem::weakly_canonical(place, ignored);
    return fail(ErrorCode::NotFound, "resources", "give --resources or FAIRLEAD_RESOURCES");
}

}  // namespace fairlead::cli
