// A folder that exists for one test, and the few file functions tests need.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::test {

/// A new empty folder; removed with all its content when it goes.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

/// The whole file as bytes; aborts the test when it cannot be read.
std::string bytesOf(const std::filesystem::path& path);
/// Replaces the file.
void writeBytes(const std::filesystem::path& path, std::string_view bytes);
/// A file of the project, e.g. "resources/indicators".
std::filesystem::path projectPath(std::string_view relative);
/// A file of the public data sets beside the project, when they are there.
std::optional<std::filesystem::path> sharedPath(std::string_view relative);

}  // namespace fairlead::test
