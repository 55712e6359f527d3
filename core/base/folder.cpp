#include "core/base/folder.h"

#include <algorithm>
#include <cerrno>

#include <dirent.h>
#include <fcntl.h>

#include "core/base/descriptor.h"

namespace fairlead {

Result<std::vector<std::string>> namesIn(const std::filesystem::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failErrno(folder, errno);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(fd), ::closedir);
    if (!entries) {
        const Descriptor unused(fd);
        return failErrno(folder, errno);
    }
    std::vector<std::string> names;
    while (true) {
        errno = 0;
        const dirent* const entry = ::readdir(entries.get());  // NOLINT(concurrency-mt-unsafe): a stream of our own
        if (entry == nullptr && errno != 0) return failErrno(folder, errno);
        if (entry == nullptr) break;
        std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace fairlead
