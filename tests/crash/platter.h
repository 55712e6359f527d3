// What a disk may hold after a crash: recorded operations played again, those that no sync made durable in doubt.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/crash/calls.h"

namespace fairlead::crash {

/// A folder's files and folders by their paths in it.
struct Image {
    std::map<std::string, std::string> files;
    std::set<std::string> folders;
};

/// The folder as it is.
Image imageOf(const std::filesystem::path& folder);
/// Makes the folder hold this and nothing else.
void lay(const Image& image, const std::filesystem::path& folder);
/// The same for the same image; of any two others different but for chance.
std::uint64_t hashOf(const Image& image);

/// A disk that is told one operation after the other.
/// - What a file was when it was last synced is durable. Of the writes since, any may be missing or be there in part,
///   by sectors of 512 bytes; a file may have grown by zeros where its bytes are missing.
/// - Names made, changed and removed in a folder are durable when the folder was synced. Of those since, any first ones
///   in their order are.
class Platter {
public:
    /// All of it durable.
    explicit Platter(const Image& image);
    void take(const Operation& operation);

    /// As the program left it: the process was killed, the computer went on.
    [[nodiscard]] Image killed() const;
    /// Without anything that no sync made durable.
    [[nodiscard]] Image dropped() const;
    /// With some of it.
    [[nodiscard]] Image torn(std::mt19937_64& random) const;

private:
    /// A write, or a change of size where `bytes` is empty.
    struct Change {
        std::uint64_t at = 0;
        std::string bytes;
    };
    struct File {
        std::string durable, now;
        std::vector<Change> pending;
    };
    struct Names {
        std::map<std::string, std::uint64_t> files;
        std::set<std::string> folders;
        void take(const Operation& operation);
    };
    [[nodiscard]] static std::string folderOf(const Operation& operation);
    [[nodiscard]] static std::string tornFile(const File& file, std::mt19937_64& random);

    std::map<std::uint64_t, File> m_files;
    Names m_durable, m_now;
    std::vector<Operation> m_pending;  ///< Of names.
};

}  // namespace fairlead::crash
