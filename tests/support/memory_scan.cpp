#include "tests/support/memory_scan.h"

#include <cctype>
#include <cstring>
#include <fstream>
#include <span>

#include <catch2/catch_all.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fairlead::test {

namespace {

constexpr unsigned char kMask = 0xA5;
constexpr unsigned char kLowerCase = 0x20;  // The bit that a capital lacks; a zero byte becomes a blank.
constexpr std::size_t kAround = 48;
constexpr std::size_t kMostDescribed = 20;
constexpr std::uint64_t kLargestRegion = std::uint64_t{1} << 36U;  // More is a sanitizer's book-keeping.

char maskOf(char letter) { return static_cast<char>((static_cast<unsigned char>(letter) | kLowerCase) ^ kMask); }

char unmask(char byte) { return static_cast<char>(static_cast<unsigned char>(byte) ^ kMask); }

/// A word as it is looked for.
struct Needle {
    std::string label;
    std::string masked;
};

std::vector<Needle> needlesOf(const std::vector<Marker>& markers) {
    std::vector<Needle> needles;
    for (const Marker& marker : markers) {
        needles.push_back({marker.label(), {marker.masked().begin(), marker.masked().end()}});
        std::string wide;
        for (const char letter : marker.masked()) wide.append({letter, maskOf('\0')});
        needles.push_back({marker.label() + " as UTF-16", wide});
    }
    return needles;
}

/// Memory of its own region, so that a search through the process can leave it out.
class Buffer {
public:
    static constexpr std::size_t kBytes = std::size_t{1} << 20;

    Buffer() : m_begin(::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        REQUIRE(m_begin != MAP_FAILED);
    }
    ~Buffer() { ::munmap(m_begin, kBytes); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    [[nodiscard]] std::span<char> bytes() { return {static_cast<char*>(m_begin), kBytes}; }
    [[nodiscard]] std::uint64_t address() const { return reinterpret_cast<std::uintptr_t>(m_begin); }

private:
    void* m_begin;
};

struct Region {
    std::uint64_t from = 0;
    std::uint64_t until = 0;
    std::string name;
};

std::vector<Region> writableRegions(pid_t process) {
    std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
    REQUIRE(maps.good());
    std::vector<Region> regions;
    for (std::string line; std::getline(maps, line);) {
        Region region;
        std::array<char, 5> rights{};
        int nameAt = 0;
        unsigned long from = 0, until = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx %4s %*s %*s %*s %n", &from, &until, rights.data(), &nameAt) != 3)
            continue;
        if (rights[0] != 'r' || rights[1] != 'w' || until - from > kLargestRegion) continue;
        region = {from, until, line.substr(static_cast<std::size_t>(nameAt))};
        if (region.name.empty()) region.name = "[anon]";
        regions.push_back(std::move(region));
    }
    return regions;
}

/// Neighbours that can be read, others as dots.
std::string neighbours(std::span<const char> bytes, std::size_t at, std::size_t length) {
    const auto readable = [&](std::size_t from, std::size_t until) {
        std::string text;
        for (std::size_t i = from; i < until; ++i) {
            const char byte = unmask(bytes[i]);
            text += std::isprint(static_cast<unsigned char>(byte)) != 0 ? byte : '.';
        }
        return text;
    };
    const std::size_t before = at < kAround ? 0 : at - kAround;
    return readable(before, at) + "<it>" + readable(at + length, std::min(bytes.size(), at + length + kAround));
}

/// One pass over a file or a region, in pieces that overlap by the longest needle.
class Search {
public:
    explicit Search(const std::vector<Marker>& markers) : m_needles(needlesOf(markers)) {
        for (const Needle& needle : m_needles) m_overlap = std::max(m_overlap, needle.masked.size() - 1);
    }

    /// From `from` to `until` of a descriptor; nothing beyond where it can be read.
    void look(int descriptor, const Region& region) {
        std::uint64_t at = region.from;
        std::size_t seen = 0;  // Of the next piece, in the one before.
        while (at < region.until) {
            const std::size_t wanted = std::min<std::uint64_t>(Buffer::kBytes, region.until - at);
            const ssize_t got = ::pread(descriptor, m_buffer.bytes().data(), wanted, static_cast<off_t>(at));
            if (got <= 0) break;
            const auto read = m_buffer.bytes().first(static_cast<std::size_t>(got));
            for (char& byte : read) byte = maskOf(byte);
            m_read += read.size();
            note(read, seen, {at, 0, region.name});
            if (read.size() <= m_overlap || at + read.size() >= region.until) break;
            seen = m_overlap;
            at += read.size() - seen;
        }
    }

    /// Names are looked through as bytes are.
    void look(const std::string& name) {
        const auto bytes = m_buffer.bytes().first(std::min(name.size(), Buffer::kBytes));
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = maskOf(name[i]);
        note(bytes, 0, {0, 0, "a name"});
    }

    [[nodiscard]] std::uint64_t buffer() const { return m_buffer.address(); }
    [[nodiscard]] std::uint64_t read() const { return m_read; }
    std::vector<Found> found() && { return std::move(m_found); }

private:
    void note(std::span<const char> bytes, std::size_t seen, const Region& region) {
        for (const Needle& needle : m_needles) {
            const std::size_t length = needle.masked.size();
            for (std::size_t from = 0; from < bytes.size();) {
                const auto rest = bytes.subspan(from);
                const auto* const hit =
                    static_cast<const char*>(::memmem(rest.data(), rest.size(), needle.masked.data(), length));
                if (hit == nullptr) break;
                const auto place = static_cast<std::size_t>(hit - bytes.data());
                from = place + 1;
                if (place + length > seen)
                    m_found.push_back(
                        {needle.label, region.name, region.from + place, neighbours(bytes, place, length)});
            }
        }
    }

    std::vector<Needle> m_needles;
    std::size_t m_overlap = 0;
    Buffer m_buffer;
    std::uint64_t m_read = 0;
    std::vector<Found> m_found;
};

/// A file that is open as long as this is there.
class Opened {
public:
    explicit Opened(const std::string& path) : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        INFO(path);
        REQUIRE(m_descriptor >= 0);
    }
    ~Opened() { ::close(m_descriptor); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

}  // namespace

Marker::Marker(std::uint64_t number) : m_number(number) {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15, kShift = 29;
    std::uint64_t state = (number + 1) * kFactor;
    for (char& letter : m_masked) {
        state ^= state >> kShift;
        state *= kFactor;
        // Without vowels: no word of any language.
        constexpr std::string_view kConsonants = "bcdfghjklmnpqrstvwxz";
        letter = maskOf(kConsonants[(state >> 32U) % kConsonants.size()]);
    }
}

std::string Marker::word() const {
    std::string word;
    for (const char letter : m_masked) word += unmask(letter);
    word.front() = static_cast<char>(static_cast<unsigned char>(word.front()) & ~static_cast<unsigned>(kLowerCase));
    return word;
}

std::string Marker::label() const { return "marker " + std::to_string(m_number); }

std::string describe(const std::vector<Found>& found) {
    std::string text = std::to_string(found.size()) + " places\n";
    for (const Found& one : found) {
        if (static_cast<std::size_t>(std::ranges::count(text, '\n')) > kMostDescribed) break;
        text += one.marker + " in " + one.where + " at " + std::to_string(one.address) + ": " + one.around + "\n";
    }
    return text;
}

std::vector<Found> scanMemory(const std::vector<Marker>& markers, pid_t process) {
    Search search(markers);
    const Opened memory("/proc/" + std::to_string(process) + "/mem");
    const bool isSelf = process == ::getpid();
    for (Region region : writableRegions(process)) {
        const std::uint64_t buffer = search.buffer(), after = buffer + Buffer::kBytes;
        if (isSelf && region.from < after && region.until > buffer) {
            search.look(memory.descriptor(), {region.from, buffer, region.name});
            region.from = after;
        }
        if (region.from < region.until) search.look(memory.descriptor(), region);
    }
    REQUIRE(search.read() > 0);
    return std::move(search).found();
}

std::vector<Found> scanMemory(const std::vector<Marker>& markers) { return scanMemory(markers, ::getpid()); }

std::vector<Found> scanFiles(const std::vector<Marker>& markers, const std::filesystem::path& folder) {
    Search search(markers);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        search.look(entry.path().filename().string());
        if (!entry.is_regular_file()) continue;
        const Opened file(entry.path().string());
        search.look(file.descriptor(), {0, entry.file_size(), entry.path().filename().string()});
    }
    return std::move(search).found();
}

pid_t beginChild() {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    return child;
}

void endChild(bool ok) { ::_exit(ok ? 0 : 1); }

void waitForChild(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
}

}  // namespace fairlead::test
