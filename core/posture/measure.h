// Reading what posture.h judges: the kernel's own files, and this process. Nothing is changed, nothing is sent.

#pragma once

#include <filesystem>

#include "core/posture/posture.h"

namespace fairlead::posture {

/// Where the kernel tells; tests have folders of their own.
struct Places {
    std::filesystem::path proc = "/proc";
    std::filesystem::path sys = "/sys";
};

/// Everything that can be known without a screen. `workspace` may be empty: then nothing is said of a folder.
Measured measure(const std::filesystem::path& workspace, const Places& places = {});

/// The file system that a path lies on, by the longest mount point above it. REQUIRES: absolute, without links.
FileSystem fileSystemOf(const std::filesystem::path& path, const Places& places);
/// What a device lies on: "dm-0", "sda2".
Encryption encryptionOf(const std::string& device, const Places& places);
/// Nothing when the system does not say.
std::optional<std::vector<Swap>> swapsOf(const Places& places);

}  // namespace fairlead::posture
