// Pages: damage without a key, fields of the header and structure with one, and other settings of the cipher.

#include <array>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/text.h"
#include "tests/hostile/known_bad.h"
#include "tests/hostile/sealed_pages.h"

namespace fairlead::hostile {

namespace {

/// One value of so many bytes, big-endian, at a place of page 1.
struct Field {
    std::string_view what;
    std::size_t at;
    std::size_t bytes;
    std::uint32_t value;
    ErrorCode refusal;
};

using enum ErrorCode;
constexpr std::array kFields = {
    Field{"page-size-512", 16, 2, 512, ExtractSchema},
    Field{"page-size-65536", 16, 2, 1, ExtractSchema},
    Field{"page-size-0", 16, 2, 0, ExtractSchema},
    Field{"write-version-2", 18, 1, 2, ExtractSchema},
    Field{"read-version-2", 19, 1, 2, ExtractSchema},
    Field{"read-version-9", 19, 1, 9, ExtractSchema},
    Field{"reserved-0", 20, 1, 0, ExtractSchema},
    Field{"reserved-200", 20, 1, 200, ExtractSchema},
    Field{"greatest-fraction-0", 21, 1, 0, ExtractSchema},
    Field{"least-fraction-0", 22, 1, 0, ExtractSchema},
    Field{"leaf-fraction-0", 23, 1, 0, ExtractSchema},
    Field{"pages-more", 28, 4, 4000, ExtractDamaged},
    Field{"free-page-beyond", 32, 4, 5000, ExtractDamaged},
    Field{"free-page-in-use", 32, 4, 2, ExtractDamaged},
    Field{"free-count-9", 36, 4, 9, ExtractDamaged},
    Field{"schema-format-0", 44, 4, 0, ExtractSchema},
    Field{"schema-format-5", 44, 4, 5, ExtractSchema},
    Field{"largest-root-7", 52, 4, 7, ExtractSchema},
    Field{"encoding-2", 56, 4, 2, ExtractSchema},
    Field{"encoding-3", 56, 4, 3, ExtractSchema},
    Field{"user-version-7", 60, 4, 7, ExtractSchema},
    Field{"application-id-7", 68, 4, 7, ExtractSchema},
    Field{"schema-page-type-0", 100, 1, 0, ExtractDamaged},
    Field{"schema-page-type-10", 100, 1, 10, ExtractDamaged},
    Field{"schema-page-type-5", 100, 1, 5, ExtractDamaged},
    Field{"schema-page-cells-0", 103, 2, 0, ExtractDamaged},
    Field{"schema-page-cells-60000", 103, 2, 60000, ExtractDamaged},
    Field{"schema-page-content-0", 105, 2, 1, ExtractDamaged},
    Field{"schema-page-freeblock", 101, 2, 4090, ExtractDamaged},
};

void put(std::string& page, std::size_t at, std::size_t bytes, std::uint32_t value) {
    for (std::size_t i = 0; i < bytes; ++i) page[at + i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

void addFields(KnownBad& set) {
    const auto& base = set.good("police");
    const PageCipher cipher(base.key.view());
    const auto pages = cipher.opened(base.file);
    require(cipher.sealed(pages).size() == base.file.size(), "pages sealed anew");
    for (const auto& field : kFields) {
        auto changed = pages;
        put(changed[0], field.at, field.bytes, field.value);
        set.add(fmt::format("header-{}", field.what), field.refusal, base, cipher.sealed(changed));
    }
}

/// Fields of the page headers of the tables' own pages.
void addTreePages(KnownBad& set) {
    const auto& base = set.good("police");
    const PageCipher cipher(base.key.view());
    const auto pages = cipher.opened(base.file);
    for (std::size_t i = 1; i < pages.size(); ++i) {
        const auto add = [&](std::string_view what, std::size_t at, std::size_t bytes, std::uint32_t value) {
            auto changed = pages;
            put(changed[i], at, bytes, value);
            set.add(fmt::format("page-{}-{}", i + 1, what), ExtractDamaged, base, cipher.sealed(changed));
        };
        add("type-0", 0, 1, 0);
        add("type-5", 0, 1, 5);
        add("type-10", 0, 1, 10);
        add("cells-0", 3, 2, 0);
        add("cells-5000", 3, 2, 5000);
        add("content-in-header", 5, 2, 4);
        add("fragments-200", 7, 1, 200);
        add("freeblock-beyond", 1, 2, 4094);
        add("first-cell-in-header", 8, 2, 1);
        add("first-cell-beyond", 8, 2, 4015);
        auto zero = pages;
        zero[i].assign(kPageBytes, '\0');
        set.add(fmt::format("page-{}-zero", i + 1), ExtractDamaged, base, cipher.sealed(zero));
    }
}

/// What can be done without a key: the page's own check finds it.
void addRawDamage(KnownBad& set) {
    const auto& base = set.good("police");
    for (std::size_t page = 0; page * kPageBytes < base.file.size(); ++page) {
        const auto refusal = page == 0 ? WrongKey : ExtractDamaged;
        for (const std::size_t at : {page == 0 ? 16U : 0U, 2000U, 4015U, 4016U, 4031U, 4032U, 4095U}) {
            auto bytes = base.file;
            auto& byte = bytes[page * kPageBytes + at];
            byte = static_cast<char>(byte ^ 1);
            set.add(fmt::format("raw-page-{}-byte-{}", page + 1, at), refusal, base, bytes);
        }
        if (page == 0) continue;
        auto bytes = base.file;
        bytes.replace(page * kPageBytes, kPageBytes, kPageBytes, '\0');
        set.add(fmt::format("raw-page-{}-zero", page + 1), ExtractDamaged, base, bytes);
        if ((page + 1) * kPageBytes >= base.file.size()) continue;
        bytes = base.file;
        bytes.replace(page * kPageBytes, kPageBytes, base.file, (page + 1) * kPageBytes, kPageBytes);
        set.add(fmt::format("raw-page-{}-is-the-next", page + 1), ExtractDamaged, base, bytes);
        set.add(fmt::format("raw-only-{}-pages", page + 1), ExtractDamaged, base,
                base.file.substr(0, (page + 1) * kPageBytes));
    }
    set.add("raw-a-page-more", ExtractDamaged, base, base.file + std::string(kPageBytes, 'x'));
    set.add("raw-noise", WrongKey, base, crypto::randomBytes(base.file.size()));
    set.add("raw-zeros", WrongKey, base, std::string(base.file.size(), '\0'));
    auto plain = base.file;
    plain.replace(0, 16, std::string("SQLite format 3\0", 16));
    set.add("raw-plain-header", ExtractPlaintext, base, plain);
    set.add("raw-another-delivery", WrongKey, base, set.good("education").file);
}

/// The same key with other settings: no reader of ours goes back to them.
void addSettings(KnownBad& set) {
    const auto& base = set.good("police");
    constexpr std::array<std::string_view, 9> kSettings = {
        "cipher_compatibility = 1",          "cipher_compatibility = 2",
        "cipher_compatibility = 3",          "cipher_use_hmac = OFF",
        "cipher_page_size = 8192",           "cipher_page_size = 1024",
        "cipher_hmac_algorithm = HMAC_SHA1", "cipher_hmac_algorithm = HMAC_SHA256",
        "cipher_plaintext_header_size = 32"};
    for (const auto setting : kSettings) {
        const auto path = set.supplier().folder() / "workshop" / "settings.fxt";
        std::filesystem::remove(path);
        sqlite3* database = nullptr;
        const auto key = "x'" + hex(base.key.view()) + "'";
        require(sqlite3_open(path.c_str(), &database) == SQLITE_OK, "open");
        require(sqlite3_key_v2(database, "main", key.data(), static_cast<int>(key.size())) == SQLITE_OK, "key");
        execute(database, fmt::format("PRAGMA {}; CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f);"
                                      "INSERT INTO a VALUES (printf('%.9000c', 'x'))",
                                      setting));
        require(sqlite3_close(database) == SQLITE_OK, "close");
        auto bytes = bytesOf(path);
        bytes.resize((bytes.size() + kPageBytes - 1) / kPageBytes * kPageBytes);
        const bool isPlain = setting.ends_with("= 32");
        set.add(fmt::format("cipher-{}", setting), isPlain ? ExtractPlaintext : WrongKey, base, bytes);
    }
}

}  // namespace

void addPages(KnownBad& set) {
    addFields(set);
    addTreePages(set);
    addRawDamage(set);
    addSettings(set);
}

}  // namespace fairlead::hostile
