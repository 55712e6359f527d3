#include "tests/support/temp_folder.h"

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <catch2/catch_all.hpp>
#include <unistd.h>

#include "tests/support/scratch_place.h"

namespace fairlead::test {

TempFolder::TempFolder() {
    static std::atomic<int> counter{0};
    m_path = scratchPlace() / fmt::format("fairlead-test-{}-{}", ::getpid(), counter.fetch_add(1));
    std::filesystem::create_directories(m_path);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void writeBytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(out.good());
}

std::filesystem::path projectPath(std::string_view relative) {
    return std::filesystem::path(FAIRLEAD_SOURCE_DIR) / relative;
}

std::optional<std::filesystem::path> sharedPath(std::string_view relative) {
    const char* fromEnvironment = std::getenv("FAIRLEAD_SHARED");
    const auto root = fromEnvironment != nullptr ? std::filesystem::path(fromEnvironment)
                                                 : std::filesystem::path(FAIRLEAD_SOURCE_DIR) / ".." / "shared";
    auto path = root / relative;
    if (!std::filesystem::exists(path)) return std::nullopt;
    return path;
}

}  // namespace fairlead::test
