#include "tests/crash/platter.h"

#include <algorithm>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/temp_folder.h"

namespace fairlead::crash {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSector = 512;

void put(std::string& file, std::uint64_t at, std::string_view bytes) {
    if (file.size() < at + bytes.size()) file.resize(at + bytes.size(), '\0');
    file.replace(at, bytes.size(), bytes);
}

/// What lies in a folder that was lost is lost with it.
Image withoutLost(Image image) {
    const auto isLost = [&](const std::string& path) {
        for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
            if (!image.folders.contains(path.substr(0, slash))) return true;
        return false;
    };
    std::erase_if(image.files, [&](const auto& one) { return isLost(one.first); });
    std::set<std::string> left;
    for (const std::string& folder : image.folders)
        if (!isLost(folder)) left.insert(folder);
    image.folders = std::move(left);
    return image;
}

}  // namespace

Image imageOf(const fs::path& folder) {
    Image image;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto name = entry.path().lexically_relative(folder).string();
        if (entry.is_directory()) image.folders.insert(name);
        if (entry.is_regular_file()) image.files[name] = test::bytesOf(entry.path());
    }
    return image;
}

void lay(const Image& image, const fs::path& folder) {
    fs::create_directories(folder);
    for (const std::string& name : image.folders) fs::create_directories(folder / name);
    std::vector<fs::path> extra;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto name = entry.path().lexically_relative(folder).string();
        if (entry.is_directory() ? !image.folders.contains(name) : !image.files.contains(name))
            extra.push_back(entry.path());
    }
    for (const fs::path& path : extra) fs::remove_all(path);
    for (const auto& [name, bytes] : image.files) {
        const int fd = ::open((folder / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (fd < 0 || ::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
        ::close(fd);
    }
}

std::uint64_t hashOf(const Image& image) {
    constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15U;
    std::uint64_t hash = 0;
    const auto add = [&](std::string_view text) {
        hash = (hash ^ std::hash<std::string_view>()(text)) * kFactor;
        hash ^= hash >> 29U;
    };
    for (const auto& [name, bytes] : image.files) {
        add(name);
        add(bytes);
    }
    for (const std::string& name : image.folders) add(name);
    return hash;
}

Platter::Platter(const Image& image) {
    std::uint64_t number = 0;
    for (const auto& [name, bytes] : image.files) {
        m_durable.files[name] = ++number;
        m_files[number] = {bytes, bytes, {}};
    }
    m_durable.folders = image.folders;
    m_now = m_durable;
}

void Platter::Names::take(const Operation& operation) {
    using Kind = Operation::Kind;
    if (operation.kind == Kind::Create) files[operation.path] = operation.file;
    if (operation.kind == Kind::MakeFolder) folders.insert(operation.path);
    if (operation.kind == Kind::Remove) {
        files.erase(operation.path);
        folders.erase(operation.path);
    }
    if (operation.kind != Kind::Rename) return;
    // What is in a renamed folder goes with it; what was not durable in it by then is lost.
    std::map<std::string, std::uint64_t> others, moved;
    for (const auto& [path, file] : files) {
        const std::string now = renamed(path, operation.path, operation.to);
        (now == path ? others : moved)[now] = file;
    }
    for (const auto& [path, file] : moved) others[path] = file;
    files = std::move(others);
    std::set<std::string> places;
    for (const std::string& folder : folders) places.insert(renamed(folder, operation.path, operation.to));
    folders = std::move(places);
}

std::string Platter::folderOf(const Operation& operation) {
    const auto slash = operation.path.rfind('/');
    return slash == std::string::npos ? std::string() : operation.path.substr(0, slash);
}

void Platter::take(const Operation& operation) {
    using Kind = Operation::Kind;
    switch (operation.kind) {
        case Kind::Write:
            put(m_files[operation.file].now, operation.at, operation.bytes);
            m_files[operation.file].pending.push_back({operation.at, operation.bytes});
            return;
        case Kind::Truncate:
            m_files[operation.file].now.resize(operation.at, '\0');
            m_files[operation.file].pending.push_back({operation.at, {}});
            return;
        case Kind::Sync:
            m_files[operation.file].durable = m_files[operation.file].now;
            m_files[operation.file].pending.clear();
            return;
        case Kind::SyncFolder:
            std::erase_if(m_pending, [&](const Operation& pending) {
                if (folderOf(pending) != operation.path) return false;
                m_durable.take(pending);
                return true;
            });
            return;
        case Kind::Create:
        case Kind::Rename:
        case Kind::Remove:
        case Kind::MakeFolder:
            if (operation.kind == Kind::Create) m_files[operation.file];
            m_now.take(operation);
            m_pending.push_back(operation);
            return;
    }
}

Image Platter::killed() const {
    Image image{.files = {}, .folders = m_now.folders};
    for (const auto& [name, number] : m_now.files) image.files[name] = m_files.at(number).now;
    return image;
}

Image Platter::dropped() const {
    Image image{.files = {}, .folders = m_durable.folders};
    for (const auto& [name, number] : m_durable.files) image.files[name] = m_files.at(number).durable;
    return withoutLost(std::move(image));
}

std::string Platter::tornFile(const File& file, std::mt19937_64& random) {
    std::string bytes = file.durable;
    for (const Change& change : file.pending) {
        const auto choice = random() % 4;
        const std::uint64_t end = change.at + change.bytes.size();
        if (change.bytes.empty()) {
            if (choice > 1) bytes.resize(change.at, '\0');
        } else if (choice == 0) {
            put(bytes, change.at, change.bytes);
        } else if (choice == 1) {
            for (std::uint64_t at = change.at; at < end;) {
                const std::uint64_t next = std::min(end, (at / kSector + 1) * kSector);
                if (random() % 2 == 0) put(bytes, at, std::string_view(change.bytes).substr(at - change.at, next - at));
                at = next;
            }
        } else if (choice == 2 && bytes.size() < end) {
            bytes.resize(end, '\0');
        }
    }
    return bytes;
}

Image Platter::torn(std::mt19937_64& random) const {
    Names names = m_durable;
    // Each folder's own first ones: nobody says how far one folder is when another one is written.
    std::map<std::string, std::uint64_t> counts, kept;
    for (const Operation& operation : m_pending) ++counts[folderOf(operation)];
    for (const auto& [folder, count] : counts) kept[folder] = random() % (count + 1);
    for (const Operation& operation : m_pending) {
        auto& left = kept[folderOf(operation)];
        if (left == 0) continue;
        --left;
        names.take(operation);
    }
    Image image{.files = {}, .folders = names.folders};
    for (const auto& [name, number] : names.files) {
        const File& file = m_files.at(number);
        image.files[name] = file.pending.empty() ? file.durable : tornFile(file, random);
    }
    return withoutLost(std::move(image));
}

}  // namespace fairlead::crash
