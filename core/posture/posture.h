// What protects a sitting on this computer, and what does not: measured, then judged by rules that need no computer.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::posture {

/// What is looked at, in the order in which it is told.
enum class Topic : std::uint8_t {
    Disk,           ///< Whether what the workspace lies on is encrypted.
    FileSystem,     ///< Of this computer, of a network, of memory.
    FolderRights,   ///< Who else may read the workspace's files.
    Swap,           ///< Where memory may be written to.
    CoreFiles,      ///< Of a crash.
    ProcessMemory,  ///< Whether other programs of this user may look into it.
    LockedMemory,   ///< Whether keys stay out of the swap.
    Network,        ///< Whether this program could open a connection.
    ExtractReader,  ///< What the kernel takes from the process that reads extracts.
    SessionLock,    ///< Whether the lock of the screen and the switch of users are heard.
    Sleep,          ///< Whether the computer waits with sleep until the workspace is closed.
    Screen,         ///< Whether other programs of the session see screen and keys.
    Clock,          ///< Whether somebody sets it.
    Roles           ///< Whether the workspace's roles are separated.
};
inline constexpr unsigned kTopics = 14;

/// How a topic stands.
enum class Standing : std::uint8_t {
    Protected,  ///< As it should be.
    Weak,       ///< Protected in part, or by something that cannot be seen from here.
    Open,       ///< Not protected.
    Unknown     ///< The system does not say.
};

/// One line of the panel.
struct Finding {
    Topic topic = Topic::Disk;
    Standing standing = Standing::Unknown;
    std::string measured;  ///< The fact that it rests on: "ext4 on /dev/dm-0"; empty when there is none.
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a device lies on.
enum class Encryption : std::uint8_t {
    Seen,     ///< dm-crypt, on every device below.
    NotSeen,  ///< None; a disk or a host may still encrypt by itself.
    Unknown   ///< No device of this computer.
};

/// A mounted file system.
struct FileSystem {
    std::string kind;    ///< "ext4".
    std::string source;  ///< "/dev/dm-0".
    Encryption encryption = Encryption::Unknown;
};

/// The workspace's folder.
struct Folder {
    FileSystem files;
    bool othersMayRead = false;  ///< Group or others have a right on a file of it, and on the folder.
    bool isOurs = true;          ///< It belongs to the user of this program.
};

/// A place that memory may be written to.
struct Swap {
    std::string name;
    Encryption encryption = Encryption::Unknown;
    bool isMemory = false;  ///< zram: compressed memory, on no disk.
};

/// What only a program with a screen knows.
struct Sitting {
    std::string display;  ///< Qt's word: "xcb", "wayland", "offscreen".
    bool sessionHeard = false;
    bool saversHeard = false;
    bool sleepWaits = false;
};

/// Everything that was measured. What is empty could not be, or does not apply.
struct Measured {
    std::optional<Folder> folder;            ///< Of a workspace.
    std::optional<std::vector<Swap>> swaps;  ///< Empty list: there is no swap.
    bool noCoreFile = false;
    bool memoryClosed = false;
    bool noNetwork = false;
    std::optional<std::uint64_t> lockableBytes;  ///< Nothing: as many as there are.
    std::uint64_t lockedBytes = 0;               ///< Kept out of the swap now.
    bool readerFiles = false;                    ///< Landlock.
    bool readerCalls = false;                    ///< Seccomp.
    std::optional<Sitting> sitting;
    std::optional<bool> clockIsSet;
    std::optional<bool> rolesSeparated;
};

/// The lines, in the order of Topic; what does not apply has none.
std::vector<Finding> judge(const Measured& measured);

/// The topics by how they stand, for the audit log: {"posture_open": "swap, network"}; a standing without topics is
/// left out. What was measured is not in it: no device, no path.
std::map<std::string, std::string> onRecord(const std::vector<Finding>& findings);

}  // namespace fairlead::posture
