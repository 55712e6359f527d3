// The program's calls to the file system, watched and made to fail. calls.cpp defines open, write, fsync and the like
// itself, so that SQLite's, the audit log's and the standard library's all pass through it in one order.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fairlead::crash {

/// What a call did to the files below the watched folder. Paths are relative to it.
struct Operation {
    enum class Kind : std::uint8_t { Create, Write, Truncate, Sync, Rename, Remove, MakeFolder, SyncFolder };
    Kind kind = Kind::Write;
    std::uint64_t file = 0;  ///< Number of the file: those that were there at first count from 1 in order of path.
    std::uint64_t at = 0;    ///< Where a write begins; the size that truncating leaves.
    std::string bytes{};
    std::string path{};  ///< Of the file or folder; of a rename its old one.
    std::string to{};    ///< Of a rename.
};

/// The path after `from`, a file or a folder, was renamed.
std::string renamed(const std::string& path, const std::string& from, const std::string& to);

/// Writes down every operation below a folder while it lives. One at a time.
class Tape {
public:
    explicit Tape(const std::filesystem::path& folder);
    ~Tape();
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;
    /// So far.
    [[nodiscard]] std::size_t count() const;
    /// All of them; the tape is empty then.
    std::vector<Operation> take();
};

/// The calls that a fault can hit.
enum class Calls : std::uint8_t { Any, Changing, Writing, Syncing };

/// Which call fails, and how.
struct Fault {
    Calls calls = Calls::Any;
    int error = 0;           ///< An errno; 0 = a short write: half of the bytes, which is no error.
    std::uint64_t at = 1;    ///< The first that fails, counted from 1.
    bool isForGood = false;  ///< All after it too.
};

/// Makes calls below a folder fail while it lives, from begin() on. One at a time.
class Faults {
public:
    Faults(const std::filesystem::path& folder, const Fault& fault);
    /// The next call is the first that counts.
    void begin();
    ~Faults();
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;
    /// True once a call failed: false after a run means that there are no further calls to fail.
    [[nodiscard]] bool wereHit() const;
};

/// Syncs return at once from now on: for checking states, whose files nobody needs later.
void skipSyncs();

}  // namespace fairlead::crash
