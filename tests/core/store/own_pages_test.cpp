// Headers that SQLCipher must not see, in files of our own: somebody had the key, or the disk was wrong.

#include <array>

#include <catch2/catch_all.hpp>

#include "core/store/database.h"
#include "tests/hostile/sealed_pages.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::test;
using hostile::kPageBytes;
using store::Database;

namespace {

/// A file with a table and some rows.
struct Ours {
    TempFolder folder;
    std::filesystem::path path = folder / "core.db";
    std::filesystem::path journal = folder / "core.db-journal";
    crypto::Secret key = Database::newKey();
    std::string bytes;

    Ours() {
        auto database = valueOf(Database::create(path, key));
        valueOf(database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (printf('%.9000c', 'x'))"));
    }
};

std::string bigEndian(std::uint32_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * (bytes - 1 - i)));
    return text;
}

/// Of page 1: a place, and what is put there.
struct Field {
    std::size_t at;
    std::string bytes;
};

/// A journal that SQLite takes for one to be rolled back: page 1 as it was, of a file of so many pages.
std::string journalOf(std::string_view page, std::uint32_t sectorBytes, std::uint32_t pages) {
    std::string journal("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
    journal += bigEndian(1, 4) + bigEndian(0, 4) + bigEndian(pages, 4) + bigEndian(sectorBytes, 4);
    journal += bigEndian(static_cast<std::uint32_t>(page.size()), 4);
    journal.resize(sectorBytes, '\0');
    constexpr std::size_t kStep = 200;
    std::uint32_t sum = 0;  // of every 200th byte from the end, and the nonce, which is zero
    for (std::size_t left = page.size(); left > kStep; left -= kStep)
        sum += static_cast<unsigned char>(page[left - kStep]);
    return journal + bigEndian(1, 4) + std::string(page) + bigEndian(sum, 4);
}

}  // namespace

TEST_CASE("A header of another form in a file of our own is refused before SQLCipher reads it", "[store]") {
    const Ours ours;
    const hostile::PageCipher cipher(ours.key.view());
    const auto pages = cipher.opened(bytesOf(ours.path));
    REQUIRE(pages.size() > 2);
    const std::array fields = {
        Field{16, bigEndian(512, 2)},      Field{16, bigEndian(1024, 2)}, Field{16, bigEndian(2048, 2)},
        Field{16, bigEndian(8192, 2)},     Field{16, bigEndian(1, 2)},    Field{16, bigEndian(0, 2)},
        Field{18, bigEndian(2, 1)},        Field{19, bigEndian(2, 1)},    Field{19, bigEndian(9, 1)},
        Field{20, bigEndian(0, 1)},        Field{20, bigEndian(200, 1)},  Field{21, bigEndian(0, 1)},
        Field{22, bigEndian(0, 1)},        Field{23, bigEndian(0, 1)},    Field{44, bigEndian(5, 4)},
        Field{44, bigEndian(1U << 24U, 4)}};
    for (const Field& field : fields) {
        INFO(field.at << " " << static_cast<int>(field.bytes.front()) << " " << static_cast<int>(field.bytes.back()));
        auto changed = pages;
        changed[0].replace(field.at, field.bytes.size(), field.bytes);
        writeBytes(ours.path, cipher.sealed(changed));
        for (const auto open : {Database::open, Database::openReadOnly}) {
            const auto opened = open(ours.path, ours.key);
            REQUIRE(codeOf(opened) == ErrorCode::Corrupt);
            CHECK(opened.error().subject == "core.db");
            CHECK(opened.error().detail.starts_with("its header names"));
        }
    }
    writeBytes(ours.path, cipher.sealed(pages));
    auto database = valueOf(Database::open(ours.path, ours.key));
    valueOf(database.check());
}

TEST_CASE("A journal that names other pages than ours harms a file of our own, but nobody's memory", "[store]") {
    const Ours ours;
    const std::string bytes = bytesOf(ours.path);
    for (const std::uint32_t pageBytes : {512U, 1024U, 2048U, 4096U, 8192U, 65536U, 0U, 1U, 1U << 20U}) {
        for (const std::uint32_t sectorBytes : {512U, 4096U}) {
            INFO(pageBytes << " " << sectorBytes);
            writeBytes(ours.path, bytes);
            writeBytes(ours.journal, journalOf(std::string(pageBytes, '\0'), sectorBytes, 3));
            const auto opened = Database::open(ours.path, ours.key);
            const auto code = opened ? ErrorCode::AlreadyExists : opened.error().code;
            CAPTURE(name(code));
            CHECK((opened || code == ErrorCode::WrongKey || code == ErrorCode::Corrupt));
        }
    }
}

TEST_CASE("A journal that brings back a header of another form is refused as that header is", "[store]") {
    const Ours ours;
    const hostile::PageCipher cipher(ours.key.view());
    const std::string bytes = bytesOf(ours.path);
    std::string page = cipher.opened(bytes)[0];
    const auto sealed = [&](std::uint32_t pageBytes) {
        page.replace(16, 2, bigEndian(pageBytes, 2));
        return cipher.sealed(page, 1);
    };
    const auto pages = static_cast<std::uint32_t>(bytes.size() / kPageBytes);
    writeBytes(ours.journal, journalOf(sealed(512), 512, pages));
    CHECK(codeOf(Database::open(ours.path, ours.key)) == ErrorCode::Corrupt);
    CHECK_FALSE(std::filesystem::exists(ours.journal));
    CHECK(bytesOf(ours.path).substr(0, kPageBytes) == sealed(512));
    // The one that was there before.
    writeBytes(ours.journal, journalOf(sealed(kPageBytes), 512, pages));
    auto database = valueOf(Database::open(ours.path, ours.key));
    valueOf(database.check());
}
