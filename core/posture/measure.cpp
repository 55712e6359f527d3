#include "core/posture/measure.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "core/base/folder.h"
#include "core/worker/confinement.h"
#include "core/worker/own_process.h"

namespace fairlead::posture {

namespace fs = std::filesystem;

namespace {

/// The kernel's files have no size that can be asked for.
std::string firstLineOf(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// "\040" is a space in the kernel's tables.
std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escapes = text[i] == '\\' && i + 3 < text.size();
        if (!escapes) {
            plain += text[i];
            continue;
        }
        plain += static_cast<char>(((text[i + 1] - '0') << 6) + ((text[i + 2] - '0') << 3) + (text[i + 3] - '0'));
        i += 3;
    }
    return plain;
}

bool liesBelow(const std::string& path, const std::string& folder) {
    return folder == "/" || path == folder || path.starts_with(folder + "/");
}

/// One line of mountinfo(5): "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw".
struct Mount {
    std::string number;  ///< "98:0".
    std::string point;
    std::string kind;
    std::string source;
};

std::optional<Mount> mountOf(const std::string& line) {
    std::istringstream words(line);
    Mount mount;
    std::string skipped;
    words >> skipped >> skipped >> mount.number >> skipped >> mount.point;
    mount.point = unescaped(mount.point);
    while (words >> skipped && skipped != "-") {
    }
    words >> mount.kind >> mount.source;
    mount.source = unescaped(mount.source);
    if (words.fail()) return std::nullopt;
    return mount;
}

Encryption encryptionIn(const fs::path& device, const Places& places) {
    std::error_code ignored;
    if (!fs::exists(device, ignored)) return Encryption::Unknown;
    if (firstLineOf(device / "dm" / "uuid").starts_with("CRYPT-")) return Encryption::Seen;
    // A file as a device: what it lies on cannot be told from here.
    if (fs::exists(device / "loop", ignored)) return Encryption::Unknown;
    bool any = false;
    for (const std::string& below : namesIn(device / "slaves").value_or(std::vector<std::string>())) {
        if (encryptionOf(below, places) != Encryption::Seen) return Encryption::NotSeen;
        any = true;
    }
    return any ? Encryption::Seen : Encryption::NotSeen;
}

bool othersHaveRights(const fs::path& file) {
    struct stat status{};
    return ::lstat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

/// Rights on a file are of no use to others whom the folder keeps out.
bool othersMayRead(const fs::path& folder) {
    if (!othersHaveRights(folder)) return false;
    const auto names = namesIn(folder).value_or(std::vector<std::string>());
    return std::ranges::any_of(names, [&](const std::string& name) { return othersHaveRights(folder / name); });
}

bool isOurs(const fs::path& folder) {
    struct stat status{};
    return ::stat(folder.c_str(), &status) != 0 || status.st_uid == ::geteuid();
}

std::optional<std::uint64_t> lockableBytes() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return 0;
    if (limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return limit.rlim_cur;
}

std::uint64_t lockedBytes(const Places& places) {
    constexpr std::string_view kLocked = "VmLck:";
    std::ifstream status(places.proc / "self" / "status");
    for (std::string line; std::getline(status, line);) {
        std::uint64_t kibibytes = 0;
        if (line.starts_with(kLocked) && std::istringstream(line.substr(kLocked.size())) >> kibibytes)
            return kibibytes << 10U;
    }
    return 0;
}

std::optional<bool> clockIsSet() {
    timex state{};
    const int answer = ::adjtimex(&state);
    if (answer < 0) return std::nullopt;
    return answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

}  // namespace

Encryption encryptionOf(const std::string& device, const Places& places) {
    return encryptionIn(places.sys / "class" / "block" / device, places);
}

FileSystem fileSystemOf(const fs::path& path, const Places& places) {
    std::ifstream table(places.proc / "self" / "mountinfo");
    std::optional<Mount> best;
    for (std::string line; std::getline(table, line);) {
        auto mount = mountOf(line);
        // The later of two on one point covers the earlier.
        if (mount && liesBelow(path.string(), mount->point) && (!best || mount->point.size() >= best->point.size()))
            best = std::move(mount);
    }
    if (!best) return {};
    std::error_code ignored;
    const fs::path numbered = places.sys / "dev" / "block" / best->number;
    const auto name = fs::weakly_canonical(best->source, ignored).filename().string();
    return {best->kind, best->source,
            fs::exists(numbered, ignored)       ? encryptionIn(numbered, places)
            : best->source.starts_with("/dev/") ? encryptionOf(name, places)
                                                : Encryption::Unknown};
}

std::optional<std::vector<Swap>> swapsOf(const Places& places) {
    std::ifstream table(places.proc / "swaps");
    std::string line;
    if (!std::getline(table, line)) return std::nullopt;
    std::vector<Swap> swaps;
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string name;
        std::string kind;
        words >> name >> kind;
        Swap swap{unescaped(name), Encryption::Unknown, false};
        const auto device = fs::path(swap.name).filename().string();
        swap.isMemory = device.starts_with("zram");
        swap.encryption = kind == "file" ? fileSystemOf(swap.name, places).encryption : encryptionOf(device, places);
        swaps.push_back(std::move(swap));
    }
    return swaps;
}

Measured measure(const fs::path& workspace, const Places& places) {
    Measured measured;
    if (!workspace.empty()) {
        std::error_code failed;
        const auto whole = fs::canonical(workspace, failed);
        if (!failed) measured.folder = Folder{fileSystemOf(whole, places), othersMayRead(whole), isOurs(whole)};
    }
    measured.swaps = swapsOf(places);
    const worker::OwnLimits own = worker::ownLimits();
    measured.noCoreFile = own.noCoreFile;
    measured.memoryClosed = own.memoryClosed;
    measured.noNetwork = own.noNetwork;
    measured.lockableBytes = lockableBytes();
    measured.lockedBytes = lockedBytes(places);
    const worker::Confinement reader = worker::confinementOfThisKernel();
    measured.readerFiles = reader.has(worker::Restriction::OneFile);
    measured.readerCalls = reader.has(worker::Restriction::SystemCalls);
    measured.clockIsSet = clockIsSet();
    return measured;
}

}  // namespace fairlead::posture
