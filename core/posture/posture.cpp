#include "core/posture/posture.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace fairlead::posture {

namespace {

// Nearer to the limit than this, the next piece of memory may not be locked.
constexpr std::uint64_t kLockedBytesSpare = 1ULL << 20U;

constexpr std::array<std::string_view, 11> kNetworkKinds = {"nfs",  "nfs4", "cifs",  "smb3",      "smbfs",     "9p",
                                                            "ceph", "afs",  "davfs", "glusterfs", "fuse.sshfs"};
constexpr std::array<std::string_view, 2> kMemoryKinds = {"tmpfs", "ramfs"};

// In the order of Topic and of Standing. They stay as they are: they are in audit logs.
constexpr std::array<std::string_view, kTopics> kTopicNames = {
    "disk",    "file system",    "folder rights", "swap",  "core files", "process memory", "locked memory",
    "network", "extract reader", "session lock",  "sleep", "screen",     "clock",          "roles"};
constexpr std::array<std::string_view, 4> kStandingNames = {"posture_protected", "posture_weak", "posture_open",
                                                            "posture_unknown"};

bool isOneOf(std::string_view kind, const auto& kinds) { return std::ranges::find(kinds, kind) != kinds.end(); }

Standing standingOf(Encryption encryption) {
    return encryption == Encryption::Seen      ? Standing::Protected
           : encryption == Encryption::NotSeen ? Standing::Weak
                                               : Standing::Unknown;
}

Standing either(bool holds) { return holds ? Standing::Protected : Standing::Open; }

std::string whereOf(const FileSystem& files) { return fmt::format("{} on {}", files.kind, files.source); }

void judgeFolder(const Folder& folder, std::vector<Finding>& lines) {
    const FileSystem& files = folder.files;
    const bool inMemory = isOneOf(files.kind, kMemoryKinds);
    lines.push_back({Topic::Disk, inMemory ? Standing::Unknown : standingOf(files.encryption), whereOf(files)});
    const Standing local = isOneOf(files.kind, kNetworkKinds)                     ? Standing::Open
                           : inMemory                                             ? Standing::Weak
                           : files.kind.empty() || files.kind.starts_with("fuse") ? Standing::Unknown
                                                                                  : Standing::Protected;
    lines.push_back({Topic::FileSystem, local, files.kind});
    lines.push_back({Topic::FolderRights,
                     folder.othersMayRead ? Standing::Open
                     : folder.isOurs      ? Standing::Protected
                                          : Standing::Weak,
                     {}});
}

Finding swapLine(const std::optional<std::vector<Swap>>& swaps) {
    if (!swaps) return {Topic::Swap, Standing::Unknown, {}};
    Finding line{Topic::Swap, Standing::Protected, {}};
    for (const Swap& swap : *swaps) {
        line.measured += (line.measured.empty() ? "" : ", ") + swap.name;
        if (swap.isMemory || swap.encryption == Encryption::Seen) continue;
        line.standing =
            swap.encryption == Encryption::NotSeen ? Standing::Open : std::max(line.standing, Standing::Weak);
    }
    return line;
}

Finding lockedLine(const Measured& measured) {
    const auto locked = measured.lockedBytes >> 10U;
    if (!measured.lockableBytes)
        return {Topic::LockedMemory, Standing::Protected, fmt::format("{} KiB locked", locked)};
    const bool hasSpare = *measured.lockableBytes >= measured.lockedBytes + kLockedBytesSpare;
    return {Topic::LockedMemory, hasSpare ? Standing::Protected : Standing::Weak,
            fmt::format("{} KiB locked of {} KiB allowed", locked, *measured.lockableBytes >> 10U)};
}

void judgeSitting(const Sitting& sitting, std::vector<Finding>& lines) {
    lines.push_back({Topic::SessionLock,
                     sitting.sessionHeard  ? Standing::Protected
                     : sitting.saversHeard ? Standing::Weak
                                           : Standing::Open,
                     {}});
    lines.push_back({Topic::Sleep, either(sitting.sleepWaits), {}});
    const bool isX = sitting.display == "xcb";
    const bool isWayland = sitting.display.starts_with("wayland");
    lines.push_back({Topic::Screen,
                     isX         ? Standing::Open
                     : isWayland ? Standing::Protected
                                 : Standing::Unknown,
                     sitting.display});
}

}  // namespace

std::vector<Finding> judge(const Measured& measured) {
    std::vector<Finding> lines;
    if (measured.folder) judgeFolder(*measured.folder, lines);
    lines.push_back(swapLine(measured.swaps));
    lines.push_back({Topic::CoreFiles, either(measured.noCoreFile), {}});
    lines.push_back({Topic::ProcessMemory, either(measured.memoryClosed), {}});
    lines.push_back(lockedLine(measured));
    lines.push_back({Topic::Network, either(measured.noNetwork), {}});
    const Standing reader = measured.readerFiles && measured.readerCalls   ? Standing::Protected
                            : measured.readerFiles || measured.readerCalls ? Standing::Weak
                                                                           : Standing::Open;
    lines.push_back({Topic::ExtractReader, reader,
                     fmt::format("Landlock {}, seccomp {}", measured.readerFiles ? "yes" : "no",
                                 measured.readerCalls ? "yes" : "no")});
    if (measured.sitting) judgeSitting(*measured.sitting, lines);
    lines.push_back({Topic::Clock,
                     !measured.clockIsSet   ? Standing::Unknown
                     : *measured.clockIsSet ? Standing::Protected
                                            : Standing::Weak,
                     {}});
    if (measured.rolesSeparated)
        lines.push_back({Topic::Roles, *measured.rolesSeparated ? Standing::Protected : Standing::Weak, {}});
    return lines;
}

std::map<std::string, std::string> onRecord(const std::vector<Finding>& findings) {
    std::map<std::string, std::string> by;
    for (const Finding& finding : findings) {
        std::string& topics = by[std::string(kStandingNames.at(static_cast<std::size_t>(finding.standing)))];
        topics += topics.empty() ? "" : ", ";
        topics += kTopicNames.at(static_cast<std::size_t>(finding.topic));
    }
    return by;
}

}  // namespace fairlead::posture
