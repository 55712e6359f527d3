#include "tests/hostile/known_bad.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/extract/manifest_file.h"
#include "core/extract/reader_process.h"

namespace fairlead::hostile {

namespace {

constexpr int kPersons = 3;

std::string nameOf(std::string_view what, ErrorCode refusal) {
    std::string plain;
    for (const char c : what) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        plain += isPlain ? c : '-';
    }
    return fmt::format("{}--{}", plain, name(refusal));
}

/// The refusal that a file's name promises.
std::string promised(const std::filesystem::path& path) {
    const auto stem = path.stem().string();
    const auto at = stem.rfind("--");
    return at == std::string::npos ? "" : stem.substr(at + 2);
}

}  // namespace

KnownBad::KnownBad(Supplier& supplier) : m_supplier(supplier) {
    for (const char* agency : {"police", "education", "social_care"}) {
        m_good.emplace(agency, supplier.good(agency, kPersons));
    }
}

const Delivery& KnownBad::goodWith(const extract::TableDefinition& table) const {
    for (const auto& [agency, delivery] : m_good) {
        if (delivery.manifest.tables.contains(std::string(table.name))) return delivery;
    }
    require(false, table.name);
    std::abort();
}

void KnownBad::add(std::string_view what, ErrorCode refusal, const Delivery& base, std::string_view file) {
    auto delivery = base.copy();
    delivery.file = file;
    m_supplier.put(nameOf(what, refusal), std::move(delivery));
    ++m_count;
}

void KnownBad::alter(std::string_view what, ErrorCode refusal, const Delivery& base, std::string_view sql) {
    add(what, refusal, base, m_supplier.altered(base, sql));
}

void KnownBad::manifest(std::string_view what, ErrorCode refusal, std::string_view text, const Delivery& base) {
    m_supplier.putWith(nameOf(what, refusal), base.file, text);
    ++m_count;
}

void KnownBad::edit(std::string_view what, ErrorCode refusal, const std::string& agency,
                    const std::function<void(extract::Manifest&)>& change) {
    auto edited = good(agency).manifest;
    change(edited);
    manifest(what, refusal, m_supplier.signedText(extract::canonicalJson(edited), agency), good(agency));
}

std::filesystem::path KnownBad::named(std::string_view what, ErrorCode refusal, const Delivery& base) {
    add(what, refusal, base, base.file);
    return m_supplier.folder() / (nameOf(what, refusal) + ".fxt");
}

void addFiles(KnownBad& set) {
    const auto& base = set.good("police");
    for (const char* ending : {"-wal", "-shm", "-journal"}) {
        for (const auto& content : {std::string(), std::string(5000, 'w')}) {
            const auto path =
                set.named(fmt::format("file-beside{}-{}", ending, content.size()), ErrorCode::ExtractSidecar, base);
            writeBytes(path.string() + ending, content);
        }
    }
    for (const std::size_t size : {0U, 1U, 15U, 512U, 4095U, 4096U, 4097U, 8191U, 8193U}) {
        set.add(fmt::format("file-of-{}-bytes", size), ErrorCode::ExtractSize, base, base.file.substr(0, size));
    }
    set.add("file-one-byte-more", ErrorCode::ExtractSize, base, base.file + "x");
    const auto large = set.named("file-of-4-GiB-and-holes", ErrorCode::ExtractSize, base);
    require(::truncate(large.c_str(), 4LL << 30) == 0, "a file with holes");
    const auto link = set.named("file-is-a-link", ErrorCode::ExtractNotRegularFile, base);
    const auto target = set.supplier().folder() / "workshop" / "target.fxt";
    writeBytes(target, base.file);
    std::filesystem::remove(link);
    std::filesystem::create_symlink(target, link);
    const auto pipe = set.named("file-is-a-pipe", ErrorCode::ExtractNotRegularFile, base);
    std::filesystem::remove(pipe);
    require(::mkfifo(pipe.c_str(), 0600) == 0, "a pipe");
    const auto folder = set.named("file-is-a-folder", ErrorCode::ExtractNotRegularFile, base);
    std::filesystem::remove(folder);
    std::filesystem::create_directory(folder);
    for (const char* ending : {"link", "folder", "none"}) {
        const bool isNone = std::string_view(ending) == "none";
        const auto path = set.named(fmt::format("manifest-is-a-{}", ending),
                                    isNone ? ErrorCode::ManifestMissing : ErrorCode::ManifestInvalid, base);
        const auto manifest = extract::manifestPath(path);
        const auto text = bytesOf(manifest);
        std::filesystem::remove(manifest);
        if (std::string_view(ending) == "link") {
            writeBytes(target.string() + ".fxm", text);
            std::filesystem::create_symlink(target.string() + ".fxm", manifest);
        }
        if (std::string_view(ending) == "folder") std::filesystem::create_directory(manifest);
    }
}

std::size_t writeKnownBad(Supplier& supplier) {
    KnownBad set(supplier);
    addSchemas(set);
    addValues(set);
    addPages(set);
    addManifests(set);
    addFiles(set);
    supplier.writeKeys(supplier.folder() / "keys");
    return set.count();
}

KnownBadResult checkKnownBad(const std::filesystem::path& folder, const extract::OpenOptions& options,
                             std::size_t everyInWorker) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".fxt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    KnownBadResult result;
    auto asked = options;
    TaskContext task;
    for (const auto& path : files) {
        asked.reader.reset();
        if (everyInWorker > 0 && result.all % everyInWorker == 0) asked.reader = extract::thisProgram();
        ++result.all;
        const auto opened = extract::open(path, asked, task);
        const std::string met = opened ? "accepted" : std::string(name(opened.error().code));
        const bool isClean = std::filesystem::is_empty(options.staging);
        if (met == promised(path) && isClean) {
            ++result.right;
        } else {
            fmt::print("{}: {}{}{}\n", path.filename().string(), met, isClean ? "" : ", and staging is not empty",
                       opened ? "" : " (" + opened.error().detail + ")");
        }
    }
    return result;
}

}  // namespace fairlead::hostile
