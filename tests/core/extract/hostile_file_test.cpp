// What can be wrong with a supplied file before its content matters: its name, its kind, its size, a hand that is still
// writing in it, a byte or a page that is not what was sealed.

#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include <catch2/catch_all.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fs = std::filesystem;

namespace fairlead::extract {

namespace {

using test::bytesOf;
using test::codeOf;
using test::ExtractFixture;
using test::writeBytes;

constexpr std::size_t kPage = 4096;
constexpr std::size_t kSector = 512;

/// Names that some program somewhere took for something else than a name.
std::vector<std::string> oddNames() {
    std::vector<std::string> names = {
        // To a URI, to a decoder of one, to SQLite.
        "a?mode=rwc", "a?mode=memory&cache=shared", "a&immutable=0", "a#fragment", "%2e%2e%2fa", "%2e%2e", "%00", "a%",
        "a%0", "a%3Fmode=rwc", "file:a", "file:%2f%2f", ":memory:", "main", "a+b", "a=b",
        // To a shell, a printf, a path, an SQL statement.
        "-rf", "--help", "~", "$(touch planted)", "`touch planted`", "${HOME}", "a;touch planted", "a|b", "a>planted",
        "*", "[a-z]", "{a,b}", "a\\b", "%s%n%x", "{}", "'", "\"", "x'00'", "x\"; DROP TABLE base; --", "...", "a..",
        " a", "a ", "CON", "nul",
        // To a reader's eye.
        "a\nb", "a\tb", "a\rb", "\x1b[31m", "a\x07", "a\x7f", "\xE2\x80\xAEtxf.a", "a\xE2\x80\x8B",
        "\xEF\xBB\xBF"
        "a",
        "\xEF\xBC\x9D"
        "1+1",
        "=1+1", "<img src=file:a>", "e\xCC\x81", "\xC3\xA9", "\xF0\x9F\x9A\xA2",
        // To a decoder of UTF-8, and to a buffer.
        "\xFF\xFE", "\xC0\xAE\xC0\xAE", "\xED\xA0\x80", std::string(250, 'a'), std::string(251, 'b')};
    return names;
}

/// Every file of a folder with what is in it.
std::map<std::string, std::string> everythingIn(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        all[entry.path().string()] = entry.is_regular_file() ? hex(crypto::sha256(bytesOf(entry.path()))) : "";
    return all;
}

/// A file of `bytes` that takes no room.
void makeSparse(const fs::path& path, off_t bytes) {
    writeBytes(path, "");
    REQUIRE(::truncate(path.c_str(), bytes) == 0);
}

/// Each byte class of a page: what it begins with (page 1: the salt), its ciphertext, vector and code.
constexpr std::size_t kPlaces[] = {20, 2000, kPage - 80 + 3, kPage - 64 + 3, kPage - 1};

void changeEachPlace(ExtractFixture& fixture, const std::string& good) {
    for (std::size_t page = 0; page < good.size(); page += kPage) {
        for (const std::size_t place : kPlaces) {
            auto bytes = good;
            bytes[page + place] = static_cast<char>(bytes[page + place] ^ 0x20);
            writeBytes(fixture.path, bytes);
            fixture.mendManifest();
            const auto code = fixture.refusal();
            INFO("page " << page / kPage + 1 << ", byte " << place);
            CHECK((code == ErrorCode::ExtractDamaged || (page == 0 && code == ErrorCode::WrongKey)));
        }
    }
}

void moveEachPage(ExtractFixture& fixture, const std::string& good) {
    for (std::size_t page = kPage; page + kPage < good.size(); page += kPage) {
        auto swapped = good;
        swapped.replace(page, kPage, good, page + kPage, kPage);
        swapped.replace(page + kPage, kPage, good, page, kPage);
        auto zeroed = good;
        zeroed.replace(page, kPage, kPage, '\0');
        for (const auto* bytes : {&swapped, &zeroed}) {
            writeBytes(fixture.path, *bytes);
            fixture.mendManifest();
            INFO("page " << page / kPage + 1);
            CHECK(fixture.refusal() == ErrorCode::ExtractDamaged);
        }
    }
}

void cutEverySector(ExtractFixture& fixture, const std::string& good) {
    for (std::size_t size = 0; size < good.size(); size += kSector) {
        writeBytes(fixture.path, std::string_view(good).substr(0, size));
        fixture.mendManifest();
        const auto code = fixture.refusal();
        INFO(size << " of " << good.size() << " bytes");
        CHECK((size % kPage == 0 && size >= 2 * kPage ? code == ErrorCode::ExtractDamaged
                                                      : code == ErrorCode::ExtractSize));
    }
}

/// Writes one version of a file over the other, again and again, until it goes.
class Rewriter {
public:
    Rewriter(const fs::path& path, const std::string& one, const std::string& other)
        : m_thread([this, path, &one, &other] {
              const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
              for (bool first = false; !m_stop; first = !first) {
                  const auto& bytes = first ? one : other;
                  for (std::size_t at = 0; at < bytes.size(); at += kPage)
                      m_isSound = m_isSound && ::pwrite(file, &bytes[at], kPage, static_cast<off_t>(at)) == kPage;
              }
              ::close(file);
          }) {}
    ~Rewriter() {
        m_stop = true;
        m_thread.join();
        CHECK(m_isSound);
    }
    Rewriter(const Rewriter&) = delete;
    Rewriter& operator=(const Rewriter&) = delete;

private:
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_isSound = true;
    std::thread m_thread;
};

}  // namespace

TEST_CASE("an extract under any of sixty names is read as it is, and nothing else is touched", "[extract][T-X9]") {
    ExtractFixture fixture;
    fixture.build(3);
    const auto names = oddNames();
    CHECK(names.size() >= 60);
    const auto file = bytesOf(fixture.path), manifest = bytesOf(manifestPath(fixture.path));
    const auto place = fixture.folder / "place";
    fs::create_directory(place);
    fs::current_path(place);
    for (const auto& name : names) {
        const auto path = place / (name + ".fxt");
        INFO(path);
        // Bait where a name that is read as more than a name would lead.
        writeBytes(place / "a", "bait");
        writeBytes(path, file);
        writeBytes(manifestPath(path), manifest);
        const auto before = everythingIn(fixture.folder.path());
        const auto opened = extract::open(path, fixture.options, fixture.task);
        REQUIRE(opened.has_value());
        CHECK(opened->rows.persons.size() == 3);
        CHECK(everythingIn(fixture.folder.path()) == before);
        fs::remove(path);
        // The same name as a way elsewhere, or without an end.
        fs::create_symlink(fixture.path, path);
        CHECK(codeOf(extract::open(path, fixture.options, fixture.task)) == ErrorCode::ExtractNotRegularFile);
        fs::remove(path);
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        CHECK(codeOf(extract::open(path, fixture.options, fixture.task)) == ErrorCode::ExtractNotRegularFile);
        fs::remove_all(place);
        fs::create_directory(place);
        fs::current_path(place);
    }
    fs::current_path(fixture.folder.path());
}

TEST_CASE("a path that is no file's, or ends before it seems to, is refused", "[extract][T-X9]") {
    ExtractFixture fixture;
    fixture.build(3);
    using namespace std::string_literals;
    for (const std::string& path :
         {"/dev/zero"s, "/dev/null"s, "/dev/full"s, "/dev/stdin"s, "/proc/self/mem"s, "/proc/self/exe"s, "/"s, ""s,
          fixture.path.string() + "/../police.fxt", fixture.path.string() + "/", std::string(5000, 'a'),
          fixture.folder.path().string() + "/nothing\0police.fxt"s}) {
        INFO(path);
        const auto opened = extract::open(path, fixture.options, fixture.task);
        CHECK_FALSE(opened.has_value());
        CHECK(fs::is_empty(fixture.staging));
    }
    // A way round to the same file is a way to it.
    const auto round = fixture.folder / "staging" / ".." / "police.fxt";
    CHECK(extract::open(round, fixture.options, fixture.task).has_value());
}

TEST_CASE("a file that claims four gigabytes and holds none is refused before a byte of it is copied",
          "[extract][T-X10]") {
    ExtractFixture fixture;
    fixture.build(3);
    constexpr off_t kFourGiB = off_t{4} << 30;
    for (const off_t bytes : {kFourGiB, kFourGiB - static_cast<off_t>(kPage), off_t{1} << 30}) {
        makeSparse(fixture.path, bytes);
        // Whoever signs may claim that size, and what it costs to believe them is a copy of it.
        fixture.alterManifest([&](Manifest& manifest) { manifest.fileBytes = static_cast<std::uint64_t>(bytes); });
        TaskContext task;
        const auto begin = std::clock();
        CHECK(codeOf(extract::open(fixture.path, fixture.options, task)) == ErrorCode::ExtractSize);
        CHECK(std::clock() - begin < CLOCKS_PER_SEC);
        CHECK(task.done() == 0);
        CHECK(fs::is_empty(fixture.staging));
    }
}

TEST_CASE("an archive is no extract", "[extract][T-X10]") {
    ExtractFixture fixture;
    fixture.build(3);
    using namespace std::string_literals;
    for (const auto& magic : {"PK\x03\x04"s, "\x1f\x8b\x08"s, "7z\xBC\xAF\x27\x1C"s,
                              "\xFD"
                              "7zXZ"s,
                              "Rar!\x1A\x07"s}) {
        auto bytes = magic + std::string(4 * kPage, 'z');
        bytes.resize(4 * kPage);
        writeBytes(fixture.path, bytes);
        fixture.mendManifest();
        CHECK(fixture.refusal() == ErrorCode::WrongKey);
    }
}

TEST_CASE("a file that is rewritten while it is copied gives the rows that were signed or none", "[extract][T-X11]") {
    ExtractFixture fixture;
    fixture.build(400);
    const auto one = bytesOf(fixture.path);
    const auto signedManifest = bytesOf(manifestPath(fixture.path));
    const auto rows = test::valueOf(fixture.open()).rows;
    fixture.alterFile("UPDATE person SET surname = 'Another'");
    const auto other = bytesOf(fixture.path);
    REQUIRE(other.size() == one.size());
    writeBytes(manifestPath(fixture.path), signedManifest);
    std::size_t refused = 0;
    {
        const Rewriter rewriter(fixture.path, one, other);
        // As long as it takes to meet the writer once; far more often than that as a rule.
        for (int attempt = 0; attempt < 5000 && (attempt < 30 || refused == 0); ++attempt) {
            const auto opened = fixture.open();
            CHECK(fs::is_empty(fixture.staging));
            if (!opened) {
                CHECK(opened.error().code == ErrorCode::HashMismatch);
                ++refused;
            } else {
                CHECK(opened->rows.persons.front().surname == rows.persons.front().surname);
                CHECK(opened->rows.persons.size() == rows.persons.size());
            }
        }
    }
    CHECK(refused > 0);
    writeBytes(fixture.path, one);
    CHECK(fixture.open().has_value());
}

TEST_CASE("a file that grows while it is copied is refused, and the copy does not grow with it", "[extract][T-X11]") {
    ExtractFixture fixture;
    fixture.build(40);
    const auto good = bytesOf(fixture.path);
    std::size_t grown = 0;
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        while (!stop) {
            std::ofstream(fixture.path, std::ios::binary | std::ios::app) << std::string(kPage, 'x');
            if (fs::file_size(fixture.path) > 4 * good.size()) fs::resize_file(fixture.path, good.size());
        }
    });
    for (int attempt = 0; attempt < 5000 && (attempt < 30 || grown == 0); ++attempt) {
        const auto opened = fixture.open();
        CHECK(fs::is_empty(fixture.staging));
        if (opened) continue;
        const auto code = opened.error().code;
        CHECK((code == ErrorCode::HashMismatch || code == ErrorCode::ExtractSize));
        if (opened.error().detail == "it grew while it was being copied") ++grown;
    }
    stop = true;
    writer.join();
    CHECK(grown > 0);
}

TEST_CASE("twenty files with each kind of byte of each page changed, pages moved or zeroed: all are refused",
          "[extract][T-X5]") {
    for (int size = 1; size <= 20; ++size) {
        ExtractFixture fixture;
        fixture.build(size * 3);
        const auto good = bytesOf(fixture.path);
        CAPTURE(size);
        changeEachPlace(fixture, good);
        moveEachPage(fixture, good);
        writeBytes(fixture.path, good);
        fixture.mendManifest();
        CHECK(fixture.open().has_value());
    }
}

TEST_CASE("an extract cut at any sector is refused", "[extract][T-X5]") {
    ExtractFixture fixture;
    fixture.build(60);
    const auto good = bytesOf(fixture.path);
    REQUIRE(good.size() >= 8 * kPage);
    cutEverySector(fixture, good);
}

}  // namespace fairlead::extract
