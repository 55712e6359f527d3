// The files that a command writes: all of them appear at its end, or none does.

#pragma once

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace fairlead::cli {

/// A file being written under a temporary name beside the one it will have. Not thread-safe.
class OutputFile {
public:
    /// Errors (with the file as the subject) are kept and given by close().
    explicit OutputFile(std::filesystem::path path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Adds bytes at the end.
    void write(std::string_view bytes);
    /// Everything is on the disk afterwards, still under the temporary name. Errors: NotFound (the folder), Io,
    /// DiskFull.
    Status close();
    /// Gives it its name. REQUIRES: close() succeeded. Errors: Io.
    Status publish();

private:
    void flush();
    void keepErrno();

    std::filesystem::path m_path, m_temporary;
    int m_descriptor = -1;
    std::string m_buffer;
    Status m_status;
};

/// All files of one command. What is not published when it goes is removed.
class OutputFiles {
public:
    /// A new file. Its place does not change.
    OutputFile& add(std::filesystem::path path) { return m_files.emplace_back(std::move(path)); }
    /// Closes all, then gives all their names. Errors: as OutputFile; nothing has appeared after one of close().
    Status publish();

private:
    std::deque<OutputFile> m_files;
};

}  // namespace fairlead::cli
