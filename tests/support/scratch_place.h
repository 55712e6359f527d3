// Where tests put their files.

#pragma once

#include <cstdint>
#include <filesystem>
#include <system_error>

namespace fairlead::test {

/// Memory, where the computer has a folder of it with room: on a disk a test that opens a thousand small databases
/// waits for the disk nearly all of its time. Elsewhere the folder for temporary files.
inline std::filesystem::path scratchPlace() {
    constexpr std::uintmax_t kRoom = std::uintmax_t{2} << 30U;  // bytes; containers often have 64 MB
    const std::filesystem::path memory = "/dev/shm";
    std::error_code failed;
    const auto space = std::filesystem::space(memory, failed);
    return !failed && space.available >= kRoom ? memory : std::filesystem::temp_directory_path();
}

}  // namespace fairlead::test
